"""The hook that this repository offers, run by the real pre-commit in a real repository of several archives.

The hook is installed as it is declared but for its language: an environment of its own would be fetched from PyPI.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.github.clones import _GIT
from tests.conftest import EXAMPLE, environment
from tests.folders import REPOSITORY

NAME = "postmortems/2026/INC-2026-0042-checkout.md"


@pytest.fixture
def commit(tmp_path):
    """A repository with two archives, whose severities are their own; commits what is there, through the hook."""
    hooks, root = tmp_path / "tool", tmp_path / "monorepo"
    known = {
        **{name: value for name, value in environment().items() if not name.startswith("GIT_")},
        **_GIT,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": str(REPOSITORY),
    }

    def run(folder, *words):
        return subprocess.run(words, cwd=folder, env=known, capture_output=True, text=True, check=False)

    hooks.mkdir()
    shutil.copy(REPOSITORY / ".pre-commit-hooks.yaml", hooks)
    for folder in (hooks, root):
        run(tmp_path, "git", "init", "-q", "-b", "main", str(folder))
    run(hooks, "git", "add", "-A")
    run(hooks, "git", "commit", "-q", "-m", "The hook")
    revision = run(hooks, "git", "rev-parse", "HEAD").stdout.strip()
    (root / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks: [{{id: postmortem-check, language: system}}]\n",
        encoding="utf-8",
    )
    for place, severity in (("services/archive", "Alpha"), ("docs/ops", "Gamma")):
        (root / place / NAME).parent.mkdir(parents=True)
        (root / place / "site_config").mkdir()
        (root / place / "site_config" / "archive.yml").write_text(f"severities: [{severity}]\n", encoding="utf-8")
        text = EXAMPLE.replace("severity: SEV1", f"severity: {severity}").replace("status: published", "status: draft")
        (root / place / NAME).write_text(text, encoding="utf-8")
    assert run(root, "pre-commit", "install").returncode == 0

    def attempt():
        run(root, "git", "add", "-A")
        return root, run(root, "git", "commit", "-m", "A change")

    return root, attempt


def test_each_archive_of_a_commit_is_checked_by_its_own_settings(commit):
    _, attempt = commit
    _, done = attempt()

    assert done.returncode == 0, done.stdout + done.stderr
    assert "check postmortems" in done.stderr + done.stdout
    assert "Passed" in done.stderr + done.stdout


def test_a_severity_of_the_other_archive_stops_the_commit(commit):
    root, attempt = commit
    path = root / "docs" / "ops" / NAME
    path.write_text(path.read_text(encoding="utf-8").replace("Gamma", "Alpha"), encoding="utf-8")
    _, done = attempt()

    assert done.returncode == 1
    assert f"docs/ops/{NAME}" in done.stderr + done.stdout
    assert (done.stderr + done.stdout).count("[schema-severity]") == 1
