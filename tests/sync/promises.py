"""What is promised of runs that die, meet or get no answer: one issue each, complete, and nothing more to do."""

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from jira_sandbox import Sandbox
from jira_sandbox.journal import Phase
from tests.sync.archives import DOCUMENT, Archive
from tests.sync.forks import Forks, Running

ID = "INC-2026-0042"
INCIDENT = "OPS-1234"
ROWS = (
    "| 1 | Let migrations fail where an index is dropped | ben.carter | 2026-04-01 | open | |\n"
    "| 2 | Alert on the share of failed payments | jane.smith | 2026-04-15 | in progress | |\n"
)
LONG = 100_000.0  # seconds that the index lags behind: until somebody lets it catch up
AT_ONCE = {"JIRA_GRACE": "0"}  # a claim of a dead run is succeeded without waiting
PHASES: tuple[Phase, ...] = ("before", "after-write", "after-answer")


def document(rows: str = ROWS) -> str:
    """A postmortem that has everything to be done: an incident to be linked, an item that is under way."""
    text = DOCUMENT.format(id=ID, rows=rows + "\n", status="in-review")
    return text.replace("audience: internal", f"audience: internal\nincident: {INCIDENT}")


def furnish(jira: Sandbox, *, links: bool) -> None:
    """Put the incident there, and links on the create screens or not."""
    jira.add_issue("OPS", key=INCIDENT, type="Incident", summary="Checkout is down")
    if links:
        jira.add_field_to_screen("issuelinks", operations=("create",))
    jira.lag = LONG


def files(archive: Archive) -> dict[Path, str]:
    """The texts of all postmortems."""
    return {path: path.read_text("utf-8") for path in sorted((archive.root / "postmortems").rglob("*.md"))}


def restore(before: dict[Path, str]) -> None:
    """Throw away what was written into the files since, as a new runner of a pipeline does."""
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")


def marks(jira: Sandbox) -> Counter[tuple[Any, ...]]:
    """How many issues there are for each postmortem and item, by their properties and by their labels."""
    found: Counter[tuple[Any, ...]] = Counter()
    for issue in jira.issues():
        if base := _value(issue["properties"].get("postmortem")):
            found["property", base["id"], base["item"]] += 1
        for label in issue["fields"]["labels"]:
            if label.startswith("postmortem-"):
                found["label", label] += 1
    return found


def state(jira: Sandbox, archive: Archive) -> dict[str, Any]:
    """Everything that runs have made: issues with their texts, marks, links and pages; the files."""
    issues = {}
    for issue in jira.issues():
        fields = {name: value for name, value in issue["fields"].items() if value not in (None, [], "")}
        shown = {"fields": fields, "status": jira.named("status", issue["status"])["name"]}
        shown["property"] = _value(issue["properties"].get("postmortem"))
        if shown["property"]:  # the fingerprints differ with the address of this Jira, which links in texts have
            shown["property"] = {**shown["property"], "texts": sorted(shown["property"]["texts"])}
            del shown["property"]["linked"]  # a run that finds the link there has nothing to record
            agreed = {name: theirs for name, (_, theirs) in shown["property"]["values"].items()}
            shown["property"]["values"] = agreed  # what the file said before is another thing where it says the new
        shown["pages"] = sorted((one["globalId"], one["object"]["url"]) for one in jira.remote_links(issue["key"]))
        issues[issue["key"]] = shown
    key = {issue["id"]: issue["key"] for issue in jira.issues()}
    links = sorted(tuple(sorted((key[one["inwardIssue"]], key[one["outwardIssue"]]))) for one in jira.links())
    texts = {path.name: text for path, text in files(archive).items()}
    found = json.dumps({"issues": issues, "links": links, "files": texts})
    return dict(json.loads(found.replace(jira.url, "https://jira.fernway.example")))


def kill_at(jira: Sandbox, number: int, phase: Phase) -> Callable[[Running], None]:
    """Order that a run is killed at this request: before it is done, once it is done, or once it is answered.

    What is returned is to be called with the run; a request that comes before that waits for it.
    """
    victims: list[Running] = []
    known = threading.Event()

    def hook(at: int, now: Phase) -> None:
        if (at, now) == (number, phase):
            known.wait(60)
            jira.on_request = None
            with suppress(ProcessLookupError):
                os.kill(victims[0].pid, signal.SIGKILL)
            if phase == "before":  # it must not be done after all
                gone = jira.request(at)
                jira.fault(f"{gone.method} {gone.path}", "reset")

    def name(run: Running) -> None:
        victims.append(run)
        known.set()

    jira.on_request = hook
    return name


def crash(forks: Forks, jira: Sandbox, archive: Archive, number: int, phase: Phase) -> int:
    """Run, and die at this request of the run, counted from 1; returns how the run ended."""
    first = max((one.number for one in jira.requests), default=0)
    name = kill_at(jira, first + number, phase)
    run = forks.start(archive, "--apply", **AT_ONCE)
    name(run)
    code = run.finish().code
    jira.on_request = None
    return code


def settled(forks: Forks, jira: Sandbox, archive: Archive) -> tuple[dict[str, Any], str]:
    """Run again at once, and once more when the index has caught up: the second finds nothing to do.

    The state that this leads to, and what is wrong with it, if anything.
    """
    again = forks.sync(archive, "--apply", **AT_ONCE)
    jira.lag = 0
    jira.release()
    jira.forget_requests()
    last = forks.sync(archive, "--apply", **AT_ONCE)
    twice = {mark: count for mark, count in marks(jira).items() if count > 1}
    found = state(jira, archive)
    if again.code:
        return found, f"the run afterwards ended with {again.code}: {again.rows}"
    if (last.code, last.rows) != (0, []) or jira.writes:
        return (
            found,
            f"there was more to do: {last.code} {last.rows} {[(w.method, w.path, w.body) for w in jira.writes]}",
        )
    return found, f"there are several: {twice}" if twice else ""


def _value(held: Any) -> Any:
    """A property; Data Center is given the text of some JSON where an issue is made."""
    return json.loads(held) if isinstance(held, str) else held
