"""Front-matter times are written in UTC."""

import pytest

from tests.check.sample import GOOD, changed, findings


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("2026-03-15T15:32:00+01:00", "2026-03-15T14:32:00Z"),
        ("2026-03-15 14:32 UTC", "2026-03-15T14:32:00Z"),
        ("2026-03-15 14:32:00Z", "2026-03-15T14:32:00Z"),
        ("2026-03-14T23:32:00.250-15:00", "2026-03-15T14:32:00.25Z"),
        ("2026-03-15t14:32:00z", "2026-03-15T14:32:00Z"),
    ],
)
def test_another_spelling_is_shown_with_the_proper_one(written, better):
    (found,) = findings(changed(("started: 2026-03-15T14:32:00Z", f"started: {written}")), "time-utc")

    assert found.message == f"`started` is written {written!r}; times are written in UTC."
    assert f"`{better}`" in found.hint


@pytest.mark.parametrize("written", ["2026-03-15T14:32:00Z", "2026-03-15T14:32Z", "2026-03-15T14:32:00.5Z"])
def test_utc_with_a_z_is_fine(written):
    assert findings(changed(("started: 2026-03-15T14:32:00Z", f"started: {written}")), "time-utc") == []


@pytest.mark.parametrize("written", ["2026-03-15 14:32", "yesterday", "[1, 2]", ""])
def test_what_cannot_be_read_or_has_no_zone_is_left_to_its_own_rule(written):
    assert findings(changed(("started: 2026-03-15T14:32:00Z", f"started: {written}")), "time-utc") == []


def test_the_sample_is_fine():
    assert findings(GOOD, "time-utc") == []
