"""Runs the `run:` steps of a workflow's jobs in a clone, as a runner would; `uses:` steps are stood in for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.clients.github.clones import _GIT, Clone
from tests.clients.github.standin import ARCHIVE, TOKEN, Hub
from tests.folders import REPOSITORY
from tests.forking import postmortem
from tests.workflows.expressions import filled, holds

WORKFLOWS = REPOSITORY / ".github" / "workflows"


def workflow(name: str) -> dict:
    """A workflow file; YAML takes its key `on` for a truth."""
    read = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in read.items()}


@dataclass
class Job:
    """What became of a job: each step's outcome, its log, and the summary that people see."""

    ran: bool = False
    ok: bool = True
    outcomes: dict[str, str] = field(default_factory=dict)
    log: str = ""
    summary: str = ""


@dataclass
class Machine:
    """A place for runs of workflows: the repository's variables and secrets, and what was uploaded."""

    folder: Path
    hub: Hub
    variables: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    artifacts: dict[str, Path] = field(default_factory=dict)
    runs: int = 0

    def run(
        self, name: str, clone: Clone, event: Mapping | None = None, inputs: Mapping | None = None, ref: str = "main"
    ) -> dict[str, Job]:
        """Run every job of a workflow, in the order of the file, in a clone that stands for the checkout."""
        self.runs += 1
        done: dict[str, Job] = {}
        needs: dict[str, dict] = {}
        for key, job in workflow(name)["jobs"].items():
            context = {
                "github": {
                    "event": event or {},
                    "repository": ARCHIVE,
                    "token": TOKEN,
                    "ref": f"refs/heads/{ref}",
                    "ref_name": ref,
                    "sha": clone.git("rev-parse", "HEAD"),
                },
                "inputs": inputs or {},
                "vars": self.variables,
                "secrets": self.secrets if job.get("environment") else {},
                "needs": needs,
                "steps": {},
            }
            done[key], needs[key] = self._job(key, job, clone, context)
        return done

    def _job(self, key: str, job: dict, clone: Clone, context: dict) -> tuple[Job, dict]:
        result = Job()
        if not all(context["needs"][one]["result"] == "success" for one in [job.get("needs", [])] if one):
            result.ok = "cancelled()" in str(job.get("if", ""))
        if not result.ok or not holds(job.get("if", "'yes'"), context):
            return result, {"result": "skipped", "outputs": {}}
        result.ran = result.ok = True
        temporary = self.folder / f"run-{self.runs}-{key}"
        temporary.mkdir(parents=True)
        context["runner"] = {"temp": str(temporary)}
        summary = temporary / "summary.md"
        summary.touch()
        for step in job["steps"]:
            wanted = holds(step["if"], context) if "if" in step else True
            may = result.ok or "cancelled()" in str(step.get("if", ""))
            outcome = "skipped"
            outputs: dict[str, str] = {}
            if wanted and may:
                if "run" in step:
                    ran = self._step(step, clone, context, temporary)
                    result.log += ran.stdout + ran.stderr
                    outcome = "failure" if ran.returncode else "success"
                else:
                    outputs = self._uses(step, context)
                    outcome = "success"
            result.outcomes[step["name"]] = outcome
            result.ok = result.ok and outcome != "failure"
            if "id" in step:
                context["steps"][step["id"]] = {"outcome": outcome, "outputs": outputs}
        result.summary = summary.read_text(encoding="utf-8")
        outputs = {name: filled(text, context) for name, text in job.get("outputs", {}).items()}
        return result, {"result": "success" if result.ok else "failure", "outputs": outputs}

    def _step(self, step: dict, clone: Clone, context: dict, temporary: Path) -> subprocess.CompletedProcess[str]:
        assert "${{" not in step["run"]
        ours = {name: filled(text, context) for name, text in step.get("env", {}).items()}
        known = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_", "JIRA_", "SLACK_"))}
        server = {k: v for k, v in self.hub.environment.items() if k != "GITHUB_TOKEN"}
        programs = (Path(postmortem()).parent, Path(sys.executable).parent, os.environ["PATH"])
        return subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            cwd=clone.root,
            env={
                **known,
                **_GIT,
                **server,
                "PATH": os.pathsep.join(map(str, programs)),
                "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
                "GITHUB_SHA": context["github"]["sha"],
                "RUNNER_TEMP": str(temporary),
                "JIRA_GRACE": "1",  # seconds that a run waits for another one, of which there is none here
                **ours,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def _uses(self, step: dict, context: dict) -> dict[str, str]:
        """Artifacts are kept and given back; checkouts and installations are what the test has made already."""
        given = {name: filled(text, context) for name, text in step.get("with", {}).items()}
        if "/upload-artifact@" in step["uses"]:
            self.artifacts[given["name"]] = Path(given["path"])
            assert Path(given["path"]).exists()
            number = len(self.artifacts)
            return {"artifact-url": f"{self.hub.home}/actions/runs/{self.runs}/artifacts/{number}"}
        if "/download-artifact@" in step["uses"]:
            shutil.copy(self.artifacts[given["name"]], given["path"])
        if "/upload-pages-artifact@" in step["uses"]:
            self.artifacts["pages"] = Path(given["path"])
        return {}
