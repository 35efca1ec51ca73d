"""What custom fields of a Jira issue say, where their names are known and mean something to a postmortem."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from generator.draft.incident import Event, Incident
from generator.draft.sources.extract.json import one_line, text, unique
from generator.draft.sources.jira import fields as jira_fields
from generator.draft.sources.jira.fields import IssueContext
from generator.draft.sources.jira.history import LABEL

Json = Mapping[str, object]
_TIMES = {"started", "detected", "acknowledged", "mitigated", "resolved"}


def with_custom(incident: Incident, fields: Json, context: IssueContext, slas: Sequence[Json] = ()) -> Incident:
    """The incident with its custom fields: severity, impact, services, times, roles, SLAs, causes.

    `slas` are those that the service desk gives beside the fields.
    """
    gathered = _Gathered(incident, context)
    beside = [(text(one.get("name")), one) for one in slas if text(one.get("name"))]
    for name, value in (*jira_fields.custom(fields, context), *beside):
        gathered.take(name, value)
    return gathered.incident()


class _Gathered:
    """What an incident is given by its custom fields, one after the other.

    `_given` are attributes by the names that `BY_NAME` gives them; `replace` refuses one that does not exist.
    """

    def __init__(self, incident: Incident, context: IssueContext) -> None:
        self._incident, self._context = incident, context
        self._given: dict[str, Any] = {}
        self._description = [incident.description] if incident.description else []
        self._services, self._people = list(incident.services), list(incident.participants)
        self._metrics, self._events = dict(incident.metrics), list(incident.events)

    def take(self, name: str, value: object) -> None:
        """Put a field where it belongs."""
        meaning = jira_fields.normal(name)
        attribute = jira_fields.BY_NAME.get(meaning, "")
        users = [user for user in (value if isinstance(value, list) else [value]) if jira_fields.is_user(user)]
        if cycles := jira_fields.sla(name, value):
            self._sla(name, *cycles)
        elif users:
            role = "commander" if meaning in jira_fields.COMMANDERS else name.casefold()
            self._people += [one for user in users if (one := jira_fields.participant(role, user))]
        elif attribute == "services":
            self._services += jira_fields.several(value)
        elif attribute in _TIMES:
            if at := jira_fields.time_of(value):
                self._given[attribute] = at
        elif attribute or meaning in jira_fields.TOLD:
            self._words(name, attribute, value)

    def _sla(self, name: str, duration: str, moments: Iterable[tuple[datetime, str]]) -> None:
        self._metrics[name] = duration
        for at, words in moments:
            uid = f"{self._incident.ref}/sla/{name}/{int(at.timestamp())}"
            self._events.append(Event(at, words, LABEL, uid=uid))

    def _words(self, name: str, attribute: str, value: object) -> None:
        """Text for the impact, for an attribute that is still empty, or else for the description under its name."""
        words = jira_fields.rich(value, self._context) if isinstance(value, str | dict) else ""
        words = words or jira_fields.shown(value)
        if not words:
            return
        if attribute == "impact":
            self._given["impact"] = f"{self._given['impact']}\n\n{words}" if "impact" in self._given else words
        elif attribute and not getattr(self._incident, attribute):
            self._given.setdefault(attribute, one_line(jira_fields.shown(value)))
        else:
            self._description.append(f"**{name}:** {words}" if "\n" not in words else f"**{name}:**\n\n{words}")

    def incident(self) -> Incident:
        """The incident with everything."""
        return replace(
            self._incident,
            description="\n\n".join(self._description),
            services=unique(self._services),
            participants=tuple(self._people),
            metrics=self._metrics,
            events=tuple(self._events),
            **self._given,
        )
