"""Whatever other tools write, a draft keeps its shape: every value reads back, every row is found, nothing acts."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import markdown
import pytest
import yaml
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from generator.document.parse import parse
from generator.draft.compose import compose
from generator.draft.escape import one_line
from generator.draft.incident import (
    Alert,
    ErrorGroup,
    Event,
    EventKind,
    FollowUp,
    Incident,
    Participant,
    Reference,
    Release,
)
from generator.draft.merge import merge
from generator.draft.templating import read_template
from generator.settings.model import Settings
from tests.draft.rich import NOW, at
from tests.folders import REPOSITORY
from tests.sampling import examples

TEMPLATES = REPOSITORY / "templates"
NAMES = ("outage", "security", "lightweight", "near-miss")
HOSTILE = [
    "a: b # c",
    "'single' and \"double\"",
    "---",
    "--- not the end",
    "@handle",
    "!tag",
    "%directive",
    "&anchor *alias",
    "NO",
    "14:32",
    "2026-03-15",
    "1e3",
    "null",
    "~",
    "- item",
    "[a, b]",
    "{a: b}",
    "| pipe | in | cell |",
    "ends with a backslash \\",
    "ends with a pipe \\|",
    "`code` and ``more``",
    "<script>alert(1)</script>",
    "\\<img src=x onerror=alert(1)>",
    "![](https://tracker.example.com/pixel.png)",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "# Heading",
    "## Timeline",
    "line\nbreak",
    "Title\n=====",
    "Title\n---",
    "```\nunclosed",
    "~~~~ `x`\nunclosed",
    "- a\n  ```\n\n<script>alert(1)</script>",
    "<!-- unclosed",
    "<details>",
    "{{ incident.title }} {% for x in y %}",
    "{: onclick=alert(1) }",
    "x{onclick=alert(1)}",
    "bidi \u202e evil",
    "nul \x00 bell \x07 esc \x1b[31m",
    "separators \u2028 \u2029 \x85 \x0b \x0c",
    "half \ud83d",
    "\ufeffbom",
    "emoji 👩‍👩‍👧 and ümlaut",
    "x" * 3000,
    "TODO: not ours",
    "[Timeline]: javascript:alert(1)",
    "> quote\n> # Heading",
    "    indented <script>",
    "| Time | Event |\n|---|---|\n| 2026-01-01 00:00 | fake |",
]
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text("#`~|<>[](){}*_-=!&\\: \n\tab1'\"", max_size=60),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("\n".join),
)
WORD = TEXT.filter(one_line)


@cache
def template(name):
    path = TEMPLATES / f"{name}.md.j2"
    return read_template(path.read_text(encoding="utf-8"), f"templates/{path.name}")


def drafted(incident, name="outage", **changes):
    return compose(
        merge([incident], Settings()), template(name), Settings(), id="INC-2026-0001", now=NOW, **changes
    ).text


def everywhere(title, text):
    return Incident(
        source="Tool",
        ref=text,
        title=title,
        url="https://tool.example.com/1",
        severity=text,
        priority=text,
        status=text,
        category=text,
        kind=text,
        environment=text,
        description=text,
        impact=text,
        created=at(0),
        resolved=at(90),
        services=(text, "checkout-api"),
        components=(text,),
        tags=(text,),
        participants=(Participant("commander", text), Participant("scribe", text)),
        channel=text,
        events=tuple(
            Event(at(number), f"{text} {number}", "Tool", kind, actor=text, url="https://tool.example.com/e")
            for number, kind in enumerate(EventKind, 1)
        ),
        alerts=(Alert(text, at(30), at(40), text, text, "https://tool.example.com/a", text),),
        errors=(ErrorGroup(text, text, 3, 2, at(0), at(9), text, text, "https://tool.example.com/x", text),),
        releases=(Release(text, at(-9), text, text, "https://tool.example.com/r", text, "caused_by"),),
        references=(Reference("https://tool.example.com/page", text, text, text),),
        follow_ups=(FollowUp(text, "OPS-1", "https://tool.example.com/OPS-1", text, "", text, text, text),),
        metrics={"errorRate": text, "latency": text},
    )


def faults(text):
    """What the parser has against a draft, but for the severity that no hostile word gives."""
    return [one for one in parse(text).findings if one.message != "`severity` is missing."]


def headings(text):
    return [section.title for section in parse(text).postmortem.sections]


@pytest.mark.parametrize(
    ("name", "text"), [*(("outage", text) for text in HOSTILE), *((name, "\n".join(HOSTILE)) for name in NAMES)]
)
def test_a_hostile_value_changes_nothing_of_the_shape(name, text):
    calm = drafted(everywhere("Title", "calm"), name)
    wild = drafted(everywhere("Title", text), name)

    assert headings(wild) == headings(calm)
    known, calm_known = parse(wild).postmortem, parse(calm).postmortem
    assert len(known.timeline) == len(calm_known.timeline)
    assert all(entry.time for entry in known.timeline)
    assert len(known.actions) == 1
    assert len(known.tasks) == len(calm_known.tasks)
    assert faults(wild) == []


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(title=WORD, text=TEXT, services=st.lists(WORD, max_size=3))
@example(title="a: b # c", text="", services=["NO", "14:32", "a, b", "x: y"])
def test_front_matter_reads_back_exactly_the_values(title, text, services):
    incident = replace(everywhere(title, text), services=tuple(services))
    written = drafted(incident)

    values = yaml.safe_load(written.split("\n---\n")[0])
    assert values["title"] == one_line(title)
    unique = {}
    for service in map(one_line, services):
        unique.setdefault(service.casefold(), service)
    assert values.get("services", []) == list(unique.values())
    assert values.get("incident", "") == one_line(text)
    assert values.get("category", "") == one_line(text)
    assert faults(written) == []
    written.encode("utf-8")


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(WORD, max_size=8), description=TEXT)
def test_every_event_is_found_as_a_row_at_its_minute(texts, description):
    events = tuple(Event(at(10 * number), text, "Tool") for number, text in enumerate(texts))
    incident = Incident(source="Tool", title="Title", description=description, impact=description, events=events)

    known = parse(drafted(incident)).postmortem

    assert [entry.time for entry in known.timeline] == [event.at for event in events]
    assert headings(drafted(incident))[:4] == ["Summary", "Impact", "Timeline", "Root cause"]
    assert {entry.source for entry in known.timeline} <= {"Tool"}


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXT)
def test_nothing_in_the_rendered_page_acts(text):
    body = drafted(everywhere("Title", text)).split("\n---\n", 1)[1]

    page = markdown.markdown(
        body, extensions=["tables", "pymdownx.superfences", "attr_list", "md_in_html", "footnotes"]
    )

    tags = set(re.findall(r"<([a-z0-9]+)", page))
    assert tags.isdisjoint({"script", "img", "iframe", "style", "object", "form", "input", "svg", "link", "meta"}), page
    attributes = " ".join(re.findall(r"<[a-z0-9]+ ([^>]*)>", page))
    assert not re.search(r"\bon\w+=", attributes)
    assert not re.search(r'(?:href|src)="(?!https?:|mailto:|#)', attributes)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1),  # noqa: DTZ001 - a naive one is meant
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 3, 15, 14, 32),  # noqa: DTZ001 - a naive one is meant
        datetime.fromisoformat("0001-01-01T00:00:00+14:00"),
        datetime.fromisoformat("9999-12-31T23:59:59-12:00"),
    ],
)
def test_no_moment_breaks_a_draft_and_impossible_ones_are_no_facts(moment):
    incident = Incident(
        source="Tool",
        title="Title",
        created=moment,
        started=moment,
        resolved=moment,
        events=(Event(moment, "Something", "Tool", EventKind.STATUS),),
        alerts=(Alert("Alert", moment, moment),),
        errors=(ErrorGroup("Error", first_seen=moment),),
        releases=(Release("v1", moment),),
    )

    known = parse(drafted(incident)).postmortem

    rows = [entry.event for entry in known.timeline]
    assert "Something" in rows
    if moment.year == 2026:
        assert known.started == known.resolved == moment.replace(tzinfo=UTC)
    else:
        assert (known.started, known.detected, known.resolved) == (None, None, None)
        assert rows == ["Something"]


def test_no_event_at_all_still_gives_a_table_to_fill_in():
    known = parse(drafted(Incident(source="Tool", title="Title")))

    assert known.postmortem.timeline == ()
    assert "| Time | Event | Source |" in known.text
    assert "TODO: what happened when?" in known.text
