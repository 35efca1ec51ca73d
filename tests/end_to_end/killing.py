"""A machine that dies at a chosen write: to Jira, to GitHub, or to the git server."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple

from jira_sandbox.journal import Phase
from tests.clients.github.clones import Clone
from tests.end_to_end.worlds import World
from tests.forking import Forks
from tests.workflows.runner import Machine

HOOK = """\
#!/bin/sh
cat > /dev/null
cd '{folder}'
if [ {phase} = before ]; then echo . >> pushes; fi
[ "$(cat kill)" = "{phase} $(wc -l < pushes | tr -d ' ')" ] || exit 0
kill -9 0
"""
GIT = {"before": "pre-receive", "after-write": "post-receive"}


class Point(NamedTuple):
    """Where to die: at the n-th write (from 1) to `place`, which is jira, github or git."""

    place: str
    number: int
    phase: Phase


class Died(Exception):
    """The machine is gone, and with it everything that it was about to do."""


@dataclass
class Mortal(Machine):
    """A machine for one world, whose commands are forked. `at` is where it dies.

    `survives`: only the command is killed, and the rest of the workflow goes on as GitHub lets it.
    `seen` lists the writes, as `Point` before each, and what it was.
    """

    forks: Forks = field(kw_only=True)
    world: World = field(kw_only=True)
    at: Point | None = None
    survives: bool = False
    dead: bool = False
    seen: list[tuple[str, int, str]] = field(default_factory=list)

    def run(
        self, name: str, clone: Clone, event: Mapping | None = None, inputs: Mapping | None = None, ref: str = "main"
    ) -> dict:
        """Run a workflow. Raises Died where it died, unless it survives."""
        known = self.world.jira.environment
        self.variables = {name: known[name] for name in ("JIRA_BASE_URL", "JIRA_POSTMORTEM_PROJECT_KEY")}
        self.secrets = {name: known[name] for name in ("JIRA_EMAIL", "JIRA_API_TOKEN")}
        self._watch_git()
        jira, hub = self.world.jira, self.world.hub
        hub.on_request = self._github
        jira.on_request = self._jira
        try:
            return super().run(name, clone, event, inputs, ref)
        finally:
            jira.on_request = None
            jira.clear_faults()
            hub.on_request = None
            for hook in GIT.values():
                (self.world.seed.origin / "hooks" / hook).unlink()

    def _step(self, step: dict, clone: Clone, context: dict, temporary: Path) -> CompletedProcess[str]:
        more = {"PATH": f"{self.forks.bin}{os.pathsep}{os.environ['PATH']}", "JIRA_GRACE": "0"}
        dead = self.dead
        ran = super()._step({**step, "env": {**step.get("env", {}), **more}}, clone, context, temporary)
        self._note_pushes()
        assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
        if self.dead and not dead:
            assert ran.returncode, f"{step['name']} was to be killed, and went well"
            if not self.survives:
                raise Died
        return ran

    def _write(self, place: str, what: str) -> int:
        number = 1 + sum(one[0] == place for one in self.seen)
        self.seen.append((place, number, what))
        return number

    def _meets(self, *point: Any) -> bool:
        return not self.dead and self.at == point

    def _kill(self) -> None:
        self.dead = True
        os.killpg(int(self.forks.pid.read_text(encoding="utf-8")), signal.SIGKILL)

    def _jira(self, number: int, phase: Phase) -> None:
        asked = self.world.jira.request(number)
        if asked.reads:
            return
        at = self._write("jira", f"{asked.method} {asked.path}") if phase == "before" else self._count("jira")
        if self._meets("jira", at, phase):
            self._kill()
            if phase == "before":  # it must not be done after all
                self.world.jira.fault(f"{asked.method} {asked.path}", "reset")

    def _github(self, number: int, phase: str) -> bool:
        asked = self.world.hub.exchanges[number - 1]
        if asked.method == "GET":
            return False
        at = self._write("github", f"{asked.method} {asked.path}") if phase == "before" else self._count("github")
        if not self._meets("github", at, phase):
            return False
        self._kill()
        return True

    def _count(self, place: str) -> int:
        return sum(one[0] == place for one in self.seen)

    def _watch_git(self) -> None:
        folder = self.folder / "git"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pushes").write_text("", encoding="utf-8")
        order = f"{self.at.phase} {self.at.number}" if self.at and self.at.place == "git" and not self.dead else ""
        (folder / "kill").write_text(order, encoding="utf-8")
        for phase, name in GIT.items():
            hook = self.world.seed.origin / "hooks" / name
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(HOOK.format(folder=folder, phase=phase), encoding="utf-8")
            hook.chmod(0o755)

    def _note_pushes(self) -> None:
        folder = self.folder / "git"
        while self._count("git") < len((folder / "pushes").read_text(encoding="utf-8").splitlines()):
            self._write("git", "push")
        if self.at and self.at.place == "git" and self._count("git") >= self.at.number and not self.dead:
            self.dead = True
            (folder / "kill").write_text("", encoding="utf-8")
