"""What custom fields of a Jira issue say, where their names are known and mean something to a postmortem."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.draft.incident import Event, Incident
from generator.draft.sources.extract.json import one_line, text, unique
from generator.draft.sources.jira import fields as jira_fields
from generator.draft.sources.jira.fields import IssueContext
from generator.draft.sources.jira.history import LABEL

Json = Mapping[str, object]


def with_custom(incident: Incident, fields: Json, context: IssueContext, slas: Sequence[Json] = ()) -> Incident:
    """The incident with its custom fields: severity, impact, services, times, roles, SLAs, causes.

    `slas` are those that the service desk tells of beside the fields.
    """
    # Attributes by the names that `NAMES` gives them; `replace` refuses one that does not exist.
    given: dict[str, Any] = {}
    told: list[str] = [incident.description] if incident.description else []
    services, people = list(incident.services), list(incident.participants)
    metrics, events = dict(incident.metrics), list(incident.events)
    told_apart = [(text(one.get("name")), one) for one in slas if text(one.get("name"))]
    for name, value in (*jira_fields.custom(fields, context), *told_apart):
        known = jira_fields.normal(name)
        attribute = jira_fields.BY_NAME.get(known, "")
        cycles = jira_fields.sla(name, value)
        users = [user for user in (value if isinstance(value, list) else [value]) if jira_fields.is_user(user)]
        if cycles:
            metrics[name] = cycles[0]
            events += [
                Event(at, words, LABEL, uid=f"{incident.ref}/sla/{name}/{int(at.timestamp())}")
                for at, words in cycles[1]
            ]
        elif users:
            role = "commander" if known in jira_fields.COMMANDERS else name.casefold()
            people += [one for user in users if (one := jira_fields.participant(role, user))]
        elif attribute == "services":
            services += jira_fields.several(value)
        elif attribute in {"started", "detected", "acknowledged", "mitigated", "resolved"}:
            at = jira_fields.time_of(value)
            if at:
                given[attribute] = at
        elif attribute or known in jira_fields.TOLD:
            words = jira_fields.rich(value, context) if isinstance(value, str | dict) else ""
            words = words or jira_fields.shown(value)
            if attribute == "impact" and words:
                given["impact"] = f"{given['impact']}\n\n{words}" if "impact" in given else words
            elif attribute and words and not getattr(incident, attribute):
                given.setdefault(attribute, one_line(jira_fields.shown(value)))
            elif words:
                told.append(f"**{name}:** {words}" if "\n" not in words else f"**{name}:**\n\n{words}")
    return replace(
        incident,
        description="\n\n".join(told),
        services=unique(services),
        participants=tuple(people),
        metrics=metrics,
        events=tuple(events),
        **given,
    )
