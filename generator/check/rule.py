"""What a rule is, and what it may look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypedDict

from generator.document.finding import Level
from generator.document.model import Status
from generator.document.parse import Document
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know beside the document itself; everything is a value, so a rule touches nothing outside.

    `others` is what is known of the archive's other documents, `base` the same document at the base revision,
    `changed` the lines (1-based) that the change touches or None for all of them, `files` those files and folders of
    the archive, as paths relative to its root, that the document leads to, and all files in the document's own folder;
    None where nobody looked.
    """

    settings: Settings
    today: date
    others: "tuple[Summary, ...]" = ()
    base: Document | None = None
    changed: frozenset[int] | None = None
    files: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule speaks: line (1-based), what is there, and the question or advice that leads further.

    `level` bounds the severity: a hit that is less certain than its rule says `Level.ADVICE`.
    """

    line: int
    message: str
    hint: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What other documents need to know of one, small enough to be sent between processes.

    `lines` are those of the front-matter keys, `anchors` the headings' addresses; `links` are the links into other
    documents that have an anchor, as (line, path of the other document, anchor). `adopted` ones were imported.
    """

    path: str
    id: str = ""
    title: str = ""
    incident: str = ""
    jira: str = ""
    status: Status | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()
    links: tuple[tuple[int, str, str], ...] = ()
    adopted: bool = False


@dataclass(frozen=True)
class SummaryIndex:
    """The summaries of an archive, found by what they share."""

    summaries: tuple[Summary, ...]

    @cached_property
    def paths(self) -> Mapping[str, Summary]:
        """Each summary by its path."""
        return {summary.path: summary for summary in self.summaries}

    @cached_property
    def ids(self) -> Mapping[str, tuple[Summary, ...]]:
        """The summaries of each id, lower case."""
        return self._by("id")

    @cached_property
    def incidents(self) -> Mapping[str, tuple[Summary, ...]]:
        """The summaries of each incident record, lower case."""
        return self._by("incident")

    @cached_property
    def issues(self) -> Mapping[str, tuple[Summary, ...]]:
        """The summaries of each Jira key, lower case."""
        return self._by("jira")

    def _by(self, name: str) -> Mapping[str, tuple[Summary, ...]]:
        found: dict[str, list[Summary]] = {}
        for summary in self.paths.values():
            if word := getattr(summary, name).casefold():
                found.setdefault(word, []).append(summary)
        return {word: tuple(same) for word, same in found.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `draft`, `review` and `published` are its severity by the document's status.

    `check` looks at one document, `across` at one document among all; a rule has one of them, or none where reading
    the document finds it already. `before` and `after` are Markdown for the docs. `fixable` says that `--fix` helps.
    """

    id: str
    title: str
    why: str
    before: str
    after: str
    check: Callable[[Document, Context], Iterator[Hit]] | None = field(default=None, repr=False)
    draft: Level = Level.ADVICE
    review: Level = Level.WARNING
    published: Level = Level.ERROR
    language: bool = False
    across: Callable[[Summary, SummaryIndex], Iterator[Hit]] | None = field(default=None, repr=False)
    fixable: bool = False
    silenceable: bool = True

    def level(self, status: Status | None) -> Level:
        """The severity for a document of this status; one whose status cannot be read counts as a draft."""
        if status is Status.PUBLISHED:
            return self.published
        return self.review if status is Status.IN_REVIEW else self.draft


class Levels(TypedDict):
    """The severities of a rule by the document's status."""

    draft: Level
    review: Level
    published: Level


ALWAYS_ERROR: Levels = {"draft": Level.ERROR, "review": Level.ERROR, "published": Level.ERROR}
ALWAYS_WARNING: Levels = {"draft": Level.WARNING, "review": Level.WARNING, "published": Level.WARNING}
ALWAYS_ADVICE: Levels = {"draft": Level.ADVICE, "review": Level.ADVICE, "published": Level.ADVICE}
AT_MOST_WARNING: Levels = {"draft": Level.ADVICE, "review": Level.WARNING, "published": Level.WARNING}
LATE_WARNING: Levels = {"draft": Level.ADVICE, "review": Level.ADVICE, "published": Level.WARNING}
