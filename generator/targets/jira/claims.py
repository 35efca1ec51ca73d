"""Claims: who may create the issues of a postmortem right now, although nothing in Jira's create call is idempotent.

A claim is a property of our own account. Writing it answers 201 to exactly one of several runs and 200 to the others;
that, and not what is stored, decides. A claim whose run has died is succeeded by one of the next generation.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generator.errors import NotFoundError, RefusedError
from generator.jira import Jira
from generator.plan.identity import claim_name

GENERATIONS = 50
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to create; `generation` counts the runs that died holding it before us."""

    id: str
    generation: int


def take(jira: Jira, id: str, run: str, grace: timedelta) -> Claim | None:  # noqa: A002 - the field's name
    """Try to claim a postmortem; None where another run holds it and has not been silent for longer than `grace`.

    Raises RefusedError or NotFoundError where this account may not keep properties of its own.
    """
    for generation in range(1, GENERATIONS + 1):
        held = jira.my_property(_name(id, generation))
        if held is None:
            written = {"run": run, "at": jira.now().isoformat()}
            return Claim(id, generation) if jira.set_my_property(_name(id, generation), written) else None
        if jira.now() - _at(held) < grace:
            return None
    raise RefusedError(f"{GENERATIONS} runs have died while they created the issue of {id}; look at why, first.", 0)


def release(jira: Jira, claim: Claim) -> None:
    """Give a claim back, with those of the runs that died before."""
    for generation in range(1, claim.generation + 1):  # upwards: a gap at the end would let two runs in
        try:
            jira.delete_my_property(_name(claim.id, generation))
        except NotFoundError:
            continue  # somebody tidied up


def _name(id: str, generation: int) -> str:  # noqa: A002 - the field's name
    return f"{claim_name(id)}.{generation}"


def _at(held: object) -> datetime:
    """When a claim was made, by Jira's clock; one that nobody can read was made by no run of ours, and holds nothing."""
    written = held.get("at") if isinstance(held, dict) else None
    try:
        found = datetime.fromisoformat(str(written))
    except ValueError:
        return _LONG_AGO
    return found if found.tzinfo else _LONG_AGO
