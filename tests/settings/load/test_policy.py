"""The policy of an archive is read strictly, and every severity gets its deadlines from it."""

from datetime import date

import pytest

from generator.errors import UsageError
from generator.settings import load as config
from generator.settings.model import Settings, Severity
from generator.settings.policy import Deadlines, Policy

TEXT = """\
title: Test
policy:
  default: {review: 3, follow_up: 21}
  SEV1:
    review: 2
    actions: 30
  sev4: {postmortem: true, published: }
  holidays: [2026-12-25, "2026-12-26"]
  weekend: [Friday, saturday]
"""


def load(root, text):
    (root / "site_config").mkdir(exist_ok=True)
    (root / "site_config" / "archive.yml").write_text(text, encoding="utf-8")
    return config.load(root).settings


def test_without_one_the_two_most_severe_must_have_a_postmortem():
    settings = Settings()

    assert settings.deadlines("SEV1") == Deadlines(True, 5, 7, 14, 90)
    assert settings.deadlines("sev2") == Deadlines(True, 5, 7, 14, None)
    assert settings.deadlines("SEV3") == settings.deadlines("unheard of") == Deadlines(False, 5, 7, 14, None)


def test_the_most_severe_are_those_that_the_archive_declares_first():
    settings = Settings(severities=(Severity("P0"), Severity("P1"), Severity("P2")))

    assert [settings.deadlines(name).postmortem for name in ("P0", "P1", "P2", "SEV1")] == [True, True, False, False]
    assert Settings(severities=(Severity("Only"),)).deadlines("None of them") == Deadlines()


def test_a_severity_has_its_own_values_else_the_general_ones_else_the_built_in_ones(tmp_path):
    settings = load(tmp_path, TEXT)

    assert settings.deadlines("SEV1") == Deadlines(True, 2, 7, 21, 30)
    assert settings.deadlines("SEV2") == Deadlines(True, 3, 7, 21, None)
    assert settings.deadlines("SEV4") == Deadlines(True, 3, None, 21, None)
    assert settings.policy.holidays == (date(2026, 12, 25), date(2026, 12, 26))
    assert settings.policy.weekend == ("friday", "saturday")


def test_severities_may_be_declared_below_the_policy(tmp_path):
    settings = load(tmp_path, "policy: {P0: {review: 1}}\nseverities: [P0, P1]\n")

    assert settings.deadlines("P0").review == 1


def test_an_empty_list_and_an_empty_weekend_are_allowed(tmp_path):
    assert load(tmp_path, "policy: {holidays: , weekend: []}\n").policy == Policy(weekend=())


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ("policy: 5\n", r"archive.yml:1: `policy` must be a mapping"),
        ("policy:\n  SEV9: {review: 1}\n", r"archive.yml:2: `SEV9` is not known in `policy`. Did you mean `SEV\d`\?"),
        (
            "policy:\n  defualt: {review: 1}\n",
            r"archive.yml:2: `defualt` is not known in `policy`. Did you mean `default`\?",
        ),
        (
            "policy:\n  SEV1:\n    revew: 1\n",
            r"archive.yml:3: `revew` is not known in `policy.SEV1`. Did you mean `review`\?",
        ),
        ("policy:\n  SEV1: 5\n", r"archive.yml:2: `policy.SEV1` must be a mapping, such as `\{review: 5\}`."),
        (
            "policy:\n  default:\n    review: soon\n",
            r"archive.yml:3: `policy.default.review` must be a number of days from 0 to 3660",
        ),
        ("policy:\n  default: {review: -1}\n", r"must be a number of days"),
        ("policy:\n  default: {review: true}\n", r"must be a number of days"),
        ("policy:\n  default: {review: 9999}\n", r"must be a number of days"),
        ("policy:\n  default: {postmortem: maybe}\n", r"`policy.default.postmortem` must be true or false"),
        (
            "policy:\n  holidays: [Christmas]\n",
            r"archive.yml:2: 'Christmas' in `policy.holidays` is not a date; write it like 2026-12-25",
        ),
        ("policy:\n  holidays: {a: b}\n", r"`policy.holidays` must be a list"),
        (
            "policy:\n  weekend: [staurday]\n",
            r"'staurday' in `policy.weekend` is not a day of the week. Did you mean `saturday`\?",
        ),
        (
            "policy:\n  weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n",
            r"names every day of the week, so no day is left for work",
        ),
    ],
)
def test_whatever_is_wrong_is_said_with_its_line(tmp_path, policy, message):
    with pytest.raises(UsageError, match=message):
        load(tmp_path, policy)
