"""`postmortem serve`: the site on this machine, built again at every save."""

from pathlib import Path

import click

from generator.cli.commands import configuration
from generator.cli.commands.build import AUDIENCES, ENGINES, make, progress


@click.command(name="serve", epilog="Example: postmortem serve --port 9000")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The next free one is taken."
)
@click.option("--engine", type=ENGINES, help="What renders the pages.  [default: `engine` of archive.yml, else mkdocs]")
@click.option("--audience", type=AUDIENCES, help="Whom it is for.  [default: `audience` of archive.yml, else internal]")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes to use.  [default: one per core]")
@click.option("--strict/--no-strict", default=False, help="Let broken links and the engine's warnings fail the build.")
@click.pass_context
def command(
    context: click.Context, *, port: int, engine: str | None, audience: str | None, jobs: int | None, strict: bool
) -> None:
    """Build the site, show it on this machine, and build it again whenever a file changes, until ^C."""
    import threading
    from urllib.parse import urlsplit

    from generator.errors import PostmortemError
    from generator.site.build.preview import Preview
    from generator.site.build.watching import WATCHED, changes, look

    loaded = configuration(context)
    folders = [loaded.root / name for name in WATCHED]
    output = loaded.root / ".postmortem" / "preview"
    show = progress()

    def build() -> str:
        report, _ = make(
            configuration(context), output, engine=engine, audience=audience, jobs=jobs, strict=strict, show=show
        )
        show("")
        return f"{report.pages_built} pages built in {report.seconds:.1f} s"

    before = look(folders)
    click.echo(build(), err=True)
    with Preview(output, port, urlsplit(loaded.settings.url).path) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        click.echo(f"The site is at {server.address} (^C ends it)")
        try:
            for changed in changes(folders, before):
                first = Path(changed[0]).name
                more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
                try:
                    click.echo(f"{first}{more} changed: {build()}", err=True)
                except PostmortemError as error:
                    show("")
                    click.echo(f"{error}\nThe site is shown as it was before.", err=True)
                else:
                    server.announce()
        finally:
            server.shutdown()
