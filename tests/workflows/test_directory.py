"""Every workflow works on an archive that lies in a subfolder of its repository."""

from pathlib import Path

import pytest

from tests.clients.github.clones import PATH, PEOPLE, SETTINGS, Clone
from tests.conftest import EXAMPLE
from tests.workflows.runner import Machine

PLACE = "services/archive"
DOCUMENT = EXAMPLE.replace("OPS-7 ", "     ")  # a ticket that this Jira does not have


@pytest.fixture
def monorepo(clone: Clone) -> Clone:
    """The clone with its archive moved into a subfolder."""
    clone.git("rm", "-rq", "postmortems", "site_config")
    for name, text in (("site_config/archive.yml", SETTINGS), ("site_config/people.yml", PEOPLE), (PATH, DOCUMENT)):
        clone.write(f"{PLACE}/{name}", text)
    clone.commit("The archive in a subfolder")
    return clone


def test_publish_builds_the_site_of_the_subfolder(monorepo: Clone, machine: Machine):
    jobs = machine.run("publish", monorepo, inputs={"directory": PLACE, "audience": ""})

    assert jobs["build"].ok, jobs["build"].summary
    assert (machine.artifacts["pages"] / "postmortems" / "INC-2026-0042" / "index.html").is_file()


def test_without_the_directory_nothing_is_published(monorepo: Clone, machine: Machine):
    jobs = machine.run("publish", monorepo, inputs={"audience": "public"})

    assert not jobs["build"].ok
    assert f"There is one in {PLACE}" in jobs["build"].summary
    assert not jobs["deploy"].ran


def test_sync_writes_keys_back_into_the_subfolder(monorepo: Clone, connected: Machine):
    jobs = connected.run("sync", monorepo, inputs={"directory": PLACE})

    assert jobs["sync"].ok, jobs["sync"].summary
    assert "jira: INCIDENT-1" in monorepo.at_origin(f"{PLACE}/{PATH}")


def test_track_lists_what_is_overdue_in_the_subfolder(monorepo: Clone, connected: Machine):
    jobs = connected.run("track", monorepo, inputs={"directory": PLACE})

    assert jobs["track"].ok, jobs["track"].summary
    assert "an issue with 1 overdue action items" in jobs["track"].summary


def test_check_names_files_as_the_repository_knows_them(monorepo: Clone, machine: Machine):
    base = monorepo.git("rev-parse", "HEAD")
    path = Path(PLACE) / PATH
    monorepo.write(str(path), EXAMPLE.replace("severity: SEV1", "severity: huge"))
    head = monorepo.commit("A change", push=False)
    event = {"pull_request": {"number": 1, "base": {"sha": base}, "head": {"sha": head, "repo": {"full_name": "x/y"}}}}
    jobs = machine.run("check", monorepo, event, inputs={"directory": PLACE, "skip-preview": True})

    assert not jobs["check"].ok
    assert f"file={path.as_posix()}" in jobs["check"].log
