"""A create without an answer is looked for and never repeated blindly; a run that is stopped is finished by the next."""

import threading
import time
import urllib.request
from collections.abc import Iterator

import pytest

from jira_sandbox import Exchange, Sandbox
from jira_sandbox.journal import Phase
from tests.sync import promises
from tests.sync.archives import Archive
from tests.sync.forks import Forks

CREATE = "POST /issue"


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Where runs come from."""
    with Forks() as running:
        yield running


@pytest.fixture
def mine(jira: Sandbox, archive: Archive) -> Archive:
    """An archive with a postmortem of which Jira knows nothing yet, and an index that lags."""
    promises.furnish(jira, links=False)
    archive.write(text=promises.document())
    return archive


def creates(jira: Sandbox) -> list[Exchange]:
    """The requests that create issues."""
    return [one for one in jira.requests if one.method == "POST" and one.path.endswith("/issue")]


def complete(forks: Forks, jira: Sandbox, archive: Archive, items: int = 2) -> None:
    """There is one issue for the postmortem and one for each item, and after a run or two nothing is left to do."""
    found, problem = promises.settled(forks, jira, archive)
    assert not problem
    assert len(promises.marks(jira)) == 2 * (items + 1)
    assert len(found["links"]) == items + 1
    (text,) = promises.files(archive).values()
    assert "jira: INCIDENT-1\n" in text
    assert text.count("| OPS-1") == items


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("fault", ["timeout", "503", "reset", "html", "short"])
def test_a_create_that_was_done_without_an_answer_is_found_by_the_same_run(
    jira: Sandbox, mine: Archive, forks: Forks, fault: str, which: int
) -> None:
    body = b"<html><body>The proxy is tired</body></html>" if fault == "html" else None
    jira.fault(CREATE, fault, when="after", skip=which, seconds=0.1, body=body)
    run = forks.sync(mine, "--apply", JIRA_GRACE="5")
    assert (run.code, run.codes()) == (0, set())
    assert len(creates(jira)) == 3
    complete(forks, jira, mine)


@pytest.mark.parametrize("which", [0, 1])
def test_a_create_that_is_not_found_is_left_to_the_next_run(
    jira: Sandbox, mine: Archive, forks: Forks, which: int
) -> None:
    jira.fault(CREATE, "503", skip=which)
    run = forks.sync(mine, "--apply", JIRA_GRACE="1")
    assert run.code == 75
    assert "outcome-unknown" in run.codes()
    assert jira.user("postmortem-bot")["properties"]  # nobody creates before the time is over
    complete(forks, jira, mine)
    assert jira.user("postmortem-bot")["properties"] == {}


def test_a_create_that_arrives_late_is_found_by_the_same_run(jira: Sandbox, mine: Archive, forks: Forks) -> None:
    late: list[threading.Thread] = []

    def hook(number: int, phase: Phase) -> None:
        one = jira.request(number)
        if phase == "before" and one in creates(jira) and not late:
            late.append(threading.Thread(target=_again, args=(jira, one)))
            late[0].start()

    jira.on_request = hook
    jira.fault(CREATE, "503")
    run = forks.sync(mine, "--apply", JIRA_GRACE="20")
    late[0].join()
    assert (run.code, run.codes()) == (0, set())
    assert len(creates(jira)) == 4  # the one that was answered by the proxy, the same as it arrives, and two items
    complete(forks, jira, mine)


def _again(jira: Sandbox, exchange: Exchange) -> None:
    """Let a request arrive that a proxy has given up on."""
    time.sleep(0.2)
    import base64

    basic = base64.b64encode(f"{jira.email}:{jira.token}".encode()).decode()
    login = f"Basic {basic}" if jira.dialect == "cloud" else f"Bearer {jira.token}"
    headers = {"Authorization": login, "Content-Type": "application/json"}
    request = urllib.request.Request(jira.url + exchange.path, exchange.raw, headers, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 201


def test_what_was_left_out_before_is_still_told_of_an_issue_that_is_found(
    jira: Sandbox, mine: Archive, forks: Forks
) -> None:
    jira.remove_field_from_screen("duedate", project="OPS")
    jira.fault(CREATE, "reset", when="after", skip=1)
    run = forks.sync(mine, "--apply", JIRA_GRACE="5")
    assert (run.code, run.codes()) == (0, {"field-not-on-screen"})


def test_after_three_of_seven_items_the_next_run_makes_the_other_four(
    jira: Sandbox, mine: Archive, forks: Forks
) -> None:
    rows = "".join(f"| {n} | Action {n} | ben.carter | 2026-04-0{n} | open | |\n" for n in range(1, 8))
    mine.write(text=promises.document(rows))
    jira.fault(CREATE, "503", skip=4, times=99)
    run = forks.sync(mine, "--apply", **promises.AT_ONCE)
    assert run.code == 75
    assert len(promises.marks(jira)) == 8
    jira.clear_faults()
    complete(forks, jira, mine, items=7)


def test_a_create_that_was_refused_for_its_haste_is_repeated(jira: Sandbox, mine: Archive, forks: Forks) -> None:
    jira.fault(CREATE, "429")
    run = forks.sync(mine, "--apply", **promises.AT_ONCE)
    assert (run.code, run.codes()) == (0, set())
    first, second = creates(jira)[:2]
    assert second.at - first.at >= 1
    complete(forks, jira, mine)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_used_up_quota_stops_the_run_and_says_for_how_long(
    jira: Sandbox, mine: Archive, forks: Forks, which: int
) -> None:
    jira.fault(CREATE, "429-quota", skip=which, times=99)
    run = forks.sync(mine, "--apply", **promises.AT_ONCE)
    assert run.code == 75
    assert "31 minutes" in run.err
    assert len(creates(jira)) == which + 1
    jira.clear_faults()
    complete(forks, jira, mine)


@pytest.mark.parametrize("match", [CREATE, "POST /issueLink", "PUT /issue/*", "DELETE /user/properties/*"])
def test_credentials_that_end_midway_stop_the_run_and_the_next_one_goes_on(
    jira: Sandbox, mine: Archive, forks: Forks, match: str
) -> None:
    jira.fault(match, "401", skip=1 if match == CREATE else 0, times=99)
    run = forks.sync(mine, "--apply", **promises.AT_ONCE)
    assert run.code == 1
    assert "does not accept the credentials" in run.err
    jira.clear_faults()
    complete(forks, jira, mine)


def test_a_token_that_expires_between_two_requests_makes_nothing_twice(
    jira: Sandbox, mine: Archive, forks: Forks
) -> None:
    jira.fault("POST /search*", "silent-200", times=99)
    jira.fault("POST /search/jql", "silent-200", times=99)
    run = forks.sync(mine, "--apply", **promises.AT_ONCE)
    assert run.code == 1
    assert not promises.marks(jira)


def test_an_issue_that_a_dead_run_created_again_is_found_under_its_new_key(
    jira: Sandbox, mine: Archive, forks: Forks
) -> None:
    assert forks.sync(mine, "--apply", **promises.AT_ONCE).code == 0
    jira.release()
    jira.delete("INCIDENT-1")
    before = promises.files(mine)
    assert forks.sync(mine, "--apply", "--recreate", **promises.AT_ONCE).code == 0
    jira.add_issue("INCIDENT", summary="One that somebody made since")
    jira.release()
    promises.restore(before)
    again = forks.sync(mine, "--apply", "--recreate", **promises.AT_ONCE)
    assert again.code == 0
    assert set(promises.marks(jira).values()) == {1}
