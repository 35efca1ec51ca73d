"""From documents and what the other side has to the changes between them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.document.links import page_of
from generator.document.parse import Document, parse
from generator.errors import EditRefusedError, PostmortemError
from generator.settings.model import Settings
from generator.sync.files import edited
from generator.sync.plan import links, postmortems, texts, tickets
from generator.sync.plan.base import Base
from generator.sync.plan.changes import Action, Change, Difference, Edit, IssueQuery, Ref, Remote, Sections, Snapshot
from generator.sync.plan.comparing import ComparedItem, Comparison
from generator.sync.plan.identity import global_id
from generator.sync.plan.inclusion import included, only_open
from generator.sync.plan.issue import WantedIssue, wanted
from generator.sync.plan.routing import kept, place_of
from generator.sync.plan.ticket import WantedItem, repeated
from generator.sync.plan.trackers import JIRA, Place

Words = Callable[[Mapping[Ref, tuple[Remote, Sequence[str]]]], Mapping[Ref, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What stays the same for all postmortems of a run."""

    settings: Settings
    browse: Callable[[str], str]
    recreate: bool = False
    force: bool = False
    place: Place = JIRA

    def cell(self, key: str) -> str:
        """An issue as the file names it: a key of Jira; elsewhere its address, which is a link wherever it is read."""
        return key if self.place is JIRA else self.browse(key)


@dataclass(slots=True)
class SyncItem:
    """One postmortem in a run: what it wants, and what has been found out about it."""

    path: str
    text: str
    key: str
    head: WantedIssue
    items: tuple[WantedItem, ...]
    repeated: tuple[int, ...] = ()
    place: Place = JIRA
    compared: dict[Ref, Comparison] = field(default_factory=dict)
    outdated: dict[Ref, dict[str, Sections]] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        """What stands for the postmortem's own issue."""
        return (self.head.id, None)

    def wishes(self) -> Iterator[IssueQuery]:
        """What is to be looked for, by the keys that the file names."""
        if self.place.heads:
            yield IssueQuery(self.ref, self.key)
        for item in self.items:
            yield IssueQuery(
                (self.head.id, item.number), item.key, bool(item.status and item.status.done), item.project
            )


def open_cases(documents: Iterable[Document], scene: RunOptions) -> list[SyncItem]:
    """The postmortems that are kept elsewhere: each has an id of its own, and is live or asked for.

    Raises PostmortemError where two files have the same id, before anything is asked for.
    """
    paths: dict[str, str] = {}
    cases: list[SyncItem] = []
    for found in documents:
        id = found.postmortem.id  # noqa: A001 - the field's name
        if not id:
            continue
        if (other := paths.get(id.casefold())) is not None:
            raise PostmortemError(
                f"{found.path} and {other} have the same id {id}, so nothing was sent; give one of them its own."
            )
        paths[id.casefold()] = found.path
        if included(found, scene.settings, scene.settings.jira.imported):
            cases.append(case_of(found, scene))
    return cases


def case_of(found: Document, scene: RunOptions) -> SyncItem:
    """One postmortem with what it wants."""
    page = page_of(found.postmortem.id, scene.settings.url)
    head = wanted(found, scene.settings, page=page, browse=scene.browse)
    items = kept(found, scene.settings, scene.place, page=page, browse=scene.browse)
    if only_open(found, scene.settings):
        items = tuple(item for item in items if item.key or not (item.status and item.status.done))
    doubles = tuple(sorted(repeated(found))) if place_of(found, scene.settings) is scene.place else ()
    return SyncItem(found.path, found.text, found.postmortem.jira, head, items, doubles, scene.place)


def plan(cases: Sequence[SyncItem], snapshot: Snapshot, words: Words, scene: RunOptions) -> list[Change]:
    """Every change of every case, in the order in which it is done.

    First the values are merged; what is pulled into a file changes its text, and so what is sent of it; `words` then
    tells what the texts that are to be sent say on the other side.
    """
    for case in cases:
        _compare(case, snapshot, scene)
    asked = {
        ref: (snapshot.remotes[ref], tuple(names))
        for case in cases
        for ref, names in case.outdated.items()
        if names and ref in snapshot.remotes
    }
    told = words(asked) if asked else {}
    changes = [change for case in cases for change in _changes(case, snapshot, told, scene)]
    return [replace(change, target=scene.place.name) for change in changes]


def _compare(case: SyncItem, snapshot: Snapshot, scene: RunOptions) -> None:
    id, settings = case.head.id, scene.settings  # noqa: A001 - the field's name
    case.compared.clear()
    case.outdated.clear()
    head = snapshot.remotes.get(case.ref)
    if head:
        case.compared[case.ref] = postmortems.values(case.head, head, settings, case.path)
    for item in case.items:
        remote = snapshot.remotes.get((id, item.number))
        if remote and not remote.settled:
            case.compared[id, item.number] = tickets.values(item, remote, settings, case.path, id)
    edits = [edit for found in case.compared.values() for edit in found.pull]
    keys = [
        (case.ref, case.key),
        *(((id, item.number), item.key) for item in case.items if item.key or not item.ticket),
    ]
    for ref, key in keys:
        if remote := snapshot.remotes.get(ref):
            edits += [change.payload for change in _written(case, ref, key, remote.key, scene)]
    head_wanted, items = _after(case, edits, scene)
    if head:
        case.outdated[case.ref] = postmortems.texts(head_wanted, head, settings)
    for item in items:
        remote = snapshot.remotes.get((id, item.number))
        if remote and not remote.settled:
            case.outdated[id, item.number] = tickets.texts(item, remote)


def _after(case: SyncItem, edits: Sequence[Edit], scene: RunOptions) -> tuple[WantedIssue, tuple[WantedItem, ...]]:
    """What a postmortem wants once these values are in its file; one that the file has no place for changes nothing."""
    text = case.text
    for edit in edits:
        try:
            text = edited(text, [edit])
        except EditRefusedError:
            continue  # told when it is to be written
    if text == case.text:
        return case.head, case.items
    after = case_of(parse(text, case.path), scene)
    return after.head, after.items


def _changes(
    case: SyncItem, snapshot: Snapshot, told: Mapping[Ref, Mapping[str, str]], scene: RunOptions
) -> Iterator[Change]:
    head = snapshot.remotes.get(case.ref)
    blocked = _blocked(case.ref, snapshot, case.path, scene)
    yield from blocked
    if head is None and not blocked and scene.place.heads:
        gone = snapshot.missing.get(case.ref, "")
        create = postmortems.create(case.head, scene.settings, case.path, again=gone)
        yield create
        yield from _hanging(case, Remote("", "", category="new", base=create.payload.base), scene)
    elif head:
        push, problems = _texts(case, case.ref, head, told, scene)
        found = case.compared[case.ref]
        yield from postmortems.finish(case.head, head, found, push, ComparedItem(case.ref, head.key, case.path))
        yield from problems
        yield from _written(case, case.ref, case.key, head.key, scene)
        yield from _hanging(case, head, scene)
    for item in case.items:
        yield from _item_changes(case, item, snapshot, told, scene)
    for number in case.repeated:
        yield Change(
            (case.head.id, number),
            Action.WARNING,
            path=case.path,
            code="number-twice",
            message=f"Two action items of {case.head.id} have the number {number}, so neither has a ticket; give one another.",
        )


def _item_changes(
    case: SyncItem, item: WantedItem, snapshot: Snapshot, told: Mapping[Ref, Mapping[str, str]], scene: RunOptions
) -> Iterator[Change]:
    ref = (case.head.id, item.number)
    remote = snapshot.remotes.get(ref)
    head = snapshot.remotes.get(case.ref)
    if item.ticket and not item.key:
        return  # it is kept in another system
    blocked = _blocked(ref, snapshot, case.path, scene)
    yield from blocked
    if remote is None and not blocked and (head or not _blocked(case.ref, snapshot, case.path, scene)):
        gone = snapshot.missing.get(ref, "")
        parent = head.key if head else ""
        yield tickets.create(item, parent, scene.settings, case.path, case.head.id, again=gone)
        if scene.place.heads:
            kind = scene.settings.jira.action_link_type
            shown = Difference("link", "", f"{kind} {parent or 'the postmortem'}")
            yield Change(ref, Action.LINK, path=case.path, fields=(shown,), payload=(kind, parent))
        yield from tickets.first_status(item, ref, case.path)
    elif remote and not remote.settled:
        push, problems = _texts(case, ref, remote, told, scene)
        yield from tickets.finish(
            item, remote, case.compared[ref], push, ComparedItem(ref, remote.key, case.path, scene.place)
        )
        if tickets.unmoved(item, remote, scene.settings):
            yield from tickets.first_status(item, ref, case.path, key=remote.key)
        yield from problems
        yield from _written(case, ref, item.key, remote.key, scene)
        if scene.place.heads and (head or not _blocked(case.ref, snapshot, case.path, scene)):
            yield from _parent(case, ref, remote, head, scene)


def _parent(case: SyncItem, ref: Ref, remote: Remote, head: Remote | None, scene: RunOptions) -> Iterator[Change]:
    """The link from a ticket to the postmortem's issue, which may be about to be created."""
    kind = scene.settings.jira.action_link_type
    if head is None:
        shown = Difference("link", "", f"{kind} the postmortem")
        yield Change(ref, Action.LINK, key=remote.key, path=case.path, fields=(shown,), payload=(kind, ""))
    else:
        base = remote.base or Base(ref[0], ref[1], own=False)
        yield from links.link(ref, base, remote.key, case.path, other=head.key, kind=kind, linked=remote.linked)


def _texts(
    case: SyncItem, ref: Ref, remote: Remote, told: Mapping[Ref, Mapping[str, str]], scene: RunOptions
) -> tuple[dict[str, Sections], list[Change]]:
    found = texts.edited(
        case.outdated.get(ref, {}),
        remote.base,
        told.get(ref, {}),
        force=scene.force or case.head.restricted,
    )
    problems = [
        Change(
            ref,
            Action.CONFLICT,
            key=remote.key,
            path=case.path,
            code=f"edited-in-{scene.place.name}",
            message=f"Somebody changed the {name.replace('_', ' ')} in {remote.key} since it was last pushed, and the file"
            " changed too. Nothing was overwritten: carry what is worth keeping into the file, then run with --force.",
        )
        for name in found.changed_there
    ]
    return dict(found.push), problems


def _written(case: SyncItem, ref: Ref, written: str, key: str, scene: RunOptions) -> Iterator[Change]:
    """The key in the file, where it is missing or the issue was moved since."""
    if written != key:
        name = "jira" if ref[1] is None else "ticket"
        yield Change(ref, Action.WRITE, key=key, path=case.path, payload=Edit(ref[1], name, scene.cell(key)))


def _hanging(case: SyncItem, remote: Remote, scene: RunOptions) -> Iterator[Change]:
    """Status, link and page of a postmortem's issue. The status of one that a person made is theirs."""
    base = remote.base or postmortems.followed(case.head)
    jira, head, path = scene.settings.jira, case.head, case.path
    goal = jira.statuses.get(head.status, "") if base.own else ""
    yield from links.status(case.ref, base, remote.key, path, ours=head.status, wanted=goal, category=remote.category)
    yield from links.link(
        case.ref, base, remote.key, path, other=head.incident, kind=jira.link_type, linked=remote.linked
    )
    page = page_of(head.id, scene.settings.url)
    yield from links.page(case.ref, base, remote.key, path, address=page, title=head.summary)


def _blocked(ref: Ref, snapshot: Snapshot, path: str, scene: RunOptions) -> list[Change]:
    """Why nothing may be done about an issue, if so."""
    name = ref[0] if ref[1] is None else f"{ref[0]} #{ref[1]}"
    if ref in snapshot.doubles:
        keys = snapshot.doubles[ref]
        message = (
            f"{', '.join(keys)} all carry the mark of {name} ({global_id(*ref)}). Decide which one stays, remove the label"
            " from the others, and write its key into the file."
        )
        return [Change(ref, Action.CONFLICT, path=path, code="several-issues", message=message)]
    if ref in snapshot.taken:
        key, owner = snapshot.taken[ref]
        message = f"{name} names {key}, but {key} belongs to {owner}. Correct the key in the file."
        return [Change(ref, Action.CONFLICT, key=key, path=path, code="key-of-another", message=message)]
    if ref in snapshot.missing and not scene.recreate:
        key = snapshot.missing[ref]
        message = (
            f"{key} of {name} was deleted, or this account may not see it. It is not created again without --recreate."
        )
        return [Change(ref, Action.MISSING, key=key, path=path, code="missing", message=message)]
    return []
