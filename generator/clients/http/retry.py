"""How long to wait, and how often to ask again."""

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_DAY = 86_400.0
_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)
_PER_ISSUE = "jira-per-issue-on-write"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """The patience of a client, in seconds: `tries` in all, the first pause `base`, twice that each time, none above `cap`.

    `timeouts` are for connecting and for reading; `sleep` is what waits.
    """

    tries: int = 4
    base: float = 2.0
    cap: float = 30.0
    timeouts: tuple[float, float] = (10.0, 30.0)
    sleep: Callable[[float], None] = time.sleep

    def after(self, attempt: int, headers: Mapping[str, str]) -> float:
        """How long to wait after the attempt (from 1): what the other side asks for, else ours with some jitter.

        What it asks for may be more than `cap` (at most a day): then it is not to be waited for here.
        """
        asked = asked_for(headers)
        spread = random.uniform(0.7, 1.3)  # noqa: S311 - so that several runs do not come back at the same moment
        ours = min(self.base * 2 ** (attempt - 1) * spread, self.cap)
        return max(asked, ours) if asked <= self.cap else asked


def asked_for(headers: Mapping[str, str]) -> float:
    """The seconds of `Retry-After`, given in seconds or as an HTTP date; 0 where it is missing, past or nonsense."""
    text = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), _DAY)
    until = http_date(text)
    if until is None:
        return 0.0
    now = http_date(headers.get("Date", "")) or datetime.now(UTC)
    return min(max((until - now).total_seconds(), 0.0), _DAY)


def http_date(text: str) -> datetime | None:
    """The moment of a `Date` or `Retry-After` header, in UTC; None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def spoken(seconds: float) -> str:
    """The seconds as a person says them."""
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


class Pauses:
    """Which issues must not be written to for a while, as Jira limits writes to one issue apart from everything else."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def note(self, lane: str, headers: Mapping[str, str], seconds: float) -> bool:
        """Remember the pause if the answer speaks of this one issue; False if it speaks of everything."""
        if not lane or headers.get("RateLimit-Reason", "").strip().lower() != _PER_ISSUE:
            return False
        with self._lock:
            self._until[lane] = max(time.monotonic() + seconds, self._until.get(lane, 0.0))
        return True

    def left(self, lane: str) -> float:
        """How many seconds this issue is still to be left alone."""
        with self._lock:
            return max(self._until.get(lane, 0.0) - time.monotonic(), 0.0)
