"""Who may read a document: what is stated readably holds, whatever else stands there closes, nothing is the archive's."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.document.audience import audience_of, findings
from generator.document.model import Audience
from generator.document.parse import parse
from generator.settings.model import Settings

HEAD = (
    "---\nid: INC-2026-0042\ntitle: Checkout errors\nstatus: published\nseverity: SEV1\n{}services: [checkout]\n---\n"
)
BODY = "\n# Checkout errors\n\n## Summary\n\nThe pool was too small.\n"


def read(label, body=BODY, *, default="internal"):
    front = HEAD.format(f"{label}\n" if label else "")
    return audience_of(parse(front + body, "postmortems/2026/a.md"), Settings(audience=default))


@pytest.mark.parametrize("word", list(Audience))
@pytest.mark.parametrize("default", list(Audience))
@pytest.mark.parametrize(
    "form",
    [
        "audience: {}",
        "audience:   {}  ",
        "audience:\t{}",
        'audience: "{}"',
        "audience: '{}'",
        '"audience": {}',
        "audience: {} # public | internal | restricted",
        "audience: {}\n# check: ignore file-name: it came so",
    ],
)
def test_what_is_stated_readably_holds_whatever_the_archive_says(form, word, default):
    reading = read(form.format(word), default=default)

    assert (reading.audience, reading.stated, reading.doubts) == (word, True, ())


@pytest.mark.parametrize("word", ["Public", "INTERNAL", "Restricted"])
def test_case_alone_does_not_make_a_word_unreadable(word):
    assert read(f"audience: {word}").audience == word.lower()


@pytest.mark.parametrize("default", list(Audience))
@pytest.mark.parametrize("label", ["", "evidence: x", "x-team: payments", "# reviewed by Li", "incident: OPS-1"])
def test_where_nothing_is_stated_the_archive_decides(label, default):
    reading = read(label, default=default)

    assert (reading.audience, reading.stated, reading.doubts) == (default, False, ())


def test_an_archive_whose_word_cannot_be_read_closes():
    assert read("", default="everybody").restricted


MISSTATED = [
    # the word
    "audience: restriced",
    "audience: restricted, legal",
    "audience: internal, legal",
    "audience: public internal",
    "audience: confidential",
    "audience: private",
    "audience: nobody",
    "audience: everybody",
    "audience: internal only",
    "audience: “restricted”",
    "audience: “public”",
    "audience: ‘internal’",
    "audience: publiс",
    "audience: pub\u200blic",
    "audience: public\u00a0",
    "audience: intern\u00adal",
    "audience: TODO",
    "audience: true",
    "audience: 3",
    # the shape
    "audience:",
    "audience: ~",
    "audience: null",
    "audience: ''",
    "audience: []",
    "audience: [restricted]",
    "audience: [public]",
    "audience:\n  - internal",
    "audience: {who: public}",
    "audience: |\n  public",
    "audience: >-\n  internal",
    "audience: public\n  internal",
    "audience: &a public",
    "audience: !!str internal",
    "audience: !only public",
    "commander: &x public\naudience: *x",
    "? audience\n: public",
    # twice
    "audience: internal\naudience: restricted",
    "audience: public\naudience: public",
    'audience: public\n"audience": restricted',
    # the key
    "Audience: restricted",
    "AUDIENCE: public",
    "audiance: restricted",
    "audince: internal",
    "audiences: public",
    "аudience: internal",
    "aud\u200bience: public",
    "ａｕｄｉｅｎｃｅ: public",
    "target-audience: public",
    "x-audience: internal",
    "visibility: restricted",
    "visibilty: public",
    "classification: internal",
    "confidentiality: high",
    "sensitivity: low",
    "restricted: true",
    "confidential: yes",
    "public: false",
    "Zielgruppe: intern",
    "tlp: amber",
    # elsewhere
    "meta:\n  audience: restricted",
    "x-hugo:\n  - params: {visibility: public}",
    "<<: {audience: public}",
    "# audience: restricted",
    "# audience: public",
    "#audience: internal",
    "x-note: a # audience: restricted",
    "# confidential",
    "tags: [restricted]",
    "title2: >\n  told so\n  audience: public",
    "x-note: told\n  audience restricted",
    # front matter that cannot be read
    "audience: public\nsummary: a: b: c",
    "\taudience: public",
    "audience:public",
    "audience=public",
    "audience public",
    "audience: @public",
    "audience: public\ntags: [a, b",
    'audience: public\nsummary: "never closed',
    "audience: public\n[1]: x",
    # a wide word beside a narrow one
    "audience: public\nvisibility: restricted",
    "audience: public\nvisibility: internal",
    "audience: internal\nclassification: confidential",
    "audience: public\nAudience: legal team",
    "audience: public # restricted until Legal agrees",
    "audience: internal\n# was restricted",
    "audience: public\nmeta: {audience: restricted}",
    "audience: public\n<<: {audience: restricted}",
    "audience: public\nconfidential: true",
    "audience: public\ntags: [confidential]",
    "audience: public\nx-note: '[RESTRICTED] told by phone'",
    "audience: public\nx-sharing: do not share",
]


@pytest.mark.parametrize("default", [Audience.PUBLIC, Audience.INTERNAL])
@pytest.mark.parametrize("label", MISSTATED)
def test_whatever_else_may_be_meant_closes_and_says_where(label, default):
    reading = read(label, default=default)

    assert reading.restricted, label
    assert reading.doubts
    assert all(5 <= doubt.line <= 12 and doubt.why.endswith(".") for doubt in reading.doubts)


BODIES = [
    "Audience: restricted\n",
    "**Audience:** restricted\n",
    "> Classification: Confidential\n",
    "- Visibility: private\n",
    "| Audience | restricted |\n|---|---|\n",
    "CONFIDENTIAL\n",
    "***Strictly confidential – do not share***\n",
    "🔒 Restricted\n",
    "# [CONFIDENTIAL] Checkout errors\n",
    "This document is confidential.\n",
    "This post-mortem is restricted to those who were there.\n",
    "<!-- audience: restricted -->\n",
    "<!--\naudience: restricted\n-->\n",
    "TLP:RED\n",
    "Vertraulich\n",
    "社外秘\n",
    "Аudience: restricted\n",
    "Attorney-client privileged\n",
    "Restrikted\n",
    "---\naudience: restricted\n---\n",
]


@pytest.mark.parametrize("stated", ["", "audience: public"])
@pytest.mark.parametrize("body", BODIES)
def test_a_label_in_the_text_closes_what_is_wider(body, stated):
    reading = read(stated, f"\n{body}\n## Summary\n\nText.\n")

    assert reading.restricted
    assert reading.doubts[0].line >= 8


@pytest.mark.parametrize(
    "body", ["Confidential – do not forward\n", "Classification: restricted\n", "<!-- restricted -->"]
)
def test_a_clear_label_closes_also_far_down(body):
    long = BODY + "More text.\n" * 90

    assert read("audience: public", f"{long}\n{body}").restricted


@pytest.mark.parametrize(
    "body",
    [
        "Confidence: high\n\n## Confidentiality\n\nNo data left.\n",
        "Visibility of the queue was poor.\n",
        "Access: restored\n",
        "We restarted it; access to the host is restricted.\n",
        "A secret was rotated. Private networks were not affected.\n",
        "## Restrictions\n\nNone.\n",
        "```\nconfidential\naudience: restricted\n```\n",
        "`audience: restricted` hides a page.\n",
        "| `restricted` | a few |\n|---|---|\n",
        "---\n\nA rule above.\n",
        "Audience numbers fell by a third.\n",
    ],
)
@pytest.mark.parametrize("stated", ["", "audience: public"])
def test_prose_and_examples_are_no_labels(body, stated):
    reading = read(stated, f"\n# Checkout errors\n\n{body}")

    assert reading.doubts == ()


FILES = [
    "\n---\nid: A-1\naudience: restricted\n---\n",
    "# Title\n\n---\nid: A-1\naudience: internal\n---\n",
    "---\nid: A-1\naudience: public\n\n# Never closed\n",
    "---\n# a comment\nid: A-1\n",
    "\u200b---\nid: A-1\naudience: public\n---\n",
    "\ufeff\ufeff---\nid: A-1\naudience: public\n---\n",
    "———\nid: A-1\naudience: restricted\n———\n",
    "+++\naudience = 'restricted'\n+++\n",
    '{\n"id": "A-1", "audience": "restricted"\n}\n',
    "```yaml\naudience: restricted\n```\n",
    "---\rid: A-1\raudience: restricted\r---\r",
    "---\nid: A-1\n...\naudience: restricted\n---\n",
    "<!--\nid: A-1\naudience: restricted\n-->\n",
]


@pytest.mark.parametrize("text", FILES)
def test_front_matter_that_is_not_read_closes(text):
    reading = audience_of(parse(text, "a.md"), Settings(audience="public"))

    assert reading.restricted
    assert reading.doubts


def test_one_mark_of_byte_order_is_read_over():
    assert audience_of(parse("\ufeff---\nid: A-1\naudience: public\n---\n", "a.md"), Settings()).audience == "public"


def test_a_finding_names_file_line_and_way_out():
    document = parse(HEAD.format("audience: restriced\n") + BODY, "postmortems/2026/a.md")
    (found,) = findings([document, parse(HEAD.format("") + BODY, "b.md")], Settings())

    assert (found.path, found.line, found.severity, found.rule) == (document.path, 6, "error", "audience-unclear")
    assert "`audience` is not one of the words" in found.message
    assert "kept restricted" in found.message
    assert "audience: restricted" in found.hint


# What stands for the one line: a key, what separates it, a value, and what comes around them; all but the first of
# each are broken, or another key than the schema's.
KEYS = ("audience", "Audience", "audiance", "audience_", "visibility", "x-audience", "meta.audience", "classification")
SEPARATORS = (": ", " : ", ":\n  ", ":", " = ", "：", " ")
WORDS = ("public", "internal", "restricted", "restriced", "confidential", "", "~", "nobody", "legal")
QUOTES = (
    ("", ""),
    ("'", "'"),
    ('"', '"'),
    ("[", "]"),
    ("“", "”"),
    ("!!str ", ""),
    ("&a ", ""),
    ("- ", ""),
    ("|\n  ", ""),
)
AROUND = ("{}", "{}  # public | internal | restricted", "# {}", "  {}", "{}\n{}", "meta:\n  {}", "{}\nx: [", "\t{}")
CLEAN = re.compile(r"""audience ?: ('?)(public|internal|restricted)\1|audience ?: "(public|internal|restricted)\"""")


@st.composite
def labels(draw):
    key, separator, word, (begin, end) = (draw(st.sampled_from(one)) for one in (KEYS, SEPARATORS, WORDS, QUOTES))
    around = draw(st.sampled_from(AROUND))
    line = f"{key}{separator}{begin}{word}{end}"
    return line, around, around.replace("{}", line)


@settings(max_examples=400, deadline=None)
@given(labels(), st.sampled_from(list(Audience)))
def test_only_a_clean_statement_opens(label, default):
    line, around, text = label
    reading = read(text, default=default)

    if CLEAN.fullmatch(line) and around in AROUND[:2]:
        assert reading.audience == re.sub(r"[^a-z]", "", line.partition(":")[2])
        assert reading.doubts == ()
    else:
        assert reading.restricted, text
        assert reading.doubts, text


STRANGE = st.one_of(
    st.sampled_from("#:-'\"[]{}!&*|>%@` \t\n\r,.=/\\_еаіс“”’\u00a0\u200b\u2028\u0085\ufeff\u202e：—"),
    st.characters(exclude_categories=["Cs"]),
)


@st.composite
def typing_errors(draw, line):
    """The line with up to two characters left out, put in, replaced or exchanged."""
    characters = list(line)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(characters) - 1))
        match draw(st.sampled_from(["out", "in", "other", "exchange"])):
            case "out":
                del characters[at]
            case "in":
                characters.insert(at, draw(STRANGE))
            case "other":
                characters[at] = draw(STRANGE)
            case _:
                characters[at - 1], characters[at] = characters[at], characters[at - 1]
    return "".join(characters)


@settings(max_examples=500, deadline=None)
@given(typing_errors("audience: restricted"))
@example("dience: restricted")
@example("audienc: restricte")
@example("#audience: restricted")
@example("audience\n: restricted")
@example("aud\u2028ience: restricted")
def test_no_slip_of_the_hand_opens_what_was_to_be_restricted(line):
    assert read(line, default="public").restricted


@settings(max_examples=300, deadline=None)
@given(typing_errors("audience: restricted"), st.booleans())
def test_no_slip_of_the_hand_hides_it_beside_a_wide_word(line, first):
    both = f"{line}\naudience: public" if first else f"audience: public\n{line}"

    assert read(both).restricted


@pytest.mark.parametrize(
    "line",
    [
        "&audience: estricted",
        "&audience : restricted",
        "!audience : restricted",
        "? audience : restricted",
        "&visibility: nobody",
        '"&audience": restricted',
        "&confidential: true",
        "&a audience: resticted",
    ],
)
def test_a_key_that_yaml_takes_for_something_else_is_still_what_people_see(line):
    reading = read(line, default="public")

    assert reading.restricted
    assert reading.doubts


@pytest.mark.parametrize("line", ["description: visibility was low", "&anchor services: [checkout]", "? services"])
def test_signs_before_other_keys_say_nothing_of_readers(line):
    assert not any("audience" in doubt.why for doubt in read(line, default="public").doubts)
