"""What a renderer of rich text gives back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendered:
    """A value ready to be sent, and a sentence for each kind of thing that the format has no place for.

    `value` is an ADF document node for Jira Cloud, wiki markup for Data Center.
    """

    value: dict[str, object] | str
    notes: tuple[str, ...] = ()
