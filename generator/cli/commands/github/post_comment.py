"""`postmortem github post-comment`: the comment and the suggestions on a pull request, kept up to date."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.commands.github.connection import APPLY, connected, tell


@click.command(
    name="post-comment",
    epilog="Example: postmortem github post-comment review.json --pull 17 --head 4f2a9c1 --apply",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--pull", "number", required=True, type=click.IntRange(1), help="The pull request's number.")
@click.option("--head", required=True, metavar="SHA", help="The last commit of the pull request, in full.")
@click.option("--preview", default="", metavar="URL", help="The address of the preview that this run uploaded.")
@APPLY
def command(*, file: Path, number: int, head: str, preview: str, apply: bool) -> None:
    """Post what `postmortem github comment --out FILE` wrote: one comment, and each suggestion once, at its line.

    FILE is not trusted: it must be a review of at most 2 MB, and all of its text is made harmless.
    """
    from generator.check.pull_request.post import post
    from generator.check.pull_request.reading import LARGEST, loaded
    from generator.errors import UsageError

    if not 7 <= len(head) <= 64 or not set(head) <= set("0123456789abcdef"):
        raise UsageError(f"--head must be the name of a commit, not {head[:80]!r}.")
    with file.open("rb") as opened:
        found = loaded(opened.read(LARGEST + 1))
    github = connected()
    tell(post(github, number, head, found, preview=preview, apply=apply))
