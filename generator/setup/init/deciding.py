"""What may be done with one file: what a person wrote is never overwritten, unless they name the file."""

import difflib
from dataclasses import dataclass
from enum import Enum

from generator.setup.init.marking import marked, split

MOST_LINES = 200


class FileState(Enum):
    """How a file of the archive stands to the one that is shipped."""

    NEW = "not there yet"
    CURRENT = "up to date"
    OUTDATED = "written by an earlier run, and nobody edited it"
    EDITED = "written by an earlier run, and edited"
    NEWER = "written by a newer version"
    OTHER = "not written by postmortem init"
    GONE = "deleted, or not wanted"


@dataclass(frozen=True, slots=True)
class ExistingFile:
    """What stands at a path: its text, or why there is none to read; `link` is whether it is a symbolic link."""

    text: str = ""
    unreadable: str = ""
    link: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One file: its path in the archive, its state, the text to write, and whether to write it.

    `since` is the version that wrote what is there, `diff` leads from what is there to `text`, `note` says why there
    is no diff.
    """

    path: str
    state: FileState
    text: str
    write: bool
    since: str = ""
    diff: tuple[str, ...] = ()
    note: str = ""


def decide(
    path: str,
    found: ExistingFile | None,
    wanted: str,
    version: str,
    *,
    named: bool = False,
    complete: bool = False,
    mark: bool = True,
) -> Decision:
    """What to do at a path where `found` stands and `wanted` is to stand.

    `named` is whether a person named the file, to have it as it is shipped; `complete` is whether an earlier run wrote
    all that there was to write, so that what is missing was deleted; `mark` is whether the file says who wrote it.
    """
    text = marked(wanted, path, version) if mark else wanted
    if found is None:
        state = FileState.GONE if complete and not named else FileState.NEW
        return Decision(path, state, text, state is FileState.NEW)
    if found.unreadable:
        return Decision(path, FileState.OTHER, text, False, note=found.unreadable)
    body, known = split(found.text)
    since = known.version if known else ""
    if body == split(text)[0]:
        return Decision(path, FileState.CURRENT, text, False, since)
    if known is None or found.link:
        state = FileState.OTHER
    elif known.newer_than(version):
        state = FileState.NEWER
    else:
        state = FileState.OUTDATED if known.untouched else FileState.EDITED
    return Decision(path, state, text, named or state is FileState.OUTDATED, since, _diff(path, body, split(text)[0]))


def _diff(path: str, before: str, after: str) -> tuple[str, ...]:
    """A unified diff without the marks, cut where it is too long for anybody to read."""
    rows = [
        row.rstrip("\n")
        for row in difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"{path} (here)", f"{path} (shipped)", lineterm=""
        )
    ]
    more = len(rows) - MOST_LINES
    return (*rows[:MOST_LINES], *([f"... and {more} more lines"] if more > 0 else []))
