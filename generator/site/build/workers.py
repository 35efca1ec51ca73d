"""Staging with several processes, and its rendered texts kept from one build to the next."""

import signal
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from generator import __version__
from generator.site.build.cache import Cache, key

# Below this a second process costs more than it gains.
FEWEST = 150
LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "linkify-it-py", "nh3", "pygments")
_In = TypeVar("_In")
_Out = TypeVar("_Out")


def each(jobs: int) -> Callable[[Callable[[_In], _Out], Iterable[_In]], Iterable[_Out]]:
    """A `map` that uses `jobs` processes where there is work for them; function and values must be picklable."""

    def run(function: Callable[[_In], _Out], values: Iterable[_In]) -> Iterable[_Out]:
        work = list(values)
        if jobs < 2 or len(work) < FEWEST:
            return map(function, work)
        # Spawned and not forked: the caller may have threads. ^C is for the caller alone, who then ends the workers.
        with ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
            return list(pool.map(function, work, chunksize=max(1, len(work) // (jobs * 4))))

    return run


class Remembered(MutableMapping[str, str]):
    """The rendered texts of one version of this program, in a cache; new ones are stored by `save`."""

    def __init__(self, store: Cache) -> None:
        self._store = store
        self._new: dict[str, str] = {}
        self._used: set[str] = set()

    def __getitem__(self, name: str) -> str:
        """The text, or `KeyError`."""
        if name in self._new:
            return self._new[name]
        full = key(edition(), name)
        data = self._store.get(full)
        if data is None:
            raise KeyError(name)
        self._used.add(full)
        return data.decode("utf-8")

    def __setitem__(self, name: str, text: str) -> None:
        self._new[name] = text

    def __delitem__(self, name: str) -> None:
        del self._new[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._new)

    def __len__(self) -> int:
        return len(self._new)

    def save(self) -> None:
        """Store what is new, and forget what has not been used for long."""
        new = {key(edition(), name): text.encode("utf-8") for name, text in self._new.items()}
        if new:
            self._store.put(new.items())
            self._store.prune(self._used | new.keys())
            self._new.clear()


@cache
def edition() -> str:
    """A key that changes with everything that decides how a text is rendered."""
    folder = Path(__file__).parent.parent.parent
    code = [path.read_bytes() for path in sorted(folder.rglob("*.py"))]
    return key(__version__, *(_version(name) for name in LIBRARIES), *code)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
