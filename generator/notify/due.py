"""Everything that is due today, of what was asked for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from generator.clients.slack.message import Notice, Shortfall
from generator.document.parse import Document
from generator.errors import UsageError
from generator.notify.created import created
from generator.notify.deadlines import reminders
from generator.notify.digest import digest
from generator.notify.overdue import overdue
from generator.notify.subject import NoticeSubject, subjects
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """What was asked for by name: ids of new postmortems, the digest, reminders; nothing at all means everything."""

    created: Collection[str] = ()
    digest: bool = False
    overdue: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing was named."""
        return not (self.created or self.digest or self.overdue)


def due(
    documents: Iterable[Document], settings: Settings, today: date, wanted: NoticeFilter
) -> tuple[list[Notice], list[Shortfall]]:
    """The notices that are due, the channel's first, and what could not be sent to anybody.

    Raises UsageError where an id that was asked for is not there.
    """
    known, shortfalls = subjects(documents, settings)
    live = [one for one in known if one.live]
    found: list[Notice | None] = []
    if wanted.created:
        for one in _named(known, wanted.created):
            notice = created(one, today, asked=True)
            found.append(notice)
            if notice is None:
                shortfalls.append(_nobody(one))
    elif wanted.everything:
        found += [created(one, today) for one in live]
    if wanted.overdue or wanted.everything:
        found += [notice for one in live for notice in reminders(one, today)]
        if settings.slack.direct_messages:
            personal, strangers = overdue(live, settings, today)
            found += personal
            shortfalls += strangers
    if wanted.digest or wanted.everything:
        found.append(digest(live, settings, today, asked=wanted.digest))
    return sorted((one for one in found if one), key=lambda one: one.to), shortfalls


def _named(known: Iterable[NoticeSubject], ids: Collection[str]) -> list[NoticeSubject]:
    by_id = {one.id.casefold(): one for one in known}
    missing = [id for id in ids if id.casefold() not in by_id]  # noqa: A001 - the field's name
    if missing:
        raise UsageError(f"--created {missing[0]}: there is no postmortem with this id, or more than one.")
    return [by_id[word] for word in dict.fromkeys(id.casefold() for id in ids)]  # noqa: A001 - the field's name


def _nobody(one: NoticeSubject) -> Shortfall:
    return Shortfall(
        "nobody-to-tell",
        f"{one.id} is not for the channel, and there is nobody to notify in person: its commander is not in"
        " site_config/people.yml, or `slack: direct_messages` is false.",
    )
