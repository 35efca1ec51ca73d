"""The fields that take the parts of a postmortem: each one there, on the screen, and of a kind that takes its part."""

from collections.abc import Iterator
from functools import partial

from generator.clients.jira import FieldMeta
from generator.clients.jira.fields import is_rich, resolve
from generator.setup.doctor.archive_checks import listed
from generator.setup.doctor.connection import CREDENTIALS
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, fault, fine, unknown, warning
from generator.setup.doctor.project import named

CATEGORY = "incident_category"
FIELDS = "fields"
_OPTIONS = 20
_CHOICES = {"select", "radiobuttons"}
_LINES = {"textfield"}


def examinations(case: DoctorContext) -> Iterator[Examination]:
    """All fields together, then each that is set, then what cannot be known of them."""
    yield Examination(FIELDS, _fields, (CREDENTIALS,))
    screen = (FIELDS, named(case.home)) if case.wishes.project else (FIELDS, "project")
    for part in case.wishes.fields.mapped():
        advice = f"Set `jira: fields: {part}:` to the id of the field that is meant."
        yield Examination(f"field {part}", partial(_field, part=part), screen, advice)
    if case.wishes.required:
        yield Examination("required parts", _required)
    if case.wishes.fields.mapped():
        yield Examination("wiki renderer", _renderer, (CREDENTIALS,))


def _fields(case: DoctorContext) -> Iterator[Diagnosis]:
    count, mapped = len(case.fields), len(case.wishes.fields.mapped())
    if mapped:
        yield fine(FIELDS, f"Jira has {count} fields that this account can see; {mapped} are set for parts.")
    else:
        yield warning(
            FIELDS,
            "No field is set for any part, so that all of a postmortem stands in its issue's description.",
            "That works. If the project has fields of its own for the parts, name them at `jira: fields:`.",
        )


def _field(case: DoctorContext, part: str) -> Iterator[Diagnosis]:
    subject = f"field {part}"
    field = resolve(case.wishes.fields.mapped()[part], case.fields)
    label = f"{field.name} ({field.id})"
    screen = case.screen(case.home)
    meta = screen.fields.get(field.id)
    if meta is None:
        yield fault(
            subject,
            f"{label} is not on the screen that creates {screen.name}, or this account may not set it.",
            "Add it to that screen, or leave it out of `jira: fields:`, so that the part stands in the description.",
        )
    elif part == CATEGORY:
        yield from _category(case, subject, label, meta)
    elif is_rich(meta):
        yield fine(subject, f"{label} takes it.")
    elif _kind(meta) in _LINES:
        yield warning(
            subject,
            f"{label} is a field of one line: the part is cut to 255 characters without lists, tables and links.",
            "Use a field of the kind Paragraph (text area) instead.",
        )
    else:
        yield fault(
            subject,
            f"{label} is a field of the kind {_kind(meta)!r}, which takes no text.",
            "Use a field of the kind Paragraph (text area) instead.",
        )


def _category(case: DoctorContext, subject: str, label: str, meta: FieldMeta) -> Iterator[Diagnosis]:
    if _kind(meta) not in _CHOICES:
        advice = "Use a field of the kind Select list (single choice) instead."
        yield fault(subject, f"{label} is a field of the kind {_kind(meta)!r}, which has no choice of one.", advice)
        return
    used = dict.fromkeys(one.postmortem.category for one in case.documents if one.postmortem.category)
    known = {option.strip().casefold() for option in meta.allowed}
    absent = [category for category in used if category.strip().casefold() not in known]
    if absent:
        more = f" and {len(meta.allowed) - _OPTIONS} more" if len(meta.allowed) > _OPTIONS else ""
        allowed = ", ".join(meta.allowed[:_OPTIONS]) + more
        words = f"{label} has no option for: {listed(absent)}. It allows: {allowed or 'nothing'}."
        advice = "Add the options there, or change `category:` in the documents. Until then it is left out."
        yield (fault if CATEGORY in case.wishes.required else warning)(subject, words, advice)
    else:
        yield fine(subject, f"{label} takes it; all {len(used)} categories of the documents are among its options.")


def _required(case: DoctorContext) -> Iterator[Diagnosis]:
    mapped = case.wishes.fields.mapped()
    loose = [part for part in case.wishes.required if part not in mapped]
    if loose:
        yield warning(
            "required parts",
            f"They have no field, so that nothing is required of them: {listed(loose)}.",
            "Name their fields at `jira: fields:`, or take them out of `jira: required:`.",
        )
    else:
        yield fine("required parts", f"All have a field: {listed(case.wishes.required)}.")


def _renderer(case: DoctorContext) -> Iterator[Diagnosis]:
    if case.connection.cloud:
        yield fine("wiki renderer", "On Cloud every text area shows rich text.")
    else:
        yield unknown(
            "wiki renderer",
            "Jira does not say whether the fields use the wiki renderer; with another one people see the bare markup.",
            "Look at an issue. Where it shows h2. and stars, an administrator chooses Wiki Style Renderer for the field"
            " in the field configuration.",
        )


def _kind(meta: FieldMeta) -> str:
    return meta.custom.rpartition(":")[2] or meta.type
