"""`postmortem list`: the archive, filtered and sorted."""

from datetime import datetime

import click

from generator.cli.commands import configuration, say_doubts

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="list", epilog="Example: postmortem list --severity SEV1 --service checkout-api --since 2026-01-01")
@click.option("--status", multiple=True, help="Only this status: draft, in-review, published.")
@click.option("--severity", multiple=True, help="Only this severity, such as SEV1.")
@click.option("--service", multiple=True, help="Only postmortems that name this service.")
@click.option("--type", "kind", multiple=True, help="Only this type, such as security.")
@click.option("--tag", multiple=True, help="Only postmortems with this tag.")
@click.option("--owner", multiple=True, help="Only those this person led, wrote, or owns an action item of.")
@click.option("--since", type=DAY, help="Only incidents of this day or later.")
@click.option("--until", type=DAY, help="Only incidents of this day or earlier.")
@click.option("--text", default="", help="Only documents that contain this text.")
@click.option(
    "--sort",
    type=click.Choice(["severity", "date", "id"]),
    default="severity",
    show_default=True,
    help="Most severe first, newest first, or by id.",
)
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
    kind: tuple[str, ...],
    tag: tuple[str, ...],
    owner: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    text: str,
    sort: str,
    form: str,
) -> int:
    """List the archive's postmortems, SEV1 first. An option given twice means either.

    An incident's time is its start. Where that is not known it is the detection, else the first entry of the timeline,
    else the mitigation, the end, or the day of publication; the list says which.
    """
    from generator import output
    from generator.document import archive, query
    from generator.document.scope import current
    from generator.document.times import occurrence
    from generator.settings.load import now

    loaded = configuration(context)
    documents = archive.load(loaded.root)
    wanted = query.Filter(
        status, severity, service, kind, tag, owner, (), since and since.date(), until and until.date(), text
    )
    found = query.postmortems([d for d in documents if d.text], wanted, loaded.settings, sort)
    today, live = now().date(), current(documents, loaded.settings)
    rows = [query.postmortem_row(d, loaded.settings, today, current=d.path in live) for d in found]
    if form == "table":
        when = [occurrence(d.postmortem) for d in found]
        rows = [{**row, "occurred": at.qualified if at else None} for row, at in zip(rows, when, strict=True)]
    columns = ("id", "severity", "status", "occurred", "title", "services", "actions_open", "actions_overdue")
    full = (
        "id",
        "severity",
        "status",
        "type",
        "started",
        "detected",
        "mitigated",
        "resolved",
        "title",
        "services",
        "commander",
        "audience",
        "incident",
        "jira",
        "tags",
        "actions",
        "actions_open",
        "actions_overdue",
        "path",
        "occurred",
        "occurred_from",
        "review_due",
        "publish_due",
        "follow_up_due",
        "scope",
    )
    if rows or form != "table":
        click.echo(
            output.rendered(rows, full if form == "csv" else columns, form, limits={"title": 60, "services": 36}),
            nl=False,
        )
    if form == "table":
        hint = (
            ""
            if documents
            else f" There are no postmortems in {loaded.root / archive.FOLDER}; begin with `postmortem new`."
        )
        click.echo(f"{len(rows)} of {len(documents)} postmortems.{hint}", err=True)
    if timeless := query.undated([d for d in documents if d.text], wanted, loaded.settings):
        words = (
            "1 postmortem gives no time and was" if timeless == 1 else f"{timeless} postmortems give no time and were"
        )
        click.echo(f"{words} left out by --since and --until.", err=True)
    return say_doubts(documents, loaded.settings)
