"""Places of a document that speak of its readers, beside the one line of front matter that counts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from generator.document.audience_words import (
    KeyMeaning,
    banner_meaning,
    key_meaning,
    says_closed,
    value_meaning,
    visible_text,
)
from generator.document.front_matter import FrontMatter
from generator.document.model import Audience
from generator.document.schema import ORDER
from generator.markup.source_lines import Line, lines_of

HEAD_LINES = 40  # labels that people write above a text: what stands further down must say clearly that it is one
FEW_WORDS = 3  # `visibility public`, whose colon is missing, has as many at most; a sentence has more
_LONGEST = 400  # characters of a line that are looked at; a label is short
# `Key: value`, `| Key | value |`, `Key – value`, behind bullets, quotes, emphasis, comment signs and brackets. A line
# that begins with a backtick is an example and not a label.
_LABEL = re.compile(
    r"""[\s>*_#+|<!({\["'“”‘’~/;%-]*"""
    r"""(?P<key>[^\W\d_][\w .'-]{1,39}?)[\s*_"'“”’)]*"""
    r"""(?:[:=：＝|｜]+|\s[-–—→]+\s)[\s*_"'“”’(]*(?P<value>.*)""",
    re.DOTALL,
)
# The same in the middle of a line, as in JSON.
_INNER = re.compile(r"""(?P<key>[^\W\d_]{4,20})["'”*_]*\s*[:=]\s*(?P<value>[^,;}]{0,80})""")
# What YAML reads as more than itself at the beginning of a line, and people overlook: anchors, tags, aliases, complex keys.
_SIGNS = " \t&!?*@%|>,.:;=$^~\\`-"
_COMMENT = re.compile(r"(?:^|[ \t])#(?P<text>.*)")
_BRACKETED = re.compile(r"[^\w\[【(]{0,12}[\[【(](?P<text>[^\]】)]{4,40})[\]】)]")
# A sentence of the text that states who may read it.
_SENTENCE = re.compile(r"this (?:document|page|report|post-?mortem|review|file) is (?:strictly |highly )?(?P<word>\w+)")
# What may begin a label further down, so that a long text is looked through in one pass.
_FURTHER = re.compile(
    r"^[^\w\n`]{0,12}(?:audience|visibility|classification|confiden|restricted|strictly|tlp|top secret|internal|vertraulich)"
    r"[^\n]{0,400}$|<!--[^\n]{1,200}|^[^\w\n]{0,12}[\[(][^\n\])]{4,40}[\])]",
    re.IGNORECASE | re.MULTILINE,
)
# What begins front matter in other tools, beside rows of dashes: Hugo's TOML is a row of plus signs, its JSON a brace.
_FENCES = frozenset(["```yaml", "```yml", "```toml", "```json", "```", "{", "<!--"])
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")


class Weight(Enum):
    """How much a label says: a fact counts where nothing else is stated, a hint only where it narrows."""

    FACT = "fact"  # may be a person's statement: in doubt wherever nothing is stated readably
    HINT = "hint"  # in doubt only where it is narrower than what would hold


@dataclass(frozen=True, slots=True)
class AudienceLabel:
    """Something that may say who may read the document.

    `line` is 1-based, `place` names it for people, `audience` is the narrowest one that it may mean (None: it cannot be
    read), `own` is whether it uses the word `audience` itself.
    """

    line: int
    place: str
    audience: Audience | None
    weight: Weight = Weight.FACT
    own: bool = False


def labels(text: str, front: FrontMatter, *, stray: bool) -> Iterator[AudienceLabel]:
    """Everything in a document that may say who may read it, but for its key `audience`.

    `stray` is whether front matter stands in the text by mistake (see `stray_front_matter`).
    """
    if front.present:
        yield from in_values(front)
        yield from in_source(text[front.start : front.end], front)
    yield from in_body(text, front.body if front.present else 0, front.body_line if front.present else 1, stray=stray)


def in_values(front: FrontMatter) -> Iterator[AudienceLabel]:
    """What the front matter's keys and values say, at any depth; the top-level key `audience` is left to the caller."""
    for path, key, value in _leaves(front.values, ""):
        line = front.lines.get(path, 1)
        meaning = key_meaning(key)
        if meaning is not KeyMeaning.NOTHING:
            if path != "audience":
                audience = value_meaning(value, key)
                yield AudienceLabel(line, f"`{_shown(key)}`", audience, own=meaning is KeyMeaning.AUDIENCE)
        elif isinstance(value, str) and (banner := banner_meaning(value) or _bracketed(value)):
            yield AudienceLabel(line, f"`{_shown(key)}`", banner, Weight.HINT)


def in_source(source: str, front: FrontMatter) -> Iterator[AudienceLabel]:
    """What the front matter's lines say that no reader of YAML sees.

    These are comments, lines inside of longer values, and keys that people read and YAML takes for something else, as
    it does with what stands behind an anchor or a tag.
    """
    keys: dict[int, list[str]] = {}
    for path, number in front.lines.items():
        keys.setdefault(number, []).append(path)
    for number, line in enumerate(source.split("\n"), 2):
        content = line[:_LONGEST]
        if comment := _COMMENT.search(content):
            yield from _comment(comment["text"], number)
            content = content[: comment.start()]
        if number not in keys and content.strip():
            yield from _stray(content, number)
        elif number in keys and not any(_means_readers(path) for path in keys[number]):
            yield from _stray_key(content, number)


def in_body(text: str, start: int, first_line: int, *, stray: bool) -> Iterator[AudienceLabel]:
    """What the text below the front matter says: labels and banners in its first lines, clear ones in the rest.

    `stray` is whether front matter may stand in the text by mistake: then code and all of a line is looked at too.
    """
    lines = lines_of(text, start, first_line)
    fenced = _fenced(lines)
    end = _head_end(lines) if not stray else HEAD_LINES
    for line in lines[:end]:
        if stray or line.number not in fenced:
            for piece in _LINE.findall(line.text):
                yield from _head(piece[:_LONGEST], line.number, everywhere=stray)
    behind = lines[end].start if end < len(lines) else len(text)
    number, counted = first_line + end, behind
    for match in _FURTHER.finditer(text, behind):
        number, counted = number + text.count("\n", counted, match.start()), match.start()
        if number not in fenced:
            yield from _further(match[0], number)


def _head_end(lines: Sequence[Line]) -> int:
    """How many lines stand before the first section, at most forty."""
    sections = (at for at, line in enumerate(lines[:HEAD_LINES]) if line.text.startswith("## ") and not line.code)
    return min(next(sections, HEAD_LINES), len(lines))


def _fenced(lines: Iterable[Line]) -> frozenset[int]:
    """The lines of fenced code; HTML comments, which are code to Markdown as well, may hold labels."""
    inside, numbers = False, []
    for line in lines:
        if line.code and line.text.lstrip("> \t-*+0123456789.)").startswith(("```", "~~~")):
            inside = not inside
            numbers.append(line.number)
        elif line.code and inside:
            numbers.append(line.number)
        else:
            inside = False
    return frozenset(numbers)


def stray_front_matter(text: str) -> int:
    """The line (1-based) of front matter that is not closed, not at the top or between other signs; 0 for none."""
    lines = text.split("\n", HEAD_LINES)[:HEAD_LINES]
    inside, begun = False, False
    for number, line in enumerate(lines, 1):
        seen = visible_text(line[:_LONGEST]).strip("\ufeff \t\r")
        if begun and seen.startswith(("```", "~~~")):  # an example in the text, unless the file begins with it
            inside = not inside
        elif not inside and (seen in _FENCES or (len(seen) >= 2 and not seen.strip("-–—‐‑−=+;~"))):
            following = next((one for one in lines[number:] if one.strip() and not one.startswith("#")), "")
            label = _LABEL.match(visible_text(following[:_LONGEST]))
            if label and (label["key"].strip() in ORDER or key_meaning(label["key"]) is not KeyMeaning.NOTHING):
                return number
        begun = begun or bool(seen)
    return 0


def _leaves(value: object, path: str, key: str = "") -> Iterator[tuple[str, str, object]]:
    """Every value with its path and key; under a key that means an audience, the whole of it."""
    if isinstance(value, dict) and (not key or key_meaning(key) is KeyMeaning.NOTHING):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}" if path else str(name), str(name))
    elif isinstance(value, list) and key_meaning(key) is KeyMeaning.NOTHING:
        for number, item in enumerate(value):
            yield from _leaves(item, f"{path}.{number}", key)
    else:
        yield path, key, value


def _comment(text: str, number: int) -> Iterator[AudienceLabel]:
    seen = visible_text(text)
    if all(audience in seen for audience in Audience):  # a list of what may stand here
        return
    closed = Audience.RESTRICTED if says_closed(seen) else None
    if label := _statement(seen):
        audience = value_meaning(label["value"], label["key"]) or closed
        own = key_meaning(label["key"]) is KeyMeaning.AUDIENCE
        yield AudienceLabel(number, "a comment", audience, own=own)
    elif (words := seen.split(maxsplit=1)) and key_meaning(words[0]) is not KeyMeaning.NOTHING:
        yield AudienceLabel(number, "a comment", value_meaning(" ".join(words[1:])) or closed)
    elif closed:
        yield AudienceLabel(number, "a comment", closed, Weight.HINT)


def _stray(line: str, number: int) -> Iterator[AudienceLabel]:
    """A line that is no key to YAML, but looks like one to people."""
    seen = visible_text(line)
    words = seen.split(maxsplit=1)
    first = key_meaning(words[0])
    if label := _statement(seen):
        audience = value_meaning(label["value"], label["key"])
        own = key_meaning(label["key"]) is KeyMeaning.AUDIENCE
        yield AudienceLabel(number, "this line", audience, own=own)
    elif first is KeyMeaning.AUDIENCE or (first is KeyMeaning.SYNONYM and len(seen.split()) <= FEW_WORDS):
        own = first is KeyMeaning.AUDIENCE
        yield AudienceLabel(number, "this line", value_meaning(" ".join(words[1:])), own=own)
    elif banner := banner_meaning(seen) or _bracketed(seen):
        yield AudienceLabel(number, "this line", banner, Weight.HINT)


def _means_readers(path: str) -> bool:
    """Whether a key of the front matter was read as one that means an audience, at any depth."""
    return any(key_meaning(part) is not KeyMeaning.NOTHING for part in (path, *path.split(".")))


def _stray_key(line: str, number: int) -> Iterator[AudienceLabel]:
    """A line whose key was read as another one than people see in it, such as `&audience: restricted`."""
    if label := _statement(visible_text(line).lstrip(_SIGNS)):
        own = key_meaning(label["key"]) is KeyMeaning.AUDIENCE
        yield AudienceLabel(number, "this line", value_meaning(label["value"], label["key"]), own=own)


def _statement(seen: str) -> re.Match[str] | None:
    """The line as key and value, where the key means an audience."""
    label = _LABEL.match(seen)
    return label if label and key_meaning(label["key"]) is not KeyMeaning.NOTHING else None


def _head(line: str, number: int, *, everywhere: bool) -> Iterator[AudienceLabel]:
    seen = visible_text(line)
    label = _LABEL.match(seen)
    pairs = [(label["key"], label["value"])] if label else []
    if everywhere:
        pairs += [(inner["key"], inner["value"]) for inner in _INNER.finditer(seen)]
    for key, value in pairs:
        meaning = key_meaning(key)
        audience = value_meaning(value) if meaning is not KeyMeaning.NOTHING and len(value) <= 80 else None
        if meaning is KeyMeaning.AUDIENCE and audience is None:
            yield AudienceLabel(number, "this line", None)
        elif audience is not None:
            yield AudienceLabel(number, "this line", audience, Weight.HINT)
    yield from _clear(seen, number)


def _further(line: str, number: int) -> Iterator[AudienceLabel]:
    """A label far down counts where its value is nothing but a word for readers."""
    seen = visible_text(line)
    label = _LABEL.match(seen)
    if label and len(label["value"]) <= 40 and key_meaning(label["key"]) is not KeyMeaning.NOTHING:
        audience = value_meaning(label["value"])
        if audience is not None:
            yield AudienceLabel(number, "this line", audience, Weight.HINT)
    yield from _clear(seen, number)


def _clear(seen: str, number: int) -> Iterator[AudienceLabel]:
    """Banners, `[Confidential]` before a title, and the sentence that says it."""
    sentence = _SENTENCE.search(seen)
    # A row of a table explains words and an example stands in backticks: neither is a banner.
    banner = None if seen.lstrip().startswith(("|", "`")) else banner_meaning(seen)
    if sentence and says_closed(sentence["word"]):
        banner = Audience.RESTRICTED
    if banner := banner or _bracketed(seen):
        yield AudienceLabel(number, "this line", banner, Weight.HINT)


def _bracketed(text: str) -> Audience | None:
    match = _BRACKETED.match(text[:80])
    return banner_meaning(match["text"]) if match else None


def _shown(key: str) -> str:
    return "".join(one if one.isprintable() and one != "`" else "?" for one in key[:40])
