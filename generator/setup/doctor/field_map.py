"""The map of parts to fields, ready to paste, made by looking for fields of the parts' names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from generator.clients.jira import JiraField
from generator.settings.jira import JiraFields
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Health
from generator.setup.doctor.fields import FIELDS

# The words by which people call a part, as they are compared: small letters and digits, without an s at the end of a word.
_NAMES = {
    "incident_summary": ("incident summary", "summary of incident", "executive summary", "postmortem summary"),
    "timeline": ("timeline", "incident timeline", "time line", "chronology", "timeline of event"),
    "root_causes": ("root cause", "root cause analysi", "rca", "root cause and contributing factor", "cause"),
    "impact": ("impact", "incident impact", "customer impact", "business impact", "user impact", "impact analysi"),
    "mitigation_actions": (
        "mitigation action", "mitigation", "mitigation and action item", "resolution action", "action item",
        "corrective action", "remediation", "remediation action", "mitigation step",
    ),
    "incident_category": ("incident category", "category", "incident type", "postmortem category", "root cause category"),
}  # fmt: skip
_ID = re.compile(r"customfield_[0-9]+", re.ASCII)
_PREFIX = re.compile(r"^(?:post ?mortem|pm|incident) ")
_TEXT, _CHOICE = ("textarea",), ("select", "radiobuttons")


def field_map(case: DoctorContext, found: Iterable[Diagnosis]) -> str:
    """The lines below `jira:` of archive.yml that name a field for each part.

    Empty where no field is found, or `found` says that the fields could not be read.
    """
    if not any(one.subject == FIELDS and one.verdict in {Health.OK, Health.WARNING} for one in found):
        return ""
    return mapped(case.fields)


def mapped(known: Sequence[JiraField]) -> str:
    """The map of these fields; where several may be meant, a comment names them all."""
    lines = [line for one in fields(JiraFields) for line in _lines(one.name, known)]
    return "\n".join(["jira:", "  fields:", *lines, ""]) if lines else ""


def _lines(part: str, known: Sequence[JiraField]) -> Iterator[str]:
    found = candidates(part, known)
    if len(found) == 1:
        yield f"    {part}: {found[0].id}  # {_plain(found[0].name)}"
    elif found:
        ids = ", ".join(f"{field.id} ({_plain(field.name)})" for field in found)
        yield f"    # {part}: one of {ids}"


def candidates(part: str, known: Sequence[JiraField]) -> list[JiraField]:
    """The fields that a part may mean: of a fitting kind, and of the first of its names that any has."""
    kinds = _CHOICE if part == "incident_category" else _TEXT
    fitting = [field for field in known if field.custom.rpartition(":")[2] in kinds and _ID.fullmatch(field.id)]
    for name in _NAMES[part]:
        if found := [field for field in fitting if _normal(field.name) == name]:
            return found
    return [field for field in fitting if _PREFIX.sub("", _normal(field.name)) in _NAMES[part]]


def _normal(name: str) -> str:
    for written, meant in (("post-mortem", "postmortem"), ("(s)", ""), ("&", " and "), ("/", " and ")):
        name = name.casefold().replace(written, meant)
    return " ".join(word.removesuffix("s") for word in re.findall(r"[^\W_]+", name) if word != "the")


def _plain(name: str) -> str:
    """A name as a comment of one line."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())
