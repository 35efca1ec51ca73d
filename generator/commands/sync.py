"""`postmortem sync`: postmortems and action items kept in step with Jira."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands import configuration, say_unreadable
from generator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.config import Config
    from generator.document import Document
    from generator.syncing import Result


@click.command(name="sync", epilog="Example: postmortem sync, read the plan, then: postmortem sync --apply")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Do what the plan says; without it nothing is written anywhere.")
@click.option("--recreate", is_flag=True, help="Create issues again that were deleted or cannot be seen any more.")
@click.option("--force", is_flag=True, help="Push texts although somebody has changed them in Jira.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.pass_context
def command(
    context: click.Context, *, paths: tuple[Path, ...], apply: bool, recreate: bool, force: bool, form: str
) -> int:
    """Compare postmortems with Jira and print the plan; with --apply, do it.

    Each postmortem becomes an issue, each action item a ticket; status, owner, due date and summary that people change
    in Jira come back into the files. What changed on both sides is told and left alone. Running it again is always safe.
    """
    from generator import archive, syncing, targets
    from generator.plan import telling

    loaded = configuration(context)
    begin = time.monotonic()
    documents = archive.load(loaded.root)
    only = _chosen(loaded, documents, paths)
    unreadable = say_unreadable(documents)
    target = targets.open_jira(loaded.connection(), loaded.settings, log=_progress)
    scene = syncing.Scene(loaded.settings, target.browse, recreate=recreate, force=force)
    result = syncing.run(loaded.root, documents, target, scene, apply=apply, tell=_progress, only=only)
    _progress("")
    if form == "json":
        click.echo(json.dumps([telling.row(one) for one in result.done], indent=2, ensure_ascii=False))
    else:
        for line in telling.lines(result.done):
            click.echo(line)
    _close(result, apply=apply, requests=target.requests_made, seconds=time.monotonic() - begin)
    return result.exit_code or unreadable


def _chosen(loaded: Config, documents: Sequence[Document], paths: Sequence[Path]) -> set[str] | None:
    """The paths of the postmortems that are named, also by their folder; None for all."""
    from generator import archive

    if not paths:
        return None
    found: set[str] = set()
    for path in paths:
        wanted = archive.relative(path.resolve(), loaded.root)
        named = {d.path for d in documents if d.path == wanted or d.path.startswith(f"{wanted}/") or wanted == "."}
        if not named:
            raise UsageError(f"{path}: there is no such postmortem in this archive.")
        found |= named
    return found


def _close(result: Result, *, apply: bool, requests: int, seconds: float) -> None:
    """Say in one line what it came to, and what to do next."""
    from generator.plan import telling

    click.echo(telling.summary(result.done, checked=result.checked, applied=apply), err=True)
    click.echo(f"{requests:,} requests, {seconds:.1f} s.", err=True)
    if result.error:
        click.echo(f"postmortem: the run ended early: {result.error}", err=True)
    elif not apply and telling.writes(result.done):
        click.echo("Nothing was written. Do it with: postmortem sync --apply", err=True)


def _progress(words: str) -> None:
    """Show how far it is, on a terminal only, on one line."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{words}", nl=False, err=True)
