"""From staged pages to HTML: what the engine made before comes from the cache, the rest is built now."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PostmortemError
from generator.site.build import placeholders, search_shards
from generator.site.build.addresses import output_path
from generator.site.build.cache import Cache, key, pack, unpack
from generator.site.build.output import SiteFile, of_bytes
from generator.site.build.planning import BuildPlan
from generator.site.build.search_shards import Shard

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PageRender:
    """One page on its way: `shell` is what the engine sees, `shell_key` names what it makes of it."""

    path: str
    output: str
    key: str
    shell: str
    shell_key: str
    blocks: tuple[str, ...]


def prepare(path: str, text: str, page_key: str, base: str) -> PageRender:
    """Divide a page into what the engine has to see and what goes around it."""
    shell, blocks = placeholders.take_out(text)
    return PageRender(path, output_path(path), page_key, shell, key(base, path, shell), blocks)


class Rendering:
    """The HTML of pages and the theme's files; `work` is a new folder, `made` has the pages that the engine built in it."""

    def __init__(self, cache: Cache, plan: BuildPlan, work: Path) -> None:
        self.cache, self.plan, self.work = cache, plan, work
        self.theme_key = key(plan.base, "theme")
        self.made: dict[str, Path] = {}

    def missing(self, pages: Sequence[PageRender]) -> list[PageRender]:
        """The pages that the engine has not seen yet as they are now."""
        there = self.cache.keys()
        return [page for page in pages if page.shell_key not in there]

    def run(self, pages: Sequence[PageRender], *, jobs: int, strict: bool, progress: Progress) -> tuple[str, ...]:
        """Let the engine build these pages, and the theme's files where they are not there; returns its warnings."""
        theme_there = self.cache.get(self.theme_key) is not None
        if not pages and theme_there:
            return ()
        plan = self.plan
        keys = {page.path: page.shell_key for page in pages}
        parts = search_shards.split({page.path: page.shell for page in pages}, self.work, jobs)

        def done(shard: Shard) -> None:
            made = {path: shard.site / output_path(path) for path in shard.pages}
            self.cache.put((keys[path], file.read_bytes()) for path, file in made.items())
            self.made |= made
            if shard is parts[0] and not theme_there:
                names = search_shards.assets(shard, {**plan.stubs, **shard.pages})
                theme = pack({name: (shard.site / name).read_bytes() for name in names})
                self.cache.put([(self.theme_key, theme)])
            progress(f"{plan.engine.title}: {len(self.made)} of {len(pages)} pages")

        progress(f"{plan.engine.title}: 0 of {len(pages)} pages")
        return search_shards.build(parts, plan.stubs, plan.look, plan.engine, jobs=jobs, strict=strict, done=done)

    def html(self, page: PageRender) -> bytes:
        """The finished HTML of a page that was built now or before."""
        shell = self._entry(page.shell_key)
        return (
            placeholders.put_back(shell.decode("utf-8"), page.blocks, page.path).encode("utf-8")
            if page.blocks
            else shell
        )

    def theme_pieces(self) -> Iterator[SiteFile]:
        """The theme's own files."""
        for name, data in unpack(self._entry(self.theme_key)).items():
            yield of_bytes(name, key(self.plan.base, name), data)

    def _entry(self, name: str) -> bytes:
        data = self.cache.get(name)
        if data is None:
            msg = "Another build has cleared the cache meanwhile; run the command again."
            raise PostmortemError(msg)
        return data
