"""Names of issues elsewhere: readable, valid, and never shared by two ids."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sync.plan.identity import claim_name, global_id, label, summary_line, valid_label

ANY = st.text(max_size=300)
PLAIN = st.from_regex(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", fullmatch=True).filter(lambda text: len(text) <= 64)
NAMES = (label, global_id, claim_name)


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_plain_id_stays_readable_as_it_is():
    assert label("INC-2026-0042") == "postmortem-INC-2026-0042"
    assert label("INC-2026-0042", 3) == "postmortem-INC-2026-0042-3"
    assert global_id("INC-2026-0042") == "postmortem:INC-2026-0042"
    assert global_id("INC-2026-0042", 3) == "postmortem:INC-2026-0042:3"
    assert claim_name("INC-2026-0042") == "postmortem.claim.INC-2026-0042"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Größe, 7 (b)", "Groe-7-b"),
        ("事故", "id"),
        ("INC--7", "INC-7"),
        ("x" * 300, "x" * 60),
        ("", "id"),
        ("a\n", "a"),
    ],
)
def test_an_id_that_is_no_plain_word_becomes_words_and_a_digest(written, words):
    assert re.fullmatch(rf"postmortem-{words}--[0-9a-f]{{16}}", label(written))


@given(ANY, ANY)
def test_two_ids_never_share_a_name(first, second):
    for name in NAMES:
        assert (name(first) == name(second)) == (first == second)


@given(PLAIN, ANY)
def test_a_plain_id_shares_no_name_with_any_other(first, second):
    if first != second:
        assert label(first) != label(second)
        assert not label(second).startswith(label(first) + "--")


@given(ANY, st.none() | st.integers(0, 999_999_999))
def test_names_are_of_one_word_and_short_enough(written, item):
    for name in (label(written, item), global_id(written, item), claim_name(written)):
        assert re.fullmatch(r"[A-Za-z0-9:._-]+", name)
        assert len(name) <= 255


@given(ANY)
def test_a_label_of_any_words_is_one_word(words):
    made = valid_label(words)

    assert not re.search(r"[\s,]", made)
    assert units(made) <= 255
    assert valid_label(made) == made


def test_a_label_keeps_its_words():
    assert valid_label("Customer facing, EU") == "Customer-facing-EU"
    assert valid_label(" \t") == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Checkout\r\n\terrors  ", "Checkout errors"),
        ("a\u202egpj.exe\u200b\ufeff b\x00\x1b[31m", "agpj.exe b[31m"),
        ("half \ud83d of a pair", "half of a pair"),
        ("in\u200dvisible", "invisible"),
        ("👩\u200d🚒 puts it out", "👩\u200d🚒 puts it out"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_summary_is_one_line_of_what_can_be_seen(text, line):
    assert summary_line(text) == line


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u202e", "\u0301"])
def test_a_summary_of_nothing_is_the_fallback(text):
    assert summary_line(text, fallback="Untitled") == "Untitled"


def test_a_long_summary_is_cut_at_a_word():
    assert summary_line("Size the pool from load, and alert on it", 26) == "Size the pool from load…"
    assert summary_line("Size the pool", 13) == "Size the pool"
    assert summary_line("Size the pool", 9) == "Size the…"


@pytest.mark.parametrize(
    ("text", "limit", "line"),
    [
        ("🔥" * 200, 255, "🔥" * 127 + "…"),
        ("x" * 10 + "e\u0301" * 5, 14, "x" * 10 + "e\u0301…"),
        ("👩\u200d🚒" * 3, 9, "👩\u200d🚒…"),
        ("🇩🇪🇫🇷🇮🇹", 8, "🇩🇪…"),
        ("👍🏽" * 3, 8, "👍🏽…"),
    ],
)
def test_a_long_word_is_cut_between_what_a_reader_sees_as_characters(text, limit, line):
    assert summary_line(text, limit) == line


@given(st.text(max_size=600), st.integers(1, 300))
def test_a_summary_never_exceeds_its_limit_and_is_stable(text, limit):
    line = summary_line(text, limit)

    assert units(line) <= limit
    assert line.isprintable() or not line.isascii()
    assert not re.search("[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line)
    assert summary_line(line, limit) == line
