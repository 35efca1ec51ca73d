"""Who may read a document: the one answer, for the site, its guide, trackers, chat, comments, lists and feeds.

What one line of front matter states in so many words holds: `audience: public`, `internal` or `restricted`. Where
anything else stands that a person may have meant so (misspelt, a list, twice, in a comment, another word, front matter
that cannot be read), the document is restricted and in doubt. Where nothing is stated, the archive's `audience` holds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.document.audience_labels import AudienceLabel, Weight
from generator.document.finding import Finding, Level
from generator.document.model import Audience
from generator.document.parse import Document
from generator.settings.model import Settings

RULE = "audience-unclear"
CONSEQUENCE = "So the audience is not clear, and the file is kept restricted."
HINT = "Write one line `audience: public`, `audience: internal` or `audience: restricted` into the front matter, and nothing else that speaks of readers."
_WIDEST_FIRST = tuple(Audience)
# The only way to state an audience: one line, one word, at most in quotes, so that every reader of YAML and every
# person takes it for the same. Anchors, tags, lists and values over several lines are something else.
_STATEMENT = re.compile(
    r"""^["']?audience["']?[ \t]*+:[ \t]++(?P<quote>["']?)[ \t]*+(?P<word>[A-Za-z]++)[ \t]*+(?P=quote)[ \t]*+(?:\#.*)?\r?$""",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class AudienceDoubt:
    """Why an audience is not taken as stated, at a line (1-based) of the file."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class AudienceReading:
    """Who may read a document: `stated` is whether it says so itself, `doubts` are why it was closed, by line."""

    audience: Audience
    stated: bool = False
    doubts: tuple[AudienceDoubt, ...] = ()

    @property
    def restricted(self) -> bool:
        """Whether few may read it, so that nothing of its content may leave for where others look."""
        return self.audience is Audience.RESTRICTED

    def readable_by(self, reader: Audience) -> bool:
        """Whether those of an audience may read it."""
        return not narrower(self.audience, reader)


def narrower(one: Audience, other: Audience) -> bool:
    """Whether fewer people may read the first than the second."""
    return _WIDEST_FIRST.index(one) > _WIDEST_FIRST.index(other)


def audience_of(document: Document, settings: Settings) -> AudienceReading:
    """Who may read the document, a postmortem or a page of the guide; in doubt, few."""
    stated = _stated(document)
    holding = stated or _default(settings)
    doubts = dict.fromkeys(
        (*_unreadable(document), *_conflicts(document.audience_labels, stated, holding), *_misstated(document, stated))
    )
    if doubts:
        by_line: dict[int, AudienceDoubt] = {}
        for doubt in sorted(doubts, key=lambda one: one.line):
            by_line.setdefault(doubt.line, doubt)
        return AudienceReading(Audience.RESTRICTED, stated is not None, tuple(by_line.values()))
    return AudienceReading(holding, stated is not None)


def findings(documents: Iterable[Document], settings: Settings) -> list[Finding]:
    """An error for every line that left the audience of one of these documents in doubt.

    Files that cannot be read have an error of their own.
    """
    return [
        Finding(document.path, doubt.line, RULE, Level.ERROR, f"{doubt.why} {CONSEQUENCE}", HINT)
        for document in documents
        if not any(finding.rule == "unreadable" for finding in document.findings)
        for doubt in audience_of(document, settings).doubts
    ]


def _default(settings: Settings) -> Audience:
    """The archive's own audience; a word that is none closes."""
    return Audience(settings.audience) if settings.audience in set(Audience) else Audience.RESTRICTED


def _stated(document: Document) -> Audience | None:
    """The audience that the front matter states in the one readable way."""
    front = document.front
    if not front.present or any(fault.rule == "yaml-syntax" for fault in front.faults):
        return None
    statements = list(_STATEMENT.finditer(document.text, front.start, front.end))
    word = str(front.values.get("audience")).strip().casefold()
    if len(statements) != 1 or statements[0]["word"].casefold() != word or word not in set(Audience):
        return None
    line = document.text.count("\n", 0, statements[0].start()) + 1
    return Audience(word) if front.lines.get("audience") == line else None


def _misstated(document: Document, stated: Audience | None) -> Iterator[AudienceDoubt]:
    front = document.front
    if stated is None and "audience" in front.values:
        line = front.lines.get("audience", 1)
        if front.values["audience"] in (None, "", []):
            yield AudienceDoubt(line, "`audience` is empty.")
        else:
            yield AudienceDoubt(line, "`audience` is not one of the words public, internal and restricted.")
    for fault in front.faults:
        if fault.rule in {"yaml-duplicate-key", "yaml-alias"} and "`audience`" in fault.message:
            yield AudienceDoubt(fault.line, "`audience` stands twice.")


def _unreadable(document: Document) -> Iterator[AudienceDoubt]:
    """Files and front matter that cannot be read, so that nobody knows what they state."""
    for finding in document.findings:
        if finding.rule == "unreadable":
            yield AudienceDoubt(finding.line, "The file cannot be read, and so neither can its audience.")
    for fault in document.front.faults:
        if fault.rule == "yaml-syntax":
            yield AudienceDoubt(fault.line, "The front matter cannot be read, and so neither can the audience.")
    if not document.front.present and document.stray_front_matter:
        why = "Front matter begins here, but not as the first line or without an end, so it is not read."
        yield AudienceDoubt(document.stray_front_matter, why)


def _conflicts(labels: Iterable[AudienceLabel], stated: Audience | None, holding: Audience) -> Iterator[AudienceDoubt]:
    """Labels that may be meant as a statement, or that are narrower than what would hold."""
    for label in labels:
        if label.audience is not None and narrower(label.audience, holding):
            yield AudienceDoubt(label.line, f"{_begin(label.place)} says that it is {label.audience}.")
        elif stated is None and label.weight is Weight.FACT:
            yield AudienceDoubt(label.line, f"{_begin(label.place)} may be meant as the audience.")
        elif label.audience is None and label.own and label.weight is Weight.FACT:
            yield AudienceDoubt(label.line, f"{_begin(label.place)} may be meant as another audience.")


def _begin(place: str) -> str:
    return place[:1].upper() + place[1:]
