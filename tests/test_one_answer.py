"""When it happened, by when what is due, and whether it is live: every door gives the same answer, on fifty documents."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from generator.check.rule import Context
from generator.check.rules import action_late, policy_follow_up, policy_published, policy_review
from generator.cli.main import cli
from generator.document import archive
from generator.document.model import Audience
from generator.draft import pull_request_text
from generator.draft.existing import twin_of
from generator.notify.due import NoticeFilter, due
from generator.notify.subject import NoticeSubject
from generator.settings.load import load
from generator.site.pages import data
from generator.site.pages.site import gather
from generator.sync.jira.rules import JiraRules
from generator.sync.plan.facts import archive_facts, facts_of
from generator.sync.plan.issue import wanted_issue
from generator.sync.planner import RunOptions, sync_items

SETTINGS = """\
severities:
  - {name: SEV1, aliases: [P1, sev 1, critical]}
  - {name: SEV2, aliases: [P2]}
since: 2020-01-01
policy:
  default: {follow_up: 10}
  SEV1: {review: 2, published: 4, actions: 30}
  holidays: [2026-03-04]
slack: {channel: C0EXAMPLE1, days: 20}
"""
ROWS = "| Time | Event |\n|---|---|\n| {} | One |\n| {} | Other |\n"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
START, KNOWN, BETTER, END = (
    f"{name}: 2026-03-{rest}Z\n"
    for name, rest in (
        ("started", "01T22:00:00"),
        ("detected", "01T23:30:00"),
        ("mitigated", "02T00:30:00"),
        ("resolved", "02T01:00:00"),
    )
)
# Front matter, rows of the timeline; when it happened and on what that rests; whether it has an end, and what it is.
SHAPES = {
    "whole": (START + KNOWN + BETTER + END, "", "2026-03-01T22:00:00Z", "started", True, "live"),
    "alert": (KNOWN + END, "", "2026-03-01T23:30:00Z", "detected", True, "live"),
    "going on": (KNOWN, "", "2026-03-01T23:30:00Z", "detected", False, "live"),
    "rows": (END, ("2026-03-01 21:00", "2026-03-01 22:00"), "2026-03-01T21:00:00Z", "timeline", True, "live"),
    "near miss": (
        "type: near-miss\n" + END,
        ("2026-03-01 22:00", "2026-03-01 20:15"),  # newest first
        "2026-03-01T20:15:00Z",
        "timeline",
        True,
        "live",
    ),
    "ended": (BETTER + END + "published: 2026-03-20\n", "", "2026-03-02T00:30:00Z", "mitigated", True, "live"),
    "published": ("published: 2026-03-20\n", ("22:00", "23:00"), "2026-03-20", "published", False, "live"),
    "nothing": ("started: soon\n", "", None, None, False, "live"),
    "imported": (START + END + "x-source: wiki/old.md\n", "", "2026-03-01T22:00:00Z", "started", True, "history"),
    "old": ("detected: 2013-05-01T10:00:00Z\n", "", "2013-05-01T10:00:00Z", "detected", False, "history"),
    "sample": (START + END + "sample: true\n", "", "2026-03-01T22:00:00Z", "started", True, "sample"),
}
# The end is Monday the 2nd of March, the 4th a holiday; the review was on the 10th. Days of review, publication, follow-up.
DAYS = {
    "SEV1": ("2026-03-05", "2026-03-06", "2026-03-20"),
    "P1": ("2026-03-05", "2026-03-06", "2026-03-20"),
    "Sev 1": ("2026-03-05", "2026-03-06", "2026-03-20"),
    "p2": ("2026-03-10", "2026-03-09", "2026-03-20"),
    "SEV9": (None, None, None),
}
CASES = [(shape, severity) for shape in SHAPES for severity in DAYS]
ITEMS = "| # | Action | Owner | Due date | Status | Ticket |\n|---|---|---|---|---|---|\n| 1 | Add an alert | li.wei | 2026-05-01 | open | |\n"


def name(number):
    return f"INC-2026-{number:04}"


def text(number, shape, severity):
    front, rows, *_ = SHAPES[shape]
    timeline = f"\n## Timeline\n\n{ROWS.format(*rows)}" if rows else ""
    return (
        f"---\nid: {name(number)}\ntitle: Number {number}\nstatus: draft\nseverity: {severity}\n{front}reviewed: 2026-03-10\n"
        f"commander: li.wei\n---\n{timeline}\n## Action items\n\n{ITEMS}"
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    (folder / "site_config").mkdir()
    (folder / "site_config" / "archive.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "site_config" / "people.yml").write_text("li.wei: {name: Li Wei, slack: U0LIWEI}\n", encoding="utf-8")
    for number, (shape, severity) in enumerate(CASES):
        archive.create(folder, f"postmortems/2026/{name(number)}-x.md", text(number, shape, severity))
    return folder


@pytest.fixture(scope="module")
def settings(root):
    return load(root).settings


@pytest.fixture(scope="module")
def documents(root):
    return {document.postmortem.id: document for document in archive.load(root)}


def ran(root, *arguments):
    result = CliRunner().invoke(
        cli, ["-C", str(root), *arguments], env={"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    )
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def listed(root):
    return {row["id"]: row for row in json.loads(ran(root, "list", "--format", "json").stdout)}


@pytest.fixture(scope="module")
def shown(documents, settings):
    site, _ = gather(documents.values(), settings, now=NOW, audience=Audience.RESTRICTED)
    return {entry.name: (entry, data.postmortem(entry, site)) for entry in site.entries}


def test_there_are_fifty_of_them(documents):
    assert len(documents) == len(CASES) >= 50


@pytest.mark.parametrize("number", range(len(CASES)), ids=[" ".join(case) for case in CASES])
def test_when_it_happened(number, documents, settings, listed, shown):
    *_, iso, basis, _, _ = SHAPES[CASES[number][0]]
    document = documents[name(number)]
    entry, row = shown[name(number)]
    day = iso[:10] if iso else None

    assert (listed[name(number)]["occurred"], listed[name(number)]["occurred_from"]) == (iso, basis)
    assert (row["occurred"], row["occurred_from"]) == (iso, basis)
    assert (entry.day and entry.day.isoformat()) == day
    subject = NoticeSubject(document, settings)
    assert (subject.day and subject.day.isoformat()) == day
    issue = wanted_issue(facts_of(document, settings), settings)
    dated = [label for label in issue.labels if re.search(r"-\d{8}$", label)]
    assert dated == ([f"{issue.severity.lower()}-{day.replace('-', '')}"] if day else [])
    said = re.search(r"\*\*Opened:\*\* (\S+ \S+) UTC(?: \((.+)\))?", "".join(part.markdown for part in issue.parts))
    started = re.search(r"Started: (\S+ \S+) UTC", proposed(document, settings))
    if basis in {"started", "detected", "timeline"}:
        clock = iso[:16].replace("T", " ")
        qualifier = {"started": None, "detected": "detected", "timeline": "first timeline entry"}[basis]
        assert said is not None
        assert said.groups() == (clock, qualifier)
        assert started is not None
        assert started[1] == clock
    else:
        assert said is None
        assert started is None
    assert (twin_of(document, [document]) is document) == bool(iso and "T" in iso)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[" ".join(case) for case in CASES])
def test_by_when_what_is_due(number, documents, settings, listed, shown):
    shape, severity = CASES[number]
    review, publish, follow_up = DAYS[severity]
    review, publish = (review, publish) if SHAPES[shape][4] else (None, None)
    document = documents[name(number)]
    expected = {"review_due": review, "publish_due": publish, "follow_up_due": follow_up}

    assert {key: listed[name(number)][key] for key in expected} == expected
    assert {key: shown[name(number)][1][key] for key in expected} == expected
    subject = NoticeSubject(document, settings)
    days = (subject.due.review, subject.due.publish, subject.due.follow_up)
    assert [str(deadline.day) if deadline else None for deadline in days] == [review, publish, follow_up]
    issue = wanted_issue(facts_of(document, settings), settings)
    assert (issue.due and issue.due.isoformat()) == publish
    body = proposed(document, settings)
    assert re.findall(r"Review due: (\S+)", body) == ([review] if review else [])
    assert re.findall(r"Publication due: (\S+)", body) == ([publish] if publish else [])
    context = Context(settings, NOW.date())
    checked = [
        [
            re.findall(r"due on (\S+),|published by (\S+),|follow-up was on (\S+),", hit.message)
            for hit in rule(document, context)
        ]
        for rule in (policy_review.check, policy_published.check, policy_follow_up.check)
    ]
    late = review is not None and review < "2026-03-10"
    assert checked[0] == ([[(review, "", "")]] if late else [])
    assert checked[1] == ([[("", publish, "")]] if publish else [])
    assert checked[2] == ([[("", "", follow_up)]] if follow_up else [])
    limit = [re.findall(r"until (\S+)\.$", hit.message) for hit in action_late.check(document, context)]
    begun = {True: "2026-04-01", False: "2026-03-31"}[SHAPES[shape][4]]
    latest = "2013-05-31" if shape == "old" else begun
    bound = DAYS[severity] == DAYS["SEV1"] and shape not in {"published", "nothing"}
    assert limit == ([[latest]] if bound else [])


@pytest.mark.parametrize("number", range(len(CASES)), ids=[" ".join(case) for case in CASES])
def test_whether_it_is_live(number, listed, shown):
    scope = SHAPES[CASES[number][0]][5]
    entry, row = shown[name(number)]

    assert listed[name(number)]["scope"] == row["scope"] == str(entry.scope) == scope
    assert entry.current == (scope == "live")
    assert entry.counted == (scope != "sample")
    assert listed[name(number)]["actions_overdue"] == row["actions_overdue"] == (1 if scope == "live" else 0)


def proposed(document, settings):
    """The text of the draft's pull request as people read it."""
    return pull_request_text.body(document.postmortem, settings, "b").replace("\\", "")


def of(scope):
    return {name(number) for number, (shape, _) in enumerate(CASES) if SHAPES[shape][5] == scope}


def test_only_live_ones_become_tickets(documents, settings):
    planned = sync_items(archive_facts(documents.values(), settings), RunOptions(settings, JiraRules(settings)))

    assert {item.id for item in planned} == of("live")


def test_only_of_live_ones_anybody_is_reminded(documents, settings):
    for day in (date(2026, 3, 6), date(2026, 3, 12), date(2026, 5, 4)):
        notices, _ = due(documents.values(), settings, day, NoticeFilter())
        told = {found for notice in notices for found in re.findall(r"INC-\d{4}-\d{4}", str(notice))}
        assert told
        assert told <= of("live")


def test_the_list_of_action_items_is_of_live_ones_and_says_how_many_others_there_are(root):
    live = ran(root, "actions", "--format", "json")
    rows = json.loads(live.stdout)

    assert {row["postmortem"] for row in rows} == of("live")
    assert all(row["overdue"] and row["scope"] == "live" for row in rows)
    others = len(of("history")) + len(of("sample"))
    assert f"{others} other action items are outside the scope live; --scope all lists every one." in live.stderr
    for scope in ("history", "sample"):
        rows = json.loads(ran(root, "actions", "--scope", scope, "--format", "json").stdout)
        assert {row["postmortem"] for row in rows} == of(scope)
        assert not any(row["overdue"] for row in rows)
    everything = ran(root, "actions", "--scope", "all", "--format", "json")
    assert len(json.loads(everything.stdout)) == len(CASES)
    assert "outside the scope" not in everything.stderr


def test_list_finds_by_the_same_answer_and_says_what_it_left_out(root):
    found = ran(root, "list", "--since", "2026-03-01", "--format", "json")

    expected = {name(number) for number, (shape, _) in enumerate(CASES) if (SHAPES[shape][2] or "") >= "2026"}
    assert {row["id"] for row in json.loads(found.stdout)} == expected
    assert "5 postmortems give no time and were left out by --since and --until." in found.stderr
    table = ran(root, "list").stdout
    assert "2026-03-01T23:30:00Z (detected)" in table
    assert "2026-03-20 (published)" in table
