"""`postmortem new`: incident data becomes a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands import configuration
from generator.errors import AlreadyExistsError, UsageError

if TYPE_CHECKING:
    from generator.document import Document
    from generator.draft import Draft


@click.command(
    name="new",
    epilog="Example: postmortem new --from file:pagerduty.json --from file:slack-channel.json --template outage",
)
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="SOURCE:REF",
    help="A witness, such as file:incident.json; several are merged, the first one wins where they disagree.",
)
@click.option(
    "--template",
    "name",
    metavar="NAME",
    help="outage, security, lightweight, near-miss, or one of templates/; else the archive's default.",
)
@click.option("--type", "kind", metavar="TYPE", default="", help="The type to write; else the template's.")
@click.option("--title", default="", help="The title to write; else the incident's, by the archive's title_pattern.")
@click.option(
    "--id", "identity", metavar="ID", default="", help="The id to give; else the next free one of the incident's year."
)
@click.option("--dry-run", is_flag=True, help="Print the draft and write nothing.")
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
    name: str | None,
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
    from generator import archive, config, document, draft, layouts
    from generator import sources as doors
    from generator.draft.existing import postmortem_of, twin_of
    from generator.draft.naming import checked_id, reference_for_id, year_of
    from generator.draft.times import clock
    from generator.incident import Incident

    loaded, now = configuration(context), config.now()
    settings = loaded.settings
    if not sources and not title:
        raise UsageError(
            "Nothing to draft from: name data with --from, such as --from file:incident.json, or a --title."
        )
    told = [incident for source in sources for incident in doors.fetch(source, loaded)]
    merged = draft.merge(told or [Incident(source="", title=title)], settings)
    template = layouts.find(loaded.root, name, merged.kind, settings.template)
    facts = draft.known_of(merged, settings)
    documents = archive.heads(loaded.root, (merged.ref, merged.url, identity, clock(facts.times.started)[11:]))
    _refuse(postmortem_of(merged, documents), f"the postmortem of {merged.ref or 'this incident'}")
    year = year_of(merged, facts.times, now)
    identity = checked_id(
        identity or archive.next_id(documents, settings.id_pattern, year, reference_for_id(merged.ref))
    )
    _refuse(archive.find(documents, id=identity), identity)
    written = draft.compose(merged, template, settings, id=identity, now=now, type=kind, title=title)
    if documents:
        _refuse(twin_of(document.parse(written.text), documents), "a postmortem with this title and start")
    if dry_run:
        click.echo(written.text, nl=False)
    else:
        click.echo(_write(loaded.root, out, written))
    _say(written)


def _refuse(found: Document | None, what: str) -> None:
    if found:
        raise AlreadyExistsError(f"{found.path}: {what} exists already and was not changed.", found.path)


def _write(root: Path, out: Path | None, written: Draft) -> str:
    from generator import archive

    if out is None:
        target = archive.create(root, written.path, written.text)
    else:
        name = Path(written.path).name
        place = out if out.suffix == ".md" and not out.is_dir() else out / name
        target = archive.create(place.parent, place.name, written.text)
    here = Path.cwd()
    return str(target.relative_to(here) if target.is_relative_to(here) else target)


def _say(written: Draft) -> None:
    """Tell what is missing, on stderr."""
    if written.missing:
        click.echo("Missing or to be checked, and where to get it:", err=True)
        for sentence in written.missing:
            click.echo(f"  {sentence}", err=True)
    questions = written.text.count("TODO:")
    click.echo(f"{questions} places say TODO: what only people know. Search for it and answer what you can.", err=True)
