"""What an audience may not see is in no byte of its site."""

import json
from dataclasses import replace

import pytest

from generator.document.model import Audience
from generator.document.parse import parse
from tests.site.pages.archive import SETTINGS, everything, staged, write

SECRET = "zanzibar"
ACTIONS = f"| # | Action | Owner | Due date | Status |\n|---|---|---|---|---|\n| 1 | {SECRET} | {SECRET} | 2026-01-01 | open |\n"
BODY = f"## Summary\n\n{SECRET} text.\n\n## Action items\n\n{ACTIONS}\n![{SECRET}](INC-2026-0099-slug/{SECRET}.png)\n"
OPEN = write(
    audience="public",
    body="## Summary\n\nAs in [the other one](INC-2026-0099-slug.md#summary) and ![its picture](INC-2026-0099-slug/zanzibar.png).\n",
    tags="shared",
)


def hidden(**options):
    return write(
        "INC-2026-0099",
        f"The {SECRET} incident",
        body=BODY,
        services=f"checkout-api, {SECRET}",
        tags=f"shared, {SECRET}",
        **options,
    )


@pytest.mark.parametrize(
    ("audience", "options"),
    [
        ("public", {"audience": "internal"}),
        ("public", {"audience": "restricted"}),
        ("public", {"audience": "public", "status": "draft"}),
        ("public", {"audience": "public", "status": "in-review"}),
        ("public", {"audience": "nobody-knows-this-word"}),
        ("internal", {"audience": "restricted"}),
    ],
)
def test_a_hidden_postmortem_leaves_no_trace(audience, options):
    site = staged(OPEN, hidden(**options), audience=audience)

    traces = everything(site).lower().replace(b'alt="its picture"', b"")
    assert SECRET.encode() not in traces
    assert b"inc-2026-0099" not in traces
    assert site.problems == ()
    assert site == staged(OPEN, hidden(**options, severity="SEV1", day="2026-11-19"), audience=audience)


@pytest.mark.parametrize(
    ("audience", "options"),
    [
        ("public", {"audience": "public"}),
        ("internal", {"audience": "internal", "status": "draft"}),
        ("restricted", {"audience": "restricted"}),
    ],
)
def test_a_visible_postmortem_is_everywhere(audience, options):
    site = staged(OPEN, hidden(**options), audience=audience)

    for path in ("index.md", "postmortems/index.md", "actions/index.md", "services/zanzibar/index.md", "tags/index.md"):
        assert SECRET in site.pages[path]
    assert "postmortems/INC-2026-0099/files/zanzibar.png" in site.copies
    assert "../../postmortems/INC-2026-0099/#summary" in site.pages["postmortems/INC-2026-0001/index.md"]
    assert SECRET.encode() in site.files["postmortems.json"]
    assert SECRET.encode() in site.files["actions.csv"]


def test_what_was_remembered_for_one_audience_is_not_shown_to_another():
    remembered = {}
    staged(OPEN, hidden(audience="restricted"), audience="restricted", remembered=remembered)
    site = staged(OPEN, hidden(audience="restricted"), audience="public", remembered=remembered)

    assert b"INC-2026-0099" not in everything(site)


@pytest.mark.parametrize("label", ["", "audience: internal\n", "audience: pubic\n", "visibility: public\n"])
def test_a_hidden_page_of_the_guide_leaves_no_trace(label):
    hidden_page = parse(f"---\ntitle: Zanzibar\n{label}---\n# Zanzibar\n\n![z](pic.png)\n", "docs/legal/zanzibar.md")
    seen = "---\naudience: public\n---\n# Guide\n\n[that](legal/zanzibar.md 'Zanzibar') ![it](legal/pic.png)\n"
    site = staged(write(audience="public"), guide=[parse(seen, "docs/index.md"), hidden_page], audience="public")

    assert SECRET.encode() not in everything(site).lower()
    assert site.copies == {}
    assert site.problems == ()
    assert site.hidden == {"guide/legal/zanzibar/index.md"}
    assert [doubt.path for doubt in site.doubts] == ([hidden_page.path] if "pub" in label else [])


def test_a_page_of_the_guide_that_states_nothing_is_for_the_archives_audience():
    page = parse("# Zanzibar\n", "docs/zanzibar.md")

    for default, readers in (("public", 3), ("internal", 2), ("restricted", 1)):
        settings = replace(SETTINGS, audience=default)
        shown = [
            "guide/zanzibar/index.md" in staged(guide=[page], audience=one, settings=settings).pages for one in Audience
        ]
        assert shown == [False] * (3 - readers) + [True] * readers


def test_what_states_nothing_is_for_the_archives_audience_and_says_so():
    document = hidden(audience="internal")
    unlabelled = parse(document.text.replace("audience: internal\n", ""), document.path)
    closed = replace(SETTINGS, audience="restricted")

    assert SECRET.encode() not in everything(
        staged(OPEN, unlabelled, audience="internal", settings=closed)
    ).lower().replace(b'alt="its picture"', b"")
    rows = json.loads(staged(OPEN, unlabelled, audience="restricted", settings=closed).files["postmortems.json"])
    assert {row["id"]: row["audience"] for row in rows} == {"INC-2026-0001": "public", "INC-2026-0099": "restricted"}
