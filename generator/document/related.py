"""Earlier postmortems that are like the changed ones."""

from collections.abc import Collection, Sequence
from datetime import datetime

from generator.check.pull_request.escape import line
from generator.check.pull_request.model import Similar
from generator.document.model import Audience
from generator.document.parse import Document
from generator.settings.model import Settings
from generator.site.pages.related import related
from generator.site.pages.site import Entry, gather

MOST_SUBJECTS = 10


def similar(
    documents: Sequence[Document], changed: Collection[str], settings: Settings, now: datetime
) -> list[Similar]:
    """At most three for each changed document, by its path: those that began before it, most alike first."""
    # Who sees the pull request sees the files; so nothing is hidden here.
    site, _ = gather(documents, settings, now=now, audience=Audience.RESTRICTED)
    found: list[Similar] = []
    for index, entry in enumerate(site.entries):  # newest first: what follows is earlier
        if entry.document.path in changed and len({one.of for one in found}) < MOST_SUBJECTS:
            earlier = [other for other in site.entries[index + 1 :] if other.document.path not in changed]
            found += [_similar(entry, other) for other in related([entry, *earlier])[entry.document.path]]
    return found


def _similar(entry: Entry, other: Entry) -> Similar:
    day = other.day.isoformat() if other.day else ""
    return Similar(
        entry.document.path, other.document.path, line(other.name), line(other.title), day, line(other.severity)
    )
