"""Links and pictures lead to a file that is there."""

import pytest

from generator.check.rules.link_target import places
from generator.document.parse import parse
from tests.check.sample import GOOD, PATH, changed, findings

FOLDER = PATH.removesuffix(".md")
FILES = frozenset({f"{FOLDER}/error-rate.png", "postmortems/2025/INC-2025-0038-x.md", "README.md", "postmortems/2025"})


def link(words):
    return changed(("Building the index took", f"{words} Building the index took"))


def about(words):
    return findings(link(words), "link-target", files=FILES)


@pytest.mark.parametrize(
    "words",
    [
        "![Rate](INC-2026-0042-checkout-errors/error-rate.png)",
        "![Rate](INC-2026-0042-checkout-errors/error%2Drate.png?raw=true)",
        "[older](../2025/INC-2025-0038-x.md#summary)",
        "[older](<../2025/INC-2025-0038-x.md>)",
        "[readme](/README.md)",
        "[folder](../2025/)",
        "[self](INC-2026-0042-checkout-errors.md)",
        "[part](#summary)",
        "[site](https://example.com/a(b)c)",
        "[mail](mailto:ops@example.com)",
        "[other host](//example.com/x)",
        "`[x](nothing.md)`",
        "<!-- [x](nothing.md) -->",
        '<a href="../../README.md">x</a>',
        "[later]({{ url }}/x)",
        "[![Rate](INC-2026-0042-checkout-errors/error-rate.png)](https://example.com)",
    ],
)
def test_what_is_there_or_lies_elsewhere_is_fine(words):
    assert about(words) == []


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            "![Rate](error-rate.png)",
            "The picture leads to 'error-rate.png', which is not there.",
            f"Did you mean '{FOLDER}/error-rate.png'?",
        ),
        ("![Rate](INC-2026-0042-checkout-errors/Error-Rate.png)", "The picture leads to", "Did you mean"),
        (
            "[older](../2025/INC-2025-0039-x.md)",
            "The link leads to '../2025/INC-2025-0039-x.md', which is not there.",
            "Did you mean",
        ),
        (
            "[out](../../../../etc/passwd)",
            "The link leads to '../../../../etc/passwd', which is not there.",
            "Paths are relative",
        ),
        (
            "[site](www.example.com/x)",
            "The link leads to 'www.example.com/x', which is not there.",
            "Did you mean `https://www.example.com/x`?",
        ),
        ("[a](a\\b.md)", "The link leads to", "Write paths with `/`."),
        ("[nothing]()", "The link “nothing” has no target.", "Put the address"),
        ('<img src="x.png" alt="Rate">', "The picture leads to 'x.png', which is not there.", "Paths are relative"),
        (
            "[![Rate](x.png)](https://example.com)",
            "The picture leads to 'x.png', which is not there.",
            "Paths are relative",
        ),
    ],
)
def test_what_is_not_there_is_named(words, message, hint):
    (found,) = about(words)

    assert found.message.startswith(message)
    assert found.hint.startswith(hint)
    assert found.severity == "error"


def test_links_in_code_are_none():
    assert about("\n```\n[x](nothing.md)\n```\n") == []


def test_where_nobody_looked_nothing_is_said():
    assert findings(link("[x](nothing.md)"), "link-target") == []
    assert findings(GOOD, "link-target", files=frozenset()) == []


def test_a_document_names_the_places_it_leads_to():
    text = link("[a](../x.md#y) ![b](c%20d.png) [e](/f.md) [g](https://example.com) [h](#i)")

    assert places(parse(text, PATH)) == {"postmortems/x.md", "postmortems/2026/c d.png", "f.md"}
