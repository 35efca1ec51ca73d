"""Evidence sorted by the incident it belongs to, and the words in which a timeline tells it.

One export holds many objects: incidents, their log entries, notes and alerts, and webhooks that repeat them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from generator.draft.incident import Alert, Event, EventKind, Participant
from generator.draft.sources.extract.json import moment, one_line, text
from generator.draft.sources.extract.prose import cut, markdown

Record = dict[str, object]
Evidence = dict[str, list[Record]]

FAR = datetime.max.replace(tzinfo=UTC)
COMMANDERS = {
    "commander", "ic", "incident commander", "incident lead", "incident manager", "incident owner", "lead",
    "major incident manager", "owner",
}  # fmt: skip


@dataclass(slots=True)
class Cases:
    """Records by incident and by what they are; `""` holds those that name no incident."""

    found: dict[str, Evidence] = field(default_factory=dict)
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, incident: str, what: str, records: Iterable[Record]) -> None:
        """Put records with the incident they name."""
        known = self.found.setdefault(incident, {}).setdefault(what, [])
        for one in records:
            # The same record comes twice where webhooks are repeated and pages of a list overlap.
            mark = (incident, what, repr(one))
            if mark not in self.seen:
                self.seen.add(mark)
                known.append(one)

    def closed(self) -> list[tuple[str, Evidence]]:
        """Every case; evidence that names no incident belongs to the only one there is, else stands alone."""
        cases = {name: evidence for name, evidence in self.found.items() if any(evidence.values())}
        nameless = cases.get("")
        if nameless is None or len(cases) != 2:
            return list(cases.items())
        name, evidence = next((name, evidence) for name, evidence in cases.items() if name)
        kinds = dict.fromkeys((*evidence, *nameless))
        return [(name, {what: evidence.get(what, []) + nameless.get(what, []) for what in kinds})]


def overlaid(snapshots: Sequence[Record], *stamps: str) -> Record:
    """One record out of several states of it, the latest value of each field; `stamps` are keys that tell the age."""
    if all(any(moment(one.get(key)) for key in stamps) for one in snapshots):
        snapshots = by_time(snapshots, *stamps)
    return {key: value for snapshot in snapshots for key, value in snapshot.items()}


def by_time(records: Iterable[Record], *stamps: str) -> list[Record]:
    """Records in the order of the first of their `stamps` that is a moment; those without one come last."""
    timed = [(next((at for at in (moment(one.get(key)) for key in stamps) if at), FAR), one) for one in records]
    return [one for _, one in sorted(timed, key=lambda pair: pair[0])]


def changed(what: str, new: object, old: object = "") -> str:
    """A change in a timeline's words: `Status changed from Investigating to Fixing`, or `Severity set to SEV2`."""
    after, before = markdown(one_line(text(new))), markdown(one_line(text(old)))
    if before and before.casefold() != after.casefold():
        return f"{what} changed from {before} to {after}" if after else f"{what} {before} removed"
    return f"{what} set to {after}"


def role(name: object) -> str:
    """A role as the archive writes it: `commander` for whoever leads, else the tool's own word in lower case."""
    written = one_line(text(name).replace("_", " ").replace("-", " ")).lower()
    if written in COMMANDERS or written.endswith(" commander"):
        return "commander"
    if written.startswith(("comms", "communication")):
        return "communications"
    return {"reported by": "reporter", "declared by": "reporter", "note taker": "scribe"}.get(written, written)


def people(*found: Participant) -> tuple[Participant, ...]:
    """The participants that have a name, each once per role."""
    named = (one for one in found if one.name or one.email or one.account)
    return tuple({(one.role, (one.email or one.account or one.name).casefold()): one for one in named}.values())


def ordered(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events in the order in which they happened, each once."""
    return tuple(sorted({(one.uid, one.at, one.text): one for one in events}.values(), key=lambda one: one.at))


def alert_events(alerts: Iterable[Alert], source: str) -> list[Event]:
    """When each alert fired and when it recovered."""
    # An alert keeps its id when it fires again, so its beginning belongs to the identity of what is told of it.
    return [
        Event(at, f"Alert {word}: {_named(one)}", source, EventKind.ALERT, url=one.url, uid=_mark(one, word))
        for one in alerts
        for at, word in ((one.at, "fired"), (one.ended, "resolved"))
        if at
    ]


def _mark(alert: Alert, word: str) -> str:
    return f"{alert.uid}/{alert.at.isoformat() if alert.at else ''}/{word}" if alert.uid else ""


def _named(alert: Alert) -> str:
    return markdown(cut(one_line(alert.title), 300)) or "unnamed"
