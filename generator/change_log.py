"""What a run plans or did, a line each."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Told:
    """Lines that begin with `+` (created), `~` (changed), `=` (as it is) or `!` (could not be done, does no harm).

    `writes` is whether there is anything that only `--apply` does.
    """

    apply: bool
    lines: list[str] = field(default_factory=list)
    writes: bool = False

    def create(self, what: str) -> None:
        """Something new."""
        self.lines.append(f"+ {what}")
        self.writes = True

    def change(self, what: str) -> None:
        """Something that becomes another."""
        self.lines.append(f"~ {what}")
        self.writes = True

    def same(self, what: str) -> None:
        """Something that is as it should be."""
        self.lines.append(f"= {what}")

    def warn(self, what: str) -> None:
        """A decoration that could not be made."""
        self.lines.append(f"! {what}")
