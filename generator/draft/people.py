"""Who took part: other tools' names found in the archive's people, and roles under one name each."""

from collections.abc import Iterable, Mapping

from generator.draft.escape import one_line
from generator.draft.incident import Participant
from generator.settings.model import Person, Settings

COMMANDER = "commander"
_ROLES = {
    COMMANDER: "commander, incident commander, ic, incident lead, lead, incident manager, major incident manager, response lead",
    "communications": "communications, comms, communications lead, comms lead, communication lead, communications manager, customer liaison",
    "scribe": "scribe, note taker, notetaker, incident scribe",
    "operations": "operations, ops lead, operations lead, technical lead, tech lead",
    "deputy": "deputy, deputy commander, deputy incident commander",
}
TOOK_PART = ("responder", "participant", "assignee", "member", "subscriber", "observer")  # without a role of their own
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split(", ")}


class PeopleFinder:
    """Finds the archive's person behind another tool's name, e-mail address or account."""

    def __init__(self, settings: Settings) -> None:
        exact: dict[str, Person] = {}
        named: dict[str, list[Person]] = {}
        for person in settings.people:
            for word in (person.handle, person.email, person.jira, person.github, person.slack, *person.aliases):
                if word:
                    exact.setdefault(word.casefold(), person)
            if person.name:
                named.setdefault(person.name.casefold(), []).append(person)
        unique = {name: people[0] for name, people in named.items() if len(people) == 1}
        self._by_word: Mapping[str, Person] = {**unique, **exact}

    def find(self, name: str = "", email: str = "", account: str = "") -> Person | None:
        """The person with this e-mail address, account or, where it is unique, name."""
        found = (self._by_word.get(one_line(word).lstrip("@").casefold()) for word in (email, account, name) if word)
        return next((person for person in found if person), None)

    def handle(self, name: str = "", email: str = "", account: str = "") -> str:
        """How documents name somebody: the archive's handle, or else what the tool said; never an e-mail address."""
        person = self.find(name, email, account)
        return person.handle if person else _as_told(name or email or account)

    def name(self, name: str = "", email: str = "", account: str = "") -> str:
        """How a timeline names somebody: in full, or else what the tool said; never an e-mail address."""
        person = self.find(name, email, account)
        return (person.name or person.handle) if person else _as_told(name or email or account)


def role(word: str) -> str:
    """A role under its usual name: `commander` for an incident lead; others as the tool says."""
    folded = " ".join(word.replace("_", " ").replace("-", " ").casefold().split())
    return _ROLE_OF.get(folded, folded)


def participants_in(roles: Iterable[str], participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """Those who had one of the roles."""
    wanted = set(roles)
    return tuple(one for one in participants if role(one.role) in wanted)


def _as_told(word: str) -> str:
    told = one_line(word).removesuffix("[bot]")
    return (told.split("@", 1)[0] or told) if " " not in told else told
