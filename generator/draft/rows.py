"""What a template can print or walk through: rows that turn into a ready table, list or sequence of names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.draft.escape import cell

T_co = TypeVar("T_co", covariant=True)


class Shown(tuple[T_co, ...]):
    """A sequence that a template may walk through, and that prints itself as `text`."""

    text: str

    def __new__(cls, items: Iterable[T_co], text: str) -> "Shown[T_co]":  # noqa: D102 - as the class says
        made = super().__new__(cls, items)
        made.text = text
        return made

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of the timeline: `time` such as `2026-03-15 14:32` in UTC, `event` and `source` as inline Markdown."""

    time: str
    event: str
    source: str
    kind: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert; `time` and `ended` in UTC, empty where not known."""

    time: str
    ended: str
    title: str
    severity: str
    source: str
    description: str


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A group of errors; `stack` is a fenced block, `count` and `users` are numbers as text."""

    title: str
    count: str
    users: str
    first_seen: str
    last_seen: str
    culprit: str
    level: str
    stack: str
    source: str


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release; `relation` says in words how it relates to the incident, `candidate` that it came shortly before."""

    time: str
    name: str
    service: str
    environment: str
    relation: str
    relationship: str
    candidate: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A row of the action items."""

    number: int
    action: str
    owner: str
    due: str
    status: str
    ticket: str


@dataclass(frozen=True, slots=True)
class KeyFact:
    """Something to know at a glance."""

    name: str
    value: str


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the cells are inline Markdown."""
    lines = [f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}"]
    lines += ["|" + "".join(f" {cell(content)} |" if content else " |" for content in row) for row in rows]
    return "\n".join(lines)


def bullets(lines: Iterable[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {line}" for line in lines)
