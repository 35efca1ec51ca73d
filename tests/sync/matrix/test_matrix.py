"""Every world that real projects make, in every situation that a run can be in: three promises hold.

By default each world is of one dialect, in turn, and a run dies at one of its writes; with `--all` each is of both, and a run
dies at each of its writes in turn.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import jira_sandbox
from jira_sandbox import Sandbox
from tests import sampling
from tests.sync import promises
from tests.sync.archives import Archive, make
from tests.sync.conftest import PEOPLE
from tests.sync.forks import Forks
from tests.sync.matrix.open_worlds import OPEN, OPEN_AT_SOME_WRITE
from tests.sync.matrix.promises import ENDS, left_to_do, lost_in_git, settle, text, twice_in_jira
from tests.sync.matrix.worlds import WORLDS, World

PATIENT = {"JIRA_GRACE": "30"}  # nobody takes over from a run that is alive


def cases(situation: str) -> list[Any]:
    """A parameter for each world and dialect; those that do not keep the promises yet are expected to fail, and say why."""
    parameters = []
    for place, world in enumerate(WORLDS):
        dialects = world.dialects if sampling.whole() else (world.dialects[place % len(world.dialects)],)
        for dialect in dialects:
            reason = OPEN.get((world.name, situation))
            if sampling.whole():
                reason = reason or OPEN_AT_SOME_WRITE.get((world.name, situation))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            parameters.append(pytest.param(world, dialect, id=f"{world.name}-{dialect}", marks=marks))
    return parameters


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Where runs come from."""
    with Forks() as running:
        yield running


@contextmanager
def started(world: World, dialect: Any, folder: Path, *, arranged: bool = True) -> Iterator[tuple[Sandbox, Archive]]:
    """A Jira as the world arranges it, and an archive with one postmortem of which it knows nothing yet."""
    with jira_sandbox.start(dialect, people=PEOPLE) as jira:
        jira.add_issue("OPS", key=promises.INCIDENT, type="Incident", summary="Checkout is down")
        archive = new_archive(world, jira, folder)
        if arranged:
            world.arrange(jira)
        yield jira, archive


def new_archive(world: World, jira: Sandbox, folder: Path) -> Archive:
    """An archive with one postmortem, and the settings that go with the world."""
    archive = make(folder, jira.environment)
    path = archive.root / "site_config" / "archive.yml"
    project = "  action_project: OPS\n"
    settings = path.read_text("utf-8")
    path.write_text(settings.replace(project, world.settings or project), encoding="utf-8")
    document = promises.document()
    archive.write(text=document.replace("in progress", "completed") if world.completed else document)
    return archive


def kept(jira: Sandbox, archive: Archive, before: str) -> None:
    """The first two promises."""
    assert lost_in_git(before, text(archive)) == []
    assert twice_in_jira(jira) == {}


@pytest.mark.parametrize(("world", "dialect"), cases("first"))
def test_a_first_run(tmp_path: Path, forks: Forks, world: World, dialect: str) -> None:
    with started(world, dialect, tmp_path / "archive") as (jira, archive):
        before = text(archive)
        run = forks.sync(archive, "--apply", **promises.AT_ONCE)
        assert run.code in ENDS, run
        kept(jira, archive, before)


@pytest.mark.parametrize(("world", "dialect"), cases("second"))
def test_a_second_plan_is_empty(tmp_path: Path, forks: Forks, world: World, dialect: str) -> None:
    with started(world, dialect, tmp_path / "archive") as (jira, archive):
        before = text(archive)
        forks.sync(archive, "--apply", **promises.AT_ONCE)
        if not world.passes:
            world.disturb(jira)
        last = settle(forks, jira, archive)
        kept(jira, archive, before)
        assert left_to_do(last, jira) == []


@pytest.mark.parametrize(("world", "dialect"), cases("pull"))
def test_what_people_did_in_jira_is_pulled_and_nothing_else(
    tmp_path: Path, forks: Forks, world: World, dialect: str
) -> None:
    with started(world, dialect, tmp_path / "archive", arranged=bool(world.settings)) as (jira, archive):
        assert forks.sync(archive, "--apply", **promises.AT_ONCE).code == 0
        before = text(archive)
        label = f"postmortem-{promises.ID}-1"
        (ticket,) = [one["key"] for one in jira.issues() if label in one["fields"]["labels"]]
        jira.set_status(ticket, "Done", resolution="Done")
        if not world.settings:
            world.arrange(jira)
        world.disturb(jira)
        run = forks.sync(archive, "--apply", **promises.AT_ONCE)
        assert run.code in ENDS, run
        last = settle(forks, jira, archive)
        kept(jira, archive, before)
        assert left_to_do(last, jira) == []


@pytest.mark.parametrize(("world", "dialect"), cases("two"))
def test_two_runs_at_once(tmp_path: Path, forks: Forks, world: World, dialect: str) -> None:
    with started(world, dialect, tmp_path / "archive") as (jira, archive):
        other = new_archive(world, jira, tmp_path / "other")
        before = text(archive)
        jira.barrier("PUT /user/properties/*", 2, seconds=0.5)
        runs = [forks.start(one, "--apply", **PATIENT) for one in (archive, other)]
        assert {run.finish().code for run in runs} <= ENDS
        settle(forks, jira, other)
        last = settle(forks, jira, archive)
        for one in (archive, other):
            kept(jira, one, before)
        assert left_to_do(last, jira) == []


@pytest.mark.parametrize(("world", "dialect"), cases("killed"))
def test_a_run_that_is_killed(tmp_path: Path, forks: Forks, world: World, dialect: str) -> None:
    with started(world, dialect, tmp_path / "rehearsal") as (jira, archive):
        jira.forget_requests()
        forks.sync(archive, "--apply", **promises.AT_ONCE)
        numbers = [place for place, one in enumerate(jira.requests, 1) if not one.reads] or [1]
    points = numbers if sampling.whole() else [numbers[zlib.crc32(world.name.encode()) % len(numbers)]]
    for number in points:
        with started(world, dialect, tmp_path / f"killed-{number}") as (jira, archive):
            before = text(archive)
            phase = promises.PHASES[number % 2]
            assert promises.crash(forks, jira, archive, number, phase) in {-9, *ENDS}
            last = settle(forks, jira, archive)
            kept(jira, archive, before)
            assert left_to_do(last, jira) == [], f"killed {phase} request {number}"
