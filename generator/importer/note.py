"""What the report says about a line of a source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A sentence about a line (1-based) of the source, without capital and full stop."""

    line: int
    message: str
