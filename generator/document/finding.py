"""What a check has to say about a place in a document."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How serious a finding is, most serious first."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One observation about one line (1-based) of one file, with a hint that leads further."""

    path: str
    line: int
    rule: str
    severity: Level
    message: str
    hint: str = ""
