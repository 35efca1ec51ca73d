"""What the pages say: facts, turning points, action items, checklists, lists, and data with fixed names."""

import csv
import io
import json
import re

from generator.document.parse import parse
from generator.site.pages import data
from tests.site.pages.archive import NOW, page, staged, write

TABLE = """\
## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | Late | jane.smith | 2026-11-01 | open | |
| 2 | Soon | li.wei | 2026-11-21 | in progress | |
| 3 | Later | | 2027-01-01 | open | https://git.example.com/a/b/pull/12 |
| 4 | Undated | li.wei | | open | [T](https://jira.example.com/T) |
| 5 | Over | li.wei | 2026-01-01 | completed | OPS-1 |
"""


def test_the_timeline_tells_days_turning_points_and_sources():
    text = staged(
        write(
            more="detected: 2026-03-10T10:05:00Z\nmitigated: 2026-03-11T00:10:00Z\n",
            body="## Timeline\n\n| Time | Event | Source | Who |\n|---|---|---|---|\n| 10:00 | Errors begin | Logs | |\n| 10:05 | Noise |  | |\n"
            "| 10:05 | Alert detects it | PagerDuty | on-call |\n| 2026-03-11 00:10 | Rolled back | | |\n| soon | More | | |\n",
        )
    ).pages["postmortems/INC-2026-0001/index.md"]
    items = re.findall(r"<li.*</li>", text[text.index("pm-timeline") : text.index("</ol>")])

    assert len(items) == 7
    assert "Tuesday, 10 March 2026" in items[0]
    assert "Wednesday, 11 March 2026" in items[4]
    assert items[1].startswith('<li class="pm-started">')
    assert '<b class="pm-turn">Started</b>' in items[1]
    assert items[2].startswith("<li><time")
    assert items[3].startswith('<li class="pm-detected">')
    assert "pm-turn" not in items[3]
    assert "Who: on-call" in items[3]
    assert items[5].startswith('<li class="pm-mitigated">')
    assert 'datetime="2026-03-11T00:10:00Z"' in items[5]
    assert items[6].startswith("<li><span>soon</span>")


def test_a_table_that_is_no_timeline_stays_a_table():
    text = page("## Impact\n\n| When | Users |\n|---|---|\n| 10:00 | 5 |\n")

    assert '<table class="pm-table">' in text
    assert "pm-timeline" not in text


def test_action_items_are_flagged_where_something_is_missing():
    text = page(TABLE)
    rows = re.findall(r'<tr id="action-\d".*?</tr>', text)

    assert len(rows) == 5
    assert "Jane Smith" in rows[0]
    assert "overdue" in rows[0]
    assert "overdue" not in rows[1]
    assert "no owner" in rows[2]
    assert ">b#12</a>" in rows[2]
    assert "no date" in rows[3]
    assert '<a href="https://jira.example.com/T">T</a>' in rows[3]
    assert 'class="over"' in rows[4]
    assert "flag" not in rows[4]


def test_columns_that_nobody_knows_are_shown_all_the_same():
    text = page(
        TABLE.replace("| Ticket |", "| Ticket | Budget |")
        .replace("|---|\n| 1", "|---|---|\n| 1")
        .replace("| open | |", "| open | | 12 k |")
    )

    assert '<th scope="col">Budget</th>' in text
    assert "12 k" in text


def test_the_tracker_groups_by_due_date_and_begins_with_the_most_severe():
    site = staged(write(body=TABLE, severity="SEV3"), write("INC-2026-0002", "Worse", severity="SEV1", body=TABLE))
    text = site.pages["actions/index.md"]
    groups = re.findall(r'<h2 id="([a-z-]+)">[^<]*<span class="pm-number">(\d+)', text)
    late = text[text.index('id="overdue"') : text.index('id="this-week"')]

    assert groups == [("overdue", "2"), ("this-week", "2"), ("upcoming", "2"), ("no-date", "2"), ("done", "2")]
    assert late.index("SEV1") < late.index("SEV3")
    assert 'data-owner="jane.smith" data-due="overdue" data-status="open" data-severity="SEV1"' in late
    assert '<option value="none">Nobody</option>' in text
    assert 'href="../postmortems/INC-2026-0002/#action-1"' in late


def test_checklists_count_by_section_and_in_total():
    text = page("## One\n\n- [x] a\n- [ ] b\n\n## Two\n\n- [x] c\n")

    assert re.findall(r"<span>(Checklists?: .*?)</span>", text) == [
        "Checklists: 2 of 3 done",
        "Checklist: 1 of 2 done",
        "Checklist: 1 of 1 done",
    ]


def test_a_draft_says_so_and_a_published_page_does_not():
    draft = staged(write(status="draft", body="TODO: all\n")).pages["postmortems/INC-2026-0001/index.md"]

    assert "<strong>Draft.</strong>" in draft
    assert "1 place is marked TODO" in draft
    assert "pm-banner" not in page("Text\n")


def test_the_list_is_newest_first_with_facets_that_hold_what_is_there():
    site = staged(
        write(day="2025-01-01"), write("INC-2026-0002", day="2026-01-01", severity="critical", services="checkout")
    )
    text = site.pages["postmortems/index.md"]

    assert text.index("INC-2026-0002") < text.index("INC-2026-0001")
    assert re.findall(r'<option value="([^"]+)">([^<]+)', text) == [
        ("SEV1", "SEV1 (1)"),
        ("SEV2", "SEV2 (1)"),
        ("checkout-api", "checkout-api (2)"),
        ("outage", "outage (2)"),
        ("2026", "2026 (1)"),
        ("2025", "2025 (1)"),
        ("published", "Published (2)"),
    ]
    assert (
        'data-severity="SEV1" data-service="checkout-api" data-type="outage" data-year="2026" data-status="published"'
        in text
    )


def test_a_service_page_shows_its_own_postmortems_and_open_actions_with_n():
    site = staged(
        write(body=TABLE, more="mitigated: 2026-03-10T10:30:00Z\n"),
        write("INC-2026-0002", services="search", body=TABLE),
    )
    text = site.pages["services/checkout-api/index.md"]

    assert "Basket and checkout." in text
    assert "Owned by Jane Smith" in text
    assert "30 min" in text
    assert "(n = 1)" in text
    assert "INC-2026-0001" in text
    assert "INC-2026-0002" not in text
    assert text.count("data-") - text.count("data-sortable") > 0
    assert text.count("<tr><td data-v=") == 4


def test_an_empty_archive_has_every_page_of_the_navigation():
    site = staged()

    assert set(site.pages) == {
        f"{name}index.md" for name in ("", "postmortems/", "actions/", "services/", "tags/", "guide/")
    }


def test_documents_without_any_fact_are_shown_too():
    bare = parse("Just text.\n", "postmortems/old notes.md")
    site = staged(bare, parse("", "postmortems/empty.md"))

    assert {"postmortems/old-notes/index.md", "postmortems/empty/index.md"} <= set(site.pages)
    assert "Just text." in site.pages["postmortems/old-notes/index.md"]


def test_the_guide_is_rendered_beside_the_legend_with_links_between_its_pages():
    guide = {
        "docs/index.md": "# How we write\n\nSee [style](style.md#tone) and [one](../postmortems/2026/INC-2026-0001-slug.md).\n",
        "docs/style.md": "# Style\n\n## Tone\n\n![t](img/t.png)\n",
    }
    site = staged(write(), guide=[parse(text, path) for path, text in guide.items()])
    first = site.pages["guide/index.md"]

    assert 'title: "How we write"' in first
    assert "## Severities {#severities}" in first
    assert 'href="style/#tone"' in first
    assert 'href="../postmortems/INC-2026-0001/"' in first
    assert 'src="../../files/docs/img/t.png"' in site.pages["guide/style/index.md"]
    assert site.copies == {"files/docs/img/t.png": "docs/img/t.png"}


def test_the_data_have_exactly_the_fields_of_the_contract():
    site = staged(write(body=TABLE, more="mitigated: 2026-03-10T10:30:00Z\n"))
    postmortems, actions = json.loads(site.files["postmortems.json"]), json.loads(site.files["actions.json"])

    assert tuple(postmortems[0]) == data.POSTMORTEM_FIELDS
    assert tuple(actions[0]) == data.ACTION_FIELDS
    assert tuple(next(csv.reader(io.StringIO(site.files["postmortems.csv"].decode())))) == data.POSTMORTEM_FIELDS
    assert postmortems[0]["url"] == "postmortems/INC-2026-0001/"
    assert postmortems[0]["minutes_to_mitigate"] == 30
    assert postmortems[0]["resolved"] is None
    assert postmortems[0]["services"] == ["checkout-api"]
    assert actions[0]["url"].endswith("#action-1")
    assert actions[0]["overdue"] is True
    assert {
        "postmortem",
        "number",
        "action",
        "owner",
        "due",
        "status",
        "ticket",
        "ticket_url",
        "type",
        "priority",
        "severity",
        "overdue",
    } <= set(data.ACTION_FIELDS)
    assert json.loads(site.files["facets.json"]) == {"severities": ["SEV2"], "services": ["checkout-api"]}


def test_related_postmortems_are_the_nearest_in_kind_and_at_most_three():
    near = [
        write(f"INC-2026-000{n}", f"Index missing {n}", tags="database, index", day=f"2026-0{n}-01")
        for n in range(1, 7)
    ]
    far = write("INC-2026-0009", "Something else", services="mail", day="2026-09-01")
    text = staged(*near, far).pages["postmortems/INC-2026-0003/index.md"]
    found = re.findall(r'href="../../postmortems/([\w-]+)/"', text[text.index('id="related"') :])

    assert len(found) == 3
    assert "INC-2026-0009" not in found
    assert "INC-2026-0003" not in found
    assert 'id="related"' not in staged(*near, far).pages["postmortems/INC-2026-0009/index.md"]


def test_a_new_postmortem_of_another_kind_changes_no_other_page():
    old = [write(f"INC-2026-000{n}", tags="database", day=f"2026-0{n}-01") for n in range(1, 5)]
    before, after = (
        staged(*old),
        staged(*old, write("INC-2026-0009", "Mail is late", services="mail", day="2026-09-01")),
    )

    for n in range(1, 5):
        path = f"postmortems/INC-2026-000{n}/index.md"
        assert before.pages[path] == after.pages[path]


def test_the_overview_counts_draws_and_quotes():
    lucky = "## Lessons\n\n### Where we got lucky\n\n- It was a Tuesday at noon and hardly anybody was there.\n"
    text = staged(write(body=TABLE + "\n" + lucky, day=f"{NOW:%Y-%m}-01")).pages["index.md"]

    assert "<b>1</b> <span>Postmortem</span>" in text
    assert "<b>4</b> <span>Open actions</span>" in text
    assert 'aria-label="1 incident in the last twelve months; the most in one month: 1."' in text
    assert '<th scope="row">November 2026</th><td>1</td>' in text
    assert "It was a Tuesday at noon" in text
