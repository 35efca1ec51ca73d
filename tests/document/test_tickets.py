"""Which ticket something is: one answer for JSON, the site, notices and trackers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.tickets import GITHUB, JIRA, Ticket, github_address, jira_address, mentions, ticket_of
from generator.settings.jira import JiraSettings
from generator.settings.model import Service, Settings

SITE = "https://jira.example.com/jira"
HUB = "https://github.com"
SETTINGS = Settings(
    jira=JiraSettings(url=f"{SITE}/"),
    tracker="github",
    github="fernway/general",
    services=(Service("checkout-api", aliases=("checkout",), github="fernway/Checkout"), Service("s", tracker="jira")),
)
OPS_7 = Ticket(JIRA, "OPS-7", f"{SITE}/browse/OPS-7")
ISSUE = Ticket(GITHUB, "fernway/Checkout#12", f"{HUB}/fernway/Checkout/issues/12")


@pytest.mark.parametrize(
    ("cell", "ticket"),
    [
        ("OPS-7", OPS_7),
        ("**`OPS-7`**", OPS_7),
        ("OPS-7, OPS-8", OPS_7),
        ("`OPS-7`, `OPS-8`", OPS_7),
        (f"{SITE}/browse/OPS-7, OPS-8", OPS_7),
        (f"[the ticket]({SITE}/browse/OPS-7)", OPS_7),
        ("#12", ISSUE),
        ("FERNWAY/checkout#12", ISSUE),
        ("fernway/checkout#12 (closed)", ISSUE),
        ("<!-- OPS-9 --> #12 <!-- [hidden](https://secret.example/plan) -->", ISSUE),
    ],
)
def test_a_ticket_of_the_archives_own_trackers_is_known_however_it_is_written(cell, ticket):
    assert ticket_of(cell, SETTINGS, ("Checkout",)) == ticket


@pytest.mark.parametrize(
    ("cell", "key", "address"),
    [
        ("stranger/tides#7", "stranger/tides#7", f"{HUB}/stranger/tides/issues/7"),
        ("https://github.com/stranger/tides/issues/7", "stranger/tides#7", f"{HUB}/stranger/tides/issues/7"),
        ("https://linear.example/fern/issue/FER-3-paint", "FER-3", "https://linear.example/fern/issue/FER-3-paint"),
        ("[Paint](https://board.example/c/1)", "Paint", "https://board.example/c/1"),
        ("https://other.example.com/browse/OPS-7", "OPS-7", "https://other.example.com/browse/OPS-7"),
        (f"{SITE}.evil.example/browse/OPS-7", "OPS-7", f"{SITE}.evil.example/browse/OPS-7"),
        (f"{SITE}/browse/OPS-77x", "jira.example.com/jira/browse/OPS-77x", f"{SITE}/browse/OPS-77x"),
        ("[OPS-7](javascript:alert)", "OPS-7", ""),
        ("https://[broken/browse/OPS-7", "https://[broken/browse/OPS-7", ""),
        ("blocked by OPS-7", "blocked by OPS-7", ""),
        ("**asked** the vendor", "asked the vendor", ""),
    ],
)
def test_what_is_none_of_them_is_a_ticket_of_no_tracker_and_never_raw_markdown(cell, key, address):
    ticket = ticket_of(cell, SETTINGS, ("checkout-api",))
    assert ticket is not None
    assert (ticket.tracker, ticket.key, ticket.address) == ("", key, address)


def test_an_empty_cell_is_no_ticket_and_a_number_alone_needs_a_repository():
    assert ticket_of(" ** ", SETTINGS) is None
    assert ticket_of("#12", SETTINGS, ("s",)) == Ticket("", "#12")
    assert ticket_of("#12", SETTINGS) == Ticket(GITHUB, "fernway/general#12", f"{HUB}/fernway/general/issues/12")


def test_without_an_address_of_jira_a_key_is_a_key_and_leads_nowhere():
    assert ticket_of("OPS-7", Settings()) == Ticket(JIRA, "OPS-7")
    assert jira_address("OPS-7", Settings()) == jira_address("../x", SETTINGS) == ""


def test_an_enterprise_server_has_its_own_addresses():
    settings = Settings(tracker="github", github="a/b", github_url="https://git.example.com/")
    assert github_address("a/b", 3, settings) == "https://git.example.com/a/b/issues/3"
    assert ticket_of("https://git.example.com/A/b/issues/3#note", settings) == Ticket(
        GITHUB, "a/b#3", "https://git.example.com/A/b/issues/3#note"
    )
    assert ticket_of("https://github.com/a/b/issues/3", settings) == Ticket(
        "", "a/b#3", "https://github.com/a/b/issues/3"
    )


@given(st.text(max_size=60), st.sampled_from(["OPS-7", "fernway/general#12", f"{SITE}/browse/OPS-7"]))
def test_any_cell_is_read_and_what_is_told_of_it_lies_in_it(words, ticket):
    cell = f"{words} {ticket}"
    spans = list(mentions(cell, SETTINGS))
    assert all(0 <= start < end <= len(cell) for start, end, _ in spans)
    assert [end for _, end, _ in spans] == sorted(end for _, end, _ in spans)
    for _, _, one in spans:
        assert not one.address or one.address.startswith(("http://", "https://"))
    ticket_of(cell, SETTINGS)
