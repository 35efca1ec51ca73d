"""Who is who: the people that a file's cells name."""

from generator.settings.model import Person, Settings


def person_of(words: str, settings: Settings) -> Person | None:
    """The one person that a cell names by handle, name or e-mail, with or without an @."""
    shown = words.strip().strip("`*_").strip()
    return settings.person(handle=shown.removeprefix("@"), name=shown, email=shown) if shown else None


def handle_of(words: str, settings: Settings) -> str:
    """The handle that a cell means; what names nobody known stays as it is written."""
    person = person_of(words, settings)
    return person.handle if person else words.strip()
