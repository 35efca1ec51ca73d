"""Plain text as Markdown that shows exactly that text, on GitHub and in Python-Markdown alike.

Only what would otherwise be markup is escaped, so that log lines and snake_case names stay readable.
`<` and `&` become entities, because Python-Markdown knows no backslash before them.
"""

import re

URL = re.compile(r"https?://[^\s<>\[\]|\"`{}\\^]+", re.IGNORECASE)
_CLOSING = ".,;:!?'*_~"  # a sentence's punctuation, or markup around the address, and no part of it

# Characters that GitHub would read as markup where they stand; elsewhere they stay as they are, for people to read.
_MARKUP = re.compile(
    r"""
      (?P<plain> [\\`] )
    | (?P<tag>   < (?=[A-Za-z/!?]|[^\s<>]{0,80}@) )
    | (?P<entity> & (?=\#|[A-Za-z0-9]{1,32};) )
    | (?P<link>  \] (?=[(\[:]|$) )
    | (?P<star>  \* )
    | (?P<under> _ )
    | (?P<tilde> ~ )
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"""
      (?P<number>\d{1,9})(?=[.)](?:\s|$))                             # a numbered list
    | (?P<coded> :(?=\s|[-:| ]*$) | =(?==*\s*$|=+[ ]") | \?(?=\?\?) )  # definition, underline, tab, details
    | (?= \# | > | [-+*](?:\s|$|-) | \| | !!! | \{ | \[[ xX]\] | \[\^ ) # heading, quote, list, table, admonition, ...
    """,
    re.VERBOSE,
)
_CODED = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C", '"': "%22", "`": "%60"})


def escape(text: str, *, in_cell: bool = False, in_label: bool = False) -> str:
    """`text` as Markdown that reads the same wherever in a line it stands; bare addresses become links.

    `in_cell` escapes the pipe; `in_label` is for the text of a link, which can hold no brackets and no other link.
    """
    pieces: list[str] = []
    end = 0
    for found in () if in_label else URL.finditer(text):
        address = trimmed_url(found.group())
        pieces += [_between(pieces, text[end : found.start()]), f"<{address}>"]
        end = found.start() + len(address)
    shown = "".join([*pieces, _between(pieces, text[end:])])
    # The site's engine takes `{: .note}` at the end of a line for attributes, which no backslash prevents.
    shown = re.sub(r"\{(?=[#.:])", "&#123;", shown)
    if in_label:
        shown = re.sub(r"(?<!\\)([\[\]])", r"\\\1", shown)
    return shown.replace("|", "\\|") if in_cell else shown


def escape_start(shown: str) -> str:
    """A line of Markdown, with what means something at a line's start escaped: `#`, `1.`, `- ` and their like."""
    shown = shown.lstrip(" \t")
    found = _LINE_START.match(shown)
    if not found:
        return shown
    if found["coded"]:  # before which Python-Markdown takes no backslash
        return f"&#{ord(shown[0])};{shown[1:]}"
    return f"{shown[: found.end()]}\\{shown[found.end() :]}"


def trimmed_url(found: str) -> str:
    """The address without the punctuation of the sentence it stands in; a closing bracket stays if it was opened."""
    surplus = found.count(")") - found.count("(")
    end = len(found)
    while end and (found[end - 1] in _CLOSING or (found[end - 1] == ")" and surplus > 0)):
        end -= 1
        surplus -= found[end] == ")"
    return found[:end]


def code(text: str, *, in_cell: bool = False) -> str:
    """`text` as a code span, fenced by more backticks than it holds in a row."""
    text = " ".join(text.splitlines())
    if not text.strip():
        return text
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    marks = "`" * (longest + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" or text[0] == text[-1] == " " else ""
    shown = f"{marks}{pad}{text}{pad}{marks}"
    return shown.replace("|", "\\|") if in_cell else shown


def fence(text: str, language: str = "") -> list[str]:
    """`text` as the lines of a fenced code block."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    marks = "`" * (longest + 1)
    return [f"{marks}{re.sub(r'[^A-Za-z0-9_+#.-]', '', language)}", *text.split("\n"), marks]


def destination(url: str) -> str:
    """`url` as the target of a link: nothing in it ends the link or a table's cell."""
    url = "".join(url.split()).translate(_CODED).replace("|", "%7C")
    return url if url.count("(") == url.count(")") else url.replace("(", "%28").replace(")", "%29")


def _between(before: list[str], text: str) -> str:
    shown = _MARKUP.sub(_escaped, text)
    return f"\\{shown}" if before and shown.startswith("{") else shown


def _escaped(found: re.Match[str]) -> str:
    text, at, kind = found.string, found.start(), found.lastgroup
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if kind == "tag":
        return "&lt;"
    if kind == "entity":
        return "&amp;"
    if (
        (kind == "under" and before.isalnum() and after.isalnum())
        or (kind == "star" and before == after == " ")
        or (kind == "tilde" and (not before or before.isspace()) and after != "~")
    ):
        return found.group()
    return f"\\{found.group()}"
