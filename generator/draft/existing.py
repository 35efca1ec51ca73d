"""Whether the archive has an incident's postmortem already."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from generator.document.parse import Document
from generator.document.times import earliest, same_moment
from generator.draft.incident import Incident
from generator.draft.times import known


def postmortem_of(incident: Incident, documents: Iterable[Document]) -> Document | None:
    """The document of this incident's record, known by its address, or by one of its ids in the same tool.

    An alert keeps its id when it fires again: what began after the end of the earlier incident is another one. A
    record that has other ids `also` is one incident's for ever, whenever it was written down.
    """
    detected = known(incident.detected) or known(incident.created)
    when = earliest(started=known(incident.started), detected=detected)
    begin = when.at if when else None
    ids = {id_.casefold() for id_ in (incident.ref, *incident.also) if id_}
    for document in documents:
        ended = document.postmortem.resolved
        fired_again = begin and ended and begin > ended and not incident.also
        if not fired_again and (_has_address(document, incident, ids) or _has_id(document, incident, ids)):
            return document
    return None


def _records(document: Document) -> set[str]:
    return {link.target for link in document.postmortem.links if link.type == "incident"}


def _has_address(document: Document, incident: Incident, ids: set[str]) -> bool:
    """Whether the document names the record's address, or one on its host that ends with an id of it."""
    records = _records(document)
    moved = bool(incident.also and incident.url and _named(records, incident.url) & ids)
    return bool(incident.url) and (incident.url in records or moved)


def _has_id(document: Document, incident: Incident, ids: set[str]) -> bool:
    """Whether the document names an id of the record, and no record of another tool."""
    if document.postmortem.incident.casefold() not in ids:
        return False
    hosts = {urlsplit(record).hostname for record in _records(document)}
    # Two tools may both count from 1: an id alone is enough only where nobody says whose it is.
    return not incident.url or not hosts or urlsplit(incident.url).hostname in hosts


def _named(records: Iterable[str], url: str) -> set[str]:
    """What the addresses on the host of `url` end with, which is a record's id."""
    parts = [urlsplit(record) for record in records]
    return {
        one.path.rstrip("/").rpartition("/")[2].casefold() for one in parts if one.hostname == urlsplit(url).hostname
    }


def twin_of(written: Document, documents: Iterable[Document]) -> Document | None:
    """The document with the same title and time: the same incident, from data without an id of their own.

    Two records of one tool may be opened at the same moment under one title: only a start in common outweighs that
    they have other ids.
    """
    new = written.postmortem
    for document in documents:
        other = document.postmortem
        alike = other.title == new.title and same_moment(new, other)
        distinct = bool(new.incident and other.incident) and new.incident.casefold() != other.incident.casefold()
        if alike and (new.started or not distinct):
            return document
    return None
