"""The documents of an archive that a few checked ones may clash with or lead to, found without parsing them all."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.check.rule import Summary
from generator.check.summary import summary_of
from generator.document import archive
from generator.errors import InputError
from generator.regular_files import MARKDOWN_BYTES, Guard

_HEAD = 8_192  # bytes that hold a front matter's first keys
_KEY = re.compile(rb"^(?:id|incident|jira)[ \t]*:[ \t]*[\"']?([^\"'\r\n#]+)", re.MULTILINE)


def neighbours(root: Path, checked: Sequence[Summary]) -> tuple[Summary, ...]:
    """The other documents that share an id, incident or issue with the checked ones, or that these lead into."""
    return tuple(_found(root, checked))


def _found(root: Path, checked: Sequence[Summary]) -> Iterator[Summary]:
    own = {summary.path for summary in checked}
    linked = {path for summary in checked for _, path, _ in summary.links}
    words = {word.casefold() for summary in checked for word in (summary.id, summary.incident, summary.jira) if word}
    for path in archive.paths(root):
        shown = archive.relative(path, root)
        if shown not in own and (shown in linked or _shares(path, words)):
            yield summary_of(archive.read(path, root))


def _shares(path: Path, words: set[str]) -> bool:
    """Whether the first lines of a file name one of these words as a key's value."""
    try:
        head = Guard(MARKDOWN_BYTES, "a postmortem").head(path, path.name, _HEAD)
    except InputError:
        return False  # it is reported as unreadable when it is checked itself
    return any(match.group(1).decode("utf-8", "replace").strip().casefold() in words for match in _KEY.finditer(head))
