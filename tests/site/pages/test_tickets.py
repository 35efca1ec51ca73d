"""A ticket cell is a link wherever it names something that has an address."""

from dataclasses import replace

import pytest

from generator.settings.jira import JiraSettings
from generator.settings.model import Settings
from generator.site.pages import actions
from tests.site.pages.archive import SETTINGS, staged, write

ISSUE = "https://github.com/fernway/checkout/issues/12"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (ISSUE, "checkout#12"),
        ("fernway/checkout#12", "fernway/checkout#12"),
        (f"[the issue]({ISSUE})", "the issue"),
        ("`fernway/checkout#12`", "fernway/checkout#12"),
        (f"<{ISSUE}>", "checkout#12"),
        (f"**[the issue]({ISSUE})** <!-- [hidden](https://secret.example/plan) -->", "the issue"),
    ],
)
def test_an_issue_on_github_is_a_link(cell: str, shown: str) -> None:
    found = actions.ticket(cell, Settings())
    assert f'href="{ISSUE}"' in found
    assert f">{shown}</a>" in found
    assert "secret" not in found


@pytest.mark.parametrize("cell", ["#12", "OPS-12", "a/b/c#12", "a.b/c#12", "fernway/checkout#0", "x/y#12-z"])
def test_what_has_no_address_is_shown_as_it_is(cell: str) -> None:
    assert actions.ticket(cell, Settings()) == cell


def test_a_bare_key_leads_to_the_archives_jira_where_it_has_one() -> None:
    here = Settings(jira=JiraSettings(url="https://jira.example.com/"))
    shown = '<a href="https://jira.example.com/browse/OPS-12">OPS-12</a>'
    assert actions.ticket("OPS-12", Settings()) == "OPS-12"
    assert actions.ticket("`OPS-12`", here) == shown
    assert actions.ticket("OPS-12 and more", here) == f"{shown} and more"
    assert "browse" not in actions.ticket("javascript:OPS-12", here)


def test_a_text_that_was_remembered_is_made_anew_where_the_address_of_jira_is_another_one() -> None:
    table = "| # | Action | Owner | Due date | Status | Ticket |\n|---|---|---|---|---|---|\n| 1 | Alert | | | open | OPS-7 |\n"
    document = write(body=f"## Action items\n\n{table}")
    remembered: dict[str, str] = {}

    def shown(url: str) -> str:
        settings = replace(SETTINGS, jira=JiraSettings(url=url))
        return staged(document, settings=settings, remembered=remembered).pages["postmortems/INC-2026-0001/index.md"]

    assert "browse/OPS-7" not in shown("")
    assert "https://jira.example.com/browse/OPS-7" in shown("https://jira.example.com")
