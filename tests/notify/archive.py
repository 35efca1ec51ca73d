"""Documents and settings for the tests of this room."""

from datetime import date

from generator.document.parse import parse
from generator.settings.model import Person, Settings
from generator.settings.slack import SlackSettings
from tests.notify.conftest import DOCUMENT

TODAY = date(2026, 11, 20)
PEOPLE = (
    Person("jane.smith", "Jane Smith", "jane.smith@fernway.example", slack="U0JANE"),
    Person("ben.carter", "Ben Carter", slack="U0BEN"),
    Person("li.wei", "Li Wei"),
)


def settings(**slack) -> Settings:
    """Settings with people and a site."""
    return Settings(
        url="https://postmortems.fernway.example/", people=PEOPLE, slack=SlackSettings(channel="C0FERNWAY1", **slack)
    )


def doc(name="INC-2026-0042", **values):
    """One document."""
    filled = {
        "title": "Checkout errors",
        "status": "draft",
        "severity": "SEV1",
        "day": "2026-11-18",
        "audience": "internal",
        "more": "",
        "canary": "It broke.",
        "rows": "",
        **values,
    }
    return parse(DOCUMENT.format(id=name, **filled), f"postmortems/2026/{name}.md")


def words(notice) -> str:
    """Everything that a notice says."""
    return "\n".join([notice.text, *(found for block in notice.blocks for found in _texts(block))])


def _texts(value):
    if isinstance(value, dict):
        for name, held in value.items():
            if name == "text" and isinstance(held, str):
                yield held
            else:
                yield from _texts(held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from _texts(held)
