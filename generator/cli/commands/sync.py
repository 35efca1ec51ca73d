"""`postmortem sync`: postmortems and action items kept in step with Jira and GitHub, and pages with Confluence."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.commands import ALLOW_SECRETS, configuration, say_doubts, say_held_back, show_progress
from generator.errors import PostmortemError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.document.parse import Document
    from generator.settings.load import Config
    from generator.sync.confluence_run import PageTarget
    from generator.sync.plan.facts import DocumentFacts
    from generator.sync.plan.tracker import Tracker
    from generator.sync.run import SyncResult


@dataclass(frozen=True)
class _Round:
    """One system that is set up, what is set for history there, and what keeps documents in step with it."""

    system: Tracker | PageTarget
    imported: str
    run: Callable[[Sequence[DocumentFacts]], SyncResult]


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
    # Branches: the order of a run as a person sees it, from what is refused to what is printed; each step is a call.
    from generator.document import archive
    from generator.document.secret_gate import may_leave
    from generator.sync import confluence_run
    from generator.sync.plan import inclusion, report
    from generator.sync.plan.facts import archive_facts

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
    facts = archive_facts(documents, loaded.settings)
    results: list[SyncResult] = []
    for one in rounds:
        if results and apply:  # what the round before wrote is in the files now
            facts = archive_facts(archive.load(loaded.root), loaded.settings, facts)
        results.append(_result(partial(one.run, facts), alone=len(rounds) == 1))
        if isinstance(results[-1].ended_by, KeyboardInterrupt):
            break
    requests = sum(one.system.requests_made for one in rounds)
    result = confluence_run.joined(results)
    show_progress("")
    if form == "json":
        click.echo(json.dumps([report.row(one) for one in result.done], indent=2, ensure_ascii=False))
    else:
        for line in report.lines(result.done):
            click.echo(line)
    errors = [str(one.error) for one in results if one.error]
    if words := inclusion.left_out(facts, {one.imported for one in rounds}, only):
        click.echo(words, err=True)
    _close(result, errors, apply=apply, requests=requests, seconds=time.monotonic() - begin)
    if result.ended_by is not None:
        raise result.ended_by
    return result.exit_code or doubts or refused


def _rounds(loaded: Config, only: set[str] | None, *, apply: bool, recreate: bool, force: bool) -> list[_Round]:
    """Each system that is set up, with what keeps documents in step with it: issues first, as pages name their keys.

    Raises UsageError where there is none.
    """
    from generator.sync import confluence_run
    from generator.sync import run as issue_run
    from generator.sync.confluence.open import open_pages
    from generator.sync.planner import RunOptions
    from generator.sync.trackers import open_trackers

    settings, log = loaded.settings, show_progress
    rounds: list[_Round] = []
    for tracker in open_trackers(loaded, log):
        options = RunOptions(settings, tracker, recreate=recreate, force=force)
        run = partial(issue_run.run, loaded.root, tracker=tracker, options=options, apply=apply, tell=log, only=only)
        rounds.append(_Round(tracker, settings.jira.imported, run))
    space = open_pages(loaded, log)
    if space:
        pages = partial(
            confluence_run.run, loaded.root, target=space, settings=settings, apply=apply, force=force, tell=log
        )
        rounds.append(_Round(space, settings.confluence.imported, partial(pages, only=only)))
    if not rounds:
        raise UsageError(
            "Neither Jira nor Confluence is set up. For Jira set `jira: url` and `project` in site_config/archive.yml, or"
            " JIRA_BASE_URL in the environment, and JIRA_EMAIL and JIRA_API_TOKEN (Cloud) or JIRA_PAT (Data Center); for"
            " GitHub set `tracker: github` and `github: owner/name`, and GITHUB_TOKEN in the environment; for"
            " Confluence set `confluence: url` and `space`, or CONFLUENCE_BASE_URL and CONFLUENCE_SPACE, and"
            " CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (Cloud) or CONFLUENCE_PAT (Data Center)."
        )
    return rounds


def _result(run: Callable[[], SyncResult], *, alone: bool) -> SyncResult:
    """What a run came to; an error of one system does not keep the other one from being asked."""
    from generator.sync.run import SyncResult

    try:
        return run()
    except PostmortemError as error:
        if alone:
            raise
        return SyncResult(error=error)
    except (Exception, KeyboardInterrupt) as error:
        if alone:
            raise
        return SyncResult(ended_by=error)


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
