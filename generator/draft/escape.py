"""Other tools' text made safe to stand in a document: it shows what it says and changes nothing around it.

Plain values (titles, names) are escaped. Markdown values (events, descriptions) keep their emphasis, code, lists and
links, but lose what would act on the page or break its structure: HTML, pictures from elsewhere, headings, open fences.
"""

import re
from functools import lru_cache

from generator.markup.escaping import destination, escape, fence
from generator.markup.markdown import escape_cell

# Control characters, marks that turn the direction of writing, byte order marks, halves of surrogates: none is seen,
# all can deceive.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# What of a tool's text would become more than words in Markdown; code, escapes and addresses are taken first, to be
# left alone.
_ACTIVE = re.compile(
    r"""
      (?P<escaped> \\[!-/:-@\[-`{-~] )
    | (?P<code>    (?P<ticks>`+) (?!`) .+? (?<!`) (?P=ticks) (?!`) )
    | (?P<address> <https?://[^\s<>]+> )
    | (?P<tag>     < (?=[A-Za-z/!?]) )
    | (?P<image>   !\[ )
    | (?P<target>  \]\( (?! <?(?:https?://|mailto:|\#) ) )
    | (?P<attrs>   \{ (?=[ ]*[:\#.] | [^{}\n]*=) )
    """,
    re.VERBOSE,
)
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}+(?=[^`]*$)|~{3,}+)[ \t]*+(?P<info>.*)$")
_ATX = re.compile(
    r"[ \t]{0,3}#{1,6}(?:[ \t]++(?P<title>(?:[^ \t\n]++(?:[ \t]++(?!#*+[ \t]*+$)[^ \t\n]++)*+)?+))?(?:[ \t]+#+)?[ \t]*$"
)
_SETEXT = re.compile(r"[ \t]{0,3}(?:=+|-+)[ \t]*$")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]]+\]:")
_ATTRIBUTES = re.compile(r"\{(?=[ ]*[:#.]|[^{}\n]*=)")  # Python-Markdown would set them on an element
_FIRST_ITEM = re.compile(r"(?:\A|(?<=:)[ \t]*\n)\s*[-*+]\s+(?=\S)")
_ITEM = re.compile(r"(?<=[\w.)%`'\"])[ \t]*\n\s*[-*+]\s+(?=\S)")
_SCHEME = re.compile(r"https?://|mailto:", re.IGNORECASE)


def one_line(text: str) -> str:
    """Text as one line without control characters, every run of white space one space."""
    return " ".join(_UNSEEN.sub("", " ".join(text.split())).split())


def lines(text: str) -> str:
    """Text with plain line breaks and without control characters."""
    return _UNSEEN.sub("", re.sub("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text))


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """A plain value as inline Markdown that shows exactly these characters."""
    return _ATTRIBUTES.sub(r"\\{", escape(one_line(text)))


def inline(text: str) -> str:
    """Markdown folded to one line that only shows something; the items of a list are joined by semicolons."""
    return _ACTIVE.sub(_harmless, one_line(_ITEM.sub("; ", _FIRST_ITEM.sub(" ", text))))


def cell(shown: str) -> str:
    """Inline Markdown as the content of a table cell."""
    return escape_cell(shown)


def link(title: str, url: str) -> str:
    """A link to a web address with plain `title`; where `url` is none, just the words."""
    if not _SCHEME.match(url):
        return plain(title or url)
    target = destination(one_line(url))
    label = _ATTRIBUTES.sub(r"\\{", escape(one_line(title), in_label=True))
    return f"[{label}]({target})" if label else f"<{target}>"


def fenced(text: str, language: str = "text") -> str:
    """Text as a code block that nothing in it can end."""
    return "\n".join(fence(lines(text).strip("\n"), language))


def block(text: str) -> str:
    """Markdown of any length as a part of a section: headings become bold lines, fences are closed, HTML is shown."""
    shown: list[str] = []
    opened = ""
    for line in lines(text).strip("\n").split("\n"):
        mark = _FENCE.match(line)
        if opened:
            if mark and mark["marks"].startswith(opened) and not mark["info"].strip():
                shown.append(opened)
                opened = ""
            else:
                shown.append(line)
        elif mark:
            # Without the indentation a fence belongs to no list item, so that nothing but its twin can end it.
            opened = mark["marks"]
            language = re.match(r"[A-Za-z0-9_+#.-]*", mark["info"].strip())
            shown.append(f"{opened}{language[0] if language else ''}")
        elif line.strip() or (shown and shown[-1].strip()):
            _append(shown, line)
    if opened:
        shown.append(opened)
    return "\n".join(shown).strip("\n")


def _append(shown: list[str], line: str) -> None:
    above = shown[-1] if shown else ""
    if heading := _ATX.match(line):
        title = one_line(heading["title"] or "")
        shown.extend([f"**{_ACTIVE.sub(_harmless, title)}**", ""] if title else [""])
    elif above.strip() and _SETEXT.match(line):
        bare = above.strip()
        shown[-1] = above if bare.startswith(("**", "|", ">", "-", "`", "~")) else f"**{bare}**"
        shown.append("")
    elif _DEFINITION.match(line):
        shown.append(line.replace("[", "\\[", 1))
    else:
        shown.append(_ACTIVE.sub(_harmless, line).rstrip())


def _harmless(found: re.Match[str]) -> str:
    kind = found.lastgroup if found.lastgroup != "ticks" else "code"
    if kind == "tag" or found[0] == "\\<":  # Python-Markdown knows no backslash before `<`
        return "&lt;"
    if kind == "image":
        return "[picture" if found.string.startswith("](", found.end()) else "["
    return {"target": "]\\(", "attrs": "\\{"}.get(kind or "", found[0])
