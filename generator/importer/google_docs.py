"""The Markdown that Google Docs exports: its habits undone, so that it reads like a document that a person wrote."""

import re

from generator.document.headings import section_key
from generator.markup import source_lines

# Backslashes that the export of Google Docs puts before what is no markup there; those at the head of a line are
# needed.
_ESCAPED = re.compile(
    r"(?<=[^\s\\])\\(?=[-.+!=&>~()#])|(?<=\s)\\(?=[-.+!=&>~()](?=\S))|(?<=\s)\\(?=[-–=>](?=\s))|(?<=\S)(?<!\\)\\(?=_(?=\w))"
)
_NUMBER = re.compile(r"\s*\d{1,9}\\[.)]")
_BOLD_HEADING = re.compile(r"(#{1,6}[ \t]+)\*\*(.+?)\*\*[ \t]*$")
_BOLD_LINE = re.compile(r"\*\*([^*\n]{2,80}?):?\*\*:?[ \t]*$")


def cleaned(text: str) -> str:
    """The text with punctuation that needs no backslash, headings without bold, and bold lines that name a section as headings."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = []
    for line in source_lines.lines_of(unix):
        shown = line.text
        if not line.code and "base64," not in shown:
            number = _NUMBER.match(shown)  # `1\.` at the beginning of a line is no list
            start = number.end() if number else 0
            shown = shown[:start] + _ESCAPED.sub("", shown[start:])
            shown = _BOLD_HEADING.sub(r"\1\2", shown)
            named = _BOLD_LINE.fullmatch(shown)
            if named and section_key(named[1]):
                shown = f"## {named[1]}"
        lines.append(shown)
    return "\n".join(lines) + ("\n" if unix.endswith("\n") else "")
