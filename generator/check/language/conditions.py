"""What must hold beside a verb before it makes its subject the cause: a duty and no ability, no reason given, nothing mended."""

import re

from generator.check.language.grammar import Agent, SubjectKind
from generator.check.language.verbs import ABILITIES, DUTY, DUTY_PAST, HUMAN, STRICTLY_HUMAN, is_human

SOME = frozenset({SubjectKind.PERSON, SubjectKind.NOBODY})
TEAMS = SOME | {SubjectKind.GROUP}
# A half sentence that gives a reason; `as` gives one only before a new subject, else it compares.
_REASON = re.compile(
    r"\b(?:because|as (?:the|a|an|it|there|no)|since|due to|which (?:is|was) (?:not|why)|so that)\b|, as ",
    re.IGNORECASE,
)
# Things that are put right: what is done to them is a remedy, and no condition of the incident.
_MENDED = re.compile(
    r"\b(?:fix|fixes|patch|hotfix|revert|rollback|tests?|alert|check|ticket|record|channel)\b", re.IGNORECASE
)


def explained(text: str, end: int) -> bool:
    """Whether the sentence goes on to say what stood in the way: then it has left the person already."""
    return _REASON.search(text, end) is not None


def duty(found: re.Match[str], agent: Agent) -> bool:
    """`failed to …`: a duty and no ability, and for what may be software one that only people have."""
    verb, rest = found["verb"].lower(), found.string[found.end() :]
    if agent.kind is SubjectKind.STRANGER:
        return verb in STRICTLY_HUMAN
    return verb in DUTY if agent.kind in TEAMS else verb in HUMAN and is_human(verb, rest)


def undone(found: re.Match[str], agent: Agent) -> bool:
    """`did not …`, `had not …`, `never …`: a duty left undone, and no sign of what stood in the way."""
    verb, auxiliary = found["verb"].lower(), found["aux"].lower()
    if explained(found.string, found.end()):
        return False
    if auxiliary != "did":
        return verb in DUTY_PAST and (
            agent.kind in SOME or (agent.kind is SubjectKind.SHARED and verb in STRICTLY_HUMAN)
        )
    if agent.kind in SOME:
        return verb in DUTY - ABILITIES
    return verb in HUMAN - ABILITIES and (
        agent.kind is SubjectKind.GROUP or is_human(verb, found.string[found.end() :])
    )


def unexplained(found: re.Match[str], agent: Agent) -> bool:  # noqa: ARG001 - the shape of every condition
    """Whether no reason follows."""
    return not explained(found.string, found.end())


def not_mended(found: re.Match[str], agent: Agent) -> bool:  # noqa: ARG001
    """Whether the bad thing is what was moved: `deployed a fix for the broken check` mends it."""
    wrong = found[0].lower().endswith(("wrong", "incorrect"))
    return not _MENDED.search(found[0]) and (wrong or not _MENDED.match(found.string[found.end() :].lstrip()))


def of_one(found: re.Match[str], agent: Agent) -> bool:
    """`… without testing`: somebody's deed, and neither a reason given nor an incident that passed `without …`."""
    return (
        agent.kind is not SubjectKind.NOBODY
        and not explained(found.string, found.end())
        and not re.search(r"(?:incident|outage|problem) ?$", found.string[: found.start()])
    )
