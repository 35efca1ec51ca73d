"""What goes wrong with a whole Jira of either kind is told, and nothing is done twice."""

import threading

import pytest

from generator.errors import (
    NotFoundError,
    OutcomeUnknownError,
    RefusedError,
    TryLaterError,
    UnauthorisedError,
    UnreachableError,
)
from tests.clients.jira.conftest import connected

TASK = {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, "summary": "Size the pool from load"}


@pytest.mark.parametrize("do", ["timeout", "reset", "503", "502"])
def test_a_creation_that_may_have_been_done_is_sent_once(world, do):
    world.fault("POST /issue", do, when="after", seconds=4)
    jira = connected(world, timeouts=(10, 2 if do == "timeout" else 30))
    before, count = len(world.writes), len(world.issues("OPS"))

    with pytest.raises(OutcomeUnknownError):
        jira.create(TASK)
    assert len(world.writes) - before <= 1
    assert len(world.issues("OPS")) == count + 1


def test_a_hasty_creation_is_repeated_and_done_once(jira, world):
    world.fault("POST /issue", "429", times=2)
    count = len(world.issues("OPS"))

    jira.create(TASK)
    assert len(world.issues("OPS")) == count + 1


@pytest.mark.parametrize(
    ("do", "error"),
    [
        ("401", UnauthorisedError),
        ("captcha", UnauthorisedError),
        ("silent-200", UnauthorisedError),
        ("html", UnauthorisedError),
        ("login", UnauthorisedError),
        ("403", RefusedError),
        ("429-quota", TryLaterError),
        ("404", NotFoundError),
        ("500", UnreachableError),
        ("reset", UnreachableError),
        ("short", UnreachableError),
    ],
)
def test_what_goes_wrong_in_a_search_is_never_no_results(jira, world, do, error):
    world.fault("POST /search**", do, times=4)

    with pytest.raises(error) as caught:
        jira.search('labels = "x"', fields=[])
    assert world.token not in str(caught.value)


def test_an_expired_token_is_noticed_before_anything_else(jira, world):
    world.expired = True

    with pytest.raises(UnauthorisedError):
        jira.myself()
    with pytest.raises(UnauthorisedError):
        jira.search('labels = "x"', fields=[])


def test_many_threads_share_one_client(jira, world):
    key, errors = world.add_issue("OPS"), []

    def write(number):
        try:
            jira.set_property(key, f"p{number}", number)
            assert jira.property(key, f"p{number}") == number
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
