"""The front matter of a draft: what is known as values, what is not as a question in a comment."""

import re
from collections.abc import Mapping

from generator.document.model import Audience
from generator.document.schema import ORDER
from generator.draft.escape import one_line
from generator.draft.incident import Incident
from generator.draft.merge_releases import related
from generator.draft.questions import todo
from generator.draft.times import rfc3339
from generator.draft.variables import DraftFacts
from generator.markup.yaml import quoted, scalar
from generator.settings.model import Settings

_ASKED = ("severity", "started", "detected", "mitigated", "resolved", "services", "commander")
_MOMENTS = ("started", "detected", "mitigated", "resolved")
_NUMBER = re.compile(r"[-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|0[oxb][0-9a-fA-F_]+)")
_LINKS = 5  # of each kind; the body lists them all
_TELLING = {"incident", "ticket", "issue", "pull request", "statuspage", "postmortem"}  # what a reader filters by


def front_matter(
    incident: Incident,
    known: DraftFacts,
    settings: Settings,
    extra: Mapping[str, object],
    *,
    id: str,  # noqa: A002 - the field's name
    title: str,
    type: str,  # noqa: A002 - the field's name
) -> str:
    """The block between and with the two `---` lines.

    `extra` are the keys that a template sets; what the incident itself says wins over them, but for the audience,
    where the narrower one of a private incident wins, and the tags, which are joined.
    """
    values: dict[str, object] = {
        **extra,
        "id": id,
        "title": title,
        "status": "draft",
        "type": type,
        "audience": Audience.RESTRICTED if incident.private else extra.get("audience") or settings.audience,
        "tags": _tags(incident, extra),
        "links": [*_links(incident), *_listed(extra.get("links"))],
    }
    facts: dict[str, object] = {
        "severity": known.severity,
        "services": list(known.services),
        "commander": known.commander,
        "incident": one_line(incident.ref),
        "category": one_line(incident.category),
    }
    values |= {key: value for key, value in facts.items() if value}
    moments = {name: rfc3339(at) for name in _MOMENTS if (at := getattr(known.times, name))}
    keys = [*ORDER, *(key for key in values if key not in ORDER)]
    lines = []
    for key in keys:
        if key in moments:
            lines.append(f"{key}: {moments[key]}")
        elif values.get(key) not in (None, "", [], ()):
            lines.append(f"{key}: {_written(values[key])}" if key != "links" else _link_lines(values[key]))
        elif key in _ASKED:
            lines.append(f"# {key}: {_question(key, settings)}")
    return "\n".join(["---", *lines, "---"])


def _written(value: object) -> str:
    """A value as YAML on one line, quoted also where only some readers would take it for something else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_written(str(key))}: {_written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_written, value)) + "]"
    if not isinstance(value, str):
        return scalar(value)
    # A question mark ends a plain value inside brackets for PyYAML; a number with an exponent is text only in YAML 1.1.
    return quoted(value, '"' if "?" in value or _NUMBER.fullmatch(value) else "")


def _question(key: str, settings: Settings) -> str:
    if key == "severity":
        return f"TODO: how bad was it: {', '.join(one_line(severity.name) for severity in settings.severities)}?"
    return todo(key)


def _tags(incident: Incident, extra: Mapping[str, object]) -> list[str]:
    return list(dict.fromkeys([*map(str, _listed(extra.get("tags"))), *filter(None, map(one_line, incident.tags))]))


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value] if value else []


def _links(incident: Incident) -> list[Mapping[str, str]]:
    found = [{"type": "incident", "targetId": incident.url}] if incident.url else []
    if "://" in incident.channel:
        found.append({"type": "channel", "targetId": incident.channel.strip()})
    found += [
        {"type": "release", "targetId": release.name, "relationship": release.relationship}
        for release in related(incident.releases)
    ][:_LINKS]
    alerts = dict.fromkeys(alert.url for alert in incident.alerts if alert.url)
    found += [{"type": "alert", "targetId": url} for url in list(alerts)[:_LINKS]]
    found += [
        {"type": ref.type, "targetId": ref.url, "relationship": ref.relationship, "title": ref.title}
        for ref in incident.references
        if ref.url not in {"", incident.url, *alerts} and (ref.relationship or ref.type in _TELLING)
    ][: 2 * _LINKS]
    return [{key: one_line(value) for key, value in link.items() if value} for link in found]


def _link_lines(links: object) -> str:
    return "\n".join(["links:", *(f"  - {_written(link)}" for link in _listed(links))])
