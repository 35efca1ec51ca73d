"""GitHub and the archive on it, as every command for GitHub needs them: the options, the connection, the outcome in words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.clients.github import GitHub
    from generator.clients.github.repository import Home
    from generator.output import ChangeLog
    from generator.settings.load import Config

APPLY = click.option("--apply", is_flag=True, help="Do what the plan says; without it nothing is written anywhere.")
BASE = click.option(
    "--base", metavar="BRANCH", help="The branch to write to.  [default: the repository's default branch]"
)


def connected() -> GitHub:
    """GitHub, as the environment says."""
    from generator.clients import github
    from generator.settings.load.github import github as connection

    return github.connect(connection(), log=_progress)


def at_home(loaded: Config, base: str | None) -> Home:
    """The archive with its repository, whose default branch is written to where no other one is named."""
    from generator.clients.git import Access
    from generator.clients.github.repository import Home

    github = connected()
    access = Access(github.connection.site, github.connection.token)
    return Home(loaded.root, github, access, base or github.default_branch())


def tell(told: ChangeLog) -> None:
    """Print what was planned or done."""
    for line in told.lines:
        click.echo(line)
    if told.writes and not told.apply:
        click.echo("Nothing was written. Do it with --apply.", err=True)


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        click.echo(words, err=True)
