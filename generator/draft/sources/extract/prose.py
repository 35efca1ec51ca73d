"""Other people's text as one line or one paragraph of Markdown that shows what they wrote and does nothing else."""

import re

_ACTIVE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would escape something
    r"|<(?=[A-Za-z/!?])"  # a tag
    r"|&(?=#?\w+;)"  # an entity
    r"|`|~(?=~)|(?<=~)~"
    r"|(?<!\s)\*|\*(?!\s)"  # emphasis; `2 * 3` is none
    r"|(?<![^\W_])_|_(?![^\W_])"  # `snake_case` is none either
    r"|(?<=\])\((?=.)|(?<=\])\[|!(?=\[)"  # links and pictures
)
_FENCE = re.compile(r"^[ \t]*(```+|~~~+)[^\n]*\n(.*?)(?:\n[ \t]*\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?(?!https?:)[A-Za-z][^<>]*>")
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]++(.*?[^\s:.!?#])[:.]?[ \t]*+#*+[ \t]*+$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:=+|-{2,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_OPEN_LINK = re.compile(r"!?\[[^\[\]]*(?:\](?:\([^()]*)?)?$")

CODE_LIMIT = 120  # characters of a code block that still read well inside a sentence
LINE_LIMIT = 600


def markdown(written: str) -> str:
    """Plain text as Markdown that shows exactly these characters; line breaks stay."""
    return _ACTIVE.sub(lambda found: "\\" + found[0], written)


def flat(written: str, limit: int = LINE_LIMIT) -> str:
    """A person's Markdown folded to one line of at most about `limit` characters.

    A heading becomes a word with a colon, an item gets a bullet, long code blocks become an ellipsis, raw HTML goes.
    """
    found = _FENCE.sub(lambda block: _code(block[2]), _COMMENT.sub("", written.replace("\r\n", "\n")))
    found = _ITEM.sub("• ", _QUOTE.sub("", _HEADING.sub(r"\1:", _RULE.sub("", found)))).strip().removeprefix("• ")
    return cut(" ".join(_TAG.sub("", found).replace("![", "[").split()), limit)


def cut(line: str, limit: int = LINE_LIMIT) -> str:
    """The line, shortened between words and never inside a link or a code span."""
    if len(line) <= limit:
        return line
    short = line[:limit].rsplit(" ", 1)[0] if " " in line[:limit] else line[:limit]
    short = _OPEN_LINK.sub("", short)
    if short.count("`") % 2:
        short = short[: short.rindex("`")]
    return short.rstrip(" \\,;:–—-") + " …"


def joined(*parts: str) -> str:
    """The parts that say something, with a dash between them, no part repeated."""
    return " — ".join(dict.fromkeys(part for part in parts if part))


def with_detail(said: str, detail: str) -> str:
    """`said: detail`, or only what was said where the detail is missing."""
    return f"{said}: {detail}" if detail else said


def _code(block: str) -> str:
    line = " ".join(block.split())
    if not line or "`" in line:
        return "…"
    return f"`{line}`" if len(line) <= CODE_LIMIT else "…"
