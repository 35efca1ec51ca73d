"""Whatever call a run dies at, and however soon it is run again: one issue each, all complete, nothing lost."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import jira_sandbox
from jira_sandbox import Exchange, Sandbox
from jira_sandbox.journal import Phase
from tests import sampling
from tests.sync import promises
from tests.sync.archives import Archive, make
from tests.sync.conftest import PEOPLE
from tests.sync.forks import Forks
from tests.sync.promises import PHASES, crash, settled, state

Scene = Callable[[Sandbox, Archive, Forks], None]


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Where runs come from."""
    with Forks() as running:
        yield running


def sweep(forks: Forks, folder: Path, dialect: str, scene: Scene, *, fresh: bool = False, share: float = 0.0) -> None:
    """Let a run die at each of its points, each time in a world of its own, and compare what comes of it."""
    exchanges, expected = _rehearsal(forks, folder / "rehearsal", dialect, scene)
    broken = []

    def kinds(point: tuple[int, Any]) -> list[Any]:
        """A request is one kind, and so is a moment of reading or writing."""
        asked = exchanges[point[0] - 1]
        return [sampling.pattern(asked.method, asked.path), (asked.reads, point[1])]

    for number, phase in sampling.sample(_points(exchanges), kinds, share=share):
        where = f"{phase} {number}: {exchanges[number - 1].method} {exchanges[number - 1].path}"
        with _world(dialect) as jira:
            archive = make(folder / f"{number}-{phase}", jira.environment)
            scene(jira, archive, forks)
            before = promises.files(archive)
            killed = crash(forks, jira, archive, number, phase)
            if fresh:
                promises.restore(before)
            found, problem = settled(forks, jira, archive)
            if killed != -9:
                problem = f"it ended with {killed}"
            problem = problem or _difference(found, expected)
            if problem:
                broken.append(f"{where}: {problem}")
    assert not broken, "\n".join([f"{len(broken)} broken promises", *broken])


def _rehearsal(forks: Forks, folder: Path, dialect: str, scene: Scene) -> tuple[list[Exchange], dict[str, Any]]:
    """The requests of a run that nobody disturbs, and what it leaves."""
    with _world(dialect) as jira:
        archive = make(folder, jira.environment)
        scene(jira, archive, forks)
        jira.forget_requests()
        done = forks.sync(archive, "--apply", **promises.AT_ONCE)
        assert done.code == 0, done
        return jira.requests, state(jira, archive)


def _points(exchanges: list[Exchange]) -> list[tuple[int, Any]]:
    """Where to die. At reads that follow a read nothing is otherwise than at the first, so only a full sweep has them."""
    points = []
    for number, exchange in enumerate(exchanges, 1):
        if sampling.whole() or not exchange.reads:
            points += [(number, phase) for phase in PHASES]
        elif number == 1 or not exchanges[number - 2].reads:
            points.append((number, "before"))
    return [point for point in points if point != (len(exchanges), "after-answer")]  # then it is over


def _world(dialect: Any) -> Sandbox:
    return jira_sandbox.start(dialect, people=PEOPLE)


def _difference(found: Any, expected: Any, at: str = "") -> str:
    """Where two states differ first, or nothing."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for name in [*expected, *(one for one in found if one not in expected)]:
            if told := _difference(found.get(name), expected.get(name), f"{at}/{name}"):
                return told
        return ""
    return "" if found == expected else f"{at} is {str(found)[:300]}, not {str(expected)[:300]}"


def first_run(*, links: bool) -> Scene:
    """Nothing is in Jira yet."""

    def scene(jira: Sandbox, archive: Archive, _: Forks) -> None:
        promises.furnish(jira, links=links)
        archive.write(text=promises.document())

    return scene


def later_run(jira: Sandbox, archive: Archive, forks: Forks) -> None:
    """All is in step; then people change a status and an owner in Jira, and in the file a title, a text and an item."""
    first_run(links=True)(jira, archive, forks)
    assert forks.sync(archive, "--apply", **promises.AT_ONCE).code == 0
    jira.release()
    jira.set_status("OPS-1235", "In Progress")
    jira.assign("OPS-1236", "ben.carter")
    (path,) = promises.files(archive)
    text = path.read_text("utf-8").replace("1,204 orders", "1,217 orders")
    text = text.replace("Checkout errors after a migration", "Checkout errors after the payments migration")
    row = "| 3 | Write the runbook | jane.smith | 2026-05-02 | in progress | |\n"
    path.write_text(text.replace("\n\n\n## Lessons", f"\n{row}\n## Lessons"), encoding="utf-8")


DIALECTS = pytest.mark.parametrize("dialect", ["cloud", "data-center"])
LINKS = pytest.mark.parametrize("links", [True, False], ids=["links-on-screen", "links-not-on-screen"])


@pytest.mark.sweep
@LINKS
@DIALECTS
def test_a_first_run_may_die_anywhere(tmp_path: Path, forks: Forks, dialect: str, links: bool) -> None:
    sweep(forks, tmp_path, dialect, first_run(links=links), share=0.3 if dialect == "cloud" else 0.1)


@pytest.mark.sweep
@LINKS
@DIALECTS
def test_what_a_dead_run_wrote_into_files_may_be_thrown_away(
    tmp_path: Path, forks: Forks, dialect: str, links: bool
) -> None:
    sweep(forks, tmp_path, dialect, first_run(links=links), fresh=True)


@pytest.mark.sweep
@pytest.mark.parametrize("fresh", [False, True], ids=["same-files", "files-thrown-away"])
@DIALECTS
def test_a_later_run_may_die_anywhere(tmp_path: Path, forks: Forks, dialect: str, fresh: bool) -> None:
    sweep(forks, tmp_path, dialect, later_run, fresh=fresh, share=0.2 if dialect == "cloud" else 0.1)


@DIALECTS
def test_what_a_dead_run_has_sent_may_arrive_when_the_next_one_has_begun(
    tmp_path: Path, forks: Forks, dialect: str
) -> None:
    with _world(dialect) as jira:
        archive = make(tmp_path / "archive", jira.environment)
        first_run(links=False)(jira, archive, forks)
        on_its_way, done = threading.Event(), threading.Event()

        def hook(number: int, phase: Phase) -> None:
            if not done.is_set() and jira.request(number).path.endswith("/issue"):
                if phase == "before":
                    on_its_way.set()
                    time.sleep(0.8)
                else:
                    done.set()

        jira.on_request = hook
        run = forks.start(archive, "--apply", JIRA_GRACE="1")
        assert on_its_way.wait(120)
        os.kill(run.pid, signal.SIGKILL)
        assert run.finish().code == -9
        again = forks.sync(archive, "--apply", JIRA_GRACE="1")
        assert done.is_set()
        assert (again.code, again.codes()) == (0, set())
        assert ("create", None) not in again.actions()
        _, problem = settled(forks, jira, archive)
        assert not problem
