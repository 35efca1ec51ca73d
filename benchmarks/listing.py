"""How long `postmortem list` and `postmortem actions` take, as whole processes.

    python -m benchmarks.listing [SIZES ...]

Every figure is the median of three runs in seconds.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus

RUNS = 3
QUESTIONS = {
    "list": ["list"],
    "list --text": ["list", "--text", "pool"],
    "list --format json": ["list", "--format", "json"],
    "actions --due overdue": ["actions", "--due", "overdue"],
}


def seconds(root: Path, arguments: list[str]) -> float:
    """The median wall-clock time of one command."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "generator", "-C", str(root), *arguments], capture_output=True, check=True
        )
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main(arguments: list[str]) -> None:
    """Print one row for each size of archive."""
    sizes = [int(argument) for argument in arguments] or [100, 1_000, 5_000]
    print("| postmortems | " + " | ".join(QUESTIONS) + " |")
    print("|--:" * (len(QUESTIONS) + 1) + "|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = corpus.write(Path(folder) / "archive", size)
            print(
                f"| {size:,} | " + " | ".join(f"{seconds(root, words):.2f}" for words in QUESTIONS.values()) + " |",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
