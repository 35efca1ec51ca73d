"""Figures on the site: never of a sample beside real ones, and nothing overdue in history."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

from generator.document.parse import parse
from generator.site.pages import data
from tests.site.pages.archive import SETTINGS, staged, write

MITIGATED = "detected: 2026-03-10T10:05:00Z\nmitigated: {}\n"
ITEMS = (
    "## Action items\n\n| # | Action | Owner | Due date | Status | Ticket |\n|---|---|---|---|---|---|\n"
    "| 1 | Late | jane.smith | 2026-11-01 | open | |\n| 2 | Undated | | | open | |\n"
)
REAL = write(more=MITIGATED.format("2026-03-10T10:30:00Z"), body=ITEMS)
SAMPLE = write(
    "INC-2025-0001",
    "Shipped example",
    day="2026-10-04",
    services="example-service",
    more="mitigated: 2026-10-04T19:00:00Z\nsample: true\n",
    body=ITEMS,
)
OLD = write("INC-2026-0002", "Imported", more="mitigated: 2026-03-10T10:50:00Z\nx-source: wiki/old.md\n", body=ITEMS)
SINCE = replace(SETTINGS, since=date(2026, 1, 1))


def tiles(page):
    return {words: number for number, words in re.findall(r"<b>([^<]+)</b> <span>([^<]+)</span>", page)}


def test_a_sample_beside_real_ones_is_in_no_figure():
    alone, mixed = staged(REAL), staged(REAL, SAMPLE)

    assert tiles(mixed.pages["index.md"]) == tiles(alone.pages["index.md"])
    figure = re.compile(r'<figure class="pm-chart">.*?</figure>', re.DOTALL)
    assert figure.findall(mixed.pages["index.md"]) == figure.findall(alone.pages["index.md"])
    assert tiles(mixed.pages["actions/index.md"]) == tiles(alone.pages["actions/index.md"])
    row = next(line for line in mixed.pages["services/index.md"].splitlines() if "example-service" in line)
    assert "<td>0</td>" in row
    assert "overdue" not in row
    assert "Sample" in mixed.pages["postmortems/INC-2025-0001/index.md"]
    assert 'class="chip d-published">Sample</span>' in mixed.pages["postmortems/index.md"]


def test_an_archive_of_samples_alone_counts_them():
    page = staged(SAMPLE).pages["index.md"]

    assert tiles(page)["Postmortem"] == "1"
    assert tiles(page)["Overdue"] == "1"
    assert tiles(page)["Median time to mitigate (n = 1)"] == "9 h"


def test_a_sample_that_readers_do_not_see_real_ones_beside_is_still_not_counted():
    hidden = write("INC-2026-0009", audience="restricted")

    assert tiles(staged(SAMPLE, hidden).pages["index.md"])["Postmortems"] == "0"


def test_history_counts_as_incidents_and_its_open_items_are_nobodys():
    site = staged(REAL, OLD, write("INC-2025-0007", day="2025-12-31", body=ITEMS), settings=SINCE)
    overview = tiles(site.pages["index.md"])

    assert (overview["Postmortems"], overview["Open actions"], overview["Overdue"]) == ("3", "2", "1")
    assert overview["Median time to mitigate (n = 2)"] == "40 min"
    tracker = site.pages["actions/index.md"]
    assert (tiles(tracker)["Overdue"], tiles(tracker)["Without an owner"]) == ("1", "1")
    history = tracker[tracker.index('id="history"') :]
    assert history.count("<tr data-") == 4
    assert "overdue" not in history
    assert 'class="flag"' not in history
    assert "overdue" not in site.pages["postmortems/INC-2026-0002/index.md"]
    rows = json.loads(site.files["actions.json"])
    assert {(row["postmortem"], row["overdue"]) for row in rows if row["number"] == 1} == {
        ("INC-2026-0001", True),
        ("INC-2026-0002", False),
        ("INC-2025-0007", False),
    }


def test_a_time_that_is_no_start_says_what_it_is():
    alert = write("INC-2026-0003", "From an alert").text.replace("started:", "detected:")
    site = staged(REAL, parse(alert, "postmortems/2026/INC-2026-0003-x.md"))

    row = next(line for line in site.pages["postmortems/index.md"].splitlines() if "From an alert" in line)
    assert '<time datetime="2026-03-10">10 Mar 2026</time> <small>(detected)</small>' in row
    assert 'data-year="2026"' in row
    page = site.pages["postmortems/INC-2026-0003/index.md"]
    assert "<small>(detected)</small>" in page
    assert '<div class="pm-detected"><dt>Detected</dt>' in page


def test_the_data_have_the_new_fields_behind_the_old_ones():
    rows = list(csv.DictReader(io.StringIO(staged(REAL, OLD).files["postmortems.csv"].decode())))

    assert list(rows[0])[-6:] == ["occurred", "occurred_from", "review_due", "publish_due", "follow_up_due", "scope"]
    assert tuple(rows[0]) == data.POSTMORTEM_FIELDS
    assert {row["id"]: row["scope"] for row in rows} == {"INC-2026-0001": "live", "INC-2026-0002": "history"}
