"""Run every benchmark: `python -m benchmarks`."""

import subprocess
import sys

for name in ("drafting", "listing", "checking", "blameless", "rendering", "syncing", "building"):
    print(f"\n## {name.capitalize()}\n", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
