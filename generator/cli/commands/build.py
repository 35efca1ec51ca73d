"""`postmortem build`: the archive as a site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.commands import configuration, say_unreadable, show_progress
from generator.document.model import Audience

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.document.parse import Document
    from generator.settings.load import Config
    from generator.site.build.building import Report

ENGINES = click.Choice(["mkdocs", "properdocs", "zensical"])
AUDIENCES = click.Choice([one.value for one in Audience])


@click.command(name="build", epilog="Example: postmortem build --audience public --output public-site")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write; made anew each time.  [default: site in the archive]",
)
@click.option("--engine", type=ENGINES, help="What renders the pages.  [default: `engine` of archive.yml, else mkdocs]")
@click.option("--audience", type=AUDIENCES, help="Whom it is for.  [default: `audience` of archive.yml, else internal]")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes to use.  [default: one per core]")
@click.option("--strict/--no-strict", default=True, help="Let broken links and the engine's warnings fail the build.")
@click.option("--clean", is_flag=True, help="Build every page, also those that did not change.")
@click.pass_context
def command(
    context: click.Context,
    *,
    output: Path | None,
    engine: str | None,
    audience: str | None,
    jobs: int | None,
    strict: bool,
    clean: bool,
) -> int:
    """Build the site: plain files that any web server can serve, with search."""
    loaded = configuration(context)
    if clean:
        from generator.site.build.publishing import forget

        forget(cache(loaded))
    show = progress()
    report, code = make(
        loaded, output or loaded.root / "site", engine=engine, audience=audience, jobs=jobs, strict=strict, show=show
    )
    reused = report.pages_total - report.pages_built
    show("")
    click.echo(
        f"{report.pages_built} pages built, {reused} as before, in {report.seconds:.1f} s with {report.engine}.",
        err=True,
    )
    click.echo(report.output)
    return code


def make(
    loaded: Config,
    output: Path,
    *,
    engine: str | None,
    audience: str | None,
    jobs: int | None,
    strict: bool,
    show: Callable[[str], None],
) -> tuple[Report, int]:
    """Stage and build the archive; the report, and 1 where files cannot be read or were closed in doubt."""
    from generator.document import archive
    from generator.document.secrets import masked
    from generator.settings.load import data, now
    from generator.site.build import inputs
    from generator.site.build.publishing import cores, publish

    root, settings = loaded.root, loaded.settings
    code = 0

    def read() -> Sequence[Document]:
        nonlocal code
        documents = archive.load(root)
        code = say_unreadable(documents)
        return documents

    site_config, refused = inputs.look(root, root / "site_config", data("site_config"))
    for refusal in refused:
        show("")
        click.echo(f"{refusal} The site has the built-in look.", err=True)
    report = publish(
        read,
        settings,
        now=now(),
        audience=audience or settings.audience,
        site_config=site_config,
        archive_root=root,
        output=output,
        cache=cache(loaded),
        engine=engine or settings.engine,
        jobs=jobs or cores(),
        strict=strict,
        progress=show,
    )
    for note in (*report.notes, *report.refused):
        show("")
        click.echo(masked(note), err=True)
    return report, 1 if report.refused or refused or report.doubts else code


def cache(loaded: Config) -> Path:
    """Where builds keep what they can use again."""
    return loaded.root / ".postmortem" / "cache"


def progress() -> Callable[[str], None]:
    """A function that shows one updating line on a terminal, and plain lines elsewhere; an empty text clears it."""
    terminal = sys.stderr.isatty()

    def show(message: str) -> None:
        if terminal:
            show_progress(message)
        elif message:
            click.echo(message, err=True)

    return show
