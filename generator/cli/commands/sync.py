"""`postmortem sync`: postmortems and action items kept in step with Jira and GitHub, and pages with Confluence."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.commands import ALLOW_SECRETS, configuration, say_doubts, say_held_back, show_progress
from generator.errors import PostmortemError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.document.parse import Document
    from generator.settings.jira import Connection
    from generator.settings.load import Config
    from generator.settings.load.github import Repository
    from generator.sync.confluence_run import PageTarget
    from generator.sync.plan.tracker import Tracker
    from generator.sync.plan.trackers import Place
    from generator.sync.run import SyncResult

    Round = tuple[Tracker | PageTarget, Callable[[Sequence[Document]], SyncResult]]


@click.command(name="sync", epilog="Example: postmortem sync, read the plan, then: postmortem sync --apply")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Do what the plan says; without it nothing is written anywhere.")
@click.option("--recreate", is_flag=True, help="Create issues again that were deleted or cannot be seen any more.")
@ALLOW_SECRETS
@click.option("--force", is_flag=True, help="Push texts although somebody has changed them there.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    apply: bool,
    recreate: bool,
    force: bool,
    allow_secrets: bool,
    form: str,
) -> int:
    """Compare postmortems with Jira, GitHub and Confluence and print the plan; with --apply, do it.

    Each postmortem becomes an issue, each action item a ticket in Jira or on GitHub; status, owner, due date and
    summary that people change there come back into the files. Each published postmortem becomes a page in Confluence. What changed on both sides
    is reported and left alone. Running it again is always safe. What is not set up is left out.
    """
    from generator.document import archive
    from generator.document.secret_gate import may_leave
    from generator.sync import confluence_run
    from generator.sync.plan import inclusion, report

    loaded = configuration(context, paths)
    begin = time.monotonic()
    documents = archive.load(loaded.root)
    only = _chosen(loaded, documents, paths)
    doubts = say_doubts((d for d in documents if only is None or d.path in only), loaded.settings)
    _say_nameless(documents, only)
    meant = [one for one in documents if only is None or one.path in only]
    free, reasons = may_leave(meant, allowed=allow_secrets)
    refused = say_held_back(reasons)
    only = {one.path for one in free} if refused else only
    rounds = _rounds(loaded, only, apply=apply, recreate=recreate, force=force)
    results: list[SyncResult] = []
    for _, run in rounds:
        if results and apply:
            documents = archive.load(loaded.root)  # what the round before wrote is in them now
        results.append(_result(partial(run, documents), alone=len(rounds) == 1))
    requests = sum(target.requests_made for target, _ in rounds)
    result = confluence_run.joined(results)
    show_progress("")
    if form == "json":
        click.echo(json.dumps([report.row(one) for one in result.done], indent=2, ensure_ascii=False))
    else:
        for line in report.lines(result.done):
            click.echo(line)
    errors = [str(one.error) for one in results if one.error]
    if words := inclusion.left_out(documents, loaded.settings, _imported(loaded), only):
        click.echo(words, err=True)
    _close(result, errors, apply=apply, requests=requests, seconds=time.monotonic() - begin)
    return result.exit_code or doubts or refused


def _rounds(loaded: Config, only: set[str] | None, *, apply: bool, recreate: bool, force: bool) -> list[Round]:
    """Each place that is set up, with what keeps documents in step with it: issues first, as pages name their keys."""
    from generator.sync import confluence_run
    from generator.sync import run as syncing
    from generator.sync import trackers as targets
    from generator.sync.plan.trackers import GITHUB, JIRA
    from generator.sync.run import RunOptions

    settings, log = loaded.settings, show_progress
    jira, repositories, confluence = _connections(loaded)
    rounds: list[Round] = []

    def issues(target: Tracker, place: Place) -> None:
        scene = RunOptions(settings, target.browse, recreate=recreate, force=force, place=place)
        run = partial(syncing.run, loaded.root, target=target, scene=scene, apply=apply, tell=log, only=only)
        rounds.append((target, run))

    if jira:
        issues(targets.open_jira(jira, settings, log=log), JIRA)
    if repositories:
        issues(targets.open_github(repositories, settings, log=log), GITHUB)
    if confluence:
        space, tickets = targets.open_confluence(confluence, settings, log=log), settings.jira.url.rstrip("/")
        run = partial(
            confluence_run.run, loaded.root, target=space, settings=settings, apply=apply, force=force, tell=log
        )
        browse = partial("{}/browse/{}".format, tickets) if tickets else lambda _: ""
        rounds.append((space, partial(run, browse=browse, only=only)))
    return rounds


def _imported(loaded: Config) -> set[str]:
    """What is set for history in the places that are set up."""
    jira, repositories, confluence = _connections(loaded)
    issues = {loaded.settings.jira.imported} if jira or repositories else set()
    return issues | ({loaded.settings.confluence.imported} if confluence else set())


def _connections(loaded: Config) -> tuple[Connection | None, tuple[Repository, ...], Connection | None]:
    """Where Jira, the repositories on GitHub and Confluence are, as far as they are set up; UsageError where none is."""
    from generator.settings import load as config
    from generator.settings.load import trackers

    confluence = config.confluence(loaded.settings)
    repositories = trackers(loaded.settings)
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


def _result(run: Callable[[], SyncResult], *, alone: bool) -> SyncResult:
    """What a run came to; an error of one system does not keep the other one from being asked."""
    from generator.sync.run import SyncResult

    try:
        return run()
    except PostmortemError as error:
        if alone:
            raise
        return SyncResult(error=error)


def _chosen(loaded: Config, documents: Sequence[Document], paths: Sequence[Path]) -> set[str] | None:
    """The paths of the postmortems that are named, also by their folder; None for all."""
    from generator.document import archive

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
                f"{one.path}: left out, as it has no id that can be used; `postmortem check` says more.", err=True
            )


def _close(result: SyncResult, errors: Sequence[str], *, apply: bool, requests: int, seconds: float) -> None:
    """Say in one line what it came to, and what to do next."""
    from generator.sync.plan import report

    click.echo(report.summary(result.done, checked=result.checked, applied=apply), err=True)
    click.echo(f"{requests:,} requests, {seconds:.1f} s.", err=True)
    for error in dict.fromkeys(errors):
        click.echo(f"postmortem: the run ended early: {error}", err=True)
    if not errors and not apply and report.writes(result.done):
        click.echo("Nothing was written. Do it with: postmortem sync --apply", err=True)
