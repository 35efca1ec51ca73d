"""Several deliveries about one incident as one incident: a file of webhooks tells the same story in instalments."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from generator.draft.incident import Event, Incident
from generator.draft.sources.extract.json import one_line

EARLIEST = {"created", "started", "detected", "acknowledged"}  # a later delivery does not move the beginning


def together(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """The incidents, each once by its `ref`; everything partial becomes one partial incident.

    Of two deliveries the later one knows better, except when something began; lists are united.
    """
    groups: dict[tuple[str, str, bool], list[Incident]] = {}
    for number, one in enumerate(incidents):
        # A titled incident without an id of its own is like no other.
        known = "" if one.partial else one.ref or f"#{number}"
        groups.setdefault((one.source, known, one.partial), []).append(one)
    return tuple(_merged(group) for group in groups.values())


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events by time, each on one line and once by its `uid` (or by what it says, where it has none)."""
    found: dict[object, Event] = {}
    for event in events:
        if event.text != (line := one_line(event.text)):
            event = replace(event, text=line)
        found.setdefault(event.uid or (event.at, event.text, event.actor), event)
    return tuple(sorted(found.values(), key=lambda event: event.at))


def _merged(group: list[Incident]) -> Incident:
    last = group[-1]
    changes: dict[str, Any] = {}
    for field in fields(Incident):
        values = [getattr(one, field.name) for one in group]
        told = [value for value in values if value]
        if field.name == "events":
            changes["events"] = in_order(event for events in values for event in events)
        elif isinstance(values[-1], tuple):
            changes[field.name] = tuple(dict.fromkeys(item for value in values for item in value))
        elif field.name == "metrics":
            changes["metrics"] = {key: value for metrics in values for key, value in metrics.items()}
        elif field.name in EARLIEST:
            changes[field.name] = min(told, default=None)
        elif field.name == "resolved" and last.status:
            changes["resolved"] = last.resolved  # it may have been reopened
        elif told:
            changes[field.name] = told[-1]
    return replace(last, **changes)
