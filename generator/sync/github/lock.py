"""Claims: who may create the issues of a postmortem right now, although nothing in GitHub's create call is idempotent.

A claim is a label of the repository. GitHub makes a label of one name once: of several runs exactly one is answered 201,
and its description says whose it is and since when. A claim whose run has died is succeeded by one of the next
generation; a run that takes long describes its label anew before it creates the next issue.
"""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generator.clients.github.issues import GitHubIssues
from generator.errors import NotFoundError, OutcomeUnknownError, RefusedError, UnreachableError
from generator.sync.github.rules import LABEL_LENGTH
from generator.sync.plan.identity import fitting
from generator.sync.plan.tracker import ClaimLostError

GENERATIONS = 50
TAKEN = 422
_PREFIX = "postmortem-claim-"
_HELD = re.compile(r"run ([0-9a-f]{32}) at (\S{1,40})", re.ASCII)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class GitHubClaim:
    """The right to create; `generation` counts the runs that died holding it before us, `seen` is our clock's.

    `grace` is how long a run may be silent.
    """

    hub: GitHubIssues
    grace: timedelta
    id: str
    generation: int
    run: str
    seen: float

    def hold(self) -> None:
        """Say that the run is still alive. Raises ClaimLostError where another run has taken over."""
        if not renew(self):
            raise ClaimLostError(f"Another run has taken over {self.id}.")

    def release(self) -> None:
        """Give it back, with those of the runs that died before."""
        for generation in range(1, self.generation + 1):  # upwards: a gap at the end would let two runs in
            _delete(self.hub, name(self.id, generation))


def take(hub: GitHubIssues, id: str, run: str, grace: timedelta) -> GitHubClaim | None:  # noqa: A002 - the field's name
    """Try to claim a postmortem; None where another run holds it and has not been silent for longer than `grace`.

    Raises RefusedError or NotFoundError where this token may not make labels.
    """
    for generation in range(1, GENERATIONS + 1):
        held = hub.tag(name(id, generation))
        if held is None:
            if not _made(hub, name(id, generation), run):
                return None
            before = hub.tag(name(id, generation - 1)) if generation > 1 else None
            if generation > 1 and _fresh(hub, before, grace):
                _delete(hub, name(id, generation))  # who was silent for so long is alive after all
                return None
            return GitHubClaim(hub, grace, id, generation, run, time.monotonic())
        if _fresh(hub, held, grace):
            return None
    raise RefusedError(f"{GENERATIONS} runs have died while they created the issues of {id}; look at why, first.", 0)


def renew(claim: GitHubClaim) -> bool:
    """Say that the run is still alive, where that was not said for a while; False where another run has taken over.

    Each of the two writes its own label before it reads the other's, so that at least one of them gives way.
    """
    grace = claim.grace
    if not grace or time.monotonic() - claim.seen < grace.total_seconds() / 4:
        return True
    own = name(claim.id, claim.generation)
    held = claim.hub.tag(own)
    if held is None or _run(held) != claim.run:
        return False
    try:
        claim.hub.describe_tag(own, _stamp(claim.hub, claim.run))
    except NotFoundError:  # it was given back meanwhile, by one that took over
        return False
    claim.seen = time.monotonic()
    return claim.hub.tag(name(claim.id, claim.generation + 1)) is None


def name(id: str, generation: int) -> str:  # noqa: A002 - the field's name
    """The label of a claim; ids that differ only in case share it, as they do everywhere."""
    end = f".{generation}"
    return fitting(f"{_PREFIX}{id.casefold()}{end}", id.casefold(), LABEL_LENGTH, end)


def _made(hub: GitHubIssues, label: str, run: str) -> bool:
    """Make the label of a claim; True where it is ours. Raises UnreachableError where that cannot be known."""
    try:
        hub.make_tag(label, _stamp(hub, run))
    except RefusedError as error:
        if error.status != TAKEN:
            raise
        held = hub.tag(label)
        return held is not None and _run(held) == run  # an answer may have been lost, or it was just given back
    except OutcomeUnknownError as error:
        held = hub.tag(label)
        if held is None:
            raise UnreachableError(str(error)) from error
        return _run(held) == run
    return True


def _delete(hub: GitHubIssues, label: str) -> None:
    try:
        hub.delete_tag(label)
    except NotFoundError:
        return  # somebody tidied up


def _stamp(hub: GitHubIssues, run: str) -> str:
    return f"run {run} at {hub.now().isoformat()}"


def _fresh(hub: GitHubIssues, held: str | None, grace: timedelta) -> bool:
    """Whether a claim is held still; the clock has whole seconds, so that only what is more than `grace` is that long."""
    return bool(grace) and held is not None and hub.now() - _at(held) <= grace


def _run(held: str) -> str:
    match = _HELD.fullmatch(held)
    return match[1] if match else ""


def _at(held: str) -> datetime:
    """When a claim was made, by GitHub's clock; one that nobody can read was made by no run of ours, and holds nothing."""
    match = _HELD.fullmatch(held)
    try:
        moment = datetime.fromisoformat(match[2]) if match else _LONG_AGO
    except ValueError:
        return _LONG_AGO
    return moment if moment.tzinfo else _LONG_AGO
