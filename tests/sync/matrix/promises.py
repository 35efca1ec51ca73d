"""The three promises: nothing is lost in Git, nothing is there twice in Jira, and a second plan is empty."""

from collections import Counter

from jira_sandbox import Sandbox
from tests.sync import promises
from tests.sync.archives import Archive
from tests.sync.forks import Forks, Run

QUIET = {"warning", "conflict", "missing"}  # what is told and changes nothing
ENDS = {0, 1, 75}  # never a bug, whatever the Jira does


def lost_in_git(before: str, after: str) -> list[str]:
    """What a person wrote and is no longer there: lines outside the table, and each item's action, owner and due date."""
    lost = []
    rows = [_cells(line) for line in after.splitlines() if _is_item(line)]
    for line in before.splitlines():
        if _is_item(line):
            number, action, owner, due, *_ = _cells(line)
            if not any(row[:4] == [number, action, owner, due] for row in rows):
                lost.append(line)
        elif line not in after.splitlines():
            lost.append(line)
    return lost


def twice_in_jira(jira: Sandbox) -> dict[str, int]:
    """The summaries that several issues have; one that was withdrawn as a duplicate is none."""
    counts: Counter[str] = Counter()
    for issue in jira.issues():
        resolution = issue["fields"].get("resolution")
        if not (resolution and jira.named("resolution", resolution)["name"] == "Duplicate"):
            counts[issue["fields"]["summary"]] += 1
    return {summary: number for summary, number in counts.items() if number > 1}


def left_to_do(run: Run, jira: Sandbox) -> list[str]:
    """What a run had to do after all: changes in its report, and requests that wrote."""
    changes = [f"{row['action']} {row['item']} {row['code']}" for row in run.rows if row["action"] not in QUIET]
    return [*changes, *(f"{one.method} {one.path}" for one in jira.writes)]


def settle(forks: Forks, jira: Sandbox, archive: Archive) -> Run:
    """Let what passes be over, run once, and return the run after that, with a log of its requests alone."""
    jira.clear_faults()
    jira.lag = 0
    jira.release()
    first = forks.sync(archive, "--apply", **promises.AT_ONCE)
    jira.forget_requests()
    second = forks.sync(archive, "--apply", **promises.AT_ONCE)
    assert {first.code, second.code} <= ENDS, (first, second)
    return second


def text(archive: Archive) -> str:
    """The one postmortem."""
    (only,) = promises.files(archive).values()
    return only


def _is_item(line: str) -> bool:
    return line.startswith("| ") and _cells(line)[0].isdecimal()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
