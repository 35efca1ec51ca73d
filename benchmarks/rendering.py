"""How long Markdown takes to become Jira's rich text: `python -m benchmarks.rendering [CHARACTERS ...]`.

The documents are those of the synthetic archive, put together until they are long enough; every figure is the median
of nine runs, in milliseconds.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus
from generator.markup import adf_rules, fitting, to_adf, to_wiki

RUNS = 9
LINK = "https://git.example/postmortems/2026/a.md"


def text(characters: int) -> str:
    """Markdown of this length, without front matter."""
    with tempfile.TemporaryDirectory() as folder:
        root = corpus.write(Path(folder), 1 + characters // 5_000)
        bodies = [path.read_text(encoding="utf-8").split("\n---\n", 1)[-1] for path in sorted(root.rglob("INC-*.md"))]
    return "\n\n".join(bodies)[:characters]


def milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times)


def main(arguments: list[str]) -> None:
    """Print one row for each length."""
    print("| characters | ADF | wiki markup | checking the ADF | cutting wiki markup to half |")
    print("|--:" * 5 + "|")
    for size in [int(argument) for argument in arguments] or [3_000, 30_000, 300_000]:
        row = " | ".join(f"{figure:.1f}" for figure in figures(text(size)))
        print(f"| {size:,} | {row} |", flush=True)


def figures(markdown: str) -> tuple[float, ...]:
    """The columns of one row."""
    document = to_adf.render(markdown).value
    half = len(markdown) // 2
    return (
        milliseconds(lambda: to_adf.render(markdown)),
        milliseconds(lambda: to_wiki.render(markdown)),
        milliseconds(lambda: adf_rules.faults(document)),
        milliseconds(lambda: fitting.fit([("All", markdown)], half, to_wiki.render, link=LINK)),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
