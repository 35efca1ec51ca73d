"""A row's source leads somewhere."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of, said


def source(cell, *more):
    return changed(("| PagerDuty |", f"| {cell} |"), *more)


@pytest.mark.parametrize(
    "cell",
    [
        "PagerDuty",
        "Job log",
        "[alert](https://alerts.example.com/7)",
        "`logs[0]`",
        "TODO: ask Support",
        "<https://example.com>",
        "jane.smith",
    ],
)
def test_tools_places_people_and_links_are_sources(cell):
    assert findings(source(cell), "timeline-source") == []


def test_brackets_that_lead_nowhere_are_named():
    assert said(source("[alert]"), "timeline-source") == [
        (line_of("**Detected:**"), "The source points to [alert], which leads nowhere.")
    ]


def test_brackets_with_a_definition_or_an_entry_of_the_links_lead_there():
    assert findings(source("[alert]") + "\n[alert]: https://alerts.example.com/7\n", "timeline-source") == []
    entry = (
        "audience: internal",
        "audience: internal\nlinks:\n  - {type: alert, targetId: https://alerts.example.com/7}",
    )
    assert findings(source("[Alert]", entry), "timeline-source") == []


@pytest.mark.parametrize("cell", ["", "-", "n/a", "?"])
def test_an_empty_source_among_filled_ones_gets_advice(cell):
    (found,) = findings(source(cell), "timeline-source")

    assert (found.message, found.severity) == ("This row does not say where it comes from.", "advice")


def test_a_column_that_is_empty_throughout_is_let_be():
    text = GOOD
    for word in ("GitHub", "Logs", "PagerDuty", "Grafana", "Jira"):
        text = text.replace(f"| {word} |", "|  |")

    assert findings(text, "timeline-source") == []
    assert findings(GOOD, "timeline-source") == []
