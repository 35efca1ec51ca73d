"""Rate limits: buckets of tokens per method, per issue on writes, and a quota; all off until they are set."""

import threading
import time
from datetime import UTC, datetime, timedelta

from jira_sandbox.exchange import Answer

BURST, ISSUE, QUOTA = "jira-burst-based", "jira-per-issue-on-write", "jira-quota-tenant-based"


class Limits:
    """How much may be asked: `bursts` by method in requests a second, `issue_writes` in (number, seconds) windows, `quota` in requests."""

    def __init__(self) -> None:
        self.bursts: dict[str, float] = {}
        self.issue_writes: list[tuple[int, float]] = []
        self.quota: int | None = None
        self.quota_wait = 1847
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}
        self._writes: dict[str, list[float]] = {}

    def refusal(self, method: str, issue: str, cloud: bool) -> Answer | None:
        """The 429 that this request gets; None where it may pass, which counts. `issue` is the one it writes to."""
        now = time.monotonic()
        with self._lock:
            if self.quota is not None:
                if self.quota <= 0:
                    return _refused(self.quota_wait, QUOTA, 0, cloud)
                self.quota -= 1
            rate = self.bursts.get(method, self.bursts.get("*", 0.0))
            if rate:
                tokens, at = self._buckets.get(method, (max(rate, 1.0), now))
                tokens = min(max(rate, 1.0), tokens + (now - at) * rate)
                if tokens < 1:
                    self._buckets[method] = (tokens, now)
                    return _refused(max(1, round((1 - tokens) / rate)), BURST, int(rate), cloud)
                self._buckets[method] = (tokens - 1, now)
            return self._issue(issue, now, cloud) if issue else None

    def _issue(self, issue: str, now: float, cloud: bool) -> Answer | None:
        past = self._writes.setdefault(issue, [])
        for most, seconds in self.issue_writes:
            inside = [at for at in past if at > now - seconds]
            if len(inside) >= most:
                return _refused(max(1, round(inside[0] + seconds - now)), ISSUE, most, cloud)
        past.append(now)
        return None


def _refused(wait: int, reason: str, limit: int, cloud: bool) -> Answer:
    if not cloud:
        headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": "0", "X-RateLimit-FillRate": str(limit)}
        return Answer(429, b"", {**headers, "X-RateLimit-Interval-Seconds": "1", "Retry-After": str(wait)}, "text/html")
    reset = (datetime.now(UTC) + timedelta(seconds=wait)).strftime("%Y-%m-%dT%H:%M:%SZ")
    headers = {"Retry-After": str(wait), "RateLimit-Reason": reason}
    if reason != ISSUE:
        headers |= {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    body = {"errorMessages": ["Rate limit exceeded."], "errors": {}}
    return Answer(429, body, headers)
