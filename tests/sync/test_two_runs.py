"""Two runs may meet, in one folder or on two machines: one issue each, and nobody's work is lost."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jira_sandbox import Sandbox
from jira_sandbox.journal import Phase
from tests.sync import promises
from tests.sync.archives import Archive, make
from tests.sync.forks import Forks

PATIENT = {"JIRA_GRACE": "30"}  # nobody takes over from a run that is alive
HURRIED = {"JIRA_GRACE": "1"}
EXPECTED = [(promises.ID, None), (promises.ID, 1), (promises.ID, 2)]


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


def made_once(jira: Sandbox) -> None:
    """There is one issue for each."""
    found = promises.marks(jira)
    assert set(found.values()) == {1}, found
    assert sorted((one[1:] for one in found if one[0] == "property"), key=str) == sorted(EXPECTED, key=str)


def in_step(forks: Forks, jira: Sandbox, *archives: Archive) -> None:
    """Once the index has caught up there is nothing more to do in any of the archives."""
    jira.lag = 0
    jira.release()
    for archive in archives:
        jira.forget_requests()
        last = forks.sync(archive, "--apply")
        assert (last.code, last.rows, jira.writes) == (0, [], [])
    made_once(jira)


@pytest.mark.parametrize("meeting", ["GET /user/properties/*", "PUT /user/properties/*", "POST /issue"])
def test_two_runs_of_one_folder_at_the_same_moment(jira: Sandbox, mine: Archive, forks: Forks, meeting: str) -> None:
    jira.barrier(meeting, 2, seconds=0.5)
    runs = [forks.start(mine, "--apply", **PATIENT) for _ in range(2)]
    assert [run.finish().code for run in runs] == [0, 0]
    assert jira.user("postmortem-bot")["properties"] == {}
    in_step(forks, jira, mine)


@pytest.mark.parametrize("meeting", ["GET /user/properties/*", "PUT /user/properties/*", "POST /issue"])
def test_two_runners_with_a_copy_each_at_the_same_moment(
    tmp_path: Path, jira: Sandbox, mine: Archive, forks: Forks, meeting: str
) -> None:
    other = make(tmp_path / "other", jira.environment)
    other.write(text=promises.document())
    jira.barrier(meeting, 2, seconds=0.5)
    runs = [forks.start(archive, "--apply", **PATIENT) for archive in (mine, other)]
    assert [run.finish().code for run in runs] == [0, 0]
    texts = [list(promises.files(archive).values()) for archive in (mine, other)]
    assert texts[0] == texts[1]
    in_step(forks, jira, mine, other)


def test_the_second_of_two_runs_writes_nothing_into_jira_that_the_first_has_written(
    tmp_path: Path, jira: Sandbox, mine: Archive, forks: Forks
) -> None:
    other = make(tmp_path / "other", jira.environment)
    other.write(text=promises.document())
    assert forks.sync(mine, "--apply", **PATIENT).code == 0
    jira.forget_requests()
    second = forks.sync(other, "--apply", **PATIENT)
    assert second.code == 0
    assert {one.path.rpartition("/")[2][:16] for one in jira.writes} <= {"postmortem.claim"}
    assert set(second.actions()) == {("write", None), ("write", 1), ("write", 2)}


def test_a_run_that_was_silent_for_too_long_gives_way(jira: Sandbox, mine: Archive, forks: Forks) -> None:
    asleep, awake = threading.Event(), threading.Event()

    def hook(number: int, phase: Phase) -> None:
        if phase == "before" and "createmeta/OPS/" in jira.request(number).path and not asleep.is_set():
            asleep.set()
            awake.wait(120)

    jira.on_request = hook
    slow = forks.start(mine, "--apply", **HURRIED)
    assert asleep.wait(120)
    second = forks.sync(mine, "--apply", **HURRIED)
    awake.set()
    first = slow.finish()
    assert second.code == 0
    assert (first.code, first.codes()) == (1, {"claimed"})
    in_step(forks, jira, mine)


def test_the_claim_of_a_dead_run_is_waited_for_and_then_succeeded(jira: Sandbox, mine: Archive, forks: Forks) -> None:
    claims = [n for n, one in enumerate(_rehearsed(jira, mine, forks), 1) if one.startswith("PUT /user/properties/")]
    assert promises.crash(forks, jira, mine, claims[0], "after-answer") == -9
    assert len(jira.user("postmortem-bot")["properties"]) == 1
    assert forks.sync(mine, "--apply", **HURRIED).code == 0
    assert jira.user("postmortem-bot")["properties"] == {}
    in_step(forks, jira, mine)


def _rehearsed(jira: Sandbox, archive: Archive, forks: Forks) -> list[str]:
    """The requests of a run whose claim is refused, so that it makes nothing."""
    jira.fault("PUT /user/properties/*", "401")
    jira.forget_requests()
    assert forks.sync(archive, "--apply").code == 1
    assert not promises.marks(jira)
    return [f"{one.method} {one.path.partition('/api/')[2][1:]}" for one in jira.requests]


def test_what_another_run_is_creating_is_left_to_it(jira: Sandbox, mine: Archive, forks: Forks) -> None:
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    held = {f"postmortem.claim.{promises.ID}.1": {"run": "of somebody else", "at": later}}
    jira.set_user("postmortem-bot", properties=held)
    run = forks.sync(mine, "--apply", **HURRIED)
    assert (run.code, run.codes()) == (1, {"claimed"})
    assert not promises.marks(jira)
    assert jira.user("postmortem-bot")["properties"] == held


@pytest.mark.parametrize("refusal", ["403", "404"])
def test_without_the_right_to_claims_it_is_said_and_works(
    jira: Sandbox, mine: Archive, forks: Forks, refusal: str
) -> None:
    jira.fault("* /user/properties/*", refusal, times=99)
    run = forks.sync(mine, "--apply", **PATIENT)
    assert (run.code, run.codes()) == (0, {"no-claims"})
    jira.clear_faults()
    in_step(forks, jira, mine)


def test_a_claim_that_cannot_be_made_for_the_moment_stops_the_run(jira: Sandbox, mine: Archive, forks: Forks) -> None:
    jira.fault("PUT /user/properties/*", "429-quota", times=99)
    run = forks.sync(mine, "--apply", **PATIENT)
    assert run.code == 75
    assert "31 minutes" in run.err
    assert not promises.marks(jira)
