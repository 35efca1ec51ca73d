"""`postmortem import`: postmortems that a team already has become documents of the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.commands import begin_archive, configuration_or_new
from generator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.importer.outcome import ImportOutcome
    from generator.settings.load import Config

FORMS = ("confluence-export", "google-docs")


@click.command(name="import", epilog="Example: postmortem import ../wiki/postmortems --dry-run")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "form",
    type=click.Choice(FORMS),
    default=None,
    help="What exported the files, where they are not Markdown as people write it.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write to this folder instead of postmortems/<year>/.",
)
@click.option("--force", is_flag=True, help="Import also what does not look like a postmortem.")
@click.option("--dry-run", is_flag=True, help="Report what would be done and write nothing.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the result.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    form: str | None,
    out: Path | None,
    force: bool,
    dry_run: bool,
    shape: str,
) -> int:
    """Adopt existing postmortems of any shape, files or whole folders, and print the paths that were written.

    Timelines and action items become the archive's tables, pictures come along, and no word is lost. What was not
    understood is reported with its line. What was imported before is recognised and left alone.
    """
    from generator.importer.outcome import ImportJob
    from generator.importer.run import take

    if not paths:
        raise UsageError("Name the files or folders to import, such as `postmortem import ../wiki/postmortems`.")
    loaded = configuration_or_new(context, out, dry_run=dry_run)
    outcomes = take(paths, ImportJob(loaded.root, loaded.settings, out, form or "", force, dry_run))
    _begin(loaded, out, outcomes, dry_run=dry_run)
    base = out or loaded.root
    if shape == "json":
        _print_json(outcomes)
    else:
        for outcome in outcomes:
            if outcome.result == "imported":
                click.echo(_shown(base / outcome.path))
    _say(outcomes, dry_run)
    wanted = [o for o in outcomes if o.result in {"imported", "unchanged"}]
    wrong = [o for o in outcomes if o.result == "failed" or (o.result == "refused" and o.named)]
    return 0 if wanted and not wrong else 1


def _begin(loaded: Config, out: Path | None, outcomes: Sequence[ImportOutcome], *, dry_run: bool) -> None:
    """Make the place an archive once it holds something."""
    if any(outcome.result == "imported" for outcome in outcomes):
        begin_archive(loaded, out, dry_run=dry_run)


def _shown(target: Path) -> str:
    here = Path.cwd()
    return str(target.relative_to(here) if target.is_relative_to(here) else target)


def _say(outcomes: Sequence[ImportOutcome], dry_run: bool) -> None:
    """Say on stderr what was not understood, what was not imported, and how much was."""
    for outcome in outcomes:
        for note in outcome.notes:
            click.echo(f"{outcome.source}:{note.line}: {note.message}", err=True)
        if outcome.result in {"refused", "failed"}:
            click.echo(f"{outcome.source}: {outcome.reason}", err=True)
    counts = {
        result: sum(1 for o in outcomes if o.result == result)
        for result in ("imported", "unchanged", "refused", "failed")
    }
    entries = sum(o.entries for o in outcomes)
    actions = sum(o.actions for o in outcomes)
    pictures = sum(o.pictures for o in outcomes)
    verb = "would be imported" if dry_run else "imported"
    click.echo(
        f"{counts['imported']} {verb} with {entries} timeline entries, {actions} action items and {pictures} pictures and files; "
        f"{counts['unchanged']} unchanged, {counts['refused']} refused, {counts['failed']} could not be read or written.",
        err=True,
    )
    if not outcomes:
        click.echo("No Markdown was found there.", err=True)


def _print_json(outcomes: Sequence[ImportOutcome]) -> None:
    import json

    records = [
        {
            "source": o.source, "result": o.result, "path": o.path or None, "id": o.id or None, "title": o.title or None, "reason": o.reason or None,
            "entries": o.entries, "actions": o.actions, "pictures": o.pictures, "notes": [{"line": n.line, "message": n.message} for n in o.notes],
        }
        for o in outcomes
    ]  # fmt: skip
    click.echo(json.dumps(records, ensure_ascii=False, indent=2))
