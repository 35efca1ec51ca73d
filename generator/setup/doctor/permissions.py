"""What this account may do in the projects."""

from collections.abc import Iterator
from functools import partial

from generator.setup.doctor.archive_checks import listed
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, fault, fine, warning

# Without these nothing can be kept there.
_NEEDED = {"BROWSE_PROJECTS": "Browse Projects", "CREATE_ISSUES": "Create Issues", "EDIT_ISSUES": "Edit Issues"}
# Without these something is left out, with what that is.
_WISHED = {
    "ASSIGN_ISSUES": "nobody is assigned",
    "LINK_ISSUES": "issues are not linked to each other",
    "TRANSITION_ISSUES": "issues are not moved when a postmortem's status changes",
}
_DELETE = {"DELETE_ISSUES": "Delete Issues"}


def named(project: str) -> str:
    """The permissions in a project as a subject."""
    return f"permissions {project}"


def examinations(case: DoctorContext, *, end_to_end: bool) -> Iterator[Examination]:
    """One for each project; deleting is needed for trying things out alone."""
    for project in case.projects:
        extra = _DELETE if end_to_end and project == case.wishes.project else {}
        yield Examination(
            named(project),
            partial(_project, project=project, needed={**_NEEDED, **extra}),
            (f"project {project}",),
        )


def _project(case: DoctorContext, project: str, needed: dict[str, str]) -> Iterator[Diagnosis]:
    have = case.jira.permissions(project, names=(*needed, *_WISHED))
    advice = f"An administrator of {project} gives them to this account, by a role or in the permission scheme."
    lacking = [f"{title} ({name})" for name, title in needed.items() if not have.get(name)]
    if lacking:
        yield fault(named(project), f"This account lacks: {listed(lacking)}.", advice)
    left_out = [f"{name} ({what})" for name, what in _WISHED.items() if not have.get(name)]
    if left_out:
        yield warning(named(project), f"This account lacks: {listed(left_out)}.", advice)
    if not (lacking or left_out):
        yield fine(named(project), f"This account may do all that is needed ({len(have)} permissions).")
