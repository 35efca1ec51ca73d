"""`postmortem github overdue`: one issue that lists overdue action items."""

from __future__ import annotations

import click

from generator.cli.commands import configuration, say_doubts
from generator.cli.commands.github.connection import APPLY, BASE, at_home, tell


@click.command(name="overdue", epilog="Example: postmortem github overdue --apply")
@BASE
@APPLY
@click.pass_context
def command(context: click.Context, *, base: str | None, apply: bool) -> int:
    """Open an issue with the overdue action items, bring it up to date, and close it when nothing is left."""
    from generator.document import archive
    from generator.notify.github_issue import chase
    from generator.settings.load import now

    loaded = configuration(context)
    documents = archive.load(loaded.root)
    home = at_home(loaded, base)
    told = chase(
        home,
        documents,
        loaded.settings,
        now().date(),
        apply=apply,
    )
    tell(told)
    return say_doubts(documents, loaded.settings)
