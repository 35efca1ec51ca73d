"""What the tests of the sources share: reading a fixture, writing a moment, and an incident's timeline as short rows."""

import json
from datetime import UTC, datetime

from generator.draft.incident import Incident
from tests.folders import FIXTURES


def fixture(name: str) -> object:
    """The JSON of a file below `tests/fixtures`."""
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def at(written: str) -> datetime:
    """A moment in UTC, written `2026-03-15 14:32`."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def rows(incident: Incident) -> list[tuple[str, str, str, str]]:
    """The timeline as (time of day, kind, text, actor)."""
    return [(f"{one.at:%H:%M:%S}", one.kind.value, one.text, one.actor) for one in incident.events]
