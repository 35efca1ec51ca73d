"""How long the site takes: staging and building, cold, with nothing changed, and with one postmortem edited.

    python -m benchmarks.building [--sizes 100,1000,5000] [--naive 1000] [--engine mkdocs]

`naive` is what one would do without this program: every postmortem as it is in one MkDocs run, all of them in the
navigation, with the usual extensions and Material's search. `lean` is one process too, but with the pages out of the
navigation, few extensions and no search. Numbers are seconds of wall-clock time unless they say otherwise.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import yaml

from benchmarks import corpus
from generator.document import archive
from generator.document.parse import Document
from generator.settings.load import data, load
from generator.site.build import publishing
from generator.site.build.building import Report, build
from generator.site.build.publishing import cores, stage
from generator.site.build.staged import StagedFiles

T = TypeVar("T")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
USUAL = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.betterem"]
USUAL += ["pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink"]
USUAL += ["pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"]
LEAN = ["attr_list", "fenced_code", "sane_lists", "tables", "toc"]


def measure(size: int, engine: str, jobs: int, folder: Path) -> dict[str, float]:
    """Seconds of each step for an archive of `size` postmortems, and kilobytes of the site for each of them."""
    root = corpus.write(folder / "archive", size)
    loading, documents = timed(lambda: archive.load(root))
    found = {"reading": loading}
    cache = folder / "cache"
    staging, pages = timed(lambda: staged(documents, root, cache, jobs))
    options = {"archive_root": root, "output": root / "site", "cache": cache, "engine": engine, "jobs": jobs}
    cold = build(pages, settings=load(root).settings, site_config=data("site_config"), **options)
    found |= {"staging": staging, "building": cold.seconds - cold.search_seconds, "search": cold.search_seconds}
    publish(root, cache, engine, jobs)
    site = sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file())
    found["kB each"] = site / size / 1000
    found["unchanged"] = timed(lambda: publish(root, cache, engine, jobs))[0]
    page = sorted((root / "postmortems").rglob("*.md"))[size // 2]
    page.write_text(
        page.read_text(encoding="utf-8").replace("## Impact\n", "## Impact\n\nOne more word.\n"), encoding="utf-8"
    )
    edit, report = timed(lambda: publish(root, cache, engine, jobs))
    return found | {"edit": edit - report.search_seconds, "edit search": report.search_seconds}


def staged(documents: tuple[Document, ...], root: Path, cache: Path, jobs: int) -> StagedFiles:
    settings = load(root).settings
    return stage(documents, settings, now=NOW, audience="internal", archive_root=root, guide={}, cache=cache, jobs=jobs)


def publish(root: Path, cache: Path, engine: str, jobs: int) -> Report:
    return publishing.publish(
        lambda: archive.load(root),
        load(root).settings,
        now=NOW,
        audience="internal",
        site_config=data("site_config"),
        archive_root=root,
        output=root / "site",
        cache=cache,
        engine=engine,
        jobs=jobs,
        strict=True,
    )


def plain(size: int, folder: Path, *, naive: bool) -> float:
    """Seconds that MkDocs alone takes for the same postmortems as they are."""
    root = corpus.write(folder / "docs", size)
    (root / "index.md").write_text("# Postmortems\n", encoding="utf-8")
    pages = [path.relative_to(root).as_posix() for path in sorted((root / "postmortems").rglob("*.md"))]
    values = {
        "site_name": "Postmortems",
        "docs_dir": str(root),
        "site_dir": str(folder / "site"),
        "theme": {"name": "material", "font": False},
        "nav": [{"Overview": "index.md"}, *([{"Postmortems": pages}] if naive else [])],
        "not_in_nav": "*.md",
        "plugins": ["search"] if naive else [],
        "markdown_extensions": USUAL if naive else LEAN,
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(values), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(folder / "mkdocs.yml")]
    return timed(lambda: subprocess.run(command, check=True, capture_output=True))[0]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,5000", help="how many postmortems")
    parser.add_argument(
        "--naive", type=int, default=1000, help="the largest size for the naive way, whose time is quadratic"
    )
    parser.add_argument("--lean", type=int, default=5000, help="the largest size for the lean way")
    parser.add_argument("--engine", default="mkdocs")
    parser.add_argument("--jobs", type=int, default=cores())
    options = parser.parse_args()
    columns = [
        "reading",
        "staging",
        "building",
        "search",
        "unchanged",
        "edit",
        "edit search",
        "kB each",
        "lean",
        "naive",
    ]
    print(
        f"{options.engine}, {options.jobs} processes. Reading, staging, building and search are the steps of a first build;"
    )
    print(
        "`unchanged` and `edit` are whole later builds, `edit` without its `edit search`. Seconds, but for kB each.\n"
    )
    print(f"| postmortems | {' | '.join(columns)} |\n|---:|{'---:|' * len(columns)}")
    for size in map(int, options.sizes.split(",")):
        with TemporaryDirectory() as folder:
            found = measure(size, options.engine, options.jobs, Path(folder))
        for name, largest in (("lean", options.lean), ("naive", options.naive)):
            if size <= largest:
                with TemporaryDirectory() as folder:
                    found[name] = plain(size, Path(folder), naive=name == "naive")
        cells = (f"{found[name]:.1f}" if name in found else "–" for name in columns)
        print(f"| {size:,} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
