"""From facts and what a tracker has to the changes between them: values in, values out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.document.parse import parse
from generator.errors import EditRefusedError
from generator.settings.model import Settings
from generator.sync.files import edited
from generator.sync.plan import links, postmortems, texts, tickets
from generator.sync.plan.base import Base
from generator.sync.plan.blocked import blocked
from generator.sync.plan.changes import (
    Change,
    Conflict,
    Edit,
    LinkIssues,
    PlanWarning,
    Sections,
    WriteKey,
)
from generator.sync.plan.comparing import ComparedItem, Comparison
from generator.sync.plan.facts import DocumentFacts, facts_of
from generator.sync.plan.inclusion import included, only_open
from generator.sync.plan.issue import WantedIssue, wanted_issue
from generator.sync.plan.snapshot import IssueQuery, Ref, Remote, Snapshot
from generator.sync.plan.ticket import WantedItem, is_home, wanted_items
from generator.sync.plan.tracker import TrackerRules

# The words of texts on the other side, by whose issue it is and the text's name.
Words = Mapping[Ref, Mapping[str, str]]
AskWords = Callable[[Mapping[Ref, tuple[Remote, Sequence[str]]]], Words]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What stays the same for all postmortems of a run."""

    settings: Settings
    rules: TrackerRules
    recreate: bool = False
    force: bool = False


@dataclass(slots=True)
class SyncItem:
    """One postmortem in a run: its facts, what it wants in this tracker, and what has been found out about it."""

    facts: DocumentFacts
    head: WantedIssue
    items: tuple[WantedItem, ...]
    repeated: tuple[int, ...]
    compared: dict[Ref, Comparison] = field(default_factory=dict)
    outdated: dict[Ref, dict[str, Sections]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The postmortem's permanent name."""
        return self.facts.id

    @property
    def path(self) -> str:
        """Its file."""
        return self.facts.path

    @property
    def ref(self) -> Ref:
        """What stands for the postmortem's own issue."""
        return (self.facts.id, None)

    def queries(self, rules: TrackerRules) -> Iterator[IssueQuery]:
        """What is to be looked for, by the keys that the file names."""
        if rules.capabilities.postmortems:
            yield IssueQuery(self.ref, self.facts.stated.jira)
        for item in self.items:
            yield IssueQuery((self.id, item.number), item.key, bool(item.status and item.status.done), item.project)


def sync_items(facts: Iterable[DocumentFacts], options: RunOptions) -> list[SyncItem]:
    """The postmortems that are kept elsewhere, live or asked for, with what each wants in a tracker."""
    return [sync_item(one, options) for one in facts if included(one, options.settings.jira.imported)]


def sync_item(facts: DocumentFacts, options: RunOptions) -> SyncItem:
    """One postmortem with what it wants in a tracker."""
    settings, rules = options.settings, options.rules
    items = wanted_items(facts, rules, settings)
    if only_open(facts, settings):
        items = tuple(item for item in items if item.key or not (item.status and item.status.done))
    repeated = facts.repeated if is_home(facts, rules, settings) else ()
    return SyncItem(facts, wanted_issue(facts, settings), items, repeated)


def plan(items: Sequence[SyncItem], snapshot: Snapshot, ask: AskWords, options: RunOptions) -> list[Change]:
    """Every change of every postmortem, in the order in which it is done.

    First the values are merged; what is pulled into a file changes its text, and so what is sent of it; `ask` then
    tells what the texts that are to be sent say on the other side.
    """
    for one in items:
        _compare(one, snapshot, options)
    asked = {
        ref: (snapshot.remotes[ref], tuple(names))
        for one in items
        for ref, names in one.outdated.items()
        if names and ref in snapshot.remotes
    }
    words = ask(asked) if asked else {}
    changes = [change for one in items for change in _Plan(one, snapshot, words, options).changes()]
    return [replace(change, target=options.rules.name) for change in changes]


def write_key(case: SyncItem, ref: Ref, key: str, options: RunOptions) -> WriteKey:
    """The change that puts the key of an issue into the file."""
    if ref[1] is None:
        edit = Edit(None, "jira", key)
    else:
        edit = Edit(ref[1], "ticket", options.rules.render_ticket(key))
    return WriteKey(ref=ref, key=key, path=case.path, target=options.rules.name, edit=edit)


def _compare(case: SyncItem, snapshot: Snapshot, options: RunOptions) -> None:
    settings, rules = options.settings, options.rules
    case.compared.clear()
    case.outdated.clear()
    head = snapshot.remotes.get(case.ref)
    if head:
        subject = _subject(case, case.ref, head, rules)
        case.compared[case.ref] = postmortems.values(case.head, head, settings, subject, rules)
    for item in case.items:
        remote = snapshot.remotes.get((case.id, item.number))
        if remote and not remote.settled:
            subject = _subject(case, (case.id, item.number), remote, rules)
            case.compared[case.id, item.number] = tickets.values(item, remote, settings, subject, rules)
    edits = [edit for comparison in case.compared.values() for edit in comparison.pull]
    keys: list[tuple[Ref, str]] = [(case.ref, case.facts.stated.jira)]
    keys += [((case.id, item.number), item.key) for item in case.items]
    for ref, key in keys:
        remote = snapshot.remotes.get(ref)
        if remote and remote.key != key:
            edits.append(write_key(case, ref, remote.key, options).edit)
    after = _after(case, edits, options)
    if head:
        case.outdated[case.ref] = postmortems.texts(after.head, head, settings)
    for item in after.items:
        remote = snapshot.remotes.get((case.id, item.number))
        if remote and not remote.settled:
            case.outdated[case.id, item.number] = tickets.texts(item, remote)


def _after(case: SyncItem, edits: Sequence[Edit], options: RunOptions) -> SyncItem:
    """What a postmortem wants once these values are in its file; one that the file has no place for changes nothing."""
    text = case.facts.document.text
    for edit in edits:
        try:
            text = edited(text, [edit])
        except EditRefusedError:
            continue  # told when it is to be written
    if text == case.facts.document.text:
        return case
    return sync_item(facts_of(parse(text, case.path), options.settings), options)


def _subject(case: SyncItem, ref: Ref, remote: Remote, rules: TrackerRules) -> ComparedItem:
    return ComparedItem(ref, remote.key, case.path, rules.title, rules.account_key, remote.absent)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The changes of one postmortem, once its values are compared; `words` are those of texts on the other side."""

    case: SyncItem
    snapshot: Snapshot
    words: Words
    options: RunOptions

    @property
    def _linked(self) -> bool:
        """Whether postmortems have issues here, which tickets are linked to."""
        return self.options.rules.capabilities.postmortems

    def changes(self) -> Iterator[Change]:
        """All changes, those of the postmortem's own issue first."""
        case, settings = self.case, self.options.settings
        head = self.snapshot.remotes.get(case.ref)
        blocked = self._blocked(case.ref)
        yield from blocked
        if head is None and not blocked and self._linked:
            gone = self.snapshot.missing.get(case.ref, "")
            create = postmortems.create(case.head, settings, case.path, instead_of=gone)
            yield create
            yield from self._hanging(Remote("", "", category="new", base=create.push.base))
        elif head:
            push, problems = self._texts(case.ref, head)
            subject = _subject(case, case.ref, head, self.options.rules)
            yield from postmortems.finish(case.head, head, case.compared[case.ref], push, subject)
            yield from problems
            yield from self._written(case.ref, case.facts.stated.jira, head.key)
            yield from self._hanging(head)
        for item in case.items:
            yield from self._item(item, head)
        for number in case.repeated:
            yield PlanWarning(
                ref=(case.id, number),
                path=case.path,
                code="number-twice",
                message=f"Two action items of {case.id} have the number {number}, so neither has a ticket; give one another.",
            )

    def _item(self, item: WantedItem, head: Remote | None) -> Iterator[Change]:
        case, settings = self.case, self.options.settings
        ref = (case.id, item.number)
        remote = self.snapshot.remotes.get(ref)
        blocked = self._blocked(ref)
        yield from blocked
        parent = bool(head) or not self._blocked(case.ref)
        if remote is None and not blocked and parent:
            gone = self.snapshot.missing.get(ref, "")
            yield tickets.create(item, head.key if head else "", settings, case.path, case.id, instead_of=gone)
            if self._linked:
                kind = settings.jira.action_link_type
                yield LinkIssues(ref=ref, path=case.path, kind=kind, other=head.key if head else "")
            yield from tickets.first_status(item, ref, case.path)
        elif remote and not remote.settled:
            push, problems = self._texts(ref, remote)
            subject = _subject(case, ref, remote, self.options.rules)
            yield from tickets.finish(item, remote, case.compared[ref], push, subject)
            if tickets.unmoved(item, remote, settings):
                yield from tickets.first_status(item, ref, case.path, key=remote.key)
            yield from problems
            yield from self._written(ref, item.key, remote.key)
            if self._linked and parent:
                yield from self._parent(ref, remote, head)

    def _parent(self, ref: Ref, remote: Remote, head: Remote | None) -> Iterator[Change]:
        """The link from a ticket to the postmortem's issue, which may be about to be created."""
        kind, path = self.options.settings.jira.action_link_type, self.case.path
        if head is None:
            yield LinkIssues(ref=ref, key=remote.key, path=path, kind=kind, other="")
        else:
            base = remote.base or Base(ref[0], ref[1], own=False)
            yield from links.link(ref, base, remote.key, path, other=head.key, kind=kind, linked=remote.linked)

    def _texts(self, ref: Ref, remote: Remote) -> tuple[dict[str, Sections], list[Change]]:
        allowed = texts.edited(
            self.case.outdated.get(ref, {}),
            remote.base,
            self.words.get(ref, {}),
            force=self.options.force or self.case.facts.restricted,
        )
        problems: list[Change] = [
            Conflict(
                ref=ref,
                key=remote.key,
                path=self.case.path,
                code=f"edited-in-{self.options.rules.name}",
                message=f"Somebody changed the {name.replace('_', ' ')} in {remote.key} since it was last pushed, and the file"
                " changed too. Nothing was overwritten: carry what is worth keeping into the file, then run with --force.",
            )
            for name in allowed.changed_there
        ]
        return dict(allowed.push), problems

    def _written(self, ref: Ref, written: str, key: str) -> Iterator[Change]:
        """The key in the file, where it is missing or the issue was moved since."""
        if written != key:
            yield write_key(self.case, ref, key, self.options)

    def _hanging(self, remote: Remote) -> Iterator[Change]:
        """Status, link and page of a postmortem's issue. The status of one that a person made is theirs."""
        case, jira, head = self.case, self.options.settings.jira, self.case.head
        ref, key, path = case.ref, remote.key, case.path
        base = remote.base or postmortems.followed(head)
        goal = jira.statuses.get(head.status, "") if base.own else ""
        yield from links.status(ref, base, key, path, ours=head.status, goal=goal, category=remote.category)
        yield from links.link(ref, base, key, path, other=head.incident, kind=jira.link_type, linked=remote.linked)
        yield from links.page(ref, base, key, path, address=case.facts.page, title=head.summary)

    def _blocked(self, ref: Ref) -> list[Change]:
        return blocked(ref, self.case.path, self.snapshot, recreate=self.options.recreate)
