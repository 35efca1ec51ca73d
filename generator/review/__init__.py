"""What a pull request is told about its postmortems: pure, and inert whatever the documents hold."""

from generator.review.comment import MARKER, body
from generator.review.lines import SUGGESTION, mark_of, note
from generator.review.reading import LARGEST, dumped, loaded
from generator.review.values import Item, Review, Similar, Subject, Suggestion, When

__all__ = [
    "LARGEST",
    "MARKER",
    "SUGGESTION",
    "Item",
    "Review",
    "Similar",
    "Subject",
    "Suggestion",
    "When",
    "body",
    "dumped",
    "loaded",
    "mark_of",
    "note",
]
