"""`postmortem demo`: the story on this machine, with invented data."""

from pathlib import Path

import click


@click.command(name="demo", epilog="Example: postmortem demo --serve")
@click.option(
    "--dir",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/demo"),
    show_default=True,
    help="Where to put the demo's archive; made anew each time.",
)
@click.option("--serve", is_flag=True, help="Show the site afterwards, until ^C.")
@click.pass_context
def command(context: click.Context, target: Path, serve: bool) -> None:
    """Draft a postmortem from an incident's data and build the site, in a folder of its own."""
    from generator import archive, example
    from generator.commands import build, new
    from generator.commands import serve as server

    sources = example.lay_out(target)
    root = click.Context(context.find_root().command, obj={**context.find_root().obj, "directory": target})
    click.secho(f"1. An archive with {len(archive.load(target))} postmortems lies in {target}", bold=True, err=True)
    click.secho(
        f"2. A draft from {len(sources)} witnesses: {', '.join(source.name for source in sources)}", bold=True, err=True
    )
    with root:
        arguments = [word for source in sources for word in ("--from", f"file:{source}")]
        new.command.main(arguments, standalone_mode=False, parent=root)
        click.secho("3. The site", bold=True, err=True)
        build.command.main(["--output", str(target / "site")], standalone_mode=False, parent=root)
        if serve:
            server.command.main([], standalone_mode=False, parent=root)
        else:
            click.echo("To look at it with search: make demo SERVE=1, or postmortem demo --serve", err=True)
