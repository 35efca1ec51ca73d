"""`postmortem sandbox`: a local Jira."""

import time
from pathlib import Path

import click

from generator.cli.commands import configuration_or_defaults
from generator.errors import PostmortemError, UsageError


@click.command(name="sandbox", epilog="Example: postmortem sandbox --data build/jira.db")
@click.option("--dialect", type=click.Choice(["cloud", "data-center"]), default="cloud", show_default=True)
@click.option("--port", type=click.IntRange(0, 65_535), default=8099, show_default=True, help="0 takes a free one.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep the issues in this file; else they are gone at the end.",
)
@click.option(
    "--world",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="JSON with users, fields, projects, issues and links, in place of the sample issues.",
)
@click.option("--lag", type=click.FloatRange(0), default=0, metavar="SECONDS", help="How far behind the search is.")
@click.option("--context", default="", metavar="PATH", help="A context path, such as /jira (Data Center).")
@click.option("--quiet", is_flag=True, help="Do not print a line for each request.")
@click.pass_context
def command(
    here: click.Context,
    *,
    dialect: str,
    port: int,
    data: Path | None,
    world: Path | None,
    lag: float,
    context: str,
    quiet: bool,
) -> None:
    """Run a Jira on this machine, to try things out: nothing leaves it, and nothing in it is real.

    Prints what to export so that the other commands talk to it, and runs until ^C. The archive's people are its users.
    """
    import jira_sandbox

    people = [
        {"handle": one.handle, "name": one.name, "email": one.email, "jira": one.jira}
        for one in configuration_or_defaults(here).settings.people
    ]
    if data is not None and not data.parent.is_dir():
        raise UsageError(
            f"There is no folder {data.parent} for {data.name}; make it, or name another file with --data."
        )
    try:
        running = jira_sandbox.start(
            "cloud" if dialect == "cloud" else "data-center",
            port=port,
            data=data,
            world=world,
            people=people or None,
            sample=world is None,
            context=context,
            log=None if quiet else lambda line: click.echo(line, err=True),
        )
    except OSError as error:
        raise PostmortemError(f"Port {port} is taken ({error.strerror}); name another one with --port.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(f"The sandbox cannot begin like that: {error}") from error
    with running:
        running.lag = lag
        for name, value in running.environment.items():
            click.echo(f"export {name}={value}")
        click.echo(f"A sandbox of Jira ({dialect}) is at {running.url}/ (^C ends it)", err=True)
        while True:
            time.sleep(3600)
