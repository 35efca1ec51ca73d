"""What an examination finds, and how one examination is kept from hiding another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.errors import PostmortemError
from generator.setup.doctor.context import DoctorContext


class Health(StrEnum):
    """How something is: as it should be, worth a look, broken, or not known."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one thing; `advice` says what to do and is empty where there is nothing to do."""

    subject: str
    verdict: Health
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing to look at; it is skipped where one of the subjects in `needs` is broken.

    `advice` goes with an error that `look` does not explain itself.
    """

    subject: str
    look: Callable[[DoctorContext], Iterable[Diagnosis]]
    needs: tuple[str, ...] = ()
    advice: str = ""


def fine(subject: str, message: str) -> Diagnosis:
    """As it should be."""
    return Diagnosis(subject, Health.OK, message)


def warning(subject: str, message: str, advice: str = "") -> Diagnosis:
    """Worth a look; the archive works without it."""
    return Diagnosis(subject, Health.WARNING, message, advice)


def fault(subject: str, message: str, advice: str = "") -> Diagnosis:
    """Broken."""
    return Diagnosis(subject, Health.FAULT, message, advice)


def unknown(subject: str, message: str, advice: str = "") -> Diagnosis:
    """Open: it was not tried, or nobody says."""
    return Diagnosis(subject, Health.SKIPPED, message, advice)


def diagnoses(case: DoctorContext, examinations: Iterable[Examination]) -> Iterator[Diagnosis]:
    """What all examinations find, in their order; an error of one is a diagnosis and does not end the others."""
    broken: set[str] = set()
    for one in examinations:
        missing = [subject for subject in one.needs if subject in broken]
        if missing:
            broken.add(one.subject)
            yield unknown(one.subject, f"Not tried, because of: {', '.join(missing)}.")
            continue
        for found in _guarded(one, case):
            if found.verdict is Health.FAULT:
                broken.add(one.subject)
            yield found


def _guarded(one: Examination, case: DoctorContext) -> Iterator[Diagnosis]:
    try:
        yield from one.look(case)
    except PostmortemError as error:
        yield fault(one.subject, str(error), one.advice)
