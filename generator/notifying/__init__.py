"""A run of `notify`: what is due is compared with what Slack has already, and with `apply` it is sent."""

from generator.notifying.outcome import Outcome, lines, row, summary
from generator.notifying.running import run

__all__ = ["Outcome", "lines", "row", "run", "summary"]
