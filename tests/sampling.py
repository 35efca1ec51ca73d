"""How much of a long sweep a run of the tests takes: a sample that has every kind of case, or with `--all` the whole.

The sample is drawn by a seed that stays the same, so that nobody's change fails for a case that their run has drawn and
the last one has not. POSTMORTEM_SEED draws others, as the long random runs of `make soak` do, with POSTMORTEM_EXAMPLES times as many
examples of each property; `--all` leaves out nothing.
"""

import os
import random
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import settings

Case = TypeVar("Case")
SEED = os.environ.get("POSTMORTEM_SEED", "1")
TIMES = int(os.environ.get("POSTMORTEM_EXAMPLES", "1"))
_options: dict[str, bool] = {}

# A slow machine is no fault of the code; and what CI finds, everybody finds again with the same examples.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=100 * TIMES)
settings.load_profile("soak" if TIMES > 1 else "ci" if os.environ.get("CI") else "here")


def whole() -> bool:
    """Whether nothing may be left out."""
    return _options["all"]


def sample(cases: Sequence[Case], kinds: Callable[[Case], Iterable[Hashable]], *, share: float = 0) -> list[Case]:
    """Of the cases, in their order, at least one of every kind and at least this share of all (0 to 1).

    A case may be of several kinds: what is asked, at which moment, by whom.
    """
    if whole():
        return list(cases)
    order = list(range(len(cases)))
    random.Random(f"{SEED}-{len(cases)}").shuffle(order)
    covered: set[Hashable] = set()
    taken = []
    for at in order:
        new = set(kinds(cases[at])) - covered
        if new:
            covered |= new
            taken.append(at)
    rest = [at for at in order if at not in taken]
    taken += rest[: max(0, round(share * len(cases)) - len(taken))]
    return [cases[at] for at in sorted(taken)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="leave out no case of a long sweep")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sweep: lets something go wrong at each of many points, in turn")
    _options["all"] = bool(config.getoption("--all"))


def pytest_report_header() -> str:
    return "sweeps: whole" if whole() else f"sweeps: sampled with the seed {SEED} (--all runs them whole)"


def examples(count: int, **more: Any) -> settings:
    """Settings of a property test with so many examples, and as many times more as a soak has time for."""
    return settings(max_examples=count * TIMES, **more)


def pattern(method: str, path: str) -> str:
    """What is asked, without the numbers and keys of what it is asked of."""
    return f"{method} {re.sub(r'(?<!/api)/(?:[A-Z]+-)?[0-9]+(?=/|$)', '/*', path)}"  # /api/3 is no number of anything
