"""A review as values; every path is from the repository's root, every text a single line."""

from dataclasses import dataclass
from enum import StrEnum


class When(StrEnum):
    """By when something is to be done."""

    REVIEW = "review"
    PUBLISH = "publish"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class ChangedPostmortem:
    """A postmortem that the pull request changes; `status` is draft, in-review or published."""

    path: str
    id: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do in a file, at a line (1-based)."""

    path: str
    line: int
    rule: str
    when: When
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another wording for one changed line: `before` is the line as it is, `after` what would stand there."""

    path: str
    line: int
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier postmortem that is like the one at `of`; `day` is ISO 8601, empty where it is not known."""

    of: str
    path: str
    id: str
    title: str
    day: str
    severity: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything in a pull request's comment; `unread` counts the findings that were left out to keep it small."""

    subjects: tuple[ChangedPostmortem, ...] = ()
    items: tuple[Item, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    similar: tuple[Similar, ...] = ()
    unread: int = 0
