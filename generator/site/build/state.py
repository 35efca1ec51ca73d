"""How the last build left a site, remembered so that the next one can leave alone what did not change."""

import json
from dataclasses import astuple, dataclass, field
from pathlib import Path

from generator.site.build.cache import replace
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
        values = json.loads(path.read_bytes())
        files = {name: Written(*fields) for name, fields in values["files"].items()}
        return BuildState(values["digest"], files, frozenset(values["searchable"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return BuildState()


def save(path: Path, state: BuildState) -> None:
    """Remember a state."""
    path.parent.mkdir(parents=True, exist_ok=True)
    files = {name: astuple(written) for name, written in state.files.items()}
    values = {"digest": state.digest, "searchable": sorted(state.searchable), "files": files}
    replace(path, json.dumps(values, separators=(",", ":")).encode("utf-8"))
