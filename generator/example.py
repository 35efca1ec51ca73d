"""The example archive that comes with the program, laid out in a folder of its own."""

import shutil
from pathlib import Path

from generator import config
from generator.errors import PostmortemError

MARKER = ".postmortem-demo"
FOLDERS = ("postmortems", "site_config", "docs")
SUFFIXES = {".json", ".yml", ".yaml"}


def lay_out(target: Path) -> list[Path]:
    """Make the example archive anew in `target` and return the files of one incident's witnesses, sorted.

    A folder that this function did not make is refused, so that nothing of a person is removed.
    """
    if target.exists():
        if not (target / MARKER).is_file() and any(target.iterdir()):
            raise PostmortemError(
                f"{target}: is not an example archive, so it was left alone; name another folder with --dir."
            )
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / MARKER).write_text("Made by `postmortem demo`, which makes it anew each time.\n", encoding="utf-8")
    for name in FOLDERS:
        source = config.data(name)
        if source.is_dir():
            shutil.copytree(source, target / name)
    incident = target / "incident"
    shutil.copytree(config.data("examples") / "checkout-outage", incident)
    return sorted(path for path in incident.iterdir() if path.suffix in SUFFIXES)
