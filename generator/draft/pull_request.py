"""Fresh drafts as pull requests: a branch each, never two for one incident, whenever a run died."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from generator.clients import git
from generator.clients.git import Pushed
from generator.clients.github import GitHub, PullRequest
from generator.clients.github.repository import ALLOW, Home
from generator.document import archive
from generator.document.edit import set_value
from generator.document.file_names import slug
from generator.document.parse import Document, parse
from generator.draft import pull_request_text
from generator.errors import PostmortemError, RefusedError, RemoteError
from generator.output import ChangeLog
from generator.settings.model import Settings

LABEL = "postmortem"
_PREFIX = "postmortem/"
_MOST_REVIEWERS = 15


def branch_of(incident: str) -> str:
    """The branch of an incident's draft: the same one for the same incident, always."""
    return f"{_PREFIX}{slug(incident)}"


def there_is(github: GitHub, incident: str) -> PullRequest | None:
    """The pull request that this incident's draft came with, open or closed."""
    found = github.pulls(branch_of(incident))
    return found[0] if found else None


def complete(github: GitHub, pull: PullRequest) -> bool:
    """Whether all was done for a draft's pull request: the label comes last. A closed one, or another's, is left alone."""
    if pull.state != "open" or LABEL in pull.labels:
        return True
    me = github.me()
    return pull.author != me if me else not pull.bot


def propose(home: Home, settings: Settings, paths: Sequence[Path], *, apply: bool) -> ChangeLog:
    """Open a draft pull request for each of these new files, which are in the archive's folder and in no commit."""
    told = ChangeLog(apply)
    opened = home.github.open_pulls() if paths else ()
    taken = {found[1] for one in opened if (found := re.match(r"([\w.-]+): ", one.title))}
    pending = []
    for path in paths:
        document = archive.read(path, home.root)
        incident = document.postmortem.incident or document.postmortem.id
        if (pull := there_is(home.github, incident)) is None:
            pending.append((incident, document))
            continue
        told.same(f"{incident}: {pull.url} ({pull.state})")
        if not complete(home.github, pull):
            _adorn(home.github, settings, document, pull, told, events=home.github.events(pull.number))
    tips = git.tips(home.root, _PREFIX, home.access) if pending else {}
    waiting = _waiting(home, {branch: tips[branch] for branch in tips.keys() - {one.branch for one in opened}})
    taken |= {document.postmortem.id for document in waiting.values()}
    for incident, document in pending:
        branch = branch_of(incident)
        fresh = branch not in tips
        document = _renumbered(home.root, document, taken, settings) if fresh else waiting.get(branch, document)
        taken.add(document.postmortem.id)
        told.create(f"{incident}: {document.path} as a draft pull request from {branch}")
        if apply and (not fresh or _pushed(home, document, branch, told)):
            pull = _open(home, document, settings, branch)
            told.lines[-1] += f": {pull.url}"
            _adorn(home.github, settings, document, pull, told)
    return told


def _waiting(home: Home, tips: Mapping[str, str]) -> dict[str, Document]:
    """The drafts on branches without a pull request, as a run left them that died; by branch."""
    base = git.tip(home.root, home.base, home.access) if tips else None
    if base is None:
        return {}
    found = {}
    for branch, commit in sorted(tips.items()):
        for path, content in git.added(home.root, base, commit, archive.FOLDER).items():
            if path.endswith(".md"):
                found[branch] = parse(content.decode("utf-8", "replace"), path)
    return found


def _pushed(home: Home, document: Document, branch: str, told: ChangeLog) -> bool:
    """Push the new branch; whether it was ours to push."""
    own = home.root / Path(document.path).with_suffix("")
    paths = [document.path, *([archive.relative(own, home.root)] if own.is_dir() else [])]
    tip = git.tip(home.root, home.base, home.access)
    if tip is None:
        raise PostmortemError(f"`origin` has no branch {home.base!r}; name the branch with --base.")
    made = git.commit(home.root, paths, f"{pull_request_text.title(document.postmortem)}\n", tip)
    pushed = git.push(home.root, made, branch, home.access, instead_of="")
    if pushed is Pushed.PROTECTED:
        raise PostmortemError(f"A rule of the repository forbids the branch {branch}; allow {_PREFIX}* to workflows.")
    if pushed is Pushed.MOVED:
        told.same(f"{branch}: another run was quicker")
    return pushed is Pushed.DONE


def _open(home: Home, document: Document, settings: Settings, branch: str) -> PullRequest:
    """Open the pull request of a branch that is there."""
    known = document.postmortem
    title, body = pull_request_text.title(known), pull_request_text.body(known, settings, branch)
    try:
        return _opened(home.github, title, branch, home.base, body)
    except RefusedError as error:
        raise PostmortemError(
            f"{error} The branch {branch} is there; the next run opens its pull request. {ALLOW}"
        ) from None


def _opened(github: GitHub, title: str, branch: str, base: str, body: str) -> PullRequest:
    try:
        return github.open_pull(title=title, branch=branch, base=base, body=body, draft=True)
    except RefusedError as error:
        if error.status != 422 or "draft" not in str(error).casefold():
            raise
    # Not every plan of GitHub's has drafts in private repositories.
    return github.open_pull(title=title, branch=branch, base=base, body=body, draft=False)


def _adorn(
    github: GitHub,
    settings: Settings,
    document: Document,
    pull: PullRequest,
    told: ChangeLog,
    *,
    events: frozenset[str] | None = None,
) -> None:
    """Assign the commander, ask the services' owners for their review, label; none of it stops anything.

    `events` is for one that an earlier run opened: what was done to it before is not done again, as people may have
    undone it.
    """
    known = document.postmortem
    commander = _logins([known.commander], settings)
    services = {name.casefold() for name in known.services}
    owners = [o for s in settings.services if s.name.casefold() in services for o in s.owners]
    reviewers = [login for login in _logins(owners, settings) if login not in commander][:_MOST_REVIEWERS]
    labels = [LABEL, *([known.severity] if known.severity else [])]
    steps: tuple[tuple[str, str, list[str], Callable[[int, Sequence[str]], None]], ...] = (
        ("assigned", "assigned", commander, github.assign),
        ("review_requested", "asked for review", reviewers, github.request_reviewers),
        ("labeled", "labelled", labels, github.label),
    )
    for event, what, names, step in steps:
        if not names or event in (events or ()):
            continue
        if events is not None:
            told.change(f"{pull.url}: {', '.join(names)} {what}")
        if told.apply:
            try:
                step(pull.number, names)
            except RemoteError as error:
                told.warn(f"{', '.join(names)} not {what}: {error}")


def _logins(handles: Iterable[str], settings: Settings) -> list[str]:
    people = (settings.person(handle=handle) for handle in handles if handle)
    return list(dict.fromkeys(person.github for person in people if person and person.github))


def _renumbered(root: Path, document: Document, taken: set[str], settings: Settings) -> Document:
    """The draft with an id that no open pull request has: those numbers are not in the archive yet."""
    old = document.postmortem.id
    if old not in taken:
        return document
    others = [parse(f"---\nid: {identity}\n---\n") for identity in taken]
    year = int(Path(document.path).parent.name)
    reference = document.postmortem.incident or old
    new = archive.next_id([*archive.heads(root, ()), *others], settings.id_pattern, year, reference)
    if new == old or new in taken:
        return document  # the pattern has no number: the two are about the same incident, and a person decides
    source, target = root / document.path, Path(document.path.replace(old, new))
    archive.create(root, str(target), set_value(document.text, "id", new))
    folder = source.with_suffix("")
    if folder.is_dir():
        folder.rename((root / target).with_suffix(""))
    source.unlink()
    return archive.read(root / target, root)
