"""The page that a document wants."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.parse import parse
from generator.settings.confluence import ConfluenceSettings
from generator.settings.jira import JiraSettings
from generator.settings.model import Settings
from generator.sync.plan.facts import facts_of
from generator.sync.plan.identity import label
from generator.sync.plan.pages import wanted
from generator.sync.plan.pages.model import File
from generator.sync.plan.pages.state import PageState, from_property, message, pushed, to_property
from tests.conftest import EXAMPLE
from tests.markup.markdowns import ANY
from tests.sync.confluence.stand_in import well_formed

SETTINGS = Settings(url="https://postmortems.fernway.example/", jira=JiraSettings(url="https://jira.fernway.example"))


def page(text=EXAMPLE, settings=SETTINGS, files=(), pages=None):
    facts = facts_of(parse(text, "postmortems/2026/INC-2026-0042-checkout.md"), settings)
    return wanted.wanted_page(facts, settings, files=files, pages=pages)


def words(body):
    return " ".join(" ".join(well_formed(body).itertext()).split())


def test_the_facts_stand_at_the_top():
    shown = words(page().head)

    for word in (
        "SEV1",
        "published",
        "2026-03-15 14:32 UTC",
        "payment-service, checkout-api",
        "OPS-1234",
        "2 h 14 min",
    ):
        assert word in shown
    assert 'href="https://alerts.example.com/77"' in page().head
    assert 'href="https://jira.fernway.example/browse/OPS-1234"' in page().head


def test_the_keys_of_tickets_are_links_and_tables_are_tables():
    body = wanted.body(page(), 1_000_000)

    assert '<a href="https://jira.fernway.example/browse/OPS-7">OPS-7</a>' in body
    assert "<code>a | b</code>" in body


def test_the_mark_is_found_in_whatever_order_attributes_come_and_is_no_other_ones():
    body = page().head.replace('ac:name="anchor"', 'ac:macro-id="7" ac:name="anchor"', 1)

    assert wanted.is_marked(body, "postmortem-INC-2026-0042")
    assert not wanted.is_marked(body, "postmortem-INC-2026-004")
    assert not wanted.is_marked(body, "postmortem-INC-2026-00421")
    assert not wanted.is_marked("<p>postmortem-INC-2026-0042</p>", "postmortem-INC-2026-0042")


def test_the_fingerprint_follows_what_is_shown_and_nothing_else():
    known = page().digest
    assert page().digest == known
    assert page(files=[("INC-2026-0042-checkout/a.png", File("a.png", "x", "1"))]).digest != known
    assert page(EXAMPLE.replace("too small", "too large")).digest != known
    assert page(EXAMPLE.replace("SEV1", "SEV2")).digest != known
    assert page(settings=replace(SETTINGS, title="Another archive")).digest == known


@pytest.mark.parametrize(
    ("month", "first", "by", "title"),
    [
        ("03", 1, "quarter", "Postmortems 2026-Q1"),
        ("03", 4, "quarter", "Postmortems 2025-Q4"),
        ("03", 4, "year", "Postmortems 2025"),
        ("03", 1, "nothing", ""),
    ],
)
def test_the_quarter_is_that_of_the_archive(month, first, by, title):
    settings = replace(SETTINGS, quarter_start=first, confluence=ConfluenceSettings(archive_by=by))

    assert page(settings=settings).group == title
    assert not title or wanted.GROUP.fullmatch(title)


def test_links_to_other_postmortems_lead_to_their_pages_on_the_site():
    address = "https://postmortems.fernway.example/postmortems/INC-2025-0007/"
    text = EXAMPLE.replace(
        "The pool was", "See [that](../2025/INC-2025-0007-a%20b.md#timeline), [no](other.md). It was"
    )
    found = page(
        text,
        pages={"postmortems/2025/INC-2025-0007-a b.md": address, "postmortems/2025/INC-2025-0008.md": "https://no"},
    )

    assert found.links == {"../2025/INC-2025-0007-a b.md": address}
    assert f'<a href="{address}#timeline">that</a>' in wanted.body(found, 1_000_000)


DATED = ("started", "detected", "mitigated", "resolved", "reviewed", "published", "| 2026")


def test_without_a_date_it_lies_below_the_common_parent():
    text = "\n".join(line for line in EXAMPLE.split("\n") if not line.startswith(DATED))

    assert page(text).group == ""


def test_without_a_start_the_day_of_the_timeline_gives_the_quarter():
    times = ("started", "detected", "mitigated", "resolved", "published")
    text = "\n".join(line for line in EXAMPLE.split("\n") if not line.startswith(times))

    assert page(text).group == "Postmortems 2026-Q1"


def test_labels_are_such_as_confluence_takes():
    settings = replace(SETTINGS, confluence=ConfluenceSettings(labels=("Reading Club", "a.b:c", "!!")))

    assert page(settings=settings).labels == (
        "postmortem",
        "postmortem-inc-2026-0042",
        "sev1",
        "outage",
        "payment-service",
        "checkout-api",
        "reading-club",
        "a-b-c",
    )


def test_a_restricted_document_wants_one_sentence():
    text = EXAMPLE.replace("audience: internal", "audience: restricted")
    found = page(text, files=[("a.png", File("a.png", "x", "1"))])

    assert (found.closed, found.text, found.files, found.links) == (True, "", (), {})
    assert found.title == "#INC-2026-0042 Restricted postmortem"
    assert words(found.head).endswith("Those who may read it find it here: INC-2026-0042 .")
    assert "Checkout" not in wanted.body(found, 1_000_000)


@given(ANY, ANY, st.integers(0, 4_000))
def test_any_document_gives_a_well_formed_page_within_its_limit(text, title, limit):
    front = f"---\nid: INC-1\ntitle: {json.dumps(title, ensure_ascii=False)}\nservices: [{json.dumps(title, ensure_ascii=False)}]\ncommander: {json.dumps(title, ensure_ascii=False)}\n---\n"
    found = page(front + text)
    body = wanted.body(found, limit)

    well_formed(body)
    assert len(json.dumps(body, ensure_ascii=False).encode()) <= max(limit, len(json.dumps(found.head).encode()) + 2)
    assert wanted.is_marked(body, label(found.id))
    assert len(found.title) <= 255


states = st.builds(
    PageState,
    st.text(min_size=1),
    st.text(),
    st.integers(1, 9),
    st.text(),
    st.text(),
    st.lists(st.text()).map(tuple),
    st.dictionaries(st.text(), st.text()),
    st.booleans(),
)


@given(states)
def test_a_state_is_read_as_it_was_written(state):
    assert from_property(json.loads(json.dumps(to_property(state))), state.page) == state
    assert from_property(to_property(state), f"{state.page}1") is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["id", "page", "version", "digest", "labels", "files"]), inner)
        ),
    )
)
def test_a_property_that_somebody_wrote_is_no_trouble(value):
    assert from_property(value, "7") is None or value["page"] == "7"


def test_a_note_says_what_was_pushed_and_a_persons_says_nothing():
    digest = page().digest
    assert pushed(message(digest)) == digest
    assert pushed(f"Reverted: {message(digest)}") == pushed("") == pushed("A better summary") == ""
