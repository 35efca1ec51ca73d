"""Text of documents as Markdown that does nothing: no mention, no markup, no comment, no end of a code block."""

import re
import unicodedata

LONGEST = 400
_BREAK = "\u200b"  # the space of no width that keeps GitHub from reading a name or a number as an address
_PUNCTUATION = re.compile(r"([!#$&()*+\-.:<=>@\[\\\]^_`{|}~])")  # what some Markdown reads as more than itself
_CODE = re.compile(r"`([^`]+)`")
_RUN = re.compile(r"`+")


def line(text: str, longest: int = LONGEST) -> str:
    """One line without control characters, cut where it is too long."""
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _visible(char))
    kept = " ".join(kept.split())
    return kept if len(kept) <= longest else f"{kept[: longest - 1].rstrip()}…"


def inert(text: str, longest: int = LONGEST) -> str:
    """The words of a text as one line of Markdown that renders as just these words; `code` stays code."""
    parts: list[str] = []
    position = 0
    flat = line(text, longest)
    for found in _CODE.finditer(flat):
        parts += [_escaped(flat[position : found.start()]), code(found[1])]
        position = found.end()
    return "".join([*parts, _escaped(flat[position:])])


def code(text: str, longest: int = LONGEST) -> str:
    """A text as a code span."""
    flat = line(text, longest)
    fence = _fence(flat, 1)
    space = " " if flat.startswith("`") or flat.endswith("`") or not flat else ""
    return f"{fence}{space}{flat}{space}{fence}"


def fenced(text: str, info: str = "") -> str:
    """A text, exactly as it is, in a code block that nothing in it can end."""
    fence = _fence(text, 3)
    return f"{fence}{info}\n{text}\n{fence}"


def _escaped(text: str) -> str:
    """Prose without markup; what GitHub looks for by itself, names and issues, is broken up."""
    return _PUNCTUATION.sub(r"\\\1", text).replace("@", f"@{_BREAK}").replace("#", f"#{_BREAK}")


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in _RUN.findall(text)), default=0)
    return "`" * max(least, longest + 1)


def _visible(char: str) -> bool:
    """Whether a character shows: no control, no mark that turns the direction of writing, no half character."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char == "\u200d"
