"""`postmortem github overdue`: one issue that lists overdue action items."""

from __future__ import annotations

import click

from generator.cli.commands import ALLOW_SECRETS, configuration, say_doubts, say_held_back
from generator.cli.commands.github.connection import APPLY, BASE, at_home, tell


@click.command(name="overdue", epilog="Example: postmortem github overdue --apply")
@BASE
@ALLOW_SECRETS
@APPLY
@click.pass_context
def command(context: click.Context, *, base: str | None, allow_secrets: bool, apply: bool) -> int:
    """Open an issue with the overdue action items, bring it up to date, and close it when nothing is left."""
    from generator.document import archive
    from generator.document.secret_gate import may_leave
    from generator.notify.github_issue import chase
    from generator.settings.load import now

    loaded = configuration(context)
    documents = archive.load(loaded.root)
    free, reasons = may_leave(documents, allowed=allow_secrets)
    refused = say_held_back(reasons)
    home = at_home(loaded, base)
    told = chase(
        home,
        free,
        loaded.settings,
        now().date(),
        apply=apply,
    )
    tell(told)
    return say_doubts(documents, loaded.settings) or refused
