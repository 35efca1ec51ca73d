"""Who may read a document."""

from generator.document.model import Audience
from generator.document.parse import Document
from generator.settings.model import Settings


def restricted(document: Document, settings: Settings) -> bool:
    """Whether the document may be read by few only, so that nothing of its content may leave for Jira.

    In doubt it is: where `audience` cannot be read, stands twice or is misspelt, or where the archive's own
    audience is `restricted` and the document names none.
    """
    stated = document.postmortem.audience
    doubts = [f for f in document.findings if "`audience`" in f"{f.message} {f.hint}"]
    if stated is None:
        return bool(doubts) or settings.audience == Audience.RESTRICTED
    return stated is Audience.RESTRICTED or any(fault.rule == "yaml-duplicate-key" for fault in doubts)
