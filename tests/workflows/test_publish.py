"""The workflow `publish` builds what it uploads, with the whole history."""

from tests.clients.github.clones import Clone
from tests.workflows.runner import Machine, workflow


def test_it_builds_the_site_that_it_deploys(clone: Clone, machine: Machine):
    jobs = machine.run("publish", clone, inputs={"audience": "internal"})

    assert jobs["build"].ok, jobs["build"].summary
    assert (machine.artifacts["pages"] / "postmortems" / "INC-2026-0042" / "index.html").is_file()
    assert jobs["deploy"].ran
    assert jobs["build"].log == ""


def test_a_build_that_fails_says_why_and_deploys_nothing(clone: Clone, machine: Machine):
    clone.write("site_config/archive.yml", "titel: x\n")

    jobs = machine.run("publish", clone)

    assert not jobs["build"].ok
    assert "is not a setting" in jobs["build"].summary
    assert not jobs["deploy"].ran


def test_the_whole_history_is_there():
    checkout = workflow("publish")["jobs"]["build"]["steps"][0]

    assert checkout["with"]["fetch-depth"] == 0
