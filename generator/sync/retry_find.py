"""Looking for something again and again, as it may only be on its way."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until_found(look: Callable[[], T | None], seconds: float) -> T | None:
    """What looking finds, or None after so many seconds; it looks at least once, and ever more seldom."""
    end, pause = time.monotonic() + seconds, 0.5
    while True:
        found = look()
        left = end - time.monotonic()
        if found is not None or left <= 0:
            return found
        time.sleep(min(pause, left))
        pause *= 2
