"""Link names and footnotes are defined."""

import pytest

from tests.check.sample import GOOD, changed, findings


def body(words, below=""):
    return changed(("Building the index took", f"{words} Building the index took")) + below


@pytest.mark.parametrize(
    ("words", "below"),
    [
        ("[the alert][a]", "\n[a]: https://example.com\n"),
        ("[The Alert][]", "\n[the alert]: https://example.com\n"),
        ("See it.[^1]", "\n[^1]: In the log.\n"),
        ("`x[0][1]` and x[0][1]", ""),
        ("[x] and [y](z.md)", ""),
    ],
)
def test_names_with_a_definition_and_brackets_in_text_are_fine(words, below):
    assert findings(body(words, below), "link-reference") == []


@pytest.mark.parametrize(
    ("words", "below", "message", "hint"),
    [
        ("[the alert][a]", "", "The link's name `[a]` is not defined.", "Add a line `[a]: https://...`."),
        (
            "[the alert][alrt]",
            "\n[alert]: https://example.com\n",
            "The link's name `[alrt]` is not defined.",
            "Did you mean `[alert]`?",
        ),
        ("See it.[^1]", "", "The footnote `[^1]` is not there.", "Add a line `[^1]: ...`."),
    ],
)
def test_a_missing_definition_is_named(words, below, message, hint):
    (found,) = findings(body(words, below), "link-reference")

    assert (found.message, found.hint) == (message, hint)


def test_the_sample_is_fine():
    assert findings(GOOD, "link-reference") == []
