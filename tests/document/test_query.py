"""Questions to the archive are answered in the right order with the right flags."""

from datetime import date

import pytest

from generator.document import query
from generator.document.parse import parse
from generator.document.query import Due, Filter
from generator.settings.model import Person, Service, Settings

TODAY = date(2026, 11, 20)  # a Friday
EVERYTHING = Filter()


def postmortem(number, severity, started, *, rows="", **front):
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    table = "| # | Action | Owner | Due date | Status | Ticket |\n|---|---|---|---|---|---|\n" + rows
    return parse(
        f"---\nid: INC-{number}\ntitle: Title {number}\nstatus: published\nseverity: {severity}\nstarted: {started}\n{lines}---\n\n## Action items\n\n{table}",
        f"postmortems/{number}.md",
    )


DOCUMENTS = (
    postmortem(
        1,
        "SEV3",
        "2026-01-10T10:00:00Z",
        services="[search]",
        rows="| 1 | Tune pool | @jane.smith | 2026-11-19 | open | |\n| 2 | Old one | li.wei | 2026-01-01 | done | |\n",
    ),
    postmortem(
        2,
        "SEV1",
        "2026-02-10T10:00:00Z",
        services="[checkout-api]",
        commander="jane.smith",
        rows="| 1 | Add alert | | 2026-11-22 | open | |\n| 2 | Runbook | li.wei | | in progress | |\n",
    ),
    postmortem(
        3,
        "SEV1",
        "2026-03-10T10:00:00Z",
        services="[checkout-api, search]",
        tags="[dns]",
        rows="| 1 | Replace resolver | Li Wei | 2026-11-23 | open | |\n| 2 | Skip it | li.wei | 2026-11-01 | won't do | |\n",
    ),
)
SETTINGS = Settings(
    people=(Person("jane.smith", "Jane Smith", "jane@example.com"), Person("li.wei", "Li Wei")),
    services=(Service("checkout-api", aliases=("checkout",)),),
)
LIVE = {document.path for document in DOCUMENTS}


def ids(wanted=EVERYTHING, sort="severity"):
    return [d.postmortem.id for d in query.postmortems(DOCUMENTS, wanted, SETTINGS, sort)]


def items(wanted=EVERYTHING):
    return [f"{d.postmortem.id}#{item.number}" for d, item in query.actions(DOCUMENTS, wanted, SETTINGS, TODAY, LIVE)]


def test_sev1_comes_first_and_then_the_newest():
    assert ids() == ["INC-3", "INC-2", "INC-1"]
    assert ids(sort="date") == ["INC-3", "INC-2", "INC-1"]
    assert ids(sort="id") == ["INC-1", "INC-2", "INC-3"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(severity=("critical",)), ["INC-3", "INC-2"]),
        (Filter(service=("checkout",)), ["INC-3", "INC-2"]),
        (Filter(tag=("DNS",)), ["INC-3"]),
        (Filter(owner=("jane@example.com",)), ["INC-2", "INC-1"]),
        (Filter(since=date(2026, 2, 1), until=date(2026, 2, 28)), ["INC-2"]),
        (Filter(text="resolver"), ["INC-3"]),
        (Filter(status=("draft",)), []),
        (Filter(type=("outage",)), ["INC-3", "INC-2", "INC-1"]),
    ],
)
def test_postmortems_are_filtered(wanted, expected):
    assert ids(wanted) == expected


def test_open_items_come_first_most_severe_first_then_by_due_date():
    assert items() == ["INC-2#1", "INC-3#1", "INC-2#2", "INC-1#1", "INC-3#2", "INC-1#2"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(due=(Due.OVERDUE,)), ["INC-1#1"]),
        (Filter(due=(Due.THIS_WEEK,)), ["INC-2#1"]),
        (Filter(due=(Due.UPCOMING,)), ["INC-3#1"]),
        (Filter(due=(Due.NO_DATE,)), ["INC-2#2"]),
        (Filter(owner=("li.wei",), status=("open", "in progress")), ["INC-3#1", "INC-2#2"]),
        (Filter(owner=("none",)), ["INC-2#1"]),
        (Filter(status=("won't do",)), ["INC-3#2"]),
        (Filter(text="alert"), ["INC-2#1"]),
        (Filter(severity=("SEV3",)), ["INC-1#1", "INC-1#2"]),
    ],
)
def test_action_items_are_filtered(wanted, expected):
    assert items(wanted) == expected


def test_items_without_owner_or_date_are_flagged_and_done_ones_never():
    flags = {
        f"{d.postmortem.id}#{i.number}": query.flags(i, TODAY, current=True)
        for d, i in query.actions(DOCUMENTS, Filter(), SETTINGS, TODAY, LIVE)
    }

    assert flags == {
        "INC-2#1": ("no owner",),
        "INC-3#1": (),
        "INC-2#2": ("no date",),
        "INC-1#1": ("overdue",),
        "INC-3#2": (),
        "INC-1#2": (),
    }


def test_the_record_of_an_action_item_is_the_contract():
    d, item = query.actions(DOCUMENTS, Filter(due=(Due.OVERDUE,)), SETTINGS, TODAY, LIVE)[0]

    assert query.action_row(d, item, SETTINGS, TODAY, current=True) == {
        "postmortem": "INC-1",
        "number": 1,
        "action": "Tune pool",
        "owner": "jane.smith",
        "due": "2026-11-19",
        "status": "open",
        "ticket": None,
        "ticket_url": None,
        "type": None,
        "priority": None,
        "severity": "SEV3",
        "overdue": True,
    }


def test_open_items_of_history_are_neither_overdue_nor_flagged_and_come_behind_the_others():
    live = LIVE - {"postmortems/2.md"}
    everything = query.actions(DOCUMENTS, Filter(), SETTINGS, TODAY, live)

    order = [f"{d.postmortem.id}#{item.number}" for d, item in everything]
    assert order == ["INC-3#1", "INC-1#1", "INC-2#1", "INC-2#2", "INC-3#2", "INC-1#2"]
    assert query.flags(DOCUMENTS[1].postmortem.actions[0], TODAY, current=False) == ()
    assert query.actions(DOCUMENTS, Filter(due=(Due.THIS_WEEK, Due.NO_DATE)), SETTINGS, TODAY, live) == []
    late = DOCUMENTS[0]
    assert query.postmortem_row(late, SETTINGS, TODAY, current=True)["actions_overdue"] == 1
    assert query.postmortem_row(late, SETTINGS, TODAY, current=False)["actions_overdue"] == 0


def test_a_severity_is_sorted_by_whichever_of_its_names_it_is_written():
    aliased = postmortem(4, "P1", "2026-04-10T10:00:00Z")

    shown = query.postmortems([*DOCUMENTS, aliased], Filter(), SETTINGS)
    assert [d.postmortem.id for d in shown] == ["INC-4", "INC-3", "INC-2", "INC-1"]


def test_those_without_any_time_are_last_and_what_since_leaves_out_is_counted():
    timeless = parse("---\nid: INC-5\ntitle: x\nstatus: draft\nseverity: SEV1\n---\n", "postmortems/5.md")
    detected = parse(
        timeless.text.replace("INC-5", "INC-6").replace("severity", "detected: 2026-05-01T00:00:00Z\nseverity"),
        "postmortems/6.md",
    )
    documents = [timeless, *DOCUMENTS, detected]

    newest_first = [d.postmortem.id for d in query.postmortems(documents, Filter(), SETTINGS, "date")]
    assert newest_first == ["INC-6", "INC-3", "INC-2", "INC-1", "INC-5"]
    since = Filter(since=date(2026, 5, 1))
    assert [d.postmortem.id for d in query.postmortems(documents, since, SETTINGS)] == ["INC-6"]
    assert query.undated(documents, since, SETTINGS) == 1
    assert query.undated(documents, Filter(since=date(2026, 5, 1), severity=("SEV3",)), SETTINGS) == 0
    assert query.undated(documents, Filter(), SETTINGS) == 0
