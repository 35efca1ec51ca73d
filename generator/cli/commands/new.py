"""`postmortem new`: incident data becomes a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.commands import begin_archive, configuration_or_new
from generator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.draft.create import Drafted, DraftOptions, DraftWriter


@click.command(
    name="new",
    epilog="Example: postmortem new --from jira:OPS-123 --from file:slack-channel.json, or: "
    "postmortem new --missing --from jira",
)
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="SOURCE:REF",
    help="A source, such as jira:OPS-123 or file:incident.json; several are merged, the first one wins where they disagree.",
)
@click.option(
    "--missing",
    is_flag=True,
    help="Draft every resolved incident of the source (--from jira) that must have a postmortem and has none.",
)
@click.option(
    "--template",
    "name",
    metavar="NAME",
    default="",
    help="outage, security, lightweight, near-miss, or one of templates/; else the archive's default.",
)
@click.option("--type", "kind", metavar="TYPE", default="", help="The type to write; else the template's.")
@click.option("--title", default="", help="The title to write; else the incident's, by the archive's title_pattern.")
@click.option(
    "--id", "identity", metavar="ID", default="", help="The id to give; else the next free one of the incident's year."
)
@click.option("--dry-run", is_flag=True, help="Print the draft, or what would be drafted, and write nothing.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to this file or folder instead of postmortems/<year>/.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    sources: tuple[str, ...],
    missing: bool,
    name: str,
    kind: str,
    title: str,
    identity: str,
    dry_run: bool,
    out: Path | None,
) -> None:
    """Draft a postmortem from incident data and print its path.

    What the data hold is filled in; what only people know is marked TODO: with a question. A postmortem that exists
    is never overwritten.
    """
    from generator.draft.create import DraftOptions, DraftWriter
    from generator.settings.load import now

    loaded = configuration_or_new(context, out, dry_run=dry_run)
    writer = DraftWriter(loaded, now(), _progress())
    options = DraftOptions(name, kind, title, identity, out, dry_run)
    if missing:
        code, drafts = _missing(writer, sources, options)
        if drafts:
            begin_archive(loaded, out, dry_run=dry_run)
        context.exit(code)
    if not sources and not title:
        raise UsageError(
            "Nothing to draft from: name data with --from, such as --from file:incident.json, or a --title."
        )
    drafted = writer.draft(writer.read(sources), options)
    begin_archive(loaded, out, dry_run=dry_run)
    click.echo(drafted.text if drafted.path is None else f"{_shown(drafted.path)}\n", nl=False)
    _say(drafted)


def _missing(writer: DraftWriter, sources: tuple[str, ...], options: DraftOptions) -> tuple[int, int]:
    """Draft what has no postmortem; the exit code, and how many were drafted."""
    from generator.document.secrets import masked
    from generator.draft.backlog import Backlog

    if len(sources) != 1 or ":" in sources[0]:
        raise UsageError("--missing asks one source for all its incidents: postmortem new --missing --from jira")
    if options.title or options.identity or (options.out and options.out.suffix == ".md" and not options.out.is_dir()):
        raise UsageError("--missing may draft several, so --title, --id and a file as --out do not go with it.")
    backlog = Backlog(writer, sources[0])
    done = failed = 0
    for outcome in backlog.drafts(options):
        incident, drafted = outcome.incident, outcome.drafted
        if outcome.failure:
            failed += 1
            click.echo(f"{incident.ref}: {outcome.failure}", err=True)
        elif drafted:
            done += 1
            row = masked(f"{incident.ref}  {outcome.severity}  {incident.title}")
            click.echo(_shown(drafted.path) if drafted.path else row)
            for note in drafted.notes:
                click.echo(f"{incident.ref}: {note}", err=True)
        else:
            backlog.written += 1
    rows = [f"{done} {'would be ' * options.dry_run}drafted", f"{backlog.written} had a postmortem already"]
    rows += [f"{backlog.exempt} need none"] + [f"{failed} failed"] * bool(failed)
    click.echo("; ".join(rows) + ".", err=True)
    if backlog.unrated:
        refs = ", ".join(one.ref for one in backlog.unrated[:20]) + ", ..." * (len(backlog.unrated) > 20)
        click.echo(f"Not drafted, as no severity of the archive's is known for them: {refs}", err=True)
    return (1 if failed else 0), done


def _progress() -> Callable[[str], None]:
    """Say what takes a while, to people only."""
    return (lambda words: click.echo(words, err=True)) if sys.stderr.isatty() else (lambda _: None)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _say(drafted: Drafted) -> None:
    """Say what is missing, on stderr."""
    if drafted.missing:
        click.echo("Missing or to be checked, and where to get it:", err=True)
        for sentence in drafted.missing:
            click.echo(f"  {sentence}", err=True)
    due = (("reviewed", drafted.due.review), ("published", drafted.due.publish))
    words = " and ".join(f"{word} by {deadline.day}" for word, deadline in due if deadline)
    if words:
        click.echo(f"By the archive's policy it is to be {words}.", err=True)
    questions = drafted.text.count("TODO:")
    click.echo(f"{questions} places say TODO: what only people know. Search for it and answer what you can.", err=True)
