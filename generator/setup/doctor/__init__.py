"""The doctor: tries every setting by itself, and names what is broken and what helps."""

from collections.abc import Iterator

from generator.setup.doctor import archive_checks, connection, fields, others, people, permissions, project
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, Health, diagnoses, fault, unknown
from generator.setup.doctor.end_to_end import SUBJECT, try_out
from generator.setup.doctor.field_map import field_map

__all__ = ["Diagnosis", "DoctorContext", "Health", "examine", "field_map", "unreadable"]


def examine(case: DoctorContext, *, end_to_end: bool = False) -> Iterator[Diagnosis]:
    """Look at everything, in the order in which things depend on each other; nothing is written.

    With `end_to_end` test issues are created and removed again, unless something that they need is broken.
    """
    broken: set[str] = set()
    for found in diagnoses(case, _all(case, end_to_end=end_to_end)):
        if found.verdict in {Health.FAULT, Health.SKIPPED}:
            broken.add(found.subject)
        yield found
    if end_to_end:
        needed = (connection.CREDENTIALS, "project", f"project {case.wishes.project}", project.named(case.home))
        missing = [subject for subject in (*needed, permissions.named(case.wishes.project)) if subject in broken]
        if missing:
            yield unknown(SUBJECT, f"Not tried, because of: {', '.join(missing)}.")
        else:
            yield from try_out(case)


def unreadable(problem: str) -> list[Diagnosis]:
    """What is to be said where the settings cannot be read, so that nothing else can be looked at."""
    return [
        fault("settings", problem, "Put it right there, and look again; nothing else was tried before."),
        unknown("everything else", "Not tried, because of: settings."),
    ]


def _all(case: DoctorContext, *, end_to_end: bool) -> Iterator[Examination]:
    yield from archive_checks.examinations()
    yield from connection.examinations(case)
    yield from others.examinations(case)
    if case.only_others:
        return
    yield from project.examinations(case)
    yield from fields.examinations(case)
    yield from permissions.examinations(case, end_to_end=end_to_end)
    yield from people.examinations()
