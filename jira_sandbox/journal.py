"""The log of all requests, bounded, and the hook that tests use: before, after the work, after the answer."""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from jira_sandbox.exchange import Exchange
from jira_sandbox.faults import Fault

Phase = Literal["before", "after-write", "after-answer"]
KEPT = 20_000


class Journal:
    """Every exchange by its number, from 1; the oldest are forgotten. The log never holds credentials."""

    def __init__(self) -> None:
        self.on_request: Callable[[int, Phase], None] | None = None
        self.echo: Callable[[str], None] | None = None
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, Exchange] = OrderedDict()
        self._number = 0
        self._gates: list[tuple[Fault, threading.Barrier, float]] = []

    def begin(
        self,
        method: str,
        path: str,
        query: Mapping[str, list[str]],
        *,
        body: bytes,
        headers: Mapping[str, str],
        reads: bool,
    ) -> Exchange:
        """Note a request that has arrived."""
        shown = {name: "•••" if name == "authorization" else value for name, value in headers.items()}
        with self._lock:
            self._number += 1
            last = {name: values[-1] for name, values in query.items()}
            exchange = Exchange(self._number, method, path, last, _parsed(body), 0, time.time(), reads, body, shown)
            self._kept[exchange.number] = exchange
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return exchange

    def end(
        self, exchange: Exchange, status: int, answer: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """Note what was answered; 0 where nothing was."""
        with self._lock:
            if exchange.number in self._kept:
                done = replace(exchange, status=status, answer=answer, answer_headers=dict(headers or {}))
                self._kept[exchange.number] = done
        if self.echo:
            self.echo(f"{status or '---'} {exchange.method} {exchange.path}")

    def tell(self, number: int, phase: Phase) -> None:
        """Call the hook."""
        if self.on_request:
            self.on_request(number, phase)

    def gate(self, match: str, parties: int, seconds: float) -> None:
        """Hold requests that match (`METHOD /path`, see `faults.Fault`) until so many have arrived, or the time is over."""
        with self._lock:
            self._gates.append((Fault(match, "hold", times=parties), threading.Barrier(parties), seconds))

    def hold(self, method: str, path: str, whole: str) -> None:
        """Wait at the gate for the others, where there is one for this request."""
        with self._lock:
            found = next((gate for gate in self._gates if gate[0].meets(method, path, whole)), None)
            if found is None:
                return
            found[0].times -= 1
            if found[0].times <= 0:
                self._gates.remove(found)
        try:
            found[1].wait(found[2])
        except threading.BrokenBarrierError:
            return  # the others did not come in time; the gate is open

    def all(self) -> list[Exchange]:
        """What is kept, oldest first."""
        with self._lock:
            return list(self._kept.values())

    def clear(self) -> None:
        """Forget what was; the numbers go on."""
        with self._lock:
            self._kept.clear()


def _parsed(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
