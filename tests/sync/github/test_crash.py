"""Whatever call a run dies at, however runs meet and whatever GitHub answers: one issue each, and nothing lost."""

import threading
from pathlib import Path
from typing import Any

import pytest

from tests import sampling
from tests.clients.github import standin
from tests.clients.github.standin import HOME, PHASES, Hub
from tests.sync.archives import Archive
from tests.sync.forks import Forks
from tests.sync.github import archives
from tests.sync.github.archives import AT_ONCE, applied, crash, in_step, make, marks

ROWS = (
    "| 1 | Let migrations fail where an index is dropped | ben.carter | 2026-04-01 | open | |\n"
    "| 2 | Alert on the share of failed payments | jane.smith | 2026-04-15 | won't do | |\n"
)
PATIENT = {"JIRA_GRACE": "5"}
HURRIED = {"JIRA_GRACE": "1"}
ONE_EACH = {("label", f"postmortem-{archives.ID}-{n}"): 1 for n in (1, 2)} | {("state", n): 1 for n in (1, 2)}


def state(hub: Hub, archive: Archive) -> dict[str, Any]:
    """Everything that runs have made."""
    issues = {
        n: {**held, "body": held["body"].partition("<!--")[0]} for n, held in hub.repositories[HOME].issues.items()
    }
    return {"issues": issues, "file": archives.text(archive).replace(hub.site, "")}


def first_run(hub: Hub, archive: Archive, _: Forks) -> None:
    """Nothing is on GitHub yet."""
    archive.write(rows=ROWS)
    hub.lagging = True


def later_run(hub: Hub, archive: Archive, forks: Forks) -> None:
    """All is in step; then people change a state and an owner there, and in the file an action and a day, and add a row."""
    first_run(hub, archive, forks)
    applied(forks, archive)
    hub.settle()
    hub.issue(1).update(state="closed", state_reason="completed")
    hub.issue(2)["assignees"] = ["ben-fernway"]
    row = "| 3 | Write the runbook | jane.smith | 2026-05-02 | completed | |\n"
    archives.change(
        archive,
        ("Let migrations fail", "Make migrations fail"),
        ("2026-04-15", "2026-04-17"),
        ("\n\n\n## L", f"\n{row}\n## L"),
    )


@pytest.mark.parametrize("fresh", [False, True], ids=["same-files", "files-thrown-away"])
@pytest.mark.parametrize(("scene", "share"), [(first_run, 0.3), (later_run, 0.15)])
@pytest.mark.sweep
def test_a_run_may_die_anywhere(tmp_path: Path, forks: Forks, scene: Any, share: float, fresh: bool) -> None:
    with standin.start() as hub:
        archive = make(tmp_path / "rehearsal", hub)
        scene(hub, archive, forks)
        before = len(hub.exchanges)
        applied(forks, archive)
        exchanges, expected = hub.exchanges[before:], state(hub, archive)
    points = [
        (at, phase)
        for at, one in enumerate(exchanges, 1)
        for phase in PHASES
        if sampling.whole() or one.method != "GET" or phase == "before"
    ]
    points = [point for point in points if point != (len(exchanges), "after-answer")]  # then it is over

    def kinds(point: tuple[int, str]) -> list[Any]:
        """A request is one kind, and so is a moment of reading or writing."""
        asked = exchanges[point[0] - 1]
        return [sampling.pattern(asked.method, asked.path), (asked.method == "GET", point[1])]

    broken = []
    for at, phase in sampling.sample(points, kinds, share=share / (1 + fresh)):
        with standin.start() as hub:
            archive = make(tmp_path / f"{at}-{phase}", hub)
            scene(hub, archive, forks)
            text = archives.text(archive)
            code = crash(forks, hub, archive, at, phase)
            if fresh:
                archive.write(text=text)
            applied(forks, archive)
            hub.settle()
            in_step(forks, hub, archive)
            found = state(hub, archive)
            if code != -9 or found != expected:
                where = f"{phase} {at}: {exchanges[at - 1].method} {exchanges[at - 1].path}"
                broken.append(f"{where} ({code}): {found} is not {expected}")
    assert not broken, "\n".join([f"{len(broken)} of {len(points)} broken", *broken[:3]])


@pytest.mark.parametrize("lagging", [False, True])
def test_of_two_runs_at_once_one_creates(
    tmp_path: Path, hub: Hub, archive: Archive, forks: Forks, lagging: bool
) -> None:
    hub.lagging = lagging
    other = make(tmp_path / "other", hub)
    other.write()
    gate = threading.Barrier(2, timeout=5)

    def together(number: int, phase: str) -> None:
        one = hub.exchanges[number - 1]
        if phase == "before" and (one.method, one.path) == ("POST", f"/repos/{HOME}/labels") and not gate.broken:
            try:
                gate.wait(0.5)
            except threading.BrokenBarrierError:
                return

    hub.on_request = together
    runs = [forks.start(one, "--apply", **PATIENT) for one in (archive, other)]
    assert [run.finish().code for run in runs] == [0, 0]
    hub.on_request = None
    assert marks(hub) == ONE_EACH
    assert archives.text(archive) == archives.text(other)
    for one in (archive, other):
        in_step(forks, hub, one)
    assert not [name for name in hub.repositories[HOME].labels if "claim" in name]


def test_the_claim_of_a_dead_run_is_waited_for_and_then_succeeded(hub: Hub, archive: Archive, forks: Forks) -> None:
    made = f"/repos/{HOME}/labels"
    hub.fault("POST .*/labels", 401)
    forks.sync(archive, "--apply")
    at = next(one.number for one in hub.exchanges if (one.method, one.path) == ("POST", made))
    assert crash(forks, hub, archive, at, "after-answer", **HURRIED) == -9
    assert [name for name in hub.repositories[HOME].labels if "claim" in name] == [
        f"postmortem-claim-{archives.ID.casefold()}.1"
    ]
    assert forks.sync(archive, "--apply", **HURRIED).code == 0
    assert not [name for name in hub.repositories[HOME].labels if "claim" in name]
    assert marks(hub) == ONE_EACH


def test_a_run_that_was_silent_for_too_long_gives_way(hub: Hub, archive: Archive, forks: Forks) -> None:
    asleep, awake = threading.Event(), threading.Event()

    def hook(number: int, phase: str) -> None:
        if phase == "before" and "/assignees/" in hub.exchanges[number - 1].path and not asleep.is_set():
            asleep.set()
            awake.wait(120)

    hub.on_request = hook
    slow = forks.start(archive, "--apply", **HURRIED)
    assert asleep.wait(120)
    second = forks.sync(archive, "--apply", **HURRIED)
    awake.set()
    first = slow.finish()
    hub.on_request = None
    assert second.code == 0
    assert (first.code, first.codes()) == (1, {"claimed"})
    assert marks(hub) == ONE_EACH


@pytest.mark.parametrize("lagging", [False, True])
def test_an_issue_whose_creation_was_not_answered_is_looked_for(
    hub: Hub, archive: Archive, forks: Forks, lagging: bool
) -> None:
    hub.lagging = lagging
    hub.fault("POST .*/issues$", "cut", when="after")
    assert forks.sync(archive, "--apply", **PATIENT).code == 0
    assert marks(hub) == ONE_EACH
    hub.settle()
    in_step(forks, hub, archive)


def test_a_creation_that_was_lost_is_told_and_made_by_the_next_run(hub: Hub, archive: Archive, forks: Forks) -> None:
    hub.fault("POST .*/issues$", 502)
    run = forks.sync(archive, "--apply", **AT_ONCE)
    assert (run.code, run.codes()) == (75, {"outcome-unknown"})
    applied(forks, archive)
    assert marks(hub) == ONE_EACH


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("match", ["POST .*/labels", "DELETE .*/labels", "PATCH .*/issues/1"])
def test_a_cut_connection_makes_nothing_twice(hub: Hub, archive: Archive, forks: Forks, match: str, when: str) -> None:
    archive.write(rows=ROWS.replace("| open |", "| completed |"))
    hub.fault(match, "cut", when=when)
    forks.sync(archive, "--apply", **AT_ONCE)
    applied(forks, archive)
    in_step(forks, hub, archive)
    assert marks(hub) == ONE_EACH


def test_haste_ends_the_run_and_the_next_one_goes_on(hub: Hub, archive: Archive, forks: Forks) -> None:
    hub.fault("POST .*/issues$", 403, "You have exceeded a secondary rate limit.")
    run = forks.sync(archive, "--apply", **AT_ONCE)
    assert run.code == 75
    assert "secondary rate limit" in run.err
    applied(forks, archive)
    assert marks(hub) == ONE_EACH


def test_without_the_right_to_make_labels_nothing_is_created(hub: Hub, archive: Archive, forks: Forks) -> None:
    hub.fault("POST .*/labels", 403, "Resource not accessible by personal access token", times=9)
    run = forks.sync(archive, "--apply", **AT_ONCE)
    assert run.code == 1
    assert run.codes() == {"no-claims", "create-failed"}
    assert hub.repositories[HOME].issues == {}


def test_a_token_that_is_not_accepted_ends_the_run_at_once(hub: Hub, archive: Archive, forks: Forks) -> None:
    run = forks.sync(archive, "--apply", GITHUB_TOKEN="ghp_another")
    assert run.code == 1
    assert "does not accept the credentials" in run.err
    assert [one.method for one in hub.exchanges] == ["GET"]
    assert "ghp_another" not in run.err


def test_an_issue_that_cannot_be_changed_is_told(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    archives.change(archive, ("Let migrations fail", "Make migrations fail"))
    hub.fault("PATCH .*/issues/1", 403, "Repository was archived so is read-only.")
    run = applied(forks, archive, code=1)
    assert run.codes() == {"update-failed"}
    assert "read-only" in str(run.rows)


def test_a_title_that_changes_at_the_very_moment_is_not_overwritten(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    archives.change(archive, ("Let migrations fail", "Make migrations fail"))
    reads: list[int] = []

    def hook(number: int, phase: str) -> None:
        one = hub.exchanges[number - 1]
        if phase == "before" and one.method == "GET" and one.path.endswith("/issues/1"):
            reads.append(number)
            if len(reads) == 3:  # the look, the text, and now the write
                hub.issue(1)["title"] = "A person's title"

    hub.on_request = hook
    run = applied(forks, archive, code=1)
    hub.on_request = None
    assert run.codes() == {"update-failed"}
    assert hub.issue(1)["title"] == "A person's title"
