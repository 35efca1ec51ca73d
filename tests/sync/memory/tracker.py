"""A tracker that keeps issues in memory: what somebody writes who adds one, in a folder of their own.

Its keys are such as `CARD-7`, of which Jira knows nothing: the file names an issue by a link to its address.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.document.tickets import ticket_of
from generator.settings.load import Config
from generator.settings.model import Person, Settings
from generator.sync.plan.base import Base
from generator.sync.plan.changes import Push
from generator.sync.plan.identity import label
from generator.sync.plan.snapshot import IssueQuery, Ref, Remote, Snapshot, SnapshotBuilder, TrackerAccount
from generator.sync.plan.texts import pushed
from generator.sync.plan.tracker import Capabilities, Claim, Destination, Made

SITE = "https://cards.fernway.example/card/"


@dataclass(frozen=True)
class MemoryClaim:
    """The right to create; nobody else can have it, as all runs are in this process."""

    id: str
    claims: set[str]

    def hold(self) -> None:
        """It is still held."""

    def release(self) -> None:
        """Give it back."""
        self.claims.discard(self.id)


@dataclass
class Board:
    """What the tracker holds: issues by their keys, with their texts; `writes` counts all changes."""

    cards: dict[str, Remote] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    writes: int = 0
    after_create: Callable[[], None] = lambda: None

    def edit(self, key: str, **values: object) -> None:
        """What a person changes."""
        self.cards[key] = replace(self.cards[key], **values)  # type: ignore[arg-type]


BOARD = Board()


class MemoryTracker:
    """The board as a tracker."""

    name = "memory"
    title = "the board"
    account_key = "email"
    capabilities = Capabilities(postmortems=False, priorities=False)

    def __init__(self, board: Board, settings: Settings) -> None:
        self._board, self._settings = board, settings
        self.requests_made = 0

    def issue_address(self, key: str) -> str:
        """Where people open an issue."""
        return f"{SITE}{key.removeprefix('CARD-')}" if key.startswith("CARD-") else ""

    def parse_ticket(self, cell: str, services: tuple[str, ...]) -> str:
        """The key in an address of the board."""
        ticket = ticket_of(cell, self._settings, services)
        number = ticket.address.removeprefix(SITE) if ticket and ticket.address.startswith(SITE) else ""
        return f"CARD-{number}" if number.isdecimal() else ""

    def render_ticket(self, key: str) -> str:
        """A link."""
        return f"[{key}]({self.issue_address(key)})"

    def destination(self, services: tuple[str, ...], key: str) -> Destination:
        """There is one board."""
        return Destination("board")

    def is_account_of(self, account: TrackerAccount, person: Person) -> bool:
        """An account is an address."""
        return bool(person.email) and person.email == account.email

    def start(self) -> str:
        """We are always welcome."""
        return "memory"

    def snapshot(self, queries: Sequence[IssueQuery], tell: Callable[[str], None]) -> Snapshot:
        """What is on the board, by key, else by the label."""
        gathered = SnapshotBuilder()
        for query in queries:
            by_label = [one for one in self._board.cards.values() if label(*query.ref) in one.labels]
            if query.key in self._board.cards:
                gathered.place(query.ref, self._board.cards[query.key])
            elif query.key:
                gathered.missing[query.ref] = query.key
            elif len(by_label) > 1:
                gathered.doubles[query.ref] = tuple(one.key for one in by_label)
            elif by_label:
                gathered.place(query.ref, by_label[0])
        return gathered.snapshot()

    def newest(self, queries: Sequence[IssueQuery], projects: Iterable[str], before: Snapshot) -> Snapshot:
        """Nothing lags behind."""
        return before

    def words(self, asked: Mapping[Ref, tuple[Remote, Sequence[str]]]) -> Mapping[Ref, Mapping[str, str]]:
        """The texts as they are."""
        return {ref: dict.fromkeys(names, self._board.texts[one.key]) for ref, (one, names) in asked.items()}

    def visible(self, keys: Iterable[str], projects: Iterable[str] = ()) -> frozenset[str]:
        """The board hides nothing."""
        return frozenset([*keys, *projects])

    def current(self, remotes: Sequence[Remote]) -> Mapping[str, Remote]:
        """The cards as they are."""
        return {one.id: self._board.cards[one.key] for one in remotes if one.key in self._board.cards}

    def claim(self, id: str) -> MemoryClaim | None:  # noqa: A002 - the field's name
        """The right to create, where nobody has it."""
        if id in self._board.claims:
            return None
        self._board.claims.add(id)
        return MemoryClaim(id, self._board.claims)

    def create(self, push: Push, claim: Claim | None) -> Made:
        """Put a card on the board."""
        if claim is not None:
            claim.hold()
        key = f"CARD-{len(self._board.cards) + 1}"
        made = Remote(key, key, category="new", labels=push.labels)
        self._board.cards[key] = made
        base = self._write(made, push)
        self._board.after_create()
        return Made(key, key, base)

    def update(self, remote: Remote, push: Push) -> Made:
        """Change a card."""
        return Made(remote.id, remote.key, self._write(self._board.cards[remote.key], push))

    def move(self, remote: Remote, category: str, *, given_up: bool = False) -> Remote:
        """Move a card to another column."""
        self._board.writes += 1
        moved = replace(self._board.cards[remote.key], category=category, status=category, given_up=given_up)
        self._board.cards[remote.key] = moved
        return moved

    def link(self, key: str, kind: str, other: str) -> None:
        """Cards have no links, and the capabilities say so."""
        raise AssertionError(key)

    def page(self, remote: Remote, ref: Ref, address: str, title: str) -> None:
        """Cards have no pages either."""
        raise AssertionError(address)

    def record(self, remote: Remote, base: Base) -> None:
        """Keep the state on the card."""
        self._board.writes += 1
        self._board.edit(remote.key, base=base)

    def _write(self, card: Remote, push: Push) -> Base:
        self._board.writes += 1
        words = {name: " ".join(text for _, text in sections) for name, sections in push.texts.items()}
        base = replace(push.base, texts=pushed(push.base, {n: (s, words[n]) for n, s in push.texts.items()}))
        person = self._settings.person(handle=push.values.get("assignee", ""))
        assignee = TrackerAccount(person.email, email=person.email) if person else card.assignee
        self._board.texts[card.key] = next(iter(words.values()), self._board.texts.get(card.key, ""))
        self._board.cards[card.key] = replace(
            card,
            summary=push.values.get("summary", card.summary),
            due=push.values.get("due", card.due),
            assignee=assignee,
            base=base,
        )
        return base


def open_tracker(config: Config, log: Callable[[str], None] | None = None) -> MemoryTracker:
    """The board of this process."""
    return MemoryTracker(BOARD, config.settings)
