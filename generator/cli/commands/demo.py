"""`postmortem demo`: the whole story on this machine, with invented data and a Jira of its own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.sync.plan.results import ChangeResult
    from jira_sandbox import Sandbox

INCIDENT = "OPS-1533"
MOVED = ("OPS-1128", "OPS-1129")  # tickets of the example archive that are worked on in the story


@click.command(name="demo", epilog="Example: postmortem demo --serve")
@click.option(
    "--dir",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/demo"),
    show_default=True,
    help="Where to put the demo's archive; made anew each time.",
)
@click.option("--serve", is_flag=True, help="Show the site afterwards, with its Jira, until ^C.")
@click.pass_context
def command(context: click.Context, target: Path, serve: bool) -> None:
    """Show the whole story: an incident becomes a draft, the archive meets Jira, tickets move, the site shows it.

    Everything happens in a folder of its own, against a local Jira that ends with the command.
    """
    import jira_sandbox
    from generator.cli.commands import build, check, new
    from generator.cli.commands import serve as server
    from generator.document import archive
    from generator.settings.load import borrowed, load
    from generator.setup import example

    files = example.lay_out(target)
    documents = archive.load(target)
    people = [
        {"handle": p.handle, "name": p.name, "email": p.email, "jira": p.jira} for p in load(target).settings.people
    ]
    root = click.Context(context.find_root().command, obj={**context.find_root().obj, "directory": target})
    with jira_sandbox.start(people=people, world=example.jira_world(documents)) as jira, borrowed(jira.environment):
        _say(f"1. An archive with {len(documents)} postmortems lies in {target}, and a Jira runs at {jira.url}")
        with root:
            _say(f"2. A draft from {INCIDENT} in Jira and {len(files)} exports: {', '.join(f.name for f in files)}")
            sources = [f"jira:{INCIDENT}", *(f"file:{source}" for source in files)]
            new.command.main([w for one in sources for w in ("--from", one)], standalone_mode=False, parent=root)
            draft = next(d.path for d in archive.load(target) if d.path not in {one.path for one in documents})
            _say("3. What a reviewer would ask for before it is published")
            check.command.main([str(target / draft)], standalone_mode=False, parent=root)
            _say("4. The archive meets Jira: one issue for each postmortem, one ticket for each action item")
            _sync(target, only={draft})
            _say(f"5. In Jira, {MOVED[0]} is done and {MOVED[1]} is begun; the next run takes that into the files")
            jira.set_status(MOVED[0], "Done")
            jira.set_status(MOVED[1], "In Progress")
            _sync(target)
            _say("6. The site")
            build.command.main(["--output", str(target / "site")], standalone_mode=False, parent=root)
            _end(jira, target, serve=serve)
            if serve:
                server.command.main([], standalone_mode=False, parent=root)


def _sync(root: Path, only: Iterable[str] = ()) -> None:
    """Keep the archive in step, and show the changes of some files, or all of them."""
    from generator.document import archive
    from generator.errors import UsageError
    from generator.settings.load import load
    from generator.sync.jira.open import open_tracker
    from generator.sync.plan import report
    from generator.sync.plan.facts import archive_facts
    from generator.sync.planner import RunOptions
    from generator.sync.run import run

    loaded = load(root)
    settings = loaded.settings
    begin = time.monotonic()
    tracker = open_tracker(loaded)
    if tracker is None:
        raise UsageError("The example archive has no Jira.")
    facts = archive_facts(archive.load(root), settings)
    result = run(root, facts, tracker, RunOptions(settings, tracker), apply=True, tell=lambda _: None)
    shown: list[ChangeResult] = [one for one in result.done if not only or one.change.path in only]
    for line in report.lines(shown):
        click.echo(line)
    click.echo(report.summary(result.done, checked=result.checked, applied=True), err=True)
    click.echo(f"{tracker.requests_made:,} requests, {time.monotonic() - begin:.1f} s.", err=True)
    if result.error:
        raise result.error


def _end(jira: Sandbox, target: Path, *, serve: bool) -> None:
    if serve:
        _say(f"7. Look around: the Jira at {jira.url}, the site below")
    else:
        click.echo(
            f"The archive as it is now lies in {target}: git diff would show what came back from Jira.", err=True
        )
        click.echo(
            "To look at it with search, and at its Jira: make demo SERVE=1, or postmortem demo --serve", err=True
        )


def _say(words: str) -> None:
    click.secho(words, bold=True, err=True)
