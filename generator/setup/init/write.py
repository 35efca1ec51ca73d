"""Files written in one step each: a run that is interrupted leaves whole files, and the next one goes on."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.document import archive
from generator.errors import AlreadyExistsError, PostmortemError
from generator.setup.init.deciding import Decision, FileState


def carry_out(root: Path, decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Write what is to be written, in this order, and yield each decision when it is done."""
    for decision in decisions:
        if decision.write:
            try:
                _write(root, decision)
            except OSError as error:
                raise PostmortemError(f"{decision.path}: cannot be written: {error.strerror}.") from error
        yield decision


def _write(root: Path, decision: Decision) -> None:
    target = root / decision.path
    target.parent.mkdir(parents=True, exist_ok=True)
    archive.inside(root, decision.path)  # a folder on the way may be a link by now
    if decision.state is not FileState.NEW:
        archive.replace(root, decision.path, decision.text)
        return
    temporary = target.with_name(f".{target.name}.new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(decision.text)
            file.flush()
            os.fsync(file.fileno())
        _name(temporary, target, decision.path)
    finally:
        temporary.unlink(missing_ok=True)


def _name(temporary: Path, target: Path, path: str) -> None:
    """Give a finished file its name, unless somebody else has taken it meanwhile."""
    taken = AlreadyExistsError(f"{path}: appeared while this ran, and was not overwritten; run it again.", path)
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise taken from None
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise taken from None
        temporary.rename(target)
