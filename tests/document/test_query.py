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


def ids(wanted=EVERYTHING, sort="severity"):
    return [d.postmortem.id for d in query.postmortems(DOCUMENTS, wanted, SETTINGS, sort)]


def items(wanted=EVERYTHING):
    return [f"{d.postmortem.id}#{item.number}" for d, item in query.actions(DOCUMENTS, wanted, SETTINGS, TODAY)]


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
        f"{d.postmortem.id}#{i.number}": query.flags(i, TODAY)
        for d, i in query.actions(DOCUMENTS, Filter(), SETTINGS, TODAY)
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
    d, item = query.actions(DOCUMENTS, Filter(due=(Due.OVERDUE,)), SETTINGS, TODAY)[0]

    assert query.action_row(d, item, TODAY) == {
        "postmortem": "INC-1",
        "number": 1,
        "action": "Tune pool",
        "owner": "jane.smith",
        "due": "2026-11-19",
        "status": "open",
        "ticket": None,
        "type": None,
        "priority": None,
        "severity": "SEV3",
        "overdue": True,
    }
