"""The summary has numbers."""

import pytest

from tests.check.rules.test_summary_length import summary
from tests.check.sample import GOOD, findings


def quiet(text):
    return findings(summary(text), "summary-figures") == []


@pytest.mark.parametrize(
    "text",
    [
        "Payments failed for 43 minutes.",
        "About €42,000 were lost.",
        "61 % of the attempts failed.",
        "Three out of five customers saw an error.",
        "It took an hour.",
        "Half of the pages were blank.",
        "1,940 of 3,180 attempts failed.",
        "p99 rose to 3.8 s.",
        "Dozens of orders were lost.",
    ],
)
def test_quantities_in_digits_or_words_are_numbers(text):
    assert quiet(text)


@pytest.mark.parametrize(
    "text",
    [
        "Some customers saw errors for a while.",
        "On 2026-03-15 at 14:32 UTC payments failed.",
        "After v2.3.1, payments failed (OPS-1234, see #77).",
        "On 15 March 2026 the SEV1 began; p99 was bad.",
        "The host db-7 and ipv4 were fine in Q3.",
        "See [the log](https://example.com/1234).",
    ],
)
def test_dates_versions_keys_and_names_are_none(text):
    (found,) = findings(summary(text), "summary-figures")

    assert (found.line, found.message) == (18, "The summary has no numbers.")


def test_the_sample_is_fine():
    assert findings(GOOD, "summary-figures") == []
