"""An archive that began with its first postmortem: the least that makes a folder one, until `init` adds the rest."""

from pathlib import Path

from generator import __version__
from generator.document import archive
from generator.setup.init.marking import marked, split

ARCHIVE = "site_config/archive.yml"
_TEXT = "# The built-in settings hold. `postmortem init` puts here what can be set, and beside it what else there is.\n"


def begin(root: Path) -> str:
    """Write the settings of a new archive and return their path in it; settings that are there stay as they are."""
    archive.create(root, ARCHIVE, marked(_TEXT, ARCHIVE, __version__))
    return ARCHIVE


def only_begun(text: str) -> bool:
    """Whether these settings are what `begin` wrote, so that nobody has answered anything yet."""
    return split(text)[0] == split(_TEXT)[0]
