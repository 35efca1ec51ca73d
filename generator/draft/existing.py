"""Whether the archive has an incident's postmortem already."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from generator.document import Document
from generator.draft.times import known
from generator.incident import Incident


def postmortem_of(incident: Incident, documents: Iterable[Document]) -> Document | None:
    """The document of this incident's record, known by its address, or by its id in the same tool.

    An alert keeps its id when it fires again: what began after the end of the earlier incident is another one.
    """
    begin = known(incident.started) or known(incident.detected) or known(incident.created)
    for document in documents:
        earlier = document.postmortem
        if begin and earlier.resolved and begin > earlier.resolved:
            continue
        records = {link.target for link in earlier.links if link.type == "incident"}
        if incident.url and incident.url in records:
            return document
        if incident.ref and incident.ref.casefold() == earlier.incident.casefold():
            hosts = {urlsplit(record).hostname for record in records}
            # Two tools may both count from 1: an id alone is enough only where nobody says whose it is.
            if not incident.url or not hosts or urlsplit(incident.url).hostname in hosts:
                return document
    return None


def twin_of(written: Document, documents: Iterable[Document]) -> Document | None:
    """The document with the same title and start: the same incident, from data without an id of their own."""
    new = written.postmortem
    same = (
        d for d in documents if new.started and (d.postmortem.title, d.postmortem.started) == (new.title, new.started)
    )
    return next(same, None)
