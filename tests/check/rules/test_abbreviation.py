"""The summary explains its abbreviations."""

import pytest

from generator.settings.model import Service, Settings
from tests.check.sample import GOOD, changed, findings, said

WORD = "and the queue grew."


def summary(words):
    return changed((WORD, f"{WORD} {words}"))


def test_one_that_is_nowhere_explained_is_named_once_on_its_line():
    assert said(summary("The HPA did not scale. The HPA was off."), "abbreviation") == [
        (21, "The summary does not explain “HPA”.")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "The horizontal pod autoscaler (HPA) did not scale; the HPA was off.",
        "The HPA (horizontal pod autoscaler) was off.",
        "The API of the CPU answered DNS over HTTPS at 14:00 UTC, a SEV1 for US and EU users.",
        "`HPA` is a word of a program.",
        "The key OPS-1234 and the file README.md were there.",
        "The case PQX42AB and the part A1B2 were there.",
        "It did NOT stop.",
        "PLEASE READ THIS FIRST AND CALL NOBODY.",
        "TL;DR: it was slow.",
    ],
)
def test_explained_common_and_other_words_in_capitals_are_fine(words):
    assert findings(summary(words), "abbreviation") == []


def test_an_explanation_anywhere_in_the_document_counts():
    text = summary("The HPA was off.").replace(
        "Building the index", "The horizontal pod autoscaler (HPA) was off. Building the index"
    )

    assert findings(text, "abbreviation") == []


def test_the_names_of_the_archives_services_are_no_abbreviations():
    settings = Settings(services=(Service("hpa", aliases=("ETL jobs",)),))

    assert findings(summary("HPA and ETL were off."), "abbreviation", settings=settings) == []


def test_below_the_summary_abbreviations_are_fine():
    assert findings(changed(("Building the index", "The HPA was off. Building the index")), "abbreviation") == []


def test_the_sample_is_fine():
    assert findings(GOOD, "abbreviation") == []
