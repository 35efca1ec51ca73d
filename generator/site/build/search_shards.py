"""Many pages at once: disjoint sets of them, each built by an engine process of its own.

A page shows itself and the navigation, never another page, so an engine need not see the others. The pages
of the navigation stand in every shard, if only as stubs, so that it comes out the same in each.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.errors import PostmortemError
from generator.site.build import engines
from generator.site.build.addresses import output_path
from generator.site.build.engines import Engine
from generator.site.build.theme import Look

# Below this an engine's start costs more than a second process gains; above that one gets slow and large.
FEWEST, MOST = 60, 1500
# What an engine puts into the site besides pages and the theme's files; we write our own, of the whole site.
NOT_ASSETS = {"sitemap.xml", "sitemap.xml.gz", "search.json"}
NAV_KEYS = ("title", "icon", "status")


@dataclass(frozen=True, slots=True)
class Shard:
    """One engine's part: the folder it works in and its pages (docs-relative path to text)."""

    folder: Path
    pages: Mapping[str, str]

    @property
    def site(self) -> Path:
        """Where the engine writes the HTML."""
        return self.folder / "site"


def split(pages: Mapping[str, str], folder: Path, jobs: int) -> tuple[Shard, ...]:
    """Deal the pages out evenly: as many shards as jobs, fewer for few pages, more for very many."""
    count = max(1, min(jobs, len(pages) // FEWEST), -(-len(pages) // MOST))
    # The long pages are spread over the shards, and the rest follows the same round.
    order = sorted(pages, key=lambda page: (-len(pages[page]), page))
    return tuple(Shard(folder / f"shard-{n}", {page: pages[page] for page in order[n::count]}) for n in range(count))


def build(
    shards: Sequence[Shard],
    stubs: Mapping[str, str],
    look: Look,
    engine: Engine,
    *,
    jobs: int,
    strict: bool,
    done: Callable[[Shard], None],
) -> tuple[str, ...]:
    """Build every shard, `jobs` at a time, and return the engine's warnings; the first failure ends it."""
    warnings: dict[str, None] = {}
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        running = {pool.submit(_build_one, shard, stubs, look, engine, strict=strict): shard for shard in shards}
        try:
            for future in as_completed(running):
                warnings.update(dict.fromkeys(future.result()))
                done(running[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return tuple(warnings)


def stubs(pages: Mapping[str, str], nav: Mapping[str, str | None]) -> dict[str, str]:
    """A short stand-in for each page of the navigation: what the navigation shows of it and nothing else."""
    return {page: _stub(pages[page], title) for page, title in nav.items() if page in pages}


def assets(shard: Shard, pages: Mapping[str, str]) -> list[str]:
    """The theme's own files in what an engine wrote, sorted: scripts, styles, pictures, the page for a 404."""
    ours = {output_path(page) for page in pages}
    written = (path.relative_to(shard.site).as_posix() for path in shard.site.rglob("*") if path.is_file())
    return sorted(name for name in written if name not in ours | NOT_ASSETS and not name.startswith("search/"))


def _build_one(shard: Shard, stubs: Mapping[str, str], look: Look, engine: Engine, *, strict: bool) -> tuple[str, ...]:
    docs = shard.folder / "docs"
    for page, text in {**stubs, **shard.pages}.items():
        path = docs / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    docs.mkdir(parents=True, exist_ok=True)
    (shard.folder / "mkdocs.yml").write_text(look.config, encoding="utf-8")
    warnings = engines.run(engine, shard.folder, strict=strict)
    for page in shard.pages:
        if not (shard.site / output_path(page)).is_file():
            msg = f"{engine.title} made no page of {page}; a name that starts with a dot or lies in templates/ is left out by it."
            raise PostmortemError(msg)
    return warnings


def _stub(text: str, title: str | None) -> str:
    front: dict[str, object] = {}
    body = text
    if text.startswith("---\n") and (end := text.find("\n---\n", 3)) > 0:
        values = yaml.load(text[4 : end + 1], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
        front = {name: values[name] for name in NAV_KEYS if name in values} if isinstance(values, dict) else {}
        body = text[end + 5 :]
    if title:
        front["title"] = title
    elif "title" not in front:
        front["title"] = next((line[2:].strip() for line in body.splitlines() if line.startswith("# ")), "")
    return f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n"
