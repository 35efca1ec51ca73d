"""The files that a run reads and writes: edits by span on what lies there now, one file at a time."""

import threading
from collections.abc import Iterable
from pathlib import Path

from generator.document import archive, edit
from generator.document.parse import Document, parse
from generator.errors import EditRefusedError
from generator.sync.plan.changes import Edit


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with these values in it and every other byte as it was.

    Raises EditRefusedError where a row or column is missing.
    """
    for one in edits:
        if one.number is None:
            text = edit.set_value(text, one.name, one.value)
        else:
            text = edit.set_cell(text, "action-items", one.number, one.name, one.value)
    return text


class ArchiveWriter:
    """Writes values into the archive's files; several workers may use it, each for its own postmortem."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self.written: dict[str, Document] = {}

    def write(self, path: str, edits: Iterable[Edit]) -> bool:
        """Put the values into a file and say whether that changed it.

        The file is read anew, so that what was saved in it meanwhile stays. Raises EditRefusedError where the file
        has no place for a value, and PostmortemError where it cannot be read or written.
        """
        with self._lock:
            found = archive.read(self._root / path, self._root)
            if any(finding.rule == "unreadable" for finding in found.findings):
                raise EditRefusedError(f"{path}: cannot be read any more, so nothing was written into it.")
            text = edited(found.text, edits)
            if text == found.text:
                return False
            archive.replace(self._root, path, text)
            self.written[path] = parse(text, path)
            return True
