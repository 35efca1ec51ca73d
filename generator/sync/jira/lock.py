"""Claims: who may create the issues of a postmortem right now, although nothing in Jira's create call is idempotent.

A claim is a property of our own account. Writing it answers 201 to exactly one of several runs and 200 to the others;
that, and not what is stored, decides. A claim whose run has died is succeeded by one of the next generation; a run that
takes long stamps its claim anew before it creates the next issue.
"""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from generator.clients.jira import Jira
from generator.errors import NotFoundError, OutcomeUnknownError, RefusedError, UnreachableError
from generator.sync.plan.identity import claim_name
from generator.sync.plan.tracker import ClaimLostError

GENERATIONS = 50
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class JiraClaim:
    """The right to create; `generation` counts the runs that died holding it before us.

    `at` is when it was last stamped by Jira's clock, `seen` by ours; `grace` is how long a run may be silent.
    """

    jira: Jira
    grace: timedelta
    id: str
    generation: int
    run: str
    at: datetime
    seen: float

    def hold(self) -> None:
        """Say that the run is still alive. Raises ClaimLostError where another run has taken over."""
        if not renew(self):
            raise ClaimLostError(f"Another run has taken over {self.id}.")

    def release(self) -> None:
        """Give it back, with those of the runs that died before."""
        for generation in range(1, self.generation + 1):  # upwards: a gap at the end would let two runs in
            try:
                self.jira.delete_my_property(_name(self.id, generation))
            except NotFoundError:
                continue  # somebody tidied up


def take(jira: Jira, id: str, run: str, grace: timedelta) -> JiraClaim | None:  # noqa: A002 - the field's name
    """Try to claim a postmortem; None where another run holds it and has not been silent for longer than `grace`.

    Raises RefusedError or NotFoundError where this account may not keep properties of its own.
    """
    for generation in range(1, GENERATIONS + 1):
        held = jira.my_property(_name(id, generation))
        if held is None:
            claim = JiraClaim(jira, grace, id, generation, run, jira.now(), time.monotonic())
            if not _stamp(claim):
                return None
            if generation > 1 and _fresh(jira, jira.my_property(_name(id, generation - 1)), grace):
                jira.delete_my_property(_name(id, generation))  # who was silent for so long is alive after all
                return None
            return claim
        if _fresh(jira, held, grace):
            return None
    raise RefusedError(f"{GENERATIONS} runs have died while they created the issue of {id}; look at why, first.", 0)


def renew(claim: JiraClaim) -> bool:
    """Say that the run is still alive, where that was not said for a while; False where another run has taken over.

    Each of the two writes its own stamp before it reads the other's, so that at least one of them gives way.
    """
    jira, grace = claim.jira, claim.grace
    if not grace or time.monotonic() - claim.seen < grace.total_seconds() / 4:
        return True
    held = jira.my_property(_name(claim.id, claim.generation))
    # A run that came second at the very moment of our claim may have written its name over ours.
    if held is None or (_run(held) != claim.run and _at(held) - claim.at > grace):
        return False
    now = replace(claim, at=jira.now(), seen=time.monotonic())
    if _stamp(now):  # it was given back meanwhile, by one that took over
        jira.delete_my_property(_name(claim.id, claim.generation))
        return False
    claim.at, claim.seen = now.at, now.seen
    return jira.my_property(_name(claim.id, claim.generation + 1)) is None


def _name(id: str, generation: int) -> str:  # noqa: A002 - the field's name
    return f"{claim_name(id)}.{generation}"


def _stamp(claim: JiraClaim) -> bool:
    """Write a claim; True where there was none. Raises UnreachableError where no answer came."""
    written = {"run": claim.run, "at": claim.at.isoformat()}
    try:
        return claim.jira.set_my_property(_name(claim.id, claim.generation), written)
    except OutcomeUnknownError as error:
        raise UnreachableError(str(error)) from error


def _fresh(jira: Jira, held: object, grace: timedelta) -> bool:
    """Whether a claim is held still; the clock has whole seconds, so that only what is more than `grace` is that long."""
    return bool(grace) and jira.now() - _at(held) <= grace


def _run(held: object) -> object:
    return held.get("run") if isinstance(held, dict) else None


def _at(held: object) -> datetime:
    """When a claim was made, by Jira's clock; one that nobody can read was made by no run of ours, and holds nothing."""
    written = held.get("at") if isinstance(held, dict) else None
    try:
        found = datetime.fromisoformat(str(written))
    except ValueError:
        return _LONG_AGO
    return found if found.tzinfo else _LONG_AGO
