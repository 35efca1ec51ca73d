"""How the last build left a site, remembered so that the next one can leave alone what did not change."""

import json
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path

from generator.site.build.cache import replace, sealed, unsealed
from generator.site.build.output import Written


@dataclass(frozen=True, slots=True)
class BuildState:
    """A digest of all that the site was made of, its files, and the HTML files that search finds."""

    digest: str = ""
    files: dict[str, Written] = field(default_factory=dict)
    searchable: frozenset[str] = frozenset()


def load(path: Path) -> BuildState:
    """The remembered state; an empty one where there is none that can be used, and then all is written anew."""
    try:
        values = json.loads(unsealed(path.name, path.read_bytes()))
        files = {name: Written(*fields) for name, fields in values["files"].items()}
        return BuildState(values["digest"], files, frozenset(values["searchable"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return BuildState()


def save(path: Path, state: BuildState) -> None:
    """Remember a state; where it cannot be kept, the next build writes everything."""
    files = {name: astuple(written) for name, written in state.files.items()}
    values = {"digest": state.digest, "searchable": sorted(state.searchable), "files": files}
    keep(path, json.dumps(values, separators=(",", ":")).encode("utf-8"))


def keep(path: Path, data: bytes) -> None:
    """Write a sealed file beside the cache, unless the disk is full or may not be written."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, sealed(path.name, data))


def forget(path: Path) -> None:
    """Take a file away; where that fails, it names files that are no longer as they were left."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
