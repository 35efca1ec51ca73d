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
        earlier = document.postmortem
        if begin and earlier.resolved and begin > earlier.resolved and not incident.also:
            continue
        records = {link.target for link in earlier.links if link.type == "incident"}
        if incident.url and (incident.url in records or (incident.also and _named(records, incident.url) & ids)):
            return document
        if earlier.incident.casefold() in ids:
            hosts = {urlsplit(record).hostname for record in records}
            # Two tools may both count from 1: an id alone is enough only where nobody says whose it is.
            if not incident.url or not hosts or urlsplit(incident.url).hostname in hosts:
                return document
    return None


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
