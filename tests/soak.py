"""Long random runs: property tests with many examples and crash sweeps with a new seed each round, until the time is over.

Run as `python -m tests.soak MINUTES`; ends with 1 at the first failure, and says how to see it again.
"""

import os
import random
import subprocess
import sys
import time

from tests.folders import REPOSITORY

TIMES = 20  # as many examples as an ordinary run takes


def main(minutes: float) -> int:
    """Run rounds until the time is over; the last one is ended at its end, not in its middle."""
    end = time.monotonic() + 60 * minutes
    rounds = 0
    while not rounds or time.monotonic() < end:
        rounds += 1
        seed = str(random.SystemRandom().randrange(10**6))
        environment = {**os.environ, "POSTMORTEM_SEED": seed, "POSTMORTEM_EXAMPLES": str(TIMES)}
        pytest = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "hypothesis or sweep"]
        line = [*pytest, f"--hypothesis-seed={seed}", *sys.argv[2:]]
        sys.stdout.write(f"Round {rounds}, seed {seed}\n")
        sys.stdout.flush()
        code = subprocess.run(line, cwd=REPOSITORY, env=environment, check=False).returncode
        if code:
            again = f"POSTMORTEM_SEED={seed} POSTMORTEM_EXAMPLES={TIMES} python {' '.join(line[1:])}"
            sys.stdout.write(f"Failed in round {rounds}. Once more: {again}\n")
            return 1
    sys.stdout.write(f"{rounds} rounds, nothing failed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
