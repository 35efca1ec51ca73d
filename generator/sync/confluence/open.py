"""Opening the archive's space in Confluence."""

from collections.abc import Callable

from generator.clients.confluence import connect
from generator.settings import load
from generator.sync.confluence import ConfluenceTarget


def open_pages(config: load.Config, log: Callable[[str], None] | None = None) -> ConfluenceTarget | None:
    """The space in which postmortems have their pages, or None where none is set; nothing is asked yet.

    Raises UsageError where the address or the credentials cannot be right.
    """
    connection = load.confluence(config.settings)
    return ConfluenceTarget(connect(connection, log=log), config.settings) if connection else None
