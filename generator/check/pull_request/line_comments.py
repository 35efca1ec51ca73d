"""Comments on single lines, each with a mark by which it is known again."""

import hashlib
import re

from generator.check.pull_request.model import Suggestion
from generator.markup.github_text import fenced, inert

SUGGESTION = re.compile(r"\A<!-- postmortem:suggestion ([0-9a-f]{16}) -->")


def mark_of(suggestion: Suggestion) -> str:
    """What makes a suggestion the same one again, wherever its line has moved to."""
    told = "\0".join((suggestion.path, suggestion.before, suggestion.after))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def note(suggestion: Suggestion) -> str:
    """The comment on the line, with a block that can be accepted by one click."""
    return (
        f"<!-- postmortem:suggestion {mark_of(suggestion)} -->\n"
        f"{inert(suggestion.why)}\n\n{fenced(suggestion.after, 'suggestion')}\n"
    )
