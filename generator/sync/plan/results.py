"""What became of planned changes."""

from dataclasses import dataclass
from typing import TypeAlias

from generator.sync.plan.changes import Change
from generator.sync.plan.pages.changes import PageChange

AnyChange: TypeAlias = Change | PageChange


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """A change with what became of it: `done` is None where nothing was tried."""

    change: AnyChange
    done: bool | None = None
    key: str = ""
    message: str = ""
    code: str = ""
