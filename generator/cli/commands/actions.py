"""`postmortem actions`: what was promised, by whom, until when."""

import click

from generator.cli.commands import configuration, say_unreadable

COLUMNS = ("severity", "postmortem", "number", "action", "owner", "due", "status", "ticket", "flags")
CSV_COLUMNS = (
    "postmortem",
    "number",
    "action",
    "owner",
    "due",
    "status",
    "ticket",
    "type",
    "priority",
    "severity",
    "overdue",
    "flags",
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
    text: str,
    form: str,
) -> int:
    """List action items, open ones first, SEV1 first. Items without owner or date are flagged."""
    from generator import output
    from generator.document import archive, query
    from generator.document.headings import action_status
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
    found = query.actions(documents, wanted, loaded.settings, today)
    rows = [query.action_row(d, item, today) for d, item in found]
    if form != "json":
        rows = [
            {**row, "flags": ", ".join(query.flags(item, today))} for row, (_, item) in zip(rows, found, strict=True)
        ]
    if rows or form != "table":
        click.echo(
            output.rendered(rows, CSV_COLUMNS if form == "csv" else COLUMNS, form, limits={"action": 70, "ticket": 40}),
            nl=False,
        )
    if form == "table":
        click.echo(_summary([query.flags(item, today) for _, item in found]), err=True)
    return say_unreadable(documents)


def _summary(flags: list[tuple[str, ...]]) -> str:
    counts = {name: sum(name in found for found in flags) for name in ("overdue", "no owner", "no date")}
    words = ", ".join(
        f"{count} {'with ' if name.startswith('no') else ''}{name}" for name, count in counts.items() if count
    )
    return f"{len(flags)} action items" + (f": {words}." if words else ".")
