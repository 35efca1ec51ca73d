"""How long `postmortem new` takes, as a whole process: `python -m benchmarks.drafting [EVENTS ...]`.

The incident is one file of the program's own format; half of its events are told again by a second witness a few
seconds later, so that merging has something to find. The second table drafts 1,000 events into archives of several
sizes, as a draft looks for its own incident there first. Every figure is the median of five runs.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import corpus

BEGIN = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
KINDS = ("message", "message", "note", "alert", "status", "escalation")
WORDS = ("pool", "replica", "queue", "lock", "cache", "probe", "shard", "lease", "batch", "token")
RUNS = 5


def incident(events: int) -> dict[str, object]:
    """An incident with so many events, one every seven seconds."""
    return {
        "title": "Checkout answers slowly",
        "id": f"BENCH-{events}",
        "severity": "SEV2",
        "started": _at(0),
        "resolved": _at(events * 7),
        "services": ["checkout-api", "payment-service"],
        "roles": {"commander": "Jane Smith <jane.smith@example.com>"},
        "timeline": [
            {
                "time": _at(number * 7),
                "event": f"The {WORDS[number % 10]} of worker {number} is at `{number % 101} %` | [graph](https://graphs.example.com/{number})",
                "kind": KINDS[number % len(KINDS)],
                "by": f"Person {number % 23}",
            }
            for number in range(events)
        ],
    }


def again(whole: dict[str, object]) -> dict[str, object]:
    """A second witness that tells every other event twenty seconds later."""
    told = whole["timeline"]
    assert isinstance(told, list)
    later = [{**event, "time": _later(event["time"])} for event in told[::2]]
    return {"title": "Slow checkout", "id": "OTHER-1", "source": "Other", "timeline": later}


def _at(seconds: int) -> str:
    return (BEGIN + timedelta(seconds=seconds)).isoformat()


def _later(written: str) -> str:
    return (datetime.fromisoformat(written) + timedelta(seconds=20)).isoformat()


def seconds(folder: Path, files: list[Path]) -> float:
    """The wall-clock time of one draft."""
    arguments = [word for file in files for word in ("--from", f"file:{file}")]
    command = [sys.executable, "-m", "generator", "-C", str(folder), "new", "--dry-run", *arguments]
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print both tables."""
    counts = [int(word) for word in sys.argv[1:]] or [100, 1_000, 10_000]
    print("| events | one witness | two witnesses |\n|---:|---:|---:|")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            one, two = folder / "one.json", folder / "two.json"
            one.write_text(json.dumps(incident(count)), encoding="utf-8")
            two.write_text(json.dumps(again(incident(count))), encoding="utf-8")
            times = [statistics.median(seconds(folder, files) for _ in range(RUNS)) for files in ([one], [one, two])]
            print(f"| {count:,} | " + " | ".join(f"{value:.2f} s" for value in times) + " |", flush=True)

    print("\n| postmortems in the archive | one witness, 1,000 events |\n|---:|---:|")
    for count in (100, 1_000, 5_000):
        with tempfile.TemporaryDirectory() as name:
            folder = corpus.write(Path(name), count)
            one = folder / "one.json"
            one.write_text(json.dumps(incident(1_000)), encoding="utf-8")
            print(f"| {count:,} | {statistics.median(seconds(folder, [one]) for _ in range(RUNS)):.2f} s |", flush=True)


if __name__ == "__main__":
    main()
