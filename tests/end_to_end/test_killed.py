"""Killed anywhere and run again from a fresh clone: the same end, and then nothing more to do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import sampling
from tests.clients.github.clones import Clone
from tests.end_to_end import story
from tests.end_to_end.killing import Died, Mortal, Point
from tests.end_to_end.worlds import World
from tests.forking import Forks
from tests.sync import promises

QUICK = {"skip-preview": True}  # building a site takes seconds
BLUNT = ("The size of the pool is", "Due to human error, the size of the pool is")
Begin = Callable[[World], tuple[Clone, dict]]


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Where commands come from."""
    with Forks() as running:
        yield running


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world in which nothing has happened yet."""
    with World(tmp_path) as made:
        yield made


class Sweep:
    """Lets a workflow die at each of its writes, each time in the same world, and compares what comes of it."""

    def __init__(self, world: World, forks: Forks, name: str, begin: Begin) -> None:
        self.world, self.forks, self.name, self.begin = world, forks, name, begin
        self.runs = 0
        world.keep("before")

    def over(self, *, survives: bool, share: float = 0) -> None:
        """Die at each point; with `survives` the command alone dies, and the workflow goes on to what is left of it."""
        first = self.machine(None)
        self.run(first)
        expected, points = self.ended(survives=survives), self.points(first)
        assert points
        broken = []
        kinds = self.places if survives else self.kinds
        for point, what in sampling.sample(points, kinds, share=share):
            self.world.back("before")
            machine = self.machine(point, survives=survives)
            try:
                died = self.run(machine)
                assert survives, f"{point} was survived"
                assert not all(job.ok for job in died.values())
            except Died:
                assert not survives
            assert machine.dead, point
            problem = self.problem(expected, survives=survives)
            if problem:
                broken.append(f"{point.phase} {what}: {problem}")
        assert not broken, "\n".join([f"{len(broken)} of {len(points)} broken", *broken])

    def problem(self, expected: dict[str, Any], *, survives: bool) -> str:
        """What is wrong after another run, if anything."""
        again = self.machine(None)
        jobs = self.run(again)
        if told := [job.summary + job.log for job in jobs.values() if not job.ok]:
            return f"the run afterwards failed: {told}"
        if told := difference(self.ended(survives=survives), expected):
            return told
        if twice := {mark: count for mark, count in promises.marks(self.world.jira).items() if count > 1}:
            return f"there are several: {twice}"
        last = self.machine(None)
        self.run(last)
        return f"a third run wrote: {last.seen}" if last.seen else ""

    def machine(self, point: Point | None, *, survives: bool = False) -> Mortal:
        """A new machine."""
        self.runs += 1
        folder = self.world.folder / f"machine-{self.runs}"
        return Mortal(folder, self.world.hub, forks=self.forks, world=self.world, at=point, survives=survives)

    def run(self, machine: Mortal) -> dict:
        """A run of the workflow in a fresh clone."""
        return machine.run(self.name, *self.begin(self.world), QUICK)

    def ended(self, *, survives: bool) -> dict[str, Any]:
        """What there is at the end; what survived in part may have come home in two commits, and before it was recorded."""
        state = self.world.state()
        if survives:
            del state["log"]
            for issue in state["tickets"]["issues"].values():
                if issue["property"]:
                    del issue["property"]["values"]
        return state

    @staticmethod
    def kinds(point: tuple[Point, str]) -> list[Any]:
        """A write is one kind, and so is a moment at a place; after one write is as before the next."""
        (place, _, phase), what = point
        return [sampling.pattern(*what.split(" ", 1)) if " " in what else what, (place, phase)]

    @staticmethod
    def places(point: tuple[Point, str]) -> list[Any]:
        """Only these are kinds where a command dies alone: whoever dies, the next run meets the same writes."""
        (place, _, phase), what = point
        return [(place, phase, what.split(" ", 1)[0])]

    @staticmethod
    def points(first: Mortal) -> list[tuple[Point, str]]:
        """Every write, before and after it is done; in a full sweep also once Jira's answer is sent, but the last one's."""
        found = [
            (Point(place, number, phase), what)
            for place, number, what in first.seen
            for phase in ("before", "after-write")
        ]
        answered = [(Point(place, n, "after-answer"), what) for place, n, what in first.seen if place == "jira"][:-1]
        return [*found, *answered] if sampling.whole() else found


def difference(found: Any, expected: Any, at: str = "") -> str:
    """Where two states differ first, or nothing."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for name in [*expected, *(one for one in found if one not in expected)]:
            if told := difference(found.get(name), expected.get(name), f"{at}/{name}"):
                return told
        return ""
    return "" if found == expected else f"{at} is {str(found)[:300]}, not {str(expected)[:300]}"


def plainly(world: World) -> tuple[Clone, dict]:
    """A run on the main branch."""
    return world.clone(), {}


def told(world: World, forks: Forks, name: str, begin: Begin = plainly) -> None:
    """A run before the one that matters."""
    machine = Mortal(world.folder / f"before-{name}", world.hub, forks=forks, world=world)
    jobs = machine.run(name, *begin(world), QUICK)
    assert all(job.ok for job in jobs.values()), [job.summary for job in jobs.values()]


def drafted(world: World, forks: Forks) -> str:
    """An incident has its pull request; the branch."""
    incident = story.resolve(world)
    told(world, forks, "draft")
    return story.branch_of(incident)


def merged(world: World, forks: Forks) -> None:
    """A postmortem is on the main branch."""
    branch = drafted(world, forks)
    story.fill_in(world, branch)
    story.merge(world, branch)


@pytest.mark.sweep
def test_draft(world: World, forks: Forks) -> None:
    story.resolve(world)
    story.resolve(world, "Search is slow", day="14", severity="SEV1")

    Sweep(world, forks, "draft", plainly).over(survives=False)


@pytest.mark.sweep
def test_the_comment_on_a_pull_request(world: World, forks: Forks) -> None:
    branch = drafted(world, forks)
    story.fill_in(world, branch, BLUNT, status="in-review")

    Sweep(world, forks, "check", lambda here: story.event(here, branch)).over(survives=False)


@pytest.mark.sweep
@pytest.mark.parametrize("survives", [False, True], ids=["the-machine", "the-command"])
def test_sync(world: World, forks: Forks, survives: bool) -> None:
    merged(world, forks)

    Sweep(world, forks, "sync", plainly).over(survives=survives, share=0 if survives else 0.3)


@pytest.mark.sweep
@pytest.mark.parametrize("survives", [False, True], ids=["the-machine", "the-command"])
def test_track(world: World, forks: Forks, survives: bool) -> None:
    merged(world, forks)
    told(world, forks, "sync")
    story.close_ticket(world, 2)

    Sweep(world, forks, "track", plainly).over(survives=survives)


def test_a_ticket_may_be_opened_again_after_a_run_that_died_before_it_recorded_that_it_was_done(
    world: World, forks: Forks
) -> None:
    merged(world, forks)
    told(world, forks, "sync")
    key = story.close_ticket(world, 2)
    at = Point("jira", 2, "before")
    machine = Mortal(world.folder / "dies", world.hub, forks=forks, world=world, at=at, survives=True)
    machine.run("track", world.clone())
    assert machine.seen[1][2].endswith("/properties/postmortem")
    told(world, forks, "track")

    world.jira.set_status(key, "To Do")
    machine = Mortal(world.folder / "opened-again", world.hub, forks=forks, world=world)
    job = machine.run("track", world.clone())["track"]

    assert "status-in-file" not in job.summary
    assert "status: completed → open" in job.summary
