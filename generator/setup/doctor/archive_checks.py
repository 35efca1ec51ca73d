"""The archive itself: its settings, its documents, its people, and where its site is."""

from collections.abc import Iterable, Iterator

from generator.document.people import person_of
from generator.settings.model import Person
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, fault, fine, warning

SHOWN = 10


def examinations() -> Iterator[Examination]:
    """What can be said without asking anybody."""
    yield Examination("settings", _settings)
    yield Examination("documents", _documents)
    yield Examination("people.yml", _people)
    yield Examination("site address", _site)


def listed(names: Iterable[str]) -> str:
    """The names with commas, not more than a person reads."""
    known = list(names)
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"{', '.join(known[:SHOWN])}{more}"


def _settings(case: DoctorContext) -> Iterator[Diagnosis]:  # noqa: ARG001 - whoever made the case has read them
    yield fine("settings", "site_config/archive.yml and the environment were read.")


def _documents(case: DoctorContext) -> Iterator[Diagnosis]:
    unreadable = [f for document in case.documents for f in document.findings if f.rule == "unreadable"]
    for finding in unreadable[:SHOWN]:
        yield fault("documents", f"{finding.path}:{finding.line}: {finding.message}", "Put the file right.")
    if len(unreadable) > SHOWN:
        yield fault("documents", f"{len(unreadable) - SHOWN} more files cannot be read.", "Run `postmortem check`.")
    if not unreadable:
        count = len(case.documents)
        yield fine("documents", f"{count:,} {'postmortem' if count == 1 else 'postmortems'} can be read.")


def named(case: DoctorContext) -> dict[str, str]:
    """Who leads or owns something in the documents, as it is written there, each with a document; newest first."""
    found: dict[str, str] = {}
    for document in sorted(case.documents, key=lambda one: one.path, reverse=True):
        known = document.postmortem
        for words in (known.commander, *(item.owner for item in known.actions)):
            first = words.replace("&", ",").replace("/", ",").split(",")[0].strip()
            if first and not first.casefold().startswith("todo:"):
                found.setdefault(first, document.path)
    return found


def person(case: DoctorContext, words: str) -> Person | None:
    """The person whom these words name; somebody who is not in people.yml may be named by an e-mail address."""
    return person_of(words, case.settings) or (Person(words, email=words) if "@" in words else None)


def _people(case: DoctorContext) -> Iterator[Diagnosis]:
    settings = case.settings
    strangers = [
        f"{owner} (owner of {service.name})"
        for service in settings.services
        for owner in service.owners
        if person_of(owner, settings) is None
    ]
    strangers += [f"{words} ({path})" for words, path in named(case).items() if person(case, words) is None]
    hidden = [one.handle for one in settings.people if not (one.email or one.jira)]
    if strangers:
        yield warning(
            "people.yml",
            f"Not known there: {listed(strangers)}. Nothing is assigned to them.",
            "Add each to site_config/people.yml by handle, or as one of the `aliases` of somebody there.",
        )
    if hidden:
        yield warning(
            "people.yml",
            f"Neither e-mail nor Jira account: {listed(hidden)}. Nothing can be assigned to them.",
            "Add `email:` or `jira:` to them in site_config/people.yml.",
        )
    if not (strangers or hidden):
        yield fine("people.yml", f"Everybody whom the archive names is known ({len(settings.people)} people).")


def _site(case: DoctorContext) -> Iterator[Diagnosis]:
    if case.settings.url:
        yield fine("site address", f"Issues are linked to pages below {case.settings.url}.")
    else:
        yield warning(
            "site address",
            "`url` is not set, so an issue in Jira cannot lead to the postmortem's page.",
            "Set `url:` in site_config/archive.yml to where the site is published.",
        )
