"""The comment on a pull request's postmortems: pure, and inert whatever the documents hold."""

from generator.check.pull_request.comment import MARKER, body
from generator.check.pull_request.line_comments import SUGGESTION, mark_of, note
from generator.check.pull_request.model import ChangedPostmortem, Item, Review, Similar, Suggestion, When
from generator.check.pull_request.reading import LARGEST, dumped, loaded

__all__ = [
    "LARGEST",
    "MARKER",
    "SUGGESTION",
    "ChangedPostmortem",
    "Item",
    "Review",
    "Similar",
    "Suggestion",
    "When",
    "body",
    "dumped",
    "loaded",
    "mark_of",
    "note",
]
