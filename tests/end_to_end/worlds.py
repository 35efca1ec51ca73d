"""A whole world to run workflows in: an origin, a Jira and a GitHub that can be kept as they are and brought back."""

import copy
import shutil
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import jira_sandbox
from jira_sandbox import Sandbox
from tests.clients.github import standin
from tests.clients.github.clones import PATH, Clone, make
from tests.clients.github.standin import Hub, Repository
from tests.sync import promises
from tests.sync.archives import Archive
from tests.workflows.conftest import PEOPLE

SETTINGS = """\
title: Loop archive
url: https://postmortems.fernway.example/
services:
  - {name: payment-service, owners: [jane.smith, amara.okafor]}
policy:
  SEV1: {postmortem: true}
  SEV2: {postmortem: true}
jira:
  project: INCIDENT
  action_project: OPS
  missing: project = OPS AND issuetype = Incident ORDER BY resolved DESC
"""


@dataclass
class World:
    """A world in a folder; a context manager."""

    folder: Path
    clones: int = 0
    port: int = 0
    seed: Clone = field(init=False)
    hub: Hub = field(init=False)
    jira: Sandbox = field(init=False)

    def __enter__(self) -> "World":
        self._stack = ExitStack()
        self._remember: dict[str, dict[str, Repository]] = {}
        self.hub = self._stack.enter_context(standin.start())
        self.seed = make(self.folder)
        self.seed.write("site_config/archive.yml", SETTINGS)
        (self.seed.root / PATH).unlink()
        self.seed.commit("Begin the archive")
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.jira.stop()
        self._stack.close()

    def clone(self) -> Clone:
        """A fresh clone, as every run begins with one."""
        self.clones += 1
        return self.seed.again(f"clone-{self.clones}")

    def keep(self, name: str) -> None:
        """Keep everything as it is now."""
        kept = self.folder / "kept" / name
        shutil.copytree(self.seed.origin, kept / "origin.git")
        self._remember[name] = copy.deepcopy(self.hub.repositories)
        self.jira.stop()
        shutil.copytree(self.folder / "jira", kept / "jira")
        self._start()

    def back(self, name: str) -> None:
        """Bring back what was kept; Jira and GitHub stay at their addresses."""
        kept = self.folder / "kept" / name
        self.jira.stop()
        for one in ("origin.git", "jira"):
            shutil.rmtree(self.folder / one)
            shutil.copytree(kept / one, self.folder / one)
        self.hub.repositories = copy.deepcopy(self._remember[name])
        self.forget(restart=True)

    def forget(self, *, restart: bool = False) -> None:
        """Forget what was asked so far."""
        self.hub.exchanges.clear()
        if restart:
            self._start()
        self.jira.forget_requests()

    def writes(self) -> list[str]:
        """What was written to Jira and to GitHub since, as `METHOD path`."""
        return [f"{one.method} {one.path}" for one in (*self.jira.writes, *self.hub.writes)]

    def state(self) -> dict[str, Any]:
        """All that there is: trees, pull requests with what hangs on them, issues, tickets with their links and texts."""
        clone = self.clone()
        repository = asdict(self.hub.archive)
        for held in (*repository["pulls"].values(), *repository["issues"].values()):  # lists that GitHub keeps as sets
            held |= {name: sorted(held[name]) for name in ("labels", "assignees", "reviewers") if name in held}
        repository["events"] = {number: sorted(names) for number, names in repository["events"].items()}
        tickets = promises.state(self.jira, Archive(clone.root, {}))
        return {"tickets": tickets, "trees": self.trees(), "log": self.log(), **repository}

    def trees(self) -> dict[str, str]:
        """The tree of every branch."""
        return {name: self.seed.git("rev-parse", f"{name}^{{tree}}", at=self.seed.origin) for name in self.branches()}

    def log(self) -> dict[str, list[str]]:
        """Every branch's commits, as tree, author and subject."""
        return {
            name: self.seed.git("log", "--format=%T %an: %s", name, at=self.seed.origin).splitlines()
            for name in self.branches()
        }

    def branches(self) -> list[str]:
        """The branches of the origin."""
        return self.seed.branches()

    def _start(self) -> None:
        place = self.folder / "jira"
        place.mkdir(exist_ok=True)
        self.jira = jira_sandbox.start("cloud", people=PEOPLE, data=place / "jira.db", port=self.port)
        self.port = int(self.jira.url.rpartition(":")[2])
