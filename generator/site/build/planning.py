"""What is to be built and under which keys, before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import UsageError
from generator.settings.model import Settings
from generator.site.build import engines, output, search, search_shards, theme
from generator.site.build.cache import key
from generator.site.build.engines import Engine
from generator.site.build.output import SiteFile
from generator.site.build.staged import StagedFiles, other_pieces, refuse_conflicts
from generator.site.build.theme import Look

# Part of every key: with a new number, all that an older program kept is useless.
FORMAT = "1"


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """All that a build needs to know.

    `base` is the key of everything that any page depends on, `keys` has the key of each page (by its staged
    path), `digest` that of the whole site; `others` are the files that no engine makes.
    """

    engine: Engine
    look: Look
    stubs: Mapping[str, str]
    base: str
    keys: Mapping[str, str]
    others: tuple[SiteFile, ...]
    digest: str


def plan(staged: StagedFiles, settings: Settings, site_config: Path, archive_root: Path, engine: str) -> BuildPlan:
    """Look at everything that goes into the site; raises an error for whatever cannot be built."""
    refuse_conflicts(staged)
    tool = engines.get(engine)
    own = site_config.resolve().is_relative_to(archive_root.resolve())
    appearance = theme.read(site_config, settings, staged.pages, own=own, hidden=staged.hidden)
    stubs = search_shards.stubs(staged.pages, appearance.nav)
    base = key(FORMAT, tool.name, tool.versions(), appearance.digest, *_flat(stubs))
    keys = {path: key(base, path, text) for path, text in staged.pages.items()}
    others = tuple(other_pieces(staged, settings, archive_root))
    digest = key(base, search.tool_version(), *_flat(keys), *_flat({piece.path: piece.key for piece in others}))
    return BuildPlan(tool, appearance, stubs, base, keys, others, digest)


def refuse_place(target: Path, archive_root: Path, site_config: Path, cache: Path) -> None:
    """Raise an error where the output folder is, holds or lies in something that must stay."""
    for folder in (archive_root, site_config, cache):
        if folder.is_relative_to(target):
            msg = f"{target} cannot be the output folder, because {folder} is or lies in it."
            raise UsageError(msg)
    for folder in (archive_root / "postmortems", site_config, cache):
        if target.is_relative_to(folder):
            msg = f"{target} cannot be the output folder, because it lies in {folder}."
            raise UsageError(msg)
    output.refuse_foreign(target)


def _flat(values: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(values):
        yield name
        yield values[name]
