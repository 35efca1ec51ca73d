"""The severity is one of the archive's."""

import pytest

from generator.settings.model import Settings, Severity
from tests.check.sample import GOOD, changed, findings, line_of


def about(severity, settings=None):
    return findings(changed(("severity: SEV2", f"severity: {severity}")), "schema-severity", settings=settings)


def test_a_severity_of_the_archive_is_fine():
    assert findings(GOOD, "schema-severity") == []


@pytest.mark.parametrize(
    ("written", "meant"), [("Critical", "SEV1"), ("sev2", "SEV2"), ("SEV-3", "SEV3"), ("SVE1", "SEV1"), ("2", "SEV2")]
)
def test_another_word_is_an_error_that_names_the_one_that_was_meant(written, meant):
    (found,) = about(written)

    assert (found.line, found.severity) == (line_of("severity:"), "error")
    assert found.message == f"`severity` cannot be {written!r}."
    assert found.hint == f"Did you mean `{meant}`?"


def test_a_word_like_none_of_them_gets_the_list():
    (found,) = about("whatever")

    assert found.hint.startswith("One of SEV1, SEV2, SEV3, SEV4, SEV5")


def test_an_archive_with_severities_of_its_own_knows_only_those():
    own = Settings(severities=(Severity("P0"), Severity("P1")))

    assert about("P0", own) == []
    assert [found.hint for found in about("SEV1", own)] == ["One of P0, P1; see site_config/archive.yml."]
