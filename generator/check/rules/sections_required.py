"""The sections that a document of its type needs."""

import re
from collections.abc import Iterator, Mapping

from generator.check.rule import Context, Hit, Rule
from generator.check.text import reading
from generator.document.parse import Document

NAMES: Mapping[str, str] = {
    "summary": "Summary",
    "impact": "Impact",
    "timeline": "Timeline",
    "root-cause": "Root cause",
    "contributing-factors": "Contributing factors",
    "resolution": "Resolution",
    "action-items": "Action items",
    "lessons-learned": "Lessons learned",
}
# Contributing factors and "Where we got lucky" have rules of their own, which say more than that they are missing.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "outage": ("summary", "impact", "timeline", "root-cause", "resolution", "action-items", "lessons-learned"),
    "near-miss": ("summary", "impact", "timeline", "root-cause", "action-items", "lessons-learned"),
    "lightweight": ("summary", "timeline", "root-cause", "action-items"),
    "security": ("summary", "timeline", "action-items", "lessons-learned"),
}
OWN_TYPE = ("summary",)
# The fifteen steps of a security review, each by the words that its heading cannot do without.
SECURITY = {
    "Acknowledge and categorise": r"acknowledg|categori|triage|classif",
    "Preserve evidence": r"evidence|forensic",
    "Assign roles and notify": r"roles?\b|notif",
    "Containment and eradication": r"contain|eradicat",
    "Root cause analysis": r"root cause|rca\b",
    "Control failures": r"controls? fail|failed controls?|fail\w* (?:of|in) controls?",
    "Audit logs and monitoring gaps": r"\blogs?\b|logging|monitoring",
    "Access control": r"access",
    "Backup and recovery": r"backup|recover|restor",
    "Customer impact": r"impact",
    "Corrective actions": r"corrective|remediation|action",
    "Policies and playbooks": r"polic|playbook|runbook",
    "Awareness session": r"awareness|training",
    "Re-test of controls": r"re-?test|verif",
    "Archive": r"archiv|closure|close",
}
_STEPS = {title: re.compile(pattern, re.IGNORECASE) for title, pattern in SECURITY.items()}


def kind(document: Document) -> str:
    """The type that decides which rules apply: a document that does not say is an outage."""
    return document.postmortem.type.casefold() or "outage"


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """What is missing, in one finding each for the common sections and for the steps of a security review."""
    seen = reading(document)
    present = {part.key for part in seen.parts}
    if present & {"went-well", "went-wrong", "lucky"}:
        present.add("lessons-learned")
    of_type = kind(document)
    line = document.front.lines.get("type", 1)
    missing = [key for key in REQUIRED.get(of_type, OWN_TYPE) if key not in present]
    if len(missing) == 1:
        yield Hit(line, f"There is no section “{NAMES[missing[0]]}”.", _HINTS[missing[0]])
    elif missing:
        names = ", ".join(f"“{NAMES[key]}”" for key in missing)
        yield Hit(line, f"{len(missing)} sections are missing: {names}.", f"Begin with the first. {_HINTS[missing[0]]}")
    if of_type == "security":
        titles = [part.title for part in seen.parts]
        steps = [name for name, step in _STEPS.items() if not any(step.search(title) for title in titles)]
        if steps:
            message = f"{len(steps)} of the 15 steps of a security review have no section: {', '.join(steps)}."
            yield Hit(line, message, "Keep a step that does not apply, tick it, and give the reason as its evidence.")


_HINTS = {
    "summary": "What happened, to whom, what did it cost? Two or three paragraphs that a product manager understands.",
    "impact": "Who could not do what, how many were they, for how long?",
    "timeline": "A table with the columns Time and Event, all times in UTC.",
    "root-cause": "What made it possible: a missing check, a hidden limit, a default?",
    "resolution": "What ended it, and how do we know that it is over?",
    "action-items": "A table with the columns #, Action, Owner, Due date, Status and Ticket.",
    "lessons-learned": "What went well, what didn't go well, where did we get lucky?",
}
RULE = Rule(
    id="sections-required",
    title="The sections that its type needs are there",
    why="A reader who looks for the impact or the actions must find them in every document. Which sections are needed depends on the type: an outage has all of them, a lightweight one summary, timeline, root cause and action items, a security review its fifteen steps.",
    before="## Summary\n\n## Root cause",
    after="## Summary\n\n## Impact\n\n## Timeline\n\n## Root cause\n\n## Contributing factors\n\n## Resolution\n\n## Action items\n\n## Lessons learned",
    check=check,
)
