"""Real repositories: a bare one as `origin`, clones of it, and the command run in them as a workflow would."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import EXAMPLE, environment
from tests.forking import postmortem

SETTINGS = """\
title: Test archive
services:
  - {name: payment-service, owners: [jane.smith, amara.okafor]}
  - {name: checkout-api, owners: [li.wei]}
jira:
  project: INCIDENT
"""
PEOPLE = """\
jane.smith: {name: Jane Smith, github: janesmith, jira: acc-jane, email: jane.smith@fernway.example}
amara.okafor: {name: Amara Okafor, github: amara-o, jira: acc-amara, email: amara.okafor@fernway.example}
li.wei: {name: Li Wei, jira: acc-li, email: li.wei@fernway.example}
"""
PATH = "postmortems/2026/INC-2026-0042-checkout.md"
_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A"), ("EMAIL", "a@example.com"))
    },
}


@dataclass(frozen=True)
class Clone:
    """A clone in a folder, and its origin."""

    root: Path
    origin: Path

    def git(self, *arguments: str, at: Path | None = None) -> str:
        """Run git, as a person would."""
        ran = subprocess.run(
            ["git", "-C", str(at or self.root), *arguments],
            env={**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, **_GIT},
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout.strip()

    def write(self, name: str, text: str) -> Path:
        """Write a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def commit(self, message: str = "A change", *, push: bool = True) -> str:
        """Commit everything; its name."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        if push:
            self.git("push", "-q", "origin", "HEAD")
        return self.git("rev-parse", "HEAD")

    def again(self, name: str) -> "Clone":
        """Another, fresh clone."""
        root = self.root.parent / name
        self.git("clone", "-q", str(self.origin), str(root), at=self.root.parent)
        return Clone(root, self.origin)

    def at_origin(self, path: str, branch: str = "main") -> str:
        """A file as it is at the origin."""
        return self.git("show", f"{branch}:{path}", at=self.origin)

    def branches(self) -> list[str]:
        """The branches of the origin."""
        return self.git("for-each-ref", "--format=%(refname:short)", "refs/heads", at=self.origin).split()

    def protect(self, branch: str) -> None:
        """Let the origin refuse commits to a branch, with the words that GitHub uses."""
        hook = self.origin / "hooks" / "update"
        hook.write_text(
            f'#!/bin/sh\n[ "$1" = "refs/heads/{branch}" ] || exit 0\n'
            'echo "error: GH006: Protected branch update failed for $1." >&2\nexit 1\n',
            encoding="utf-8",
        )
        hook.chmod(0o755)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `postmortem`, as its own process."""
        known = {k: v for k, v in environment().items() if not k.startswith(("GITHUB_", "JIRA_"))}
        return subprocess.run(
            [postmortem(), "-C", str(self.root), *arguments],
            env={**known, **_GIT, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def make(folder: Path) -> Clone:
    """A new archive with one postmortem, pushed."""
    origin, root = folder / "origin.git", folder / "clone"
    clone = Clone(root, origin)
    clone.git("init", "-q", "--bare", "-b", "main", str(origin), at=folder)
    clone.git("clone", "-q", str(origin), str(root), at=folder)
    clone.git("checkout", "-q", "-B", "main")
    clone.write("site_config/archive.yml", SETTINGS)
    clone.write("site_config/people.yml", PEOPLE)
    clone.write(PATH, EXAMPLE)
    clone.commit("The archive")
    return clone
