"""`postmortem sync`: postmortems and action items kept in step with Jira and GitHub, and pages with Confluence."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands import configuration, say_unreadable
from generator.errors import PostmortemError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.config import Config
    from generator.document import Document
    from generator.github import Connection as Repository
    from generator.jira_settings import Connection
    from generator.syncing import Result


@click.command(name="sync", epilog="Example: postmortem sync, read the plan, then: postmortem sync --apply")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Do what the plan says; without it nothing is written anywhere.")
@click.option("--recreate", is_flag=True, help="Create issues again that were deleted or cannot be seen any more.")
@click.option("--force", is_flag=True, help="Push texts although somebody has changed them there.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.pass_context
def command(
    context: click.Context, *, paths: tuple[Path, ...], apply: bool, recreate: bool, force: bool, form: str
) -> int:
    """Compare postmortems with Jira, GitHub and Confluence and print the plan; with --apply, do it.

    Each postmortem becomes an issue, each action item a ticket in Jira or on GitHub; status, owner, due date and
    summary that people change there come back into the files. Each published postmortem becomes a page in Confluence. What changed on both sides
    is told and left alone. Running it again is always safe. What is not set up is left out.
    """
    from generator import archive, syncing, targets
    from generator.plan import telling
    from generator.plan.places import GITHUB
    from generator.syncing import pages

    loaded = configuration(context)
    begin = time.monotonic()
    documents = archive.load(loaded.root)
    only = _chosen(loaded, documents, paths)
    unreadable = say_unreadable(documents)
    _say_nameless(documents, only)
    jira, repositories, confluence = _connections(loaded)
    alone = (jira is not None) + bool(repositories) + (confluence is not None) == 1
    results: list[Result] = []
    requests = 0
    if jira:
        target = targets.open_jira(jira, loaded.settings, log=_progress)
        scene = syncing.Scene(loaded.settings, target.browse, recreate=recreate, force=force)
        run = partial(syncing.run, loaded.root, documents, target, scene, apply=apply, tell=_progress, only=only)
        results.append(_result(run, alone=alone))
        requests += target.requests_made
    if repositories:
        if jira and apply:
            documents = archive.load(loaded.root)  # what was pulled is in them now
        hub = targets.open_github(repositories, loaded.settings, log=_progress)
        scene = syncing.Scene(loaded.settings, hub.browse, recreate=recreate, force=force, place=GITHUB)
        run = partial(syncing.run, loaded.root, documents, hub, scene, apply=apply, tell=_progress, only=only)
        results.append(_result(run, alone=alone))
        requests += hub.requests_made
    if confluence:
        space = targets.open_confluence(confluence, loaded.settings, log=_progress)
        if (jira or repositories) and apply:
            documents = archive.load(loaded.root)  # keys of new tickets are in them now
        tickets = loaded.settings.jira.url.rstrip("/")
        run = partial(pages.run, loaded.root, documents, space, loaded.settings, apply=apply, force=force, only=only)
        run = partial(run, browse=lambda key: f"{tickets}/browse/{key}" if tickets else "", tell=_progress)
        results.append(_result(run, alone=alone))
        requests += space.requests_made
    result = pages.joined(results)
    _progress("")
    if form == "json":
        click.echo(json.dumps([telling.row(one) for one in result.done], indent=2, ensure_ascii=False))
    else:
        for line in telling.lines(result.done):
            click.echo(line)
    errors = [str(one.error) for one in results if one.error]
    _close(result, errors, apply=apply, requests=requests, seconds=time.monotonic() - begin)
    return result.exit_code or unreadable


def _connections(loaded: Config) -> tuple[Connection | None, tuple[Repository, ...], Connection | None]:
    """Where Jira, the repositories on GitHub and Confluence are, as far as they are set up; UsageError where none is."""
    from generator import config

    confluence = config.confluence(loaded.settings)
    repositories = config.trackers(loaded.settings)
    # An address of Jira alone may be there to draft from; then pages need no issues.
    others = confluence or repositories
    jira = config.jira(loaded.settings) if loaded.settings.jira.project or not others else None
    if not jira and not others:
        raise UsageError(
            "Neither Jira nor Confluence is set up. For Jira set `jira: url` and `project` in site_config/archive.yml, or"
            " JIRA_BASE_URL in the environment, and JIRA_EMAIL and JIRA_API_TOKEN (Cloud) or JIRA_PAT (Data Center); for"
            " GitHub set `tracker: github` and `github: owner/name`, and GITHUB_TOKEN in the environment; for"
            " Confluence set `confluence: url` and `space`, or CONFLUENCE_BASE_URL and CONFLUENCE_SPACE, and"
            " CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (Cloud) or CONFLUENCE_PAT (Data Center)."
        )
    return jira, repositories, confluence


def _result(run: Callable[[], Result], *, alone: bool) -> Result:
    """What a run came to; an error of one system does not keep the other one from being asked."""
    from generator.syncing import Result

    try:
        return run()
    except PostmortemError as error:
        if alone:
            raise
        return Result(error=error)


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


def _say_nameless(documents: Sequence[Document], only: set[str] | None) -> None:
    """Name the postmortems that cannot be kept elsewhere, so that they are not taken for being in step."""
    for one in documents:
        readable = not any(finding.rule == "unreadable" for finding in one.findings)
        if readable and not one.postmortem.id and (only is None or one.path in only):
            click.echo(
                f"{one.path}: left out, as it has no id that can be used; `postmortem check` tells more.", err=True
            )


def _close(result: Result, errors: Sequence[str], *, apply: bool, requests: int, seconds: float) -> None:
    """Say in one line what it came to, and what to do next."""
    from generator.plan import telling

    click.echo(telling.summary(result.done, checked=result.checked, applied=apply), err=True)
    click.echo(f"{requests:,} requests, {seconds:.1f} s.", err=True)
    for error in dict.fromkeys(errors):
        click.echo(f"postmortem: the run ended early: {error}", err=True)
    if not errors and not apply and telling.writes(result.done):
        click.echo("Nothing was written. Do it with: postmortem sync --apply", err=True)


def _progress(words: str) -> None:
    """Show how far it is, on a terminal only, on one line."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{words}", nl=False, err=True)
