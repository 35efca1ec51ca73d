"""The archive as data beside the pages: `postmortems` and `actions`, each as JSON and as CSV.

The names of the fields are a contract: scripts and dashboards read them. A new field may come, none changes or goes.
In JSON nothing stated is null; times are RFC 3339 in UTC, days ISO dates. In CSV lists are joined with commas.
"""

import json
from collections.abc import Mapping
from datetime import timedelta

from generator import output
from generator.document import metrics, query
from generator.document.model import ActionItem
from generator.site.pages import actions
from generator.site.pages.site import Entry, Site

POSTMORTEM_FIELDS = (
    "id",
    "title",
    "url",  # relative to the site, absolute where the settings have its address
    "status",
    "severity",
    "type",
    "category",
    "started",
    "detected",
    "mitigated",
    "resolved",
    "minutes_to_detect",  # these three: whole minutes since the start
    "minutes_to_mitigate",
    "minutes_to_resolve",
    "services",
    "tags",
    "commander",
    "audience",
    "incident",
    "jira",
    "published",
    "actions",
    "actions_open",
    "actions_overdue",
    "tasks",
    "tasks_done",
    "path",
    "occurred",  # the start, else the best that is known: a moment, or a day where that is all
    "occurred_from",  # started, detected, timeline, mitigated, resolved or published
    "review_due",  # these three: days, by the policy of the severity
    "publish_due",
    "follow_up_due",
    "scope",  # live, history (imported, or before the archive's own beginning) or sample
)
ACTION_FIELDS = (
    "postmortem",
    "title",  # of the postmortem
    "url",
    "number",
    "action",
    "owner",
    "due",
    "status",
    "ticket",
    "ticket_url",
    "type",
    "priority",
    "severity",
    "services",
    "overdue",
)


def files(site: Site) -> dict[str, bytes]:
    """The data files by their path in the site."""
    postmortems = [postmortem(entry, site) for entry in site.entries]
    items = [action(entry, item, site) for entry, item in site.actions]
    facets = {
        "severities": [s.name for s in site.settings.severities if any(e.severity == s.name for e in site.entries)],
        "services": list(site.services),
    }
    return {
        "postmortems.json": output.as_json(postmortems).encode(),
        "postmortems.csv": output.as_csv(postmortems, POSTMORTEM_FIELDS).encode(),
        "actions.json": output.as_json(items).encode(),
        "actions.csv": output.as_csv(items, ACTION_FIELDS).encode(),
        "facets.json": (json.dumps(facets, ensure_ascii=False) + "\n").encode(),
    }


def postmortem(entry: Entry, site: Site) -> Mapping[str, object]:
    """One postmortem with the fields above."""
    row = query.postmortem_row(entry.document, site.settings, site.as_of, current=entry.current)
    took = metrics.durations(entry.known)
    row |= {
        "id": entry.name,
        "title": entry.title,
        "url": _url(entry.address, site),
        "severity": entry.severity or None,
        "services": list(entry.services),
        "tags": list(entry.tags),
        "status": str(entry.status),
        "category": entry.known.category or None,
        "published": entry.known.published.isoformat() if entry.known.published else None,
        "minutes_to_detect": _minutes(took.detect),
        "minutes_to_mitigate": _minutes(took.mitigate),
        "minutes_to_resolve": _minutes(took.resolve),
    }
    return {name: row[name] for name in POSTMORTEM_FIELDS}


def action(entry: Entry, item: ActionItem, site: Site) -> Mapping[str, object]:
    """One action item with the fields above."""
    row = query.action_row(entry.document, item, site.settings, site.as_of, current=entry.current)
    row |= {
        "postmortem": entry.name,
        "title": entry.title,
        "url": _url(f"{entry.address}#{actions.anchors(entry.known)[item.line]}", site),
        "severity": entry.severity or None,
        "services": list(entry.services),
    }
    return {name: row[name] for name in ACTION_FIELDS}


def _url(address: str, site: Site) -> str:
    return f"{site.settings.url.rstrip('/')}/{address}" if site.settings.url else address


def _minutes(duration: timedelta | None) -> int | None:
    return None if duration is None else round(duration.total_seconds() / 60)
