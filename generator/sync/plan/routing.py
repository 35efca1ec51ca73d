"""Which action items are kept in which place, and what those on GitHub are called and hold there.

A ticket that the file names decides by itself. An item without one goes where the tracker of its first service is, and
those of a restricted document where the archive's own is: a service's repository would say what was affected.
"""

import hashlib
import re
from dataclasses import replace

from generator.document.audience import audience_of
from generator.document.model import ActionStatus
from generator.document.parse import Document
from generator.markup.escaping import escape
from generator.settings.model import Settings
from generator.sync.plan import identity
from generator.sync.plan.facts import Browse
from generator.sync.plan.ticket import LABEL, WantedItem, services_of, wanted_items
from generator.sync.plan.trackers import GITHUB, JIRA, Place

LONGEST_LABEL = 50
_REPOSITORY = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}"
_NUMBER = r"[1-9][0-9]{0,11}"
_BARE = re.compile(rf"({_REPOSITORY})?#({_NUMBER})(?![\w/#-])", re.ASCII)
_ADDRESS = re.compile(
    rf"https?://[^\s/<>()\[\]]+/(?:[^\s<>()\[\]]*/)?({_REPOSITORY})/issues/({_NUMBER})(?![\w/-])", re.ASCII
)
_LINK = re.compile(r"\[[^\[\]]*\]\(<?(https?://[^\s()<>]+)>?(?:\s[^()]*)?\)|<?(https?://[^\s<>]+)>?")


def kept(document: Document, settings: Settings, place: Place, *, page: str, browse: Browse) -> tuple[WantedItem, ...]:
    """The tickets of a document's action items that a place keeps; `browse` gives the address of an issue there."""
    found = wanted_items(document, settings, page=page)
    home = home_of(document, settings)
    if place is JIRA:
        return tuple(item for item in found if not home or item.key or item.ticket)
    named = repository_of(document.postmortem.services, settings)
    items = ((item, reference(item.ticket, named, settings, browse)) for item in found if not item.key)
    return tuple(
        _on_github(item, document.postmortem.id, key, key.partition("#")[0] or home)
        for item, key in items
        if key or (home and not item.ticket)
    )


def place_of(document: Document, settings: Settings) -> Place:
    """Where the document's items without a ticket are kept."""
    return GITHUB if home_of(document, settings) else JIRA


def home_of(document: Document, settings: Settings) -> str:
    """The repository in which the document's items without a ticket become issues; empty where that is not GitHub."""
    services = () if audience_of(document, settings).restricted else document.postmortem.services
    return repository_of(services, settings)


def repository_of(names: tuple[str, ...], settings: Settings) -> str:
    """The repository of these services' action items; empty where their tracker is not GitHub."""
    own = list(services_of(names, settings))
    tracker = next((one.tracker for one in own if one.tracker), settings.tracker)
    return next((one.github for one in own if one.github), settings.github) if tracker == GITHUB.name else ""


def reference(ticket: str, home: str, settings: Settings, browse: Browse) -> str:
    """The issue that a ticket cell begins with as `owner/name#12`, where it lies in one of the archive's repositories.

    It is written so, as `#12` of the repository `home`, or as its address, alone or in a link.
    """
    cell = ticket.strip().strip("`*_").strip()
    known = {name.casefold(): name for name in settings.repositories()}
    link = _LINK.match(cell)
    found = _ADDRESS.match(link[1] or link[2]) if link else _BARE.match(cell)
    if not found:
        return ""
    repository = known.get((found[1] or home).casefold(), "")
    key = f"{repository}#{found[2]}" if repository else ""
    return "" if link and key and browse(key).casefold() != found[0].casefold() else key


def mark(id: str, number: int) -> str:  # noqa: A002 - the field's name
    """The label that marks an item's issue: at most 50 characters, and without case, as GitHub compares labels."""
    return fitting(identity.label(id, number), f"{id.casefold()}#{number}", f"-{number}")


def fitting(name: str, whole: str, end: str = "") -> str:
    """A label's name, or where it is too long its beginning, a digest of what it stands for, and its end."""
    if len(name) <= LONGEST_LABEL:
        return name
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{name[: LONGEST_LABEL - len(digest) - len(end) - 2].rstrip('-')}--{digest}{end}"


def _on_github(item: WantedItem, id: str, key: str, repository: str) -> WantedItem:  # noqa: A002 - the field's name
    """An item as GitHub shall hold it: an open issue says nothing of how far it is; priority stands in the text."""
    own = mark(id, item.number)
    labels = [one for one in item.labels if one != item.mark]
    short = [fitting(one, one) for one in labels]
    priority = f"\n- **Priority:** {escape(item.priority)}" if item.priority else ""
    return replace(
        item,
        key=key,
        project=repository,
        issue_type="",
        status=ActionStatus.OPEN if item.status is ActionStatus.IN_PROGRESS else item.status,
        labels=tuple(dict.fromkeys([LABEL, *short, own])),
        mark=own,
        markdown=f"{item.markdown}{priority}",
        place=GITHUB,
    )
