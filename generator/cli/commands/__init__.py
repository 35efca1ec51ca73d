"""One module per command; each reads its options, calls the rooms below and prints what they answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from generator.document.parse import Document
    from generator.document.secret_gate import HeldBack
    from generator.settings.load import Absent, Config
    from generator.settings.model import Settings


ALLOW_SECRETS = click.option(
    "--allow-secrets", "allow_secrets", is_flag=True, help="Send also what looks like it holds a secret."
)


def configuration(context: click.Context, paths: Sequence[Path] = ()) -> Config:
    """The archive that `-C` names, else that of the paths, else the nearest one upwards. Raises UsageError for none."""
    from generator.settings.load import Absent

    return _loaded(context, paths, Absent.REFUSED)


def configuration_or_new(context: click.Context, out: Path | None, *, dry_run: bool) -> Config:
    """The archive, or the place where one may begin.

    Where nothing will be written there, because it goes to `out` or is a dry run, it is said what holds instead.
    """
    from generator.settings.load import Absent

    loaded = _loaded(context, (), Absent.BEGUN)
    return _said(loaded) if dry_run or out is not None else loaded


def configuration_or_defaults(context: click.Context) -> Config:
    """The archive, or the built-in settings where there is none, which is said."""
    from generator.settings.load import Absent

    return _said(_loaded(context, (), Absent.DEFAULTS))


def _loaded(context: click.Context, paths: Sequence[Path], absent: Absent) -> Config:
    """The archive's configuration. Raises UsageError also for a tracker that there is not, which only `sync` knows."""
    from generator.settings.load import load
    from generator.settings.load.locate import MARKER
    from generator.sync.trackers import refuse_unknown

    loaded = load(context.find_root().obj["directory"], paths, absent)
    refuse_unknown(loaded.settings, str(MARKER))
    return loaded


def begin_archive(loaded: Config, out: Path | None, *, dry_run: bool) -> None:
    """Make the place where something was written an archive, unless it is one, and say so."""
    if loaded.exists or dry_run or out is not None:
        return
    from generator.setup.init.begin import begin

    path = begin(loaded.root)
    click.echo(
        f"{loaded.notice} So one was begun in {loaded.root}, with {path} and the built-in settings;"
        " `postmortem init` adds what else an archive has.",
        err=True,
    )


def _said(loaded: Config) -> Config:
    if not loaded.exists:
        click.echo(f"{loaded.notice} The built-in settings hold.", err=True)
    return loaded


def say_unreadable(documents: Iterable[Document]) -> int:
    """Name the files that could not be read, so that an incomplete answer is not taken for a whole one; the exit code."""
    unreadable = [finding for document in documents for finding in document.findings if finding.rule == "unreadable"]
    for finding in unreadable:
        click.echo(f"{finding.path}:{finding.line}: {finding.message}", err=True)
    return 1 if unreadable else 0


def say_doubts(documents: Iterable[Document], settings: Settings) -> int:
    """Name the files that could not be read, and those that are kept restricted in doubt; the exit code."""
    from generator.document.audience import findings

    read = tuple(documents)  # `list` is a command's module here
    code = say_unreadable(read)
    doubts = findings(read, settings)
    for doubt in doubts:
        click.echo(f"{doubt.path}:{doubt.line}: {doubt.message} {doubt.hint}", err=True)
    return 1 if doubts else code


def say_held_back(reasons: Iterable[HeldBack]) -> int:
    """Name the secrets that keep documents from being sent; the exit code."""
    code = 0
    for reason in reasons:
        click.echo(str(reason), err=True)
        code = 1
    return code


def show_progress(words: str) -> None:
    """Show how far it is, on a terminal only, on one line of stderr; an empty text clears it."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{words}", nl=False, err=True)
