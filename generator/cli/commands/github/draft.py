"""`postmortem github draft`: incident data become a pull request with a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.commands import ALLOW_SECRETS, configuration, say_held_back
from generator.cli.commands.github.connection import APPLY, BASE, at_home, tell
from generator.errors import AlreadyExistsError, UsageError

if TYPE_CHECKING:
    from generator.settings.load import Config


@click.command(name="draft", epilog="Example: postmortem github draft --from jira:OPS-1533 --apply")
@click.option("--from", "sources", multiple=True, metavar="SOURCE:REF", help="As in `postmortem new`.")
@click.option("--missing", is_flag=True, help="As in `postmortem new`: every incident that must have a postmortem.")
@click.option("--template", default="", metavar="NAME", help="As in `postmortem new`.")
@BASE
@ALLOW_SECRETS
@APPLY
@click.pass_context
def command(
    context: click.Context,
    *,
    sources: tuple[str, ...],
    missing: bool,
    template: str,
    base: str | None,
    allow_secrets: bool,
    apply: bool,
) -> int:
    """Draft as `postmortem new` does, and open a draft pull request from the branch postmortem/<incident>.

    The commander is assigned, the services' owners are asked for their review. Where the incident has a branch, a
    pull request (open or closed) or a postmortem already, nothing is done. The working tree stays as it was.
    """
    from generator.document import archive
    from generator.document.secret_gate import may_leave
    from generator.draft.pull_request import complete, propose, there_is

    if not sources:
        raise UsageError("Nothing to draft from: name data with --from, such as --from jira:OPS-1533.")
    loaded = configuration(context)
    home = at_home(loaded, base)
    reference = sources[0].partition(":")[2]
    known = not missing and reference and not sources[0].startswith("file:")
    if known and (pull := there_is(home.github, reference)) and complete(home.github, pull):
        click.echo(f"= {reference}: {pull.url} ({pull.state})")
        return 0
    before = set(_files(loaded))
    try:
        code = _new(context, sources, missing=missing, template=template)
        fresh = [path for path in _files(loaded) if path not in before]
        free, reasons = may_leave((archive.read(path, loaded.root) for path in fresh), allowed=allow_secrets)
        refused = say_held_back(reasons)
        tell(propose(home, loaded.settings, [loaded.root / one.path for one in free], apply=apply))
    finally:
        _tidy(loaded, before)
    return code or refused


def _new(context: click.Context, sources: tuple[str, ...], *, missing: bool, template: str) -> int:
    """Run `postmortem new`; its exit code. An incident that has its postmortem is none of our business."""
    from generator.cli.commands import new

    words = [word for source in sources for word in ("--from", source)]
    words += ["--missing"] * missing + (["--template", template] if template else [])
    try:
        code = new.command.main(words, standalone_mode=False, parent=context)
    except AlreadyExistsError as error:
        click.echo(f"= {error}")
        return 0
    return code if isinstance(code, int) else 0


def _files(loaded: Config) -> list[Path]:
    from generator.document import archive

    return archive.paths(loaded.root)


def _tidy(loaded: Config, before: set[Path]) -> None:
    """Take the drafts out of the working tree: they are on their branches, or can be made again."""
    for path in set(_files(loaded)) - before:
        folder = path.with_suffix("")
        for inner in sorted(folder.rglob("*"), reverse=True):
            inner.rmdir() if inner.is_dir() else inner.unlink()
        if folder.is_dir():
            folder.rmdir()
        path.unlink()
