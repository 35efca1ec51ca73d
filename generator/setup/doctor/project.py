"""The projects: whether they are there, take the issue types, and what their screens want and lack."""

from collections.abc import Iterator, Mapping
from functools import partial

from generator.clients.jira import FieldMeta
from generator.errors import NotFoundError, RefusedError
from generator.setup.doctor.archive_checks import listed
from generator.setup.doctor.connection import CREDENTIALS
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, fault, fine, unknown, warning
from generator.sync.jira.screens import Screen, refuse_unfilled
from generator.sync.plan.texts import DESCRIPTION

Place = tuple[str, str]
LINKS = "link types"
# What is said of an issue beside its texts, and what is lost where the screen does not have it.
_WISHED = {
    "labels": "the label by which an issue is found again where the file does not name it",
    "duedate": "the due date",
    "assignee": "who has it",
}
_ALWAYS = ("summary", "labels", "issuelinks")
_SOMETIMES = ("duedate", "assignee")


def named(place: Place) -> str:
    """An issue type of a project as a subject."""
    return f"issue type {' / '.join(place)}"


def examinations(case: DoctorContext) -> Iterator[Examination]:
    """Each project, each issue type in it, and what links and queries there are."""
    if not case.wishes.project:
        yield Examination("project", _unset, (CREDENTIALS,))
    for project in case.projects:
        yield Examination(f"project {project}", partial(_project, project=project), (CREDENTIALS,))
    for place in case.places:
        there, kind = f"project {place[0]}", named(place)
        yield Examination(kind, partial(_type, place=place), (there,), "Set the issue type right.")
        yield Examination(f"screen {' / '.join(place)}", partial(_screen, place=place), (kind,))
        if place in case.action_places:
            yield Examination(f"priorities {' / '.join(place)}", partial(_priorities, place=place), (kind,))
    yield Examination(LINKS, _links, (CREDENTIALS,))
    yield Examination("jira: missing", _missing, (CREDENTIALS,), "Correct the JQL at `jira: missing:`.")


def _unset(_: DoctorContext) -> Iterator[Diagnosis]:
    yield fault(
        "project",
        "No project is set for the postmortems' issues.",
        "Set `jira: project:` in site_config/archive.yml, or JIRA_POSTMORTEM_PROJECT_KEY.",
    )


def _project(case: DoctorContext, project: str) -> Iterator[Diagnosis]:
    subject = f"project {project}"
    try:
        told = case.jira.project(project)
    except NotFoundError:
        yield fault(
            subject,
            f"There is no project {project}, or this account may not see it.",
            "Check `project`, `action_project` and the services' `jira_project`; else give this account the permission"
            " Browse Projects there.",
        )
        return
    now = str(told.get("key") or project)
    if now != project:
        yield warning(subject, f"Its key is {now} now.", f"Write {now} where the settings say {project}.")
    else:
        yield fine(subject, f"It is there: {told.get('name') or project}.")


def _type(case: DoctorContext, place: Place) -> Iterator[Diagnosis]:
    screen = case.screen(place)
    yield fine(named(place), f"Issues of the type {screen.type_name} can be created in {screen.project}.")


def _screen(case: DoctorContext, place: Place) -> Iterator[Diagnosis]:
    """What the screen lacks of what we have, and wants of what we have not."""
    subject = f"screen {' / '.join(place)}"
    screen = case.screen(place)
    known = {DESCRIPTION: "the text", **_WISHED}
    lost = [f"{name} ({what})" for name, what in known.items() if name not in screen.fields]
    given = _given(case, place, screen)
    refused = _unfilled(screen, given)
    if refused:
        yield fault(subject, refused, "Change the screen or the field there, or `issue_type`.")
    if lost:
        advice = "Add what is missing to the screen for creating issues, or look whether this account may set it."
        yield warning(subject, f"Not on it, and left out of every issue: {listed(lost)}.", advice)
    doubtful = [meta for meta in _must(screen) if given.get(meta.id) is False]
    if doubtful:
        names = listed(f"{meta.name} ({meta.id})" for meta in doubtful)
        yield warning(
            subject,
            f"It must be filled in, and not every postmortem has something for it: {names}.",
            "Give it a default value there, or make it optional.",
        )
    if not (refused or lost or doubtful):
        yield fine(subject, "It has all that an issue takes, and wants nothing else.")


def _given(case: DoctorContext, place: Place, screen: Screen) -> Mapping[str, bool]:
    """The fields that we fill in, each with whether we always can."""
    given = {**dict.fromkeys(_SOMETIMES, False), **dict.fromkeys(_ALWAYS, True), DESCRIPTION: True}
    if place in case.action_places:
        given["priority"] = False
    if place != case.home:
        return given
    mapped = case.wishes.fields.mapped()
    for part, wanted in mapped.items():
        ids = [id_ for id_, meta in screen.fields.items() if wanted in {id_, meta.name}]
        given |= dict.fromkeys(ids, part == "incident_summary")
    return given


def _must(screen: Screen) -> list[FieldMeta]:
    return [meta for meta in screen.fields.values() if meta.required and not meta.has_default]


def _unfilled(screen: Screen, given: Mapping[str, bool]) -> str:
    try:
        refuse_unfilled(screen, given)
    except RefusedError as error:
        return str(error)
    return ""


def _priorities(case: DoctorContext, place: Place) -> Iterator[Diagnosis]:
    subject = f"priorities {' / '.join(place)}"
    wanted = tuple(dict.fromkeys(name for name in case.wishes.priorities.values() if name))
    meta = case.screen(place).fields.get("priority")
    if not wanted:
        yield unknown(subject, "No priorities are set, so none are sent.")
    elif meta is None:
        advice = "Add Priority to the screen for creating issues, or set `jira: priorities: {}`."
        yield warning(subject, "Priority is not on the screen and is left out of every issue.", advice)
    else:
        allowed = {name.strip().casefold() for name in meta.allowed}
        absent = [name for name in wanted if name.casefold() not in allowed] if allowed else []
        if absent:
            advice = "Map the severities to priorities that are there, at `jira: priorities:`."
            yield fault(subject, f"Not there: {listed(absent)}. There are: {listed(meta.allowed)}.", advice)
        else:
            yield fine(subject, f"All are there: {listed(wanted)}.")


def _links(case: DoctorContext) -> Iterator[Diagnosis]:
    try:
        types = case.jira.link_types()
    except NotFoundError:
        yield warning(
            LINKS,
            "Links between issues are switched off, so no issue is linked to its incident or its postmortem.",
            "An administrator switches them on at Issue linking; without them everything else works.",
        )
        return
    names = [one.name for one in types]
    settings = {"link_type": case.wishes.link_type, "action_link_type": case.wishes.action_link_type}
    wrong = {setting: name for setting, name in settings.items() if name not in names}
    for setting, name in wrong.items():
        near = next((one for one in names if one.casefold() == name.casefold()), "")
        yield (warning if near else fault)(
            LINKS,
            f"There is no type of links {name!r} (`{setting}`). There are: {listed(names)}.",
            f"Set `jira: {setting}: {near or '...'}` to one of these.",
        )
    if not wrong:
        yield fine(LINKS, f"There: {listed(dict.fromkeys(settings.values()))}.")


def _missing(case: DoctorContext) -> Iterator[Diagnosis]:
    if not case.wishes.missing:
        yield unknown("jira: missing", "It is not set; `new --missing --from jira` looks at resolved issues.")
        return
    found = case.jira.search(case.wishes.missing, fields=("key",), limit=1)
    if found:
        yield fine("jira: missing", "The JQL is valid and finds something.")
    else:
        yield warning(
            "jira: missing",
            "The JQL is valid and finds nothing that this account may see.",
            "Try it in Jira's search; where it finds something there, this account lacks Browse Projects.",
        )
