"""One module per command; each reads its options, calls the rooms below and prints what they answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.document.parse import Document
    from generator.settings.load import Config


def configuration(context: click.Context) -> Config:
    """The archive that `-C` or the current folder names."""
    from generator.settings.load import load

    return load(context.find_root().obj["directory"])


def say_unreadable(documents: Iterable[Document]) -> int:
    """Name the files that could not be read, so that an incomplete answer is not taken for a whole one; the exit code."""
    unreadable = [finding for document in documents for finding in document.findings if finding.rule == "unreadable"]
    for finding in unreadable:
        click.echo(f"{finding.path}:{finding.line}: {finding.message}", err=True)
    return 1 if unreadable else 0


def show_progress(words: str) -> None:
    """Show how far it is, on a terminal only, on one line of stderr; an empty text clears it."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{words}", nl=False, err=True)
