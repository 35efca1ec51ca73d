"""`postmortem doctor`: tries every setting, and names each fault and its fix."""

import sys

import click

from generator.cli.commands import configuration
from generator.errors import NoArchiveError, UsageError

MAP = "Fields of these names are in Jira; what fits can be pasted into site_config/archive.yml:"


@click.command(name="doctor", epilog="Example: postmortem doctor --end-to-end")
@click.option(
    "--end-to-end",
    is_flag=True,
    help="Also create two test issues, change, link, find and move them, and remove them again.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For a person, or for a script.",
)
@click.pass_context
def command(context: click.Context, *, end_to_end: bool, form: str) -> int:
    """Try every setting, and name each fault and its fix. Nothing is written, but for --end-to-end.

    Ends with 1 where there is a fault; warnings are allowed.
    """
    from generator.document import archive
    from generator.settings.load import no_colour
    from generator.setup import doctor
    from generator.setup.doctor import report

    case = None
    try:
        loaded = configuration(context)
    except NoArchiveError:
        raise
    except UsageError as error:
        told = iter(doctor.unreadable(str(error)))
    else:
        case = doctor.DoctorContext(loaded, archive.load(loaded.root), tell=lambda words: click.echo(words, err=True))
        told = doctor.examine(case, end_to_end=end_to_end)
    colour, encoding = sys.stdout.isatty() and not no_colour(), sys.stdout.encoding
    found = []
    for one in told:
        found.append(one)
        if form == "text":
            click.echo(report.line(one, colour=colour, encoding=encoding))
    if form == "json":
        click.echo(report.as_records(found), nl=False)
    else:
        click.echo(report.summary(found), err=True)
        paste = doctor.field_map(case, found) if case else ""
        if paste:
            click.echo(report.fitting(f"\n{MAP}\n\n{paste}", encoding), nl=False)
    return int(any(one.verdict is doctor.Health.FAULT for one in found))
