"""The prose of a document, sentence by sentence, with the line on which every word stands."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from generator.check.language.blocks import BLANK, blocks, ends, masked
from generator.check.language.words import words
from generator.check.rules import blameless
from generator.document.headings import section_key
from generator.document.parse import Document

_LONGEST_QUOTE = 90  # characters
_LONGEST_STEM = 60  # characters, with the line break and indentation that may stand in it
_SPACES = re.compile(r" {2,}")
_SOLID = re.compile(r"(?<! ) |[^ ]")
_TOKEN = re.compile(rf"@?[^\W_{BLANK}](?:[\w.'/@+-]*\w)?|{BLANK}+|[^\w\s]")
_ENGLISH = words("the a an of to and in was is were for on that it with by be had not as at from this we")
_FOREIGN = words(
    "der die das und ist nicht ein eine den dem mit von auf zu le la les des est une dans pour et du que el los las una"
    " por con para il della di che per gli het een niet van och att det som não uma os às jest nie się na"
)


class Token(NamedTuple):
    """A word or a punctuation mark: in lower case, as written, and where it stands in its sentence."""

    word: str
    written: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence: `text` with single spaces and without marks, `masked` as long as it is in the file, from `start` on.

    `before` is the sentence ahead of it in the same block.
    """

    text: str
    masked: str = field(repr=False)
    start: int
    prose: "Prose" = field(repr=False)
    before: "Sentence | None" = field(default=None, repr=False)

    def line_at(self, offset: int) -> int:
        """The line of the file (1-based) on which a character of this sentence stands."""
        if len(self.masked) != len(self.text):
            starts = [found.start() for found in _SOLID.finditer(self.masked)]  # all but spaces that follow a space
            offset = starts[min(offset, len(starts) - 1)]
        return bisect_right(self.prose.line_starts, self.start + offset)

    def section_at(self, offset: int) -> str:
        """The canonical key of the section in which a character of this sentence stands; empty for an unknown one."""
        lines, keys = self.prose.sections
        index = bisect_right(lines, self.line_at(offset)) - 1
        return keys[index] if index >= 0 else ""

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words and punctuation marks in order."""
        text, lowered = self.text, self.text.lower()
        if len(lowered) != len(text):  # a few letters grow in lower case
            lowered = text
        spans = [found.span() for found in _TOKEN.finditer(text)]
        return tuple([Token(lowered[start:end], text[start:end], start, end) for start, end in spans])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each token begins, for finding one by its offset."""
        return tuple(token.start for token in self.tokens)

    @cached_property
    def english(self) -> bool:
        """Whether this is, as far as its little words tell, English."""
        spoken = [token.word for token in self.tokens]
        return sum(word in _FOREIGN for word in spoken) <= sum(word in _ENGLISH for word in spoken) + 1

    def quote(self, start: int, end: int) -> str:
        """The words of a span as a message quotes them, the middle of a long one left out."""
        said = " ".join(self.text[start:end].replace(BLANK, "").split())
        if len(said) > _LONGEST_QUOTE:
            said = f"{said[:45].rsplit(' ', 1)[0]} … {said[-30:].split(' ', 1)[-1]}"
        return said


class Prose:
    """A document's text below its front matter, read only as far as somebody asks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._read: dict[int, tuple[Sentence, ...]] = {}

    @cached_property
    def flat(self) -> str:
        """The text in one line, every character in its place."""
        flat = self.text
        for odd in ("\n", "\r", "\t", "\xa0", BLANK):
            if odd in flat:
                flat = flat.replace(odd, " ")
        return flat.replace("’", "'") if "’" in flat else flat

    @cached_property
    def lowered(self) -> str:
        """The same in lower case and plain letters, for finding stems; any other letter is a question mark."""
        lowered = self.flat.lower()
        if len(lowered) != len(self.text):  # a few letters grow in lower case
            lowered = "".join(c if len(c.lower()) > 1 else c.lower() for c in self.flat)
        return lowered if lowered.isascii() else lowered.encode("ascii", "replace").decode("ascii")

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line of the file begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def sections(self) -> tuple[list[int], list[str]]:
        """The line of every heading and the key that governs what follows: its own or that of the known one above it."""
        headings = self.document.outline.headings
        above: list[tuple[int, str]] = []
        keys = []
        for heading in headings:
            while above and above[-1][0] >= heading.level:
                above.pop()
            keys.append(section_key(heading.title) or (above[-1][1] if above else ""))
            above.append((heading.level, keys[-1]))
        return [heading.line for heading in headings], keys

    @cached_property
    def blocks(self) -> list[tuple[int, int]]:
        """The spans of all paragraphs, items, headings and cells, in order."""
        return blocks(self.document, self.flat)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.blocks]

    @cached_property
    def _holding(self) -> dict[str, dict[int, Sentence]]:
        """The sentences, by their offset, in which each stem stands."""
        begun, lowered = blameless.stems(), self.lowered
        holding: dict[str, dict[int, Sentence]] = {}
        for found in blameless.pattern().finditer(lowered, self.document.front.body):
            position = found.start()
            ahead = blameless.plain(lowered[position : position + _LONGEST_STEM])
            whole = [stem for stem in begun[blameless.plain(found[1])] if ahead.startswith(stem)]
            if whole and (sentence := self._sentence_at(position)):
                for stem in whole:
                    holding.setdefault(stem, {})[sentence.start] = sentence
        return holding

    def sentences_with(self, stems: tuple[str, ...]) -> list[Sentence]:
        """The sentences in which one of the stems stands, in order."""
        holding = self._holding
        found: dict[int, Sentence] = {}
        for stem in stems:
            if stem in holding:
                found |= holding[stem]
        return [found[start] for start in sorted(found)]

    def _sentence_at(self, position: int) -> Sentence | None:
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self.blocks[index][1]:
            return None
        if (known := self._read.get(index)) is None:
            known = self._read[index] = self._sentences(*self.blocks[index])
        return next((sentence for sentence in reversed(known) if sentence.start <= position), None)

    def _sentences(self, start: int, end: int) -> tuple[Sentence, ...]:
        text = masked(self.flat[start:end])
        found: list[Sentence] = []
        begin = 0
        for stop in (*ends(text), len(text)):
            piece = text[begin:stop]
            if bare := piece.lstrip():
                lead = start + begin + len(piece) - len(bare)
                bare = bare.rstrip()
                plain = _SPACES.sub(" ", bare) if "  " in bare else bare
                found.append(Sentence(plain, bare, lead, self, found[-1] if found else None))
            begin = stop
        return tuple(found)


_latest: list[Prose] = []


def sentences(document: Document, stems: tuple[str, ...]) -> list[Sentence]:
    """The sentences of the document's prose in which one of a rule's `STEMS` (lower case) stands, in order."""
    if not _latest or _latest[0].document is not document:  # the rules run one after the other on the same document
        _latest[:] = [Prose(document)]
    return _latest[0].sentences_with(stems)
