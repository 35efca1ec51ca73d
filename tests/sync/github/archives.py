"""Archives whose action items are kept in repositories, and what is promised of runs over them."""

import os
import signal
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

from generator.sync.github import body
from tests.clients.github.standin import HOME, OTHER, Hub
from tests.sync import archives
from tests.sync.archives import Archive, Run
from tests.sync.forks import Forks, Running

ID = "INC-2026-0042"
SETTINGS = f"""\
title: Test archive
url: https://postmortems.fernway.example/
tracker: github
github: {OTHER}
services:
  - name: checkout-api
    github: {HOME}
"""
PEOPLE = """\
jane.smith: {name: Jane Smith, email: jane.smith@fernway.example, github: jane-fernway}
ben.carter: {name: Ben Carter, email: ben.carter@fernway.example, github: ben-fernway}
amy.lane: {name: Amy Lane, email: amy.lane@fernway.example}
"""
AT_ONCE = {"JIRA_GRACE": "0"}  # a claim of a dead run is succeeded without waiting


def make(root: Path, hub: Hub, settings: str = SETTINGS) -> Archive:
    """An archive that keeps its action items on GitHub."""
    found = archives.make(root, hub.connection)
    (root / "site_config" / "archive.yml").write_text(settings, encoding="utf-8")
    (root / "site_config" / "people.yml").write_text(PEOPLE, encoding="utf-8")
    return found


def text(archive: Archive) -> str:
    """The one postmortem's text."""
    (path,) = (archive.root / "postmortems").rglob("*.md")
    return path.read_text("utf-8")


def change(archive: Archive, *pairs: tuple[str, str]) -> None:
    """Change the one postmortem's text."""
    (path,) = (archive.root / "postmortems").rglob("*.md")
    found = path.read_text("utf-8")
    for before, after in pairs:
        assert before in found
        found = found.replace(before, after)
    path.write_text(found, encoding="utf-8")


def url(hub: Hub, number: int, repository: str = HOME) -> str:
    """How the file names an issue."""
    return f"{hub.site}/{repository}/issues/{number}"


def applied(forks: Forks, archive: Archive, *arguments: str, code: int = 0) -> Run:
    """A run with --apply, and how it must end."""
    found = forks.sync(archive, "--apply", *arguments, **AT_ONCE)
    assert found.code == code, (found.rows, found.err)
    return found


def in_step(forks: Forks, hub: Hub, archive: Archive) -> None:
    """Nothing is left to do: the next run writes nothing and says so."""
    before = len(hub.exchanges)
    again = applied(forks, archive)
    assert again.rows == []
    assert [one.path for one in hub.exchanges[before:] if one.method != "GET"] == []


def marks(hub: Hub) -> Counter[tuple[str, object]]:
    """How many issues there are for each label and each state that marks them."""
    found: Counter[tuple[str, object]] = Counter()
    for held in (one for repository in hub.repositories.values() for one in repository.issues.values()):
        found.update(("label", one) for one in held["labels"] if one.startswith("postmortem-"))
        base = body.base_of(held["body"])
        found.update([("state", base.item)] if base else [])
    return found


def issue_writes(hub: Hub) -> list[str]:
    """What was sent to change an issue, as `METHOD path` below the repository; the labels of claims are not meant."""
    return [f"{one.method} {one.path.partition(HOME)[2]}" for one in hub.writes if "/labels" not in one.path]


def crash(forks: Forks, hub: Hub, archive: Archive, number: int, phase: str, **environment: str) -> int:
    """Run, and die at this request of the run, counted from 1; returns how the run ended."""
    first = len(hub.exchanges)
    victims: list[Running] = []
    known = threading.Event()

    def hook(at: int, now: str) -> bool:
        if (at, now) != (first + number, phase):
            return False
        known.wait(60)
        hub.on_request = None
        with suppress(ProcessLookupError):
            os.kill(victims[0].pid, signal.SIGKILL)
        return True

    hub.on_request = hook
    victims.append(forks.start(archive, "--apply", **{**AT_ONCE, **environment}))
    known.set()
    code = victims[0].finish().code
    hub.on_request = None
    return code
