"""The systems that keep action items, as far as a plan must know them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A system: its name in settings, plans and codes, what people call it, and whether it keeps postmortems too."""

    name: str
    title: str
    heads: bool


JIRA = Place("jira", "Jira", heads=True)
GITHUB = Place("github", "GitHub", heads=False)
