"""The whole loop: from an incident that resolves to a site that shows its action item as completed, and then nothing."""

from collections.abc import Mapping
from pathlib import Path

from generator.check.pull_request.comment import MARKER
from generator.sync.pull_request import TRAILER
from tests.end_to_end import story
from tests.end_to_end.worlds import World
from tests.workflows.runner import Job, Machine

QUICK = {"skip-preview": True}  # its address is another one with each run
LABELS = [f"postmortem-INC-2026-0001{item}" for item in ("", "-1", "-2")]


def connected(world: World) -> Machine:
    """A machine whose repository knows where Jira is."""
    known = world.jira.environment
    machine = Machine(world.folder / "machine", world.hub)
    machine.variables = {name: known[name] for name in ("JIRA_BASE_URL", "JIRA_POSTMORTEM_PROJECT_KEY")}
    machine.secrets = {name: known[name] for name in ("JIRA_EMAIL", "JIRA_API_TOKEN")}
    return machine


def went_well(jobs: Mapping[str, Job]) -> Mapping[str, Job]:
    """The jobs of a run, of which each ran and none failed."""
    assert all(job.ran and job.ok for job in jobs.values()), [(job.log, job.summary) for job in jobs.values()]
    return jobs


def pages(site: Path) -> dict[str, str]:
    """The pages of the site."""
    return {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def row(world: World, path: str, number: int) -> str:
    """An action item's row as it is on the main branch."""
    return next(line for line in world.seed.at_origin(path).splitlines() if line.startswith(f"| {number} |"))


def test_from_an_incident_to_the_site_and_a_second_time_nothing(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        machine = connected(world)
        incident = story.resolve(world)
        story.resolve(world, "A typo in a mail", day="13", severity="SEV4")
        branch = story.branch_of(incident)

        # A draft pull request for the one incident that policy wants a postmortem of.
        went_well(machine.run("draft", world.clone()))
        assert world.branches() == ["main", branch]
        assert {n: (p["head"], p["draft"]) for n, p in world.hub.archive.pulls.items()} == {1: (branch, True)}
        assert "1 need none" in machine.run("draft", world.clone())["draft"].summary

        # The comment says what is left to do; a person does it; the comment says so.
        went_well(machine.run("check", *story.event(world, branch), QUICK))
        (comment,) = world.hub.archive.comments
        assert comment["body"].startswith(MARKER)
        assert "marked `TODO:`" in comment["body"]
        path = story.fill_in(world, branch)
        went_well(machine.run("check", *story.event(world, branch), QUICK))
        (comment,) = world.hub.archive.comments
        assert "TODO" not in comment["body"]
        before, said = story.event(world, branch)
        story.merge(world, branch)

        # One issue, a ticket for each item, the page on it, the keys in the file.
        went_well(machine.run("sync", world.clone()))
        found = {label: one for one in world.jira.issues() for label in one["fields"]["labels"] if label in LABELS}
        assert sorted(found) == LABELS
        keys = [found[label]["key"] for label in LABELS]
        (page,) = world.jira.remote_links(keys[0])
        assert page["object"]["url"] == "https://postmortems.fernway.example/postmortems/INC-2026-0001/"
        assert f"\njira: {keys[0]}\n" in world.seed.at_origin(path)
        assert [row(world, path, number).split("|")[6].strip() for number in (1, 2)] == keys[1:]
        assert TRAILER in world.seed.git("log", "-1", "--format=%B", "main", at=world.seed.origin)

        # Somebody finishes an item in Jira; that comes home, and the other one is overdue.
        assert story.close_ticket(world, 2) == keys[2]
        went_well(machine.run("track", world.clone()))
        assert row(world, path, 2).split("|")[5].strip() == "completed"
        assert [one["title"] for one in world.hub.archive.issues.values()] == ["Overdue action items of postmortems"]

        # The site shows it.
        went_well(machine.run("publish", world.clone()))
        site = machine.artifacts["pages"]
        html = (site / "postmortems" / "INC-2026-0001" / "index.html").read_text(encoding="utf-8")
        cells = next(part for part in html.split("<tr") if ">Alert on the saturation of the pool<" in part)
        assert ">Completed<" in cells.partition("</tr>")[0]
        assert keys[2] in cells

        # The whole chain again: nobody writes anything.
        ended, shown = world.state(), pages(site)
        world.forget()
        for name in ("draft", "sync", "track", "publish"):
            went_well(machine.run(name, world.clone()))
        went_well(machine.run("check", before, said, QUICK))
        assert world.writes() == []
        assert world.state() == ended
        assert pages(machine.artifacts["pages"]) == shown
