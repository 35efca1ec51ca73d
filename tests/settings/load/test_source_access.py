"""Where a source asks, and with which token, as the environment says it."""

import pytest

from generator.errors import UsageError
from generator.settings.load.source_access import source_access


def test_the_address_of_the_environment_wins_over_the_usual_one():
    usual = "https://api.beacon.example/"
    moved = source_access("Beacon", usual, {"BEACON_TOKEN": "sesame", "BEACON_URL": "https://b.example/x/"})

    assert (moved.base, moved.token.reveal()) == ("https://b.example/x", "sesame")
    assert "sesame" not in repr(moved)
    assert source_access("Beacon", usual, {"BEACON_TOKEN": "t"}).base == "https://api.beacon.example"
    assert source_access("On-Call 2", usual, {"ON_CALL_2_TOKEN": "t"}).token.reveal() == "t"


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "To ask Beacon, set BEACON_URL and BEACON_TOKEN in the environment"),
        ({"BEACON_URL": "https://b.example"}, "set BEACON_TOKEN in"),
        ({"BEACON_TOKEN": "sesame", "BEACON_URL": "http://b.example"}, "would send the token in the clear"),
        ({"BEACON_TOKEN": "sesame", "BEACON_URL": "b.example"}, "BEACON_URL is not an address"),
        ({"BEACON_TOKEN": "ses\name", "BEACON_URL": "https://b.example"}, "BEACON_TOKEN has a character"),
        ({"BEACON_TOKEN": "sesame…", "BEACON_URL": "https://b.example"}, "BEACON_TOKEN has a character"),
    ],
)
def test_what_cannot_be_right_is_refused_without_the_token(environment, words):
    with pytest.raises(UsageError, match=words) as raised:
        source_access("Beacon", environment=environment)

    assert "ses" not in str(raised.value)
