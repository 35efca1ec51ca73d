"""Names of attachments on disk."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.file_names import event_name, runs_in_browser, safe_name

WILD = st.text(st.characters(exclude_categories=()), max_size=400) | st.text(
    "./\\-_ \0aCON\u202e\u2025\u2100:;%é", max_size=400
)


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("graph.png", "881_graph.png"),
        ("../../x", "881_x"),
        ("..\\..\\x.txt", "881_x.txt"),
        ("/etc/passwd", "881_etc-passwd"),
        ("C:\\temp\\a.log", "881_C-temp-a.log"),
        ("a/b", "881_a-b"),
        ("CON", "881_CON"),
        ("nul.txt", "881_nul.txt"),
        ("a\0b.png", "881_a-b.png"),
        ("", "881_attachment"),
        (".", "881_attachment"),
        ("..", "881_attachment"),
        (".htaccess", "881_htaccess"),
        ("invoice\u202egnp.exe", "881_invoicegnp.exe"),
        ("a\r\nSet-Cookie: b.txt", "881_a-Set-Cookie-b.txt"),
        ("Überblick für März.PDF", "881_Uberblick-fur-Marz.pdf"),
        ("\u5831\u544a.pdf", "881_pdf"),
        ("\u2025\u2100.txt", "881_a-c.txt"),
        ("a....txt", "881_a.txt"),
        ("trailing. ", "881_trailing"),
        ("\ud800.png", "881_png"),
        ("New graph (7bdd).tar.gz", "881_New-graph-7bdd-.tar.gz"),
    ],
    ids=lambda text: repr(text)[:30],
)
def test_a_name_becomes_its_id_and_a_slug(filename, name):
    assert safe_name("881", filename) == name


def test_a_long_name_keeps_its_ending_and_ends_at_200_bytes():
    name = safe_name("881", "é" * 300 + ".png")

    assert name == "881_" + "e" * 192 + ".png"
    assert safe_name("881", "x" * 10_000_000 + ".png") == "881_" + "x" * 192 + ".png"
    assert safe_name("881", "x" * 195 + "-" + "y" * 50) == "881_" + "x" * 195
    assert len(safe_name("9" * 20, "x" * 300)) == 200


def test_two_files_of_one_name_do_not_meet():
    assert safe_name("881", "graph.png") != safe_name("882", "graph.png")


@pytest.mark.parametrize(
    "number", ["", "../1", "88/1", "88_1", "CON", "-rf", ".", "\u0661", "1\n", "9" * 21, "\ud800", "é"]
)
def test_an_id_that_is_none_is_replaced_by_its_hash(number):
    name = safe_name(number, "graph.png")

    assert re.fullmatch(r"x[0-9a-f]{24}_graph\.png", name)
    assert name != safe_name(number + "0", "graph.png")


def test_a_uuid_is_an_id():
    assert safe_name("0f3c2f5e-1111-4d0e-9c55-5b1e9f6a0b77", "a.b").startswith("0f3c2f5e-1111-4d0e-9c55-5b1e9f6a0b77_")


@given(WILD, WILD)
def test_any_name_is_plain_and_short_and_says_its_id(number, filename):
    name = safe_name(number, filename)

    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]", name)
    assert len(name.encode()) <= 200
    assert ".." not in name
    assert "_" in name
    assert safe_name(number, filename) == name


@given(WILD, WILD, WILD)
def test_names_meet_only_where_ids_do(one, other, filename):
    assert (safe_name(one, filename) == safe_name(other, filename)) == (one == other)


@given(WILD)
def test_any_event_has_a_name(text):
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_-]{0,63}", event_name(text))


@pytest.mark.parametrize(
    "name",
    [
        "a.svg",
        "a.SVG",
        "a.svg.",
        "a.svg ",
        "a.txt.html",
        "a.xhtml",
        "a.xml",
        "a.js",
        "a.mjs",
        "a.swf",
        "a.mhtml",
        "a",
        ".svg",
    ],
)
def test_what_a_browser_may_run_is_known_by_its_name(name):
    assert runs_in_browser(name)


@pytest.mark.parametrize("name", ["a.png", "a.svg.txt", "a.html.gz", "a.pdf", "a.log", "a.json", "a.csv"])
def test_what_a_browser_shows_or_downloads_is_not_run(name):
    assert not runs_in_browser(name)
