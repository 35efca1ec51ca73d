"""A root cause does not stand alone."""

from tests.check.sample import GOOD, changed, findings, line_of, said, without

SECOND = "2. **Retries multiplied the load.** Each slow request became three.\n"


def test_a_cause_without_factors_is_asked_about():
    assert said(without("## Contributing factors"), "contributing-factors") == [
        (line_of("## Root cause"), "There is a root cause, but there are no contributing factors.")
    ]


def test_factors_named_below_the_cause_are_fine():
    text = without("## Contributing factors").replace("The new schema", "Contributing factors were two. The new schema")

    assert findings(text, "contributing-factors") == []


def test_an_empty_section_is_asked_about():
    start, end = GOOD.index("1. **The canary"), GOOD.index("\n## Resolution")

    assert [message for _, message in said(GOOD[:start] + GOOD[end:], "contributing-factors")] == [
        "There is nothing below “Contributing factors”."
    ]


def test_a_single_one_gets_advice():
    (found,) = findings(changed((SECOND, "")), "contributing-factors")

    assert (found.message, found.severity) == ("There is a single contributing factor.", "advice")
    assert findings(changed((SECOND, ""), ("1. **The canary", "1. **TODO: The canary")), "contributing-factors") == []


def test_a_lightweight_one_may_tell_them_in_the_cause():
    text = without("## Contributing factors").replace("type: outage", "type: lightweight")

    assert findings(text, "contributing-factors") == []
    assert findings(GOOD, "contributing-factors") == []
