"""Finding the issues of postmortems and action items: by the keys in the files, else by the marks that they carry.

Reading by key and the links of an issue are always up to date; the search is not, so what it does not find is also
looked for among the newest keys of the project.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from generator.clients.jira import Jira
from generator.clients.jira.jql import among, quoted
from generator.clients.jira.model import JiraIssue
from generator.errors import NotFoundError
from generator.sync.plan.base import PROPERTY, from_property
from generator.sync.plan.identity import global_id, label
from generator.sync.plan.snapshot import IssueQuery, Ref, Remote, Snapshot, SnapshotBuilder, TrackerAccount, same
from generator.sync.retry_find import until_found

FIELDS = ("summary", "status", "resolution", "assignee", "duedate", "labels", "issuelinks")
# What a plan calls a value, and the field in which Jira answers it; a field that is hidden is left out of answers.
_ANSWERED = {"summary": "summary", "due": "duedate", "assignee": "assignee", "status": "status", "labels": "labels"}
PAGE = 50  # labels or links in one search
WINDOW = 100  # keys after the newest one that the search knows
AT_ONCE = 4
GAP = 10  # keys in a row that are nobody's, where each must be asked for by itself
_KEY = re.compile(r"([A-Z][A-Z0-9_]*)-([0-9]+)", re.ASCII)


@dataclass(slots=True)
class _JiraSnapshot(SnapshotBuilder):
    """What is found so far; `linked` is what the issues of postmortems show of others."""

    linked: dict[Ref, dict[str, Remote]] = field(default_factory=dict)


def snapshot(jira: Jira, queries: Sequence[IssueQuery], tell: Callable[[str], None]) -> Snapshot:
    """What Jira has of what is asked for: one read for a hundred issues, and searches only for those without a key.

    Items that are over are read off the issue that they are linked to. Raises the errors of `generator.errors`.
    """
    gathered = _JiraSnapshot()
    heads = [query for query in queries if query.ref[1] is None]
    _read(jira, heads, gathered, tell)
    _search(jira, [query for query in heads if not query.key or query.ref in gathered.missing], gathered)
    items = [query for query in queries if query.ref[1] is not None]
    close = [query for query in items if not (query.key and query.settled and _afar(query, gathered))]
    _read(jira, close, gathered, tell)
    unknown = [query for query in items if not query.key or query.ref in gathered.missing]
    _among_links(jira, unknown, gathered)
    _search(jira, unknown, gathered)
    return gathered.snapshot()


def newest(jira: Jira, queries: Sequence[IssueQuery], projects: Iterable[str], before: Snapshot) -> Snapshot:
    """As `snapshot` left it, with issues that were made so lately that no search knows them."""
    gathered = _JiraSnapshot(dict(before.remotes), dict(before.missing), dict(before.taken), dict(before.doubles))
    refs = {same(query.ref): query.ref for query in queries if query.ref not in gathered.remotes}
    for project in sorted(set(projects)):
        if refs:
            _sort(jira, _latest(jira, project), refs, gathered)
    return gathered.snapshot()


def late(jira: Jira, ref: Ref, project: str, link_to: str, seconds: float) -> Remote | None:
    """The issue whose creation was sent and not answered, looked for in all ways until so many seconds have passed."""
    refs = {same(ref): ref}

    def look() -> Remote | None:
        gathered = _JiraSnapshot()
        if link_to:
            beside = by_keys(jira, [link_to]).values()
            ids = [link.other_id for issue in beside for link in issue.links]
            for some in _batches(ids, 100):
                _sort(jira, by_keys(jira, some).values(), refs, gathered)
        _search(jira, [IssueQuery(ref)], gathered)
        return newest(jira, [IssueQuery(ref)], [project], gathered.snapshot()).remotes.get(ref)

    return until_found(look, seconds)


def by_keys(
    jira: Jira, keys: Sequence[str], fields: Sequence[str] = FIELDS, properties: Sequence[str] = (PROPERTY,)
) -> Mapping[str, JiraIssue]:
    """Issues by the keys or ids that were asked for; those that are not there are left out.

    Data Center gives properties of single issues only, so that there several are asked for at the same time.
    """
    if jira.dialect == "cloud" or len(keys) < AT_ONCE:
        return jira.issues(keys, fields=fields, properties=properties).asked
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = [keys[number::AT_ONCE] for number in range(AT_ONCE)]
        fetched = pool.map(lambda part: jira.issues(part, fields=fields, properties=properties).asked, parts)
        return {key: issue for part in fetched for key, issue in part.items()}


def remote_of(issue: JiraIssue) -> Remote:
    """An issue as a plan sees it."""
    who = issue.assignee
    return Remote(
        id=issue.id,
        key=issue.key,
        summary=issue.summary,
        status=issue.status.name if issue.status else "",
        category=issue.status.category if issue.status else "",
        resolution=issue.resolution,
        assignee=TrackerAccount(who.id, who.name, who.email) if who else None,
        due=issue.due.isoformat() if issue.due else "",
        labels=issue.labels,
        linked=tuple(link.other_key for link in issue.links),
        base=from_property(issue.properties.get(PROPERTY)),
        absent=frozenset(name for name, part in _ANSWERED.items() if part not in issue.fields),
    )


def _read(jira: Jira, queries: Sequence[IssueQuery], gathered: _JiraSnapshot, tell: Callable[[str], None]) -> None:
    """Read the issues whose keys the files name."""
    by_key: dict[str, list[IssueQuery]] = {}
    for query in queries:
        if query.key:
            by_key.setdefault(query.key.upper(), []).append(query)
    done = 0
    for keys in _batches(list(by_key), 100):
        issues = by_keys(jira, keys)
        done += len(keys)
        tell(f"{done:,} of {len(by_key):,} issues read")
        for key in keys:
            issue = issues.get(key)
            for query in by_key[key]:
                if issue is None:
                    gathered.missing[query.ref] = query.key
                else:
                    _place(gathered, query.ref, issue)


def _place(gathered: _JiraSnapshot, ref: Ref, issue: JiraIssue) -> None:
    if gathered.place(ref, remote_of(issue)) and ref[1] is None:
        gathered.linked[same(ref)] = {
            link.other_key: Remote(
                link.other_id,
                link.other_key,
                status=link.other_status.name,
                category=link.other_status.category,
                settled=True,
            )
            for link in issue.links
            if link.other_status
        }


def _afar(query: IssueQuery, gathered: _JiraSnapshot) -> bool:
    """Whether the postmortem's issue shows that this item's ticket is done, as the file says."""
    seen = gathered.linked.get(_head(query), {}).get(query.key)
    if seen is None or seen.category != "done":
        return False
    gathered.remotes[query.ref] = seen
    return True


def _among_links(jira: Jira, queries: Sequence[IssueQuery], gathered: _JiraSnapshot) -> None:
    """Find tickets without a key in the file among the issues that the postmortem's own issue is linked to."""
    named = {remote.id for remote in gathered.remotes.values()}
    open_heads = {_head(query) for query in queries}
    ids = [
        linked.id for head in open_heads for linked in gathered.linked.get(head, {}).values() if linked.id not in named
    ]
    refs = {same(query.ref): query.ref for query in queries}
    for some in _batches(list(dict.fromkeys(ids)), 100):
        _sort(jira, by_keys(jira, some).values(), refs, gathered)


def _search(jira: Jira, queries: Sequence[IssueQuery], gathered: _JiraSnapshot) -> None:
    """Find issues by their labels, and those of postmortems also by the page that is linked to them."""
    for some in _batches([query for query in queries if query.ref not in gathered.remotes], PAGE):
        refs = {same(query.ref): query.ref for query in some}
        labels = among("labels", [label(*query.ref) for query in some])
        _sort(jira, jira.search(labels, fields=FIELDS, properties=(PROPERTY,)), refs, gathered)
        left = [query.ref for query in some if query.ref not in gathered.remotes and query.ref[1] is None]
        if left:
            ids = ", ".join(quoted(global_id(*ref)) for ref in left)
            jql = f"issue in issuesWithRemoteLinksByGlobalId({ids})"
            _sort(jira, jira.search(jql, fields=FIELDS, properties=(PROPERTY,)), refs, gathered)


def _sort(jira: Jira, issues: Iterable[JiraIssue], refs: Mapping[Ref, Ref], gathered: _JiraSnapshot) -> None:
    """Keep the issues that carry the mark of something wanted; two with the same mark are left to people."""
    seen: dict[Ref, dict[str, JiraIssue]] = {}
    for issue in issues:
        base = from_property(issue.properties.get(PROPERTY))
        ref = refs.get(same((base.id, base.item))) if base else _by_label(issue, refs)
        if ref is not None:
            seen.setdefault(ref, {})[issue.id] = issue
    chosen: dict[Ref, str] = {}
    for ref, several in seen.items():
        # A copy that a person made of an issue has its labels and not its property.
        marked = [issue for issue in several.values() if from_property(issue.properties.get(PROPERTY))]
        known = gathered.remotes.get(ref)
        keys = sorted(
            {issue.key for issue in marked or several.values()} | ({known.key} if known else set()), key=_order
        )
        if len(keys) > 1:
            gathered.doubles[ref] = tuple(keys)
            gathered.remotes.pop(ref, None)
        elif ref not in gathered.doubles:
            chosen[ref] = keys[0]
    # The search may know an older state than there is; by its key an issue is read as it is.
    for some in _batches(list(chosen), 100):
        present = by_keys(jira, [chosen[ref] for ref in some])
        for ref in some:
            now = present.get(chosen[ref])
            if now is not None:
                _place(gathered, ref, now)


def _by_label(issue: JiraIssue, refs: Mapping[Ref, Ref]) -> Ref | None:
    """Whose an issue is by its label, where somebody has removed the property."""
    labels = {one.casefold() for one in issue.labels}
    return next((ref for ref in refs.values() if label(*ref).casefold() in labels), None)


def _latest(jira: Jira, project: str) -> Iterator[JiraIssue]:
    """The issues of a project after the newest one that the search knows, and that one; read by their keys."""
    known = jira.search(f"project = {quoted(project)} ORDER BY key DESC", fields=("summary",), limit=1)
    match = _KEY.fullmatch(known[0].key) if known else None
    number = int(match[2]) if match else 0
    while True:
        keys = [f"{project}-{n}" for n in range(max(number, 1), max(number, 1) + WINDOW)]
        fresh = _one_by_one(jira, keys) if jira.dialect != "cloud" else _at_once(jira, keys)
        yield from fresh
        if not fresh or (len(fresh) == 1 and known and fresh[0].key == known[0].key):
            return
        number, known = number + WINDOW, ()


def _at_once(jira: Jira, keys: Sequence[str]) -> list[JiraIssue]:
    return list(jira.issues(keys, fields=FIELDS, properties=(PROPERTY,), probe=True).asked.values())


def _one_by_one(jira: Jira, keys: Sequence[str]) -> list[JiraIssue]:
    """Data Center has no call for many keys that does not ask the index; a few unused numbers in a row end the walk."""
    found: list[JiraIssue] = []
    absent = 0
    for key in keys:
        try:
            found.append(jira.issue(key, fields=FIELDS, properties=(PROPERTY,)))
            absent = 0
        except NotFoundError:
            absent += 1
            if absent >= GAP:
                break
    return found


def _head(query: IssueQuery) -> Ref:
    """What stands for the postmortem's own issue."""
    return same((query.ref[0], None))


def _order(key: str) -> tuple[str, int]:
    match = _KEY.fullmatch(key)
    return (match[1], int(match[2])) if match else (key, 0)


def _batches(things: Sequence[object], size: int) -> Iterator[list]:  # type: ignore[type-arg]  # a list of whatever came in
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
