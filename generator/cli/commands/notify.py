"""`postmortem notify`: people are notified in Slack of what is new, due or overdue."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from generator.cli.commands import ALLOW_SECRETS, configuration, say_doubts, say_held_back, show_progress
from generator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.clients.slack.client import Slack
    from generator.clients.slack.message import Notice, Shortfall
    from generator.settings.model import Settings

NOT_SET_UP = "Slack is not set up, nothing was sent."


@click.command(
    name="notify", epilog="Example: postmortem notify, read what it would say, then: postmortem notify --apply"
)
@click.option("--created", multiple=True, metavar="ID", help="Announce this postmortem, however old its incident is.")
@click.option("--digest", is_flag=True, help="The week in a few lines, for the channel.")
@click.option("--overdue", is_flag=True, help="Reviews, publications and action items that are due or overdue.")
@ALLOW_SECRETS
@click.option("--apply", is_flag=True, help="Send it; without it nothing is sent.")
@click.option("--dry-run", is_flag=True, help="Only show what is due, and do not even ask Slack what was said already.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.pass_context
def command(
    context: click.Context,
    *,
    created: tuple[str, ...],
    digest: bool,
    overdue: bool,
    allow_secrets: bool,
    apply: bool,
    dry_run: bool,
    form: str,
) -> int:
    """Compare what is due today with what Slack has already, and print the plan; with --apply, send it.

    The channel hears of severe incidents in production and gets a weekly digest; everybody hears of their own overdue
    action items in one direct message. Nothing is sent twice: a message that was sent is brought up to date.
    Slack's failures are warnings and never fail a run; files that cannot be read, or whose audience is not clear, do.
    """
    from generator.document import archive
    from generator.document.secret_gate import may_leave
    from generator.notify.due import NoticeFilter, due
    from generator.notify.outcome import lines, row, summary
    from generator.notify.run import run
    from generator.settings.load import now

    if apply and dry_run:
        raise UsageError("--apply sends and --dry-run does not; use one of them.")
    loaded = configuration(context)
    slack = None if dry_run else _slack(loaded.settings)
    documents = archive.load(loaded.root)
    doubts = say_doubts(documents, loaded.settings)
    free, reasons = may_leave(documents, allowed=allow_secrets)
    refused = say_held_back(reasons)
    ids = {one.postmortem.id.casefold() for one in free}
    held = {one.postmortem.id.casefold() for one in documents} - ids
    asked = bool(created)
    created = tuple(name for name in created if name.casefold() not in held)
    today = now().date()
    if asked and not created and not digest and not overdue:
        return doubts or refused  # all that was asked for is held back, and nothing named would mean everything
    notices, shortfalls = due(free, loaded.settings, today, NoticeFilter(created, digest, overdue))
    outcomes, warnings = run(notices, loaded.settings, slack, apply=apply, tell=show_progress)
    show_progress("")
    if form == "json":
        click.echo(json.dumps([row(one) for one in outcomes], indent=2, ensure_ascii=False))
    else:
        for line in lines(outcomes):
            click.echo(line)
    _warn([*shortfalls, *warnings])
    applied = apply and slack is not None
    click.echo(summary(outcomes, applied=applied), err=True)
    _close(notices, slack, apply=apply, dry_run=dry_run)
    return doubts or refused


def _slack(settings: Settings) -> Slack | None:
    """Slack, where it is set up. Raises UsageError where the settings cannot be right."""
    from generator.settings import load as config

    connection = config.slack(settings)
    if connection is None:
        return None
    try:
        from generator.clients.slack.client import Slack
    except ModuleNotFoundError as error:
        if error.name != "slack_sdk":
            raise
        raise UsageError(
            f'slack-sdk is not installed; install it with: {sys.executable} -m pip install "postmortem-archive[slack]"'
        ) from None
    return Slack(connection)


def _warn(shortfalls: Iterable[Shortfall]) -> None:
    from generator.output import cell

    for one in shortfalls:
        click.echo(f"postmortem: warning: {cell(one.message)} [{one.code}]", err=True)


def _close(notices: list[Notice], slack: Slack | None, *, apply: bool, dry_run: bool) -> None:
    """Say what to do next."""
    if slack is None and not dry_run:
        click.echo(f"{NOT_SET_UP} It needs `slack: channel` in site_config/archive.yml and SLACK_BOT_TOKEN.", err=True)
    elif not apply and any(one.fresh for one in notices):
        click.echo("Nothing was sent. Do it with: postmortem notify --apply", err=True)
