"""`postmortem actions`: what was promised, by whom, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.commands import configuration, say_unreadable

if TYPE_CHECKING:
    from collections.abc import Collection

    from generator.document.parse import Document
    from generator.settings.model import Settings

COLUMNS = ("severity", "postmortem", "number", "action", "owner", "due", "status", "ticket", "flags")
CSV_COLUMNS = (
    "postmortem",
    "number",
    "action",
    "owner",
    "due",
    "status",
    "ticket",
    "ticket_url",
    "type",
    "priority",
    "severity",
    "overdue",
    "flags",
    "scope",
)


@click.command(name="actions", epilog="Example: postmortem actions --status open --due overdue --owner jane.smith")
@click.option("--status", multiple=True, help="Only this status: open, in progress, completed, won't do.")
@click.option("--severity", multiple=True, help="Only items of incidents of this severity, such as SEV1.")
@click.option("--service", multiple=True, help="Only items of incidents of this service.")
@click.option(
    "--owner", multiple=True, help="Only items of this person: handle, name or e-mail; `none` for items nobody owns."
)
@click.option(
    "--due",
    multiple=True,
    type=click.Choice(["overdue", "this-week", "upcoming", "no-date"]),
    help="Only open items due then; a week ends on Sunday.",
)
@click.option(
    "--scope",
    type=click.Choice(["live", "history", "sample", "all"]),
    default="live",
    show_default=True,
    help="Only items of live postmortems, of history (imported, or before `since`), of samples, or all.",
)
@click.option("--text", default="", help="Only items whose text, ticket or postmortem title contains this.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    status: tuple[str, ...],
    severity: tuple[str, ...],
    service: tuple[str, ...],
    owner: tuple[str, ...],
    due: tuple[str, ...],
    scope: str,
    text: str,
    form: str,
) -> int:
    """List action items, open ones first, SEV1 first. Items without owner or date are flagged."""
    from generator import output
    from generator.document import archive, query
    from generator.document.headings import action_status
    from generator.document.scope import current, scope_of
    from generator.settings.load import now

    loaded = configuration(context)
    documents = archive.load(loaded.root)
    today = now().date()
    unknown = [word for word in status if action_status(word) is None]
    if unknown:
        raise click.BadParameter(
            f"{unknown[0]!r} is not a status; it is open, in progress, completed or won't do.", param_hint="--status"
        )
    statuses = tuple(str(action_status(word)) for word in status)
    wanted = query.Filter(
        status=statuses,
        severity=severity,
        service=service,
        owner=owner,
        due=tuple(query.Due(word) for word in due),
        text=text,
    )
    live = current(documents, loaded.settings)
    everything = query.actions(documents, wanted, loaded.settings, today, live)
    found = [(d, item) for d, item in everything if _within(d, scope, live, loaded.settings)]
    rows = [
        {
            **query.action_row(d, item, loaded.settings, today, current=d.path in live),
            "scope": str(scope_of(d, loaded.settings)),
        }
        for d, item in found
    ]
    flags = [query.flags(item, today, current=d.path in live) for d, item in found]
    if form != "json":
        rows = [{**row, "flags": ", ".join(own)} for row, own in zip(rows, flags, strict=True)]
    if rows or form != "table":
        click.echo(
            output.rendered(rows, CSV_COLUMNS if form == "csv" else COLUMNS, form, limits={"action": 70, "ticket": 40}),
            nl=False,
        )
    if form == "table":
        click.echo(_summary(flags), err=True)
    if others := len(everything) - len(found):
        items = "1 other action item is" if others == 1 else f"{others} other action items are"
        click.echo(f"{items} outside the scope {scope}; --scope all lists every one.", err=True)
    return say_unreadable(documents)


def _within(document: Document, scope: str, live: Collection[str], settings: Settings) -> bool:
    from generator.document.scope import Scope, scope_of

    if scope == Scope.LIVE:
        return document.path in live
    return scope in {"all", scope_of(document, settings)}


def _summary(flags: list[tuple[str, ...]]) -> str:
    counts = {name: sum(name in found for found in flags) for name in ("overdue", "no owner", "no date")}
    words = ", ".join(
        f"{count} {'with ' if name.startswith('no') else ''}{name}" for name, count in counts.items() if count
    )
    return f"{len(flags)} action items" + (f": {words}." if words else ".")
