"""Is this live, history or a sample? One answer for tickets, notices, lists of action items, and figures.

An archive of years was not written for the trackers and reminders of today: what was imported, or lies before the day
that the archive names as its beginning, is read and counted, and nobody is sent after it.
"""

from collections.abc import Iterable
from enum import StrEnum

from generator.document.parse import Document
from generator.document.times import occurrence
from generator.settings.model import Settings

SOURCE = "x-source"  # `import` writes it; a document without it is one that the team wrote here


class Scope(StrEnum):
    """What a document is to the archive."""

    LIVE = "live"
    HISTORY = "history"
    SAMPLE = "sample"


def is_imported(document: Document) -> bool:
    """Whether a document was taken over from somewhere else, and nobody has made it the archive's own since."""
    return SOURCE in document.front.values


def scope_of(document: Document, settings: Settings) -> Scope:
    """What a document is: a sample where it says so, history where it was imported or is older than `since`.

    One that gives no time is not called old for that.
    """
    if document.postmortem.sample:
        return Scope.SAMPLE
    when = occurrence(document.postmortem)
    before = settings.since is not None and when is not None and when.day < settings.since
    return Scope.HISTORY if before or is_imported(document) else Scope.LIVE


def current(documents: Iterable[Document], settings: Settings) -> frozenset[str]:
    """The paths of those whose action items are to be done: the live ones, or samples where there is nothing else."""
    return _paths(documents, settings, {Scope.LIVE})


def counted(documents: Iterable[Document], settings: Settings) -> frozenset[str]:
    """The paths of those that figures are made of: all but samples, or samples where there is nothing else."""
    return _paths(documents, settings, {Scope.LIVE, Scope.HISTORY})


def _paths(documents: Iterable[Document], settings: Settings, kept: set[Scope]) -> frozenset[str]:
    scopes = {document.path: scope_of(document, settings) for document in documents}
    if set(scopes.values()) == {Scope.SAMPLE}:
        return frozenset(scopes)
    return frozenset(path for path, scope in scopes.items() if scope in kept)
