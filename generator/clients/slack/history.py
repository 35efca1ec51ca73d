"""What Slack answers, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.clients.slack.message import Message


@dataclass(frozen=True, slots=True)
class SentMessages:
    """Our messages in a conversation by their keys, the newest of each.

    `back` is the day back to which it was read; None where it was read as far as was asked for.
    """

    messages: Mapping[str, Message] = field(default_factory=dict)
    back: date | None = None

    def certain(self, since: date) -> bool:
        """Whether a message of this day or later would have been found."""
        return self.back is None or self.back < since
