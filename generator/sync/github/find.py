"""Finding the issues of action items: by the numbers in the files, else by the labels that they carry.

Reading by number is always up to date; a list may lag behind, so what it does not have is also asked for by number, and
what was made just now is looked for among the newest issues. Only who may triage sets labels, so that a stranger's
issue in a public repository is never taken for ours.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from generator.clients.github import GitHubIssue
from generator.clients.github.issues import GitHubIssues
from generator.document.people import person_of
from generator.errors import NotFoundError
from generator.settings.model import Settings
from generator.sync.github import body
from generator.sync.github.repositories import Repositories
from generator.sync.github.rules import LABEL_LENGTH
from generator.sync.plan.base import Base
from generator.sync.plan.identity import mark
from generator.sync.plan.snapshot import IssueQuery, Ref, Remote, Snapshot, SnapshotBuilder, TrackerAccount, is_mark_of
from generator.sync.plan.ticket import LABEL
from generator.sync.retry_find import until_found

AT_ONCE = 4
FEW = 10  # issues that are asked for one by one and not in lists of a hundred
# What a plan calls a value, and the part of an issue in which GitHub answers it.
_ANSWERED = {"summary": "title", "assignee": "assignees", "status": "state", "labels": "labels"}
UNDONE = frozenset({"not_planned", "duplicate"})


def snapshot(
    hubs: Repositories, settings: Settings, queries: Sequence[IssueQuery], tell: Callable[[str], None]
) -> Snapshot:
    """What GitHub has of what is asked for. Raises the errors of `generator.errors`."""
    gathered = SnapshotBuilder()
    for hub, some in _by_repository(hubs, queries):
        keyed = [query for query in some if query.key]
        lists = len(keyed) > FEW or len(keyed) < len(some)
        listed = hub.labelled(LABEL) if lists else ()
        for query, key, issue in _read(hubs, hub, keyed, {one.number: one for one in listed}):
            if issue is None or not key:
                gathered.missing[query.ref] = query.key
            elif issue.pull:  # somebody's change is the ticket: there is nothing to keep in it
                gathered.remotes[query.ref] = Remote(query.key, query.key, settled=True)
            else:
                gathered.place(query.ref, remote_of(key, issue, settings))
        unknown = {_label(query): query.ref for query in some if not query.key or query.ref in gathered.missing}
        _sort(hub, listed, unknown, gathered, settings)
        tell(f"{len(gathered.remotes):,} issues read")
    return gathered.snapshot()


def newest(hubs: Repositories, settings: Settings, queries: Sequence[IssueQuery], before: Snapshot) -> Snapshot:
    """As `snapshot` left it, with issues that were made so lately that no list of action items has them."""
    gathered = SnapshotBuilder(dict(before.remotes), dict(before.missing), dict(before.taken), dict(before.doubles))
    for hub, some in _by_repository(hubs, queries):
        refs = {_label(query): query.ref for query in some if query.ref not in gathered.remotes}
        if not refs:
            continue
        with ThreadPoolExecutor(AT_ONCE) as pool:
            lists = [*pool.map(hub.labelled, refs), hub.newest()]
        _sort(hub, [one for some in lists for one in some], refs, gathered, settings)
    return gathered.snapshot()


def late(hub: GitHubIssues, settings: Settings, ref: Ref, seconds: float) -> Remote | None:
    """The issue whose creation was sent and not answered, looked for until so many seconds have passed."""
    refs = {mark(ref[0], ref[1] or 0, LABEL_LENGTH): ref}

    def look() -> Remote | None:
        gathered = SnapshotBuilder()
        _sort(hub, [*hub.newest(), *hub.labelled(next(iter(refs)))], refs, gathered, settings)
        return gathered.remotes.get(ref)

    return until_found(look, seconds)


def remote_of(key: str, issue: GitHubIssue, settings: Settings) -> Remote:
    """An issue as a plan sees it."""
    base = body.base_of(issue.body)
    login = assignee_of(issue.assignees, base, settings)
    known = {one.casefold(): one for one in base.labels} if base else {}
    return Remote(
        id=key,
        key=key,
        summary=issue.title,
        status=issue.reason or issue.state,
        category="" if "state" in issue.absent else "done" if issue.state == "closed" else "new",
        resolution=issue.reason,
        assignee=TrackerAccount(login, login) if login else None,
        labels=tuple(known.get(one.casefold(), one) for one in issue.labels),
        base=base,
        given_up=issue.reason in UNDONE,
        absent=frozenset(name for name, part in _ANSWERED.items() if part in issue.absent),
    )


def assignee_of(logins: Sequence[str], base: Base | None, settings: Settings) -> str:
    """The one of several assignees who is meant: the agreed one, else the first who is in people.yml, else the first."""
    pair = base.values.get("assignee") if base else None
    agreed = login_of(pair.theirs, settings).casefold() if pair else ""
    people = {person.github.casefold() for person in settings.people if person.github}
    ranked = sorted(logins, key=lambda one: (one.casefold() != agreed, one.casefold() not in people))
    return ranked[0] if ranked else ""


def login_of(handle: str, settings: Settings) -> str:
    """The login of a handle by people.yml, or empty."""
    person = person_of(handle, settings)
    return person.github if person else ""


def _by_repository(hubs: Repositories, queries: Iterable[IssueQuery]) -> list[tuple[GitHubIssues, list[IssueQuery]]]:
    """The queries by the repository that is named in their key, else by the one that they would be created in."""
    by_repository: dict[str, list[IssueQuery]] = {}
    for query in queries:
        by_repository.setdefault((query.key.partition("#")[0] or query.project).casefold(), []).append(query)
    return [(hubs.of(name), some) for name, some in by_repository.items()]


def _read(
    hubs: Repositories, hub: GitHubIssues, queries: Sequence[IssueQuery], listed: Mapping[int, GitHubIssue]
) -> list[tuple[IssueQuery, str, GitHubIssue | None]]:
    """The issues that the files name, each with the key that it has now; empty where that is in none of our places."""

    def one(query: IssueQuery) -> tuple[IssueQuery, str, GitHubIssue | None]:
        number = hubs.split(query.key)[1]
        try:
            issue = listed.get(number) or hub.issue(number)
        except NotFoundError:
            return query, "", None
        return query, hubs.key_of(hub, issue.number, issue.url), issue

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, queries))


def _sort(
    hub: GitHubIssues,
    issues: Iterable[GitHubIssue],
    refs: Mapping[str, Ref],
    gathered: SnapshotBuilder,
    settings: Settings,
) -> None:
    """Keep the issues that carry the label of something wanted; two with the same label are left to people."""
    by_label = {label.casefold(): ref for label, ref in refs.items()}
    seen: dict[Ref, dict[int, GitHubIssue]] = {}
    for issue in issues:
        ref = next((by_label[one.casefold()] for one in issue.labels if one.casefold() in by_label), None)
        base = body.base_of(issue.body)
        if ref is not None and (base is None or is_mark_of(base, ref)):
            seen.setdefault(ref, {})[issue.number] = issue
    for ref, several in seen.items():
        # A person may have given the label to another issue, which has no comment of ours.
        marked = {number: one for number, one in several.items() if body.base_of(one.body)}
        numbers = sorted(marked or several)
        keys = [f"{hub.connection.repository}#{number}" for number in numbers]
        known = gathered.remotes.get(ref)
        if known and known.key not in keys:
            keys.append(known.key)
        if len(keys) > 1:
            gathered.doubles[ref] = tuple(keys)
            gathered.remotes.pop(ref, None)
            gathered.missing.pop(ref, None)
        elif ref not in gathered.doubles and not known:
            gathered.place(ref, remote_of(keys[0], several[numbers[0]], settings))


def _label(query: IssueQuery) -> str:
    return mark(query.ref[0], query.ref[1] or 0, LABEL_LENGTH)
