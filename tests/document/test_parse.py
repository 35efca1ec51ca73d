"""A document is read whatever its shape, and says what could not be read."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.headings import section_key
from generator.document.model import ActionStatus, Audience, Link, Status
from generator.document.parse import entry_time, owner, parse
from tests.conftest import EXAMPLE


def test_the_example_of_the_design_is_read_whole():
    parsed = parse(EXAMPLE, "postmortems/2026/x.md")
    known = parsed.postmortem

    assert parsed.findings == ()
    assert (known.id, known.status, known.severity, known.audience) == (
        "INC-2026-0042",
        Status.PUBLISHED,
        "SEV1",
        Audience.INTERNAL,
    )
    assert known.started == datetime(2026, 3, 15, 14, 32, tzinfo=UTC)
    assert known.services == ("payment-service", "checkout-api")
    assert known.links[0] == Link("release", "payment-service@v2.3.1", "caused_by")
    assert [section.key for section in known.sections] == [
        "summary",
        "timeline",
        "root-cause",
        "action-items",
        "lessons-learned",
        "went-well",
    ]
    assert known.section("summary").body == "Payments failed for 43 minutes."


def test_timeline_rows_take_the_day_of_the_row_before():
    rows = parse(EXAMPLE).postmortem.timeline

    assert [(row.time, row.source, row.line) for row in rows] == [
        (datetime(2026, 3, 15, 14, 32, tzinfo=UTC), "Grafana", 28),
        (datetime(2026, 3, 15, 14, 35, tzinfo=UTC), "PagerDuty", 29),
        (datetime(2026, 3, 15, 15, 15, tzinfo=UTC), "Slack", 30),
    ]
    assert rows[1].event == "Alert fires: `a | b`"


def test_a_clock_past_midnight_is_the_next_day_and_nonsense_is_none():
    previous = datetime(2026, 3, 15, 23, 58, tzinfo=UTC)

    assert entry_time("00:03", previous) == datetime(2026, 3, 16, 0, 3, tzinfo=UTC)
    assert entry_time("23:10 UTC", previous) == datetime(2026, 3, 15, 23, 10, tzinfo=UTC)
    assert entry_time("2026-03-15T16:32+02:00", previous) == datetime(2026, 3, 15, 14, 32, tzinfo=UTC)
    assert entry_time("25:00", previous) is None
    assert entry_time("around noon", previous) is None
    assert entry_time("14:00", None) is None


def test_action_items_are_read_with_owner_due_date_and_status():
    items = parse(EXAMPLE).postmortem.actions

    assert [(i.number, i.owner, i.due, i.status, i.ticket) for i in items] == [
        (1, "jane.smith", date(2026, 4, 1), ActionStatus.COMPLETED, "OPS-7"),
        (2, "", date(2026, 4, 20), ActionStatus.OPEN, ""),
        (3, "li.wei", None, ActionStatus.IN_PROGRESS, ""),
    ]


@pytest.mark.parametrize("cell", ["TBD", "-", "—", "n/a", "TODO: who?", "nobody", ""])
def test_an_owner_cell_that_names_nobody_is_empty(cell):
    assert owner(cell) == ""


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Root Cause(s)", "root-cause"),
        ("RCA", "root-cause"),
        ("What went on", "root-cause"),
        ("5 Whys", "root-cause"),
        ("2. Action Items:", "action-items"),
        ("Follow-ups", "action-items"),
        ("Next steps", "action-items"),
        ("Corrective actions", "action-items"),
        ("Incident timeline (UTC)", "timeline"),
        ("Time line", "timeline"),
        ("TL;DR", "summary"),
        ("Executive Summary", "summary"),
        ("Customer impact", "impact"),
        ("What went poorly", "went-wrong"),
        ("Where we got lucky 🍀", "lucky"),
        ("What went well?", "went-well"),
        ("**Lessons Learned**", "lessons-learned"),
        ("Contributing Factors", "contributing-factors"),
        ("Resolution and recovery", "resolution"),
        ("Mitigation", "resolution"),
        ("Detection", "detection"),
        ("Our favourite songs", ""),
    ],
)
def test_headings_are_known_by_their_aliases(heading, key):
    assert section_key(heading) == key


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("started: 2026-03-15T14:32:00", "schema-time"),
        ("started: yesterday", "schema-time"),
        ("started: 14:32", "schema-time"),
        ("staus: draft", "schema-unknown-key"),
        ("status: Published", "schema-choice"),
        ("status: done", "schema-choice"),
        ("audience: everyone", "schema-choice"),
        ("id: ../../etc/passwd", "schema-id"),
        ("id: ''", "schema-required"),
        ("title: [a]", "schema-type"),
        ("services: {a: b}", "schema-type"),
        ("links: [{type: alert}]", "schema-type"),
        ("links: [{targetId: x, tpye: alert}]", "schema-unknown-key"),
        ("reviewed: soon", "schema-time"),
        ("commander: NO", "yaml-trap"),
    ],
)
def test_each_mistake_in_front_matter_is_one_finding_on_its_line(line, rule):
    key = line.split(":")[0]
    lines = [
        f"{k}: {v}" for k, v in {"id": "A", "title": "T", "status": "draft", "severity": "SEV1"}.items() if k != key
    ]
    text = "---\n" + "\n".join([*lines, line]) + "\n---\n"
    found = [f for f in parse(text, "p.md").findings if f.rule == rule]

    assert [(f.path, f.line) for f in found] == [("p.md", len(lines) + 2)]
    assert found[0].hint


def test_an_unknown_key_gets_a_suggestion():
    finding = next(f for f in parse("---\nserverity: SEV1\n---\n").findings if f.rule == "schema-unknown-key")

    assert finding.hint == "Did you mean `severity`?"


def test_missing_required_keys_are_named():
    findings = parse("---\nid: A\n---\n").findings

    assert [f.message for f in findings] == ["`severity` is missing.", "`status` is missing.", "`title` is missing."]


def test_tasks_know_owner_evidence_depth_and_section():
    text = """---
id: A
---
## 2. Preserve evidence
- [x] Disk images taken — owner: jane.smith; evidence: [OPS-1](https://t.example/OPS-1)
  - [ ] Memory too — owner: ; evidence:
- [ ] A dash - in the text
"""
    tasks = parse(text).postmortem.tasks

    assert [(t.text, t.done, t.depth, t.owner, t.evidence, t.section) for t in tasks] == [
        ("Disk images taken", True, 0, "jane.smith", "[OPS-1](https://t.example/OPS-1)", "2. Preserve evidence"),
        ("Memory too", False, 1, "", "", "2. Preserve evidence"),
        ("A dash - in the text", False, 0, "", "", "2. Preserve evidence"),
    ]


def test_action_items_under_sub_headings_are_one_list():
    text = "## Action items\n### Immediate\n| # | Action | Owner |\n|---|---|---|\n| 1 | A | x |\n### Long-term\n| # | Action | Owner |\n|---|---|---|\n| 2 | B | y |\n"

    assert [item.number for item in parse(text).postmortem.actions] == [1, 2]


@given(st.text())
def test_any_text_is_a_document(text):
    parsed = parse(text, "p.md")

    assert all(1 <= finding.line <= text.count("\n") + 1 for finding in parsed.findings)


@given(st.text(), st.text(alphabet="|-#: \nabAction Owner Time 0123[]x", max_size=300))
def test_any_front_matter_and_body_is_a_document(front, body):
    parse(f"---\n{front}\n---\n{body}")
