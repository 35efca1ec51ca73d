"""Whatever a source holds: nothing is raised, no word is lost, and it does not take for ever."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.parse import parse
from generator.importer import links, word_count
from generator.importer.composing import ConvertedDocument, compose
from generator.importer.survey import source
from generator.importer.survey import survey as survey_of
from generator.settings.model import Settings
from tests.sampling import examples

TIMES = st.sampled_from(
    [
        "14:02",
        "**14:02 UTC**",
        "[09:31]",
        "2026-03-04 14:02",
        "~9:05 pm",
        "11.57",
        "Mar 4",
        "7/5/2026 10:00",
        "14:??",
        "T+5m",
        "09:14–09:20",
        "At 10:00 UTC,",
    ]
)
WORDS = st.text(alphabet="abcXYZ äß🚧|`*_[]()<>#-:.,\\\"'0123", min_size=0, max_size=30)
LINES = st.one_of(
    WORDS,
    st.builds("{} {}".format, TIMES, WORDS),
    st.builds("- {} - {}".format, TIMES, WORDS),
    st.builds("  - {} {}".format, TIMES, WORDS),
    st.builds("{}. {}".format, st.integers(1, 99), WORDS),
    st.builds("- [x] {}".format, WORDS),
    st.builds("| {} | {} |".format, TIMES, WORDS),
    st.builds("### {}".format, TIMES),
    st.sampled_from(
        ["", "", "# Outage", "## Timeline", "## Timeline (all times PST)", "## Action items", "**Timeline:**", "| Time | Event |", "|---|---|", "| Action | Owner |",
         "```", "> quoted", "<!-- a comment -->", "<details>", "[ref]: ../a.md", "[link](a.md)", "![p](p.png)", "---", "All times in CET.", "- None", "- Process:", "===", "  continued", "- **Impact**: x", "- **Key events**", "- **Resolution**: y"]
    ),
)  # fmt: skip
FRONTS = st.sampled_from(
    [
        "",
        "---\ntitle: A\nlayout: post\n---\n",
        "---\n: [\n---\n",
        '+++\ntitle = "B"\n+++\n',
        '{"title": "C"}\n',
        "---\ntags: [a, b]\ndate: 2026-03-04\n# why\n---\n",
    ]
)
MARKDOWN = st.builds(lambda front, lines: front + "\n".join(lines) + "\n", FRONTS, st.lists(LINES, max_size=25))


def adopted(text: str) -> ConvertedDocument:
    survey = survey_of(source("incidents/2026-03-04-x.md", text))
    moved = {place.target: None for place in links.places(survey.body)}
    return compose(survey, "INC-2026-0001", "INC-2026-0001-x", moved, Settings())


@given(MARKDOWN)
@examples(400)
def test_no_word_of_any_markdown_is_lost_and_the_result_is_a_document(text):
    done = adopted(text)

    assert word_count.missing(text, done.text) == {}
    assert {finding.rule for finding in parse(done.text).findings} <= {"schema-required"}
    assert adopted(text).text == done.text


@given(st.binary(max_size=400))
def test_any_bytes_are_adopted_or_refused(raw):
    text = raw.decode("utf-8", "replace")

    assert word_count.missing(text, adopted(text).text) == {}


HOSTILE = {
    "brackets": "[" * 20000,
    "backticks": "`" * 20000,
    "stars": "*" * 20000,
    "blank lines": "\n" * 20000,
    "spaces": "## Timeline\n- 14:02" + " " * 20000 + "x",
    "pipes": "|" * 20000,
    "times": "14:02 " * 10000,
    "entries": "## Timeline\n" + "- 14:02 x\n" * 2000,
    "headings": "# 14:02\n" * 2000,
    "rows": "## Timeline\n\n|Time|Event|\n|-|-|\n" + "|14:02|x|\n" * 2000,
    "lists in lists": "".join(" " * (2 * n) + "- 14:02 x\n" for n in range(300)),
    "links": "[a](b" * 10000,
    "owners": "## Action items\n- " + "owner: " * 10000,
    "front matter": "---\n" + "- " * 20000 + "\n---\n",
    "json": '{"a":' * 3000,
    "comment": "<!--" * 10000,
    "paths": "a/" * 10000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_no_longer_than_its_length(name):
    begin = time.process_time()
    adopted(HOSTILE[name])

    assert time.process_time() - begin < 10  # quadratic time would be minutes
