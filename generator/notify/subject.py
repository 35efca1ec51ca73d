"""A postmortem as notices see it: who may hear of it, where it leads, whom it concerns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.clients.slack.message import EVERYBODY, Shortfall
from generator.document.audience import audience_of
from generator.document.deadlines import DueDates, due_dates
from generator.document.links import page_of
from generator.document.model import Postmortem, Status
from generator.document.parse import Document
from generator.document.people import person_of
from generator.document.scope import Scope, scope_of
from generator.document.tickets import ticket_of
from generator.document.times import occurrence
from generator.notify.mrkdwn import escape, link, mention
from generator.settings.model import Person, Settings

GRAVE = 3
_ENVIRONMENT = re.compile(r"(?:(?:env|environment)[:=/_-])(.+)", re.IGNORECASE)
# What environments other than production are called; a tag of this name says where something happened.
_OTHERS = frozenset(
    [
        "staging",
        "stage",
        "preprod",
        "pre-production",
        "uat",
        "test",
        "testing",
        "qa",
        "integration",
        "development",
        "dev",
        "sandbox",
        "preview",
        "demo",
        "lab",
    ]
)


@dataclass(frozen=True)
class NoticeSubject:
    """One postmortem, with what the settings say about it."""

    document: Document
    settings: Settings

    @property
    def known(self) -> Postmortem:
        """What the file says."""
        return self.document.postmortem

    @property
    def id(self) -> str:
        """Its permanent name."""
        return self.known.id

    @cached_property
    def live(self) -> bool:
        """Whether people are reminded of it; of history and samples only who asks by name is told."""
        return scope_of(self.document, self.settings) is Scope.LIVE

    @cached_property
    def restricted(self) -> bool:
        """Whether nothing but its id may be sent, and that to its owner alone."""
        return audience_of(self.document, self.settings).restricted

    @cached_property
    def severity(self) -> str:
        """The archive's name of its severity."""
        return self.settings.severity_of(self.known.severity) or self.known.severity

    @cached_property
    def for_everybody(self) -> bool:
        """Whether the channel may hear of it: severe, in production, and not restricted."""
        return not self.restricted and self._grave() and self._production()

    @cached_property
    def owner(self) -> Person | None:
        """Who led the response, where people.yml knows them."""
        return person_of(self.known.commander, self.settings)

    @property
    def to(self) -> str | None:
        """Who hears of it: the channel, else its owner in person; None where there is nobody."""
        if self.for_everybody:
            return EVERYBODY
        return self.owner.handle if self.owner and self.settings.slack.direct_messages else None

    @property
    def pending(self) -> bool:
        """Whether it is still being written."""
        return self.known.status in {None, Status.DRAFT}

    @cached_property
    def day(self) -> date | None:
        """The day of the incident, before which there was no postmortem."""
        when = occurrence(self.known)
        return when.day if when else None

    @cached_property
    def due(self) -> DueDates:
        """By when the policy wants it reviewed and published."""
        return due_dates(self.known, self.settings)

    @property
    def linked_id(self) -> str:
        """Its id, as a link to its page where the site has an address."""
        return link(page_of(self.id, self.settings.url), self.id)

    @property
    def title(self) -> str:
        """Its title as markup."""
        return escape(self.known.title, 150)

    @property
    def assignee(self) -> str:
        """Whoever leads it, so that Slack tells them; a name where Slack does not know them, else empty."""
        if self.owner:
            return mention(self.owner.slack, self.owner.name or self.owner.handle)
        return escape(self.known.commander, 80)

    @property
    def incident(self) -> str:
        """The incident's own record as a link, where there is one."""
        return ticket(self.known.incident, self.settings, self.known.services)

    def _grave(self) -> bool:
        told = {name.casefold() for name in self.settings.slack.severities}
        if told:
            return self.severity.casefold() in told
        return self.settings.severity_rank(self.severity) < min(GRAVE, len(self.settings.severities))

    def _production(self) -> bool:
        stated = _environments(self.known.tags, self.document.front.values.get("environment"))
        told = {name.casefold() for name in self.settings.slack.environments}
        return not stated or not told or bool(stated & told)


def subjects(documents: Iterable[Document], settings: Settings) -> tuple[list[NoticeSubject], list[Shortfall]]:
    """The postmortems that have an id of their own; of two files with one id nobody is told anything."""
    found: dict[str, list[NoticeSubject]] = {}
    for document in documents:
        if document.postmortem.id:
            found.setdefault(document.postmortem.id.casefold(), []).append(NoticeSubject(document, settings))
    twice = [
        Shortfall("id-twice", f"{len(same)} files have the id {same[0].id}, so nobody is notified of it; run `check`.")
        for same in found.values()
        if len(same) > 1
    ]
    return [same[0] for same in found.values() if len(same) == 1], twice


def ticket(cell: str, settings: Settings, services: tuple[str, ...] = ()) -> str:
    """The ticket that a cell begins with, as a link where its address is known; other words stay words."""
    named = ticket_of(cell, settings, services)
    if named is None:
        return ""
    return link(named.address, named.key) if named.address else escape(named.key, 80)


def _environments(tags: Iterable[str], stated: object) -> set[str]:
    found = {str(stated).strip().casefold()} if isinstance(stated, str) and stated.strip() else set()
    for tag in tags:
        word = tag.strip().casefold()
        named = _ENVIRONMENT.fullmatch(word)
        if named:
            found.add(named[1].strip())
        elif word in _OTHERS:
            found.add(word)
    return found


def tracker(settings: Settings) -> str:
    """The address of the page with all action items, or empty where the site has none."""
    return f"{settings.url.rstrip('/')}/actions/" if settings.url else ""


def secretive(restricted: Iterable[NoticeSubject], *, settled: bool = False) -> str:
    """All that may be said of restricted postmortems to their owner: the ids."""
    ids = ", ".join(escape(one.id) for one in restricted)
    if settled:
        return f"🔒 {ids}: nothing is waiting for you any more. Thank you!"
    return f"🔒 {ids}: please look into the document. It is restricted, so nothing more is said here."
