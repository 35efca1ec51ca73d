"""What is asked of an intake, and what became of each source."""

from dataclasses import dataclass
from pathlib import Path

from generator.importer.note import Note
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class ImportJob:
    """How to take sources in: `out` is a folder for the documents instead of the archive's own, `form` their export.

    `force` also takes what does not look like a postmortem; a `dry_run` writes nothing.
    """

    root: Path
    settings: Settings
    out: Path | None = None
    form: str = ""
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of one source: `imported`, `unchanged`, `refused` (by its shape or state) or `failed` (not readable).

    `named` says that the person named the file, which was not only found in a folder.
    """

    source: str
    result: str
    path: str = ""
    id: str = ""
    title: str = ""
    reason: str = ""
    entries: int = 0
    actions: int = 0
    pictures: int = 0
    notes: tuple[Note, ...] = ()
    named: bool = False
