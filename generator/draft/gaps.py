"""What a draft lacks and where to get it: the last words of `new`."""

from collections.abc import Iterable

from generator.draft.incident import Incident
from generator.draft.people import COMMANDER
from generator.draft.variables import DraftFacts
from generator.settings.model import Settings


def missing(incident: Incident, known: DraftFacts, settings: Settings) -> tuple[str, ...]:
    """One sentence for each fact that no source gave, that was inferred, or that sources give differently."""
    return (*_facts(incident, known, settings), *_inferred(known), *_lists(incident), *incident.notes)


def _facts(incident: Incident, known: DraftFacts, settings: Settings) -> Iterable[str]:
    times = known.times
    if not known.severity:
        word = incident.severity.strip() or incident.priority.strip()
        yield (
            f'severity: "{word}" is none of the archive\'s; add it to the aliases of a severity in site_config/archive.yml'
            if word
            else "severity: nobody rated it; set it in the front matter, or `severity` in the incident's data"
        )
    elif not incident.severity.strip():
        yield f'severity: {known.severity} was taken from the priority "{incident.priority}"; correct it if that is wrong'
    if not times.started:
        yield "started: nobody says when it began; the first bad graph shows it, or --from the alert's export"
    if not times.detected:
        yield "detected: no alert and no opening time; `detected` in the incident's data, or --from the alert's export"
    if not times.mitigated:
        yield "mitigated: no status such as mitigated or monitoring; ask the channel when users stopped noticing"
    if not times.resolved:
        yield "resolved: the data show no end; export the incident again once it is closed"
    elif times.begin and times.resolved < times.begin:
        yield "resolved: it lies before the start; one of the two times is wrong"
    if not known.services:
        yield "services: none named; `services` in the incident's data, or in the front matter"
    if not known.commander:
        yield f"commander: nobody named; {_whom(incident)}"
    elif settings.people and not any(known.commander == person.handle for person in settings.people):
        yield f"commander: {known.commander} is not in site_config/people.yml; add a handle, or correct the name"


def _whom(incident: Incident) -> str:
    others = dict.fromkeys(one.name or one.account for one in incident.participants if one.role != COMMANDER)
    named = ", ".join([name for name in others if name][:3])
    took_part = f" ({named} took part)" if named else ""
    return f"a `commander` role in the incident's data, or --from the tool's log of the incident{took_part}"


def _inferred(known: DraftFacts) -> Iterable[str]:
    for name, why in known.times.derived:
        yield f"{name}: taken from {why}; correct it if another moment is truer"


def _lists(incident: Incident) -> Iterable[str]:
    if len(incident.events) < 5:
        count = len(incident.events)
        rows = "no row" if count == 0 else "one row" if count == 1 else f"{count} rows"
        yield f"timeline: only {rows}; add --from the tool's log entries or the channel's export"
    if not incident.alerts:
        yield "alerts: none in the data; add --from the alert's export (Alertmanager, Grafana, Datadog, Opsgenie ...)"
    if not incident.errors:
        yield "errors: none in the data; add --from a Sentry issue's export"
    if not incident.releases:
        yield "releases: none in the data; add --from the deployments' or releases' export of GitHub"
    if not incident.channel:
        yield "channel: no link; `channel` in the incident's data, or --from the channel's export"
    metrics = {"".join(filter(str.isalnum, name.casefold())) for name in incident.metrics}
    if not {"errorrate", "latency"} <= metrics:
        yield "metrics: `errorRate` and `latency` under `metrics` in the incident's data, or from the dashboard"
