"""Whether a person has changed something that the site is made of."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import sleep

WATCHED = ("postmortems", "site_config", "docs")
INTERVAL = 0.5

Snapshot = dict[str, tuple[int, int]]


def look(folders: Iterable[Path]) -> Snapshot:
    """Time of change (ns) and size of every file below the folders."""
    found: Snapshot = {}
    for folder in folders:
        for place, names, files in os.walk(folder):
            names[:] = [name for name in names if not name.startswith(".")]
            for name in files:
                try:
                    status = os.stat(os.path.join(place, name))  # noqa: PTH116, PTH118 - twice as quick, twice a second
                except OSError:  # gone in between; the next look sees that
                    continue
                found[f"{place}/{name}"] = (status.st_mtime_ns, status.st_size)
    return found


def changes(folders: Iterable[Path], before: Snapshot, interval: float = INTERVAL) -> Iterator[list[str]]:
    """Yield the changed paths, sorted, whenever there are some; waits in between, without end."""
    places = list(folders)
    while True:
        sleep(interval)
        now = look(places)
        if now != before:
            changed = sorted(path for path in now.keys() | before.keys() if now.get(path) != before.get(path))
            before = now
            yield changed
