"""One spelling for each service or tag, however documents write it."""

from collections.abc import Iterable

from generator.settings.model import Settings


def spellings(lists: Iterable[Iterable[str]], settings: Settings | None = None) -> dict[str, str]:
    """The spelling of each name, by its casefolded form: that of the settings, aliases included, else the first in use."""
    chosen: dict[str, str] = {}
    for service in settings.services if settings else ():
        for name in (service.name, *service.aliases):
            chosen.setdefault(name.casefold(), service.name)
    for names in lists:
        for name in names:
            chosen.setdefault(name.casefold(), name)
    return chosen
