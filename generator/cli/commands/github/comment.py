"""`postmortem github comment`: the comment on a pull request, written to a file; GitHub is not asked."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.commands import configuration


@click.command(name="comment", epilog="Example: postmortem github comment --base origin/main --out review.json")
@click.option("--base", required=True, metavar="REV", help="The revision that the change began from.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write it as a file for post-comment.",
)
@click.pass_context
def command(context: click.Context, *, base: str, out: Path | None) -> None:
    """Print what there is to say of the postmortems that changed since REV, as Markdown.

    What is left to do before the review and before publishing, other wordings, and similar earlier postmortems.
    Needs no token: it suits a pull request from a fork.
    """
    from generator.check.pull_request.build import review_of
    from generator.check.pull_request.comment import body
    from generator.check.pull_request.reading import dumped
    from generator.settings.load import now
    from generator.settings.load.github import page

    loaded = configuration(context)
    found = review_of(loaded.root, loaded.settings, base, now())
    if out:
        out.write_text(dumped(found), encoding="utf-8")
    click.echo(body(found, page()), nl=False)
