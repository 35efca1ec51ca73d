"""`postmortem github write-back`: what `sync` wrote into the files becomes a commit or a pull request."""

from __future__ import annotations

import click

from generator.cli.commands import configuration
from generator.cli.commands.github.connection import APPLY, BASE, at_home, tell


@click.command(name="write-back", epilog="Example: postmortem sync --apply; postmortem github write-back --apply")
@click.option(
    "--mode",
    type=click.Choice(["commit", "pull-request"]),
    default="commit",
    show_default=True,
    help="A commit on the branch, or a pull request to it; a protected branch gets a pull request either way.",
)
@BASE
@APPLY
@click.pass_context
def command(context: click.Context, *, mode: str, base: str | None, apply: bool) -> None:
    """Bring the postmortems that differ from the last commit home to `origin`, by one commit.

    Others' commits are never overwritten, and the working tree, its branch and its index stay as they are.
    """
    from generator.sync.pull_request import write_back

    loaded = configuration(context)
    home = at_home(loaded, base)
    tell(write_back(home, pull_request=mode == "pull-request", apply=apply))
