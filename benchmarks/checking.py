"""How long `postmortem check` takes for archives of 1,000 and 10,000 files, as its own process, on all processors."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus

SIZES = (1_000, 10_000)
GOAL = 20.0  # seconds for 10,000 files on two processors


def measure(root: Path, *arguments: str) -> tuple[float, float, int]:
    """Seconds that passed, seconds of work on all processors, and findings of one run over the archive at `root`."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795176000", "PYTHONPATH": str(Path(__file__).parent.parent)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(root), "check", "--format", "json", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    seconds = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if ran.returncode not in (0, 1):
        sys.exit(ran.stderr)
    return seconds, work, ran.stdout.count('"rule":')


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print one line for each size."""
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = corpus.write(Path(folder), size)
            megabytes = sum(path.stat().st_size for path in root.rglob("*.md")) / 1e6
            seconds, work, findings = measure(root)
            one = next(root.rglob("INC-*.md"))
            single, _, _ = measure(root, str(one))
        print(
            f"{size:>6,} files, {megabytes:5.1f} MB: {seconds:6.2f} s ({work:.2f} s of work, {1000 * work / size:.2f} ms a file),"
            f" {findings:,} findings; one file of them: {single:.2f} s"
        )
        if size >= SIZES[-1] and seconds > GOAL:
            print(f"        that is more than the goal of {GOAL:.0f} s")


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
