"""Full-text search: Pagefind reads the finished HTML and writes an index that a browser loads piece by piece."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.errors import PostmortemError
from generator.site.build import cache, canonical, output
from generator.site.build.cache import Cache
from generator.site.build.engines import last_words
from generator.site.build.output import Written, of_bytes

FOLDER = "pagefind"
# An element with this attribute is what the search knows of its page; pages without one are not found.
BODY = b"data-pagefind-body"
# Ready-made interfaces that the theme has no use for.
UNUSED = ("pagefind-component-ui.", "pagefind-highlight.", "pagefind-modular-ui.", "pagefind-ui.")


class SearchIndex:
    """The index of these pages (the HTML file of each, to the key of its content); `key` changes whenever it might."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        self.key = cache.key(tool_version(), *(part for path in sorted(pages) for part in (path, pages[path])))

    def files(
        self, store: Cache, room: Path, target: Path, known: Mapping[str, Written], progress: Callable[[str], None]
    ) -> dict[str, Written]:
        """Put the index into the new site in `room`, built now unless there is one of the same pages.

        Pages of `known` stand unchanged in `target`, and so may the index.
        """
        if not self.pages:
            return {}
        site = room / "site"
        if standing := {path: written for path, written in known.items() if written.key.startswith(f"{self.key}/")}:
            return standing
        if packed := store.get(self.key):
            files = cache.unpack(packed).items()
            return output.write(
                (of_bytes(f"{FOLDER}/{name}", f"{self.key}/{name}", data) for name, data in files), site, {}
            )
        progress(f"Indexing {len(self.pages)} pages for the search")
        source = site
        if known:
            source = room / "pages"
            for path in self.pages:
                output.link(
                    target / path if path in known and not (site / path).is_file() else site / path, source / path
                )
        run(source, room / FOLDER)
        made = sorted(path for path in (room / FOLDER).rglob("*") if path.is_file())
        packed = cache.pack({path.relative_to(room / FOLDER).as_posix(): path.read_bytes() for path in made})
        store.put([(self.key, packed)])
        return output.adopt(room / FOLDER, site, FOLDER, self.key)


def run(site: Path, folder: Path) -> None:
    """Index the HTML below `site` into the new folder `folder`."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(folder), "--quiet"]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not (folder / "pagefind.js").is_file():
        reason = " ".join(last_words(done.stdout)) or f"it ended with exit code {done.returncode}"
        msg = f"The search index was not built: {reason}"
        raise PostmortemError(msg)
    for path in list(folder.iterdir()):
        if path.name.startswith(UNUSED):
            path.unlink()
    canonical.settle(folder)


def tool_version() -> str:
    """The version of Pagefind, or an error that says how to get it."""
    try:
        return version("pagefind")
    except PackageNotFoundError:
        msg = f'The search needs Pagefind; install it with: {sys.executable} -m pip install "pagefind[bin]"'
        raise PostmortemError(msg) from None
