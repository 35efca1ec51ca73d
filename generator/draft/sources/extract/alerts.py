"""Alerts in the shape that Prometheus gave the world: labels, annotations, a start and perhaps an end.

Alertmanager, Grafana and Prometheus itself all speak it; what makes an incident of such alerts lives here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from generator.draft.incident import Alert, Event, EventKind, Incident, Reference
from generator.draft.sources.extract.dedupe import in_order
from generator.draft.sources.extract.json import dig, first, moment, one_line, record, text, unique, url
from generator.draft.sources.extract.prose import cut, joined, markdown

SERVICE = ("service", "service_name", "app", "application", "app_kubernetes_io_name", "app.kubernetes.io/name")
COMPONENT = ("component", "job", "namespace", "deployment", "statefulset", "daemonset", "database", "queue", "topic")
HOST = ("instance", "host", "hostname", "node", "server", "pod")
APART = ("region", "zone", "cluster", "service", "namespace", *HOST)
ENVIRONMENT = ("environment", "env", "deployment_environment", "stage")
PLACES = {*SERVICE, *COMPONENT, *ENVIRONMENT}  # labels that an incident has fields of its own for
TAG = ("team", "region", "zone", "datacenter", "cluster", "tier")
SUMMARY = ("summary", "title", "message", "description")
# Most severe first: the words that rules are written with, so that a group is as severe as its worst alert.
GRAVITY = (
    ("emergency", "disaster", "critical", "crit", "page", "fatal", "sev1", "p1"),
    ("high", "major", "error", "sev2", "p2"),
    ("medium", "moderate", "warning", "warn", "sev3", "p3"),
    ("low", "minor", "ticket", "sev4", "p4"),
    ("info", "information", "informational", "notice", "none", "sev5", "p5"),
)


@dataclass(frozen=True, slots=True)
class Firing:
    """One alert that fired once; `uid` is the alert's identity and stays the same when it fires again."""

    name: str
    summary: str
    labels: dict[str, str]
    annotations: dict[str, str]
    started: datetime | None
    ended: datetime | None
    links: tuple[Reference, ...] = ()
    uid: str = ""
    muted: bool = False
    value: str = ""


def firing(alert: dict[str, object]) -> Firing:
    """One alert of a notification or of an API's list."""
    labels, annotations = strings(alert.get("labels")), strings(alert.get("annotations"))
    started = moment(alert.get("startsAt")) or moment(alert.get("activeAt"))
    name = one_line(labels.get("alertname", ""))
    return Firing(
        name=name,
        summary=next((one_line(annotations[key]) for key in SUMMARY if annotations.get(key)), ""),
        labels=labels,
        annotations=annotations,
        started=started,
        ended=_ended(alert, started),
        links=_links(alert, annotations, name),
        uid=text(alert.get("fingerprint")) or selector(labels),
        muted=state_of(alert) == "suppressed",
        value=first(alert.get("valueString"), alert.get("value")),
    )


def state_of(alert: dict[str, object]) -> str:
    """The alert's own word for where it is: `firing`, `resolved`, `active`, `suppressed`, `pending` ..."""
    return first(dig(alert, "status", "state"), alert.get("status"), alert.get("state")).lower()


def strings(value: object) -> dict[str, str]:
    """The labels or annotations that have a text."""
    return {key: text(found) for key, found in record(value).items() if isinstance(key, str) and text(found)}


def selector(labels: dict[str, str]) -> str:
    """Labels as Prometheus writes them: `{alertname="HighErrorRate", service="checkout"}`."""
    inside = ", ".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    return f"{{{inside}}}" if inside else ""


def latest(firings: Iterable[Firing]) -> list[Firing]:
    """Every firing once: of two reports about the same one, the later that knows its end wins."""
    found: dict[tuple[str, datetime | None], Firing] = {}
    for one in firings:
        known = found.get((one.uid, one.started))
        if known is None or one.ended:
            found[one.uid, one.started] = one
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found.values(), key=lambda one: (one.started or far, one.name, one.uid))


def incident(source: str, firings: Sequence[Firing], *, ref: str = "", link: str = "", title: str = "") -> Incident:
    """What these alerts tell together; `title` is used where the alerts have no names of their own."""
    started = min((one.started for one in firings if one.started), default=None)
    over = bool(firings) and all(one.ended for one in firings)
    hosts = _values(firings, HOST)
    components = _values(firings, COMPONENT)
    return Incident(
        source=source,
        ref=ref,
        title=cut(one_line(_title(firings) or title), 200),
        url=link,
        severity=_gravest(one.labels.get("severity") or one.labels.get("level", "") for one in firings),
        priority=next((one.labels["priority"] for one in firings if "priority" in one.labels), ""),
        status="resolved" if over else "firing",
        environment=next(iter(_values(firings, ENVIRONMENT)), ""),
        description=_paragraphs(firings, "description", "message"),
        impact=_paragraphs(firings, "impact", "customer_impact"),
        started=started,
        detected=started,
        resolved=max((one.ended for one in firings if one.ended), default=None) if over else None,
        services=_values(firings, SERVICE),
        components=components or hosts[:10],
        tags=tuple(f"{key}:{value}" for key in TAG for value in _values(firings, (key,))),
        events=events(source, firings),
        alerts=tuple(_alert(source, one) for one in firings),
        references=tuple({link.url: link for one in firings for link in one.links}.values()),
    )


def events(source: str, firings: Sequence[Firing]) -> tuple[Event, ...]:
    """Each alert's start and end; alerts that say the same at the same moment are one event that says where."""
    told: dict[tuple[datetime, str, str, bool], list[Firing]] = {}
    alike: dict[tuple[str, str], list[Firing]] = {}
    for one in firings:
        alike.setdefault((one.name, one.summary), []).append(one)
        for at, word in ((one.started, "fired"), (one.ended, "resolved")):
            if at:
                told.setdefault((at, word, shown(one), one.muted and word == "fired"), []).append(one)
    apart = {key: _apart(group) for key, group in alike.items()}
    found = []
    for (at, word, line, muted), same in told.items():
        one = same[0]
        where = _where(same, apart[one.name, one.summary])
        uid = f"{one.uid}/{one.started.isoformat() if one.started else ''}/{word}"
        line = f"Alert {word}: {line}{where}{' (silenced)' if muted else ''}"
        found.append(Event(at, line, source, EventKind.ALERT, url=_page(one), uid=uid))
    return in_order(found)


def shown(one: Firing) -> str:
    """The alert as a line of Markdown: its name and what it says."""
    says = cut(one.summary, 300)
    told = says if one.name.casefold() in says.casefold() else joined(one.name, says)
    return markdown(told) or "an alert without a name"


def _apart(alike: Sequence[Firing]) -> str:
    """The label that tells alerts apart that say the same, or empty."""
    return next((key for key in APART if len({one.labels.get(key) for one in alike}) > 1), "")


def _where(same: Sequence[Firing], apart: str) -> str:
    """Which of the alerts that say the same: `(eu-1)`, `(web-1, web-2)` or `(12 alerts)`."""
    values = unique(one.labels.get(apart, "") for one in same)
    if not same[0].summary and len(same) == 1:
        values = unique(same[0].labels.get(key, "") for key in (apart, *HOST, *SERVICE))[:1]
    if values and len(values) <= 3:
        return markdown(f" ({', '.join(values)})")
    return f" ({len(same)} alerts)" if len(same) > 1 else ""


def _page(one: Firing) -> str:
    return next((link.url for link in one.links if link.type in {"dashboard", "query"}), "")


def _alert(source: str, one: Firing) -> Alert:
    described = cut(one_line(one.annotations.get("description") or one.annotations.get("message") or one.summary))
    return Alert(
        title=one.name or one.summary,
        at=one.started,
        ended=one.ended,
        severity=one.labels.get("severity", ""),
        source=source,
        url=_page(one),
        description=markdown(joined(described, f"value: {one_line(one.value)}" if one.value else "")),
        uid=one.uid,
    )


def _ended(alert: dict[str, object], started: datetime | None) -> datetime | None:
    # A firing alert's endsAt is only when it would be forgotten; it says nothing about a recovery.
    ended = moment(alert.get("endsAt"))
    if ended is None or state_of(alert) in {"firing", "active", "suppressed", "unprocessed", "pending", "alerting"}:
        return None
    updated = moment(alert.get("updatedAt"))
    if (started and ended < started) or (not state_of(alert) and updated and ended > updated):
        return None
    return ended


def _links(alert: dict[str, object], annotations: dict[str, str], name: str) -> tuple[Reference, ...]:
    found = [
        Reference(url(alert.get("panelURL")), f"Panel of {name or 'the alert'}", "dashboard"),
        Reference(url(alert.get("dashboardURL")), f"Dashboard of {name or 'the alert'}", "dashboard"),
        Reference(url(alert.get("generatorURL")), f"Rule of {name or 'the alert'}", "query"),
        Reference(url(alert.get("imageURL")), f"Picture of {name or 'the alert'}", "image"),
    ]
    for key, value in annotations.items():
        kind = next((k for k in ("runbook", "dashboard", "panel", "ticket", "jira") if k in key.lower()), "page")
        kind = {"panel": "dashboard", "jira": "ticket"}.get(kind, kind)
        title = f"Runbook of {name or 'the alert'}" if kind == "runbook" else one_line(key.replace("_", " "))
        found.append(Reference(url(value), title, kind))
    return tuple({link.url: link for link in found if link.url}.values())


def _title(firings: Sequence[Firing]) -> str:
    names = unique(one.name for one in firings)
    says = unique(one.summary for one in firings)
    if len(names) > 1:
        worst = min(firings, key=lambda one: (not one.name, _rank(one.labels.get("severity", ""))))
        return f"{worst.name} and {len(names) - 1} more {'alert' if len(names) == 2 else 'alerts'}"
    name = names[0] if names else ""
    if len(says) == 1:
        return says[0] if name.casefold() in says[0].casefold() else f"{name}: {says[0]}"
    return f"{name} ({len(firings)} alerts)" if name and len(firings) > 1 else name or next(iter(says), "")


def _rank(severity: str) -> int:
    word = severity.casefold()
    return next((i for i, known in enumerate(GRAVITY) if word in known), len(GRAVITY))


def _gravest(severities: Iterable[str]) -> str:
    return min(unique(severities), key=_rank, default="")


def _values(firings: Iterable[Firing], keys: Sequence[str]) -> tuple[str, ...]:
    firings = list(firings)
    return unique(one.labels.get(key, "") for key in keys for one in firings)


def _paragraphs(firings: Sequence[Firing], *keys: str) -> str:
    found = unique(next((one.annotations[key] for key in keys if one.annotations.get(key)), "") for one in firings)
    more = [f"(and {len(found) - 5} more)"] if len(found) > 5 else []
    return "\n\n".join([*(markdown(one) for one in found[:5]), *more])
