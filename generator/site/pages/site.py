"""What a site is staged from: the postmortems that its audience may see, in order, with their addresses."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from generator.document import query
from generator.document.audience import audience_of
from generator.document.model import ActionItem, Audience, Postmortem, Status
from generator.document.parse import Document
from generator.document.scope import Scope, counted, current, scope_of
from generator.document.spellings import spellings
from generator.document.times import Occurrence, occurrence, order
from generator.settings.model import Settings
from generator.site.pages import slugs

LIST, TRACKER, SERVICES, TAGS, GUIDE = "postmortems/", "actions/", "services/", "tags/", "guide/"
STATUS_WORDS = {Status.DRAFT: "Draft", Status.IN_REVIEW: "In review", Status.PUBLISHED: "Published"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that the site cannot show as it was meant; `line` is 1-based."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One postmortem on the site: `address` ends with a slash, `rank` 0 is the most severe severity.

    `current` is whether its action items are still to be done, `counted` whether figures are made of it.
    """

    document: Document
    address: str
    title: str
    severity: str
    rank: int
    services: tuple[str, ...]
    tags: tuple[str, ...]
    scope: Scope
    current: bool
    counted: bool
    audience: Audience

    @property
    def known(self) -> Postmortem:
        """What the file says."""
        return self.document.postmortem

    @property
    def name(self) -> str:
        """The id, or the file's name where there is none."""
        return self.known.id or _stem(self.document.path)

    @property
    def type(self) -> str:
        """The kind of incident."""
        return self.known.type or "outage"

    @property
    def status(self) -> Status:
        """Where the document is on its way; one that does not say is a draft."""
        return self.known.status or Status.DRAFT

    @property
    def occurrence(self) -> Occurrence | None:
        """When it happened, and what that rests on."""
        return occurrence(self.known)

    @property
    def day(self) -> date | None:
        """The UTC day on which it happened."""
        return self.occurrence.day if self.occurrence else None


@dataclass(frozen=True, slots=True)
class Group:
    """A service or tag with its postmortems, newest first."""

    name: str
    address: str
    entries: tuple[Entry, ...]

    @property
    def counted(self) -> tuple[Entry, ...]:
        """Those that figures are made of."""
        return tuple(entry for entry in self.entries if entry.counted)


@dataclass(frozen=True)
class Site:
    """Everything that the pages need.

    `entries` are newest first, `hidden` are paths that must not be linked, `hidden_addresses` where those would be shown.
    """

    settings: Settings
    built: datetime
    entries: tuple[Entry, ...]
    hidden: frozenset[str] = frozenset()
    hidden_addresses: frozenset[str] = frozenset()

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """The postmortems that figures are made of, newest first: a sample is not mixed into real ones."""
        return tuple(entry for entry in self.entries if entry.counted)

    @cached_property
    def services(self) -> Mapping[str, Group]:
        """Every service that a visible postmortem names, by name, in alphabetical order."""
        return _groups(self.entries, "services", SERVICES)

    @cached_property
    def tags(self) -> Mapping[str, Group]:
        """Every tag of a visible postmortem, by name, in alphabetical order."""
        return _groups(self.entries, "tags", TAGS)

    @cached_property
    def actions(self) -> Sequence[tuple[Entry, ActionItem]]:
        """All action items, most urgent first."""
        by_path = {entry.document.path: entry for entry in self.entries}
        documents = [entry.document for entry in self.entries]
        live = {entry.document.path for entry in self.entries if entry.current}
        found = query.actions(documents, query.Filter(), self.settings, self.as_of, live)
        return [(by_path[document.path], item) for document, item in found]

    @cached_property
    def _by_path(self) -> Mapping[str, Sequence[tuple[int, tuple[Entry, ActionItem]]]]:
        found: dict[str, list[tuple[int, tuple[Entry, ActionItem]]]] = {}
        for place, row in enumerate(self.actions):
            found.setdefault(row[0].document.path, []).append((place, row))
        return found

    def actions_of(self, group: Group) -> Sequence[tuple[Entry, ActionItem]]:
        """The action items of a group's postmortems, most urgent first."""
        rows = [row for entry in group.entries for row in self._by_path.get(entry.document.path, ())]
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    @property
    def as_of(self) -> date:
        """The UTC day of the build."""
        return self.built.date()

    def person(self, handle: str) -> str:
        """How a handle is shown: the person's name where it is known."""
        return person(self.settings, handle)


def action_items(entries: Iterable[Entry]) -> Iterator[tuple[ActionItem, bool]]:
    """The action items of postmortems, each with whether its postmortem is a current one."""
    for entry in entries:
        yield from ((item, entry.current) for item in entry.known.actions)


def owners(settings: Settings, cell: str) -> list[str]:
    """The handles of those who own an action item; a name that the archive does not know stays as it is."""
    names = [name.strip().lstrip("@") for name in cell.split(",") if name.strip()]
    known = [(name, settings.person(handle=name, name=name, email=name)) for name in names]
    return [person.handle if person else name for name, person in known]


def person(settings: Settings, handle: str) -> str:
    """How a handle is shown: the person's name where the archive knows it."""
    bare = handle.lstrip("@")
    known = settings.person(handle=bare, name=bare, email=bare) if bare else None
    return (known.name or known.handle) if known else bare


def _visible(document: Document, audience: Audience, settings: Settings) -> bool:
    """Whether the site of an audience shows a postmortem; the public sees published ones only."""
    if any(finding.rule == "unreadable" for finding in document.findings):
        return False
    if audience is Audience.PUBLIC and document.postmortem.status is not Status.PUBLISHED:
        return False
    return audience_of(document, settings).readable_by(audience)


def gather(
    documents: Iterable[Document], settings: Settings, *, now: datetime, audience: Audience
) -> tuple[Site, list[Problem]]:
    """Choose what the audience may see and give each postmortem its address."""
    problems: list[Problem] = []
    kept: list[Document] = []
    hidden: list[Document] = []
    ordered = sorted(documents, key=lambda d: d.path)
    for document in ordered:
        (kept if _visible(document, audience, settings) else hidden).append(document)
    readable = [d for d in ordered if not any(finding.rule == "unreadable" for finding in d.findings)]
    live, figures = current(readable, settings), counted(readable, settings)
    services = spellings((d.postmortem.services for d in kept), settings)
    tags = spellings(d.postmortem.tags for d in kept)
    entries: list[Entry] = []
    taken: dict[str, str] = {}
    for document in kept:
        known = document.postmortem
        stem = slugs.folder(_stem(document.path))
        name = known.id or stem
        if (first := taken.get(name.casefold())) is not None:
            problems.append(Problem(document.path, 1, f"The id {name} is taken by {first}; give one of them another."))
            name = slugs.folder(document.path)
        taken[name.casefold()] = document.path
        severity = settings.severity_of(known.severity) or known.severity
        entries.append(
            Entry(
                document,
                f"{LIST}{name}/",
                known.title or known.id or stem,
                severity,
                settings.severity_rank(severity),
                tuple(dict.fromkeys(services[name.casefold()] for name in known.services)),
                tuple(dict.fromkeys(tags[name.casefold()] for name in known.tags)),
                scope_of(document, settings),
                document.path in live,
                document.path in figures,
                audience_of(document, settings).audience,
            )
        )
    entries.sort(key=_newest_first)
    unseen = {f"{LIST}{d.postmortem.id or slugs.folder(_stem(d.path))}/" for d in hidden}
    places = frozenset(unseen) - {entry.address for entry in entries}
    return Site(settings, now, tuple(entries), frozenset(d.path for d in hidden), places), problems


def _newest_first(entry: Entry) -> tuple[float, int, str]:
    return (-order(entry.known), entry.rank, entry.document.path)


def _groups(entries: Iterable[Entry], field: str, base: str) -> dict[str, Group]:
    members: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in getattr(entry, field):
            members.setdefault(name, []).append(entry)
    folders = slugs.folders(members)
    order = sorted(members, key=lambda name: (name.casefold(), name))
    return {name: Group(name, f"{base}{folders[name]}/", tuple(members[name])) for name in order}


def _stem(path: str) -> str:
    """The name of a file without its folder and ending."""
    return posixpath.splitext(posixpath.basename(path))[0]
