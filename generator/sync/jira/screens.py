"""What the project lets us fill in: issue types, the fields of their screens, and which of them take which part."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from generator.clients.jira import FieldMeta, Jira, JiraField
from generator.clients.jira.fields import resolve
from generator.errors import RefusedError, UsageError
from generator.settings.jira import JiraSettings
from generator.sync.plan.texts import DESCRIPTION

# Fields that Jira fills in by itself.
_GIVEN = frozenset({"project", "issuetype", "reporter"})


@dataclass(frozen=True, slots=True)
class Screen:
    """The create screen of one issue type in one project."""

    project: str
    type_id: str
    type_name: str
    fields: Mapping[str, FieldMeta]

    @property
    def name(self) -> str:
        """How people find it."""
        return f"{self.project} / {self.type_name}"


class Screens:
    """The screens and fields of a Jira, each asked for once in a run; safe to use from several threads."""

    def __init__(self, jira: Jira, settings: JiraSettings) -> None:
        self._jira, self._settings = jira, settings
        self._lock = threading.Lock()
        self._screens: dict[tuple[str, str], Screen] = {}
        self._editable: dict[str, frozenset[str]] = {}
        self._ids: dict[str, str] = {}
        self._fields: tuple[JiraField, ...] = ()

    def of(self, project: str, issue_type: str) -> Screen:
        """The create screen of an issue type, by its name or id.

        Raises UsageError where the project has no such type, or only as a sub-task, and NotFoundError for the project.
        """
        with self._lock:
            if (project, issue_type) not in self._screens:
                self._screens[project, issue_type] = self._read(project, issue_type)
            return self._screens[project, issue_type]

    def editable(self, screen: Screen, issue: str) -> frozenset[str]:
        """The ids of the fields on the edit screen of this issue, which is asked for once for its project and type."""
        with self._lock:
            if screen.name not in self._editable:
                self._editable[screen.name] = frozenset(self._jira.edit_fields(issue))
            return self._editable[screen.name]

    def field_of(self, part: str) -> str:
        """The id of the field that takes a part: its own, or the description."""
        wanted = self._settings.fields.mapped().get(part, "")
        if part == DESCRIPTION or not wanted:
            return DESCRIPTION
        with self._lock:
            if part not in self._ids:
                self._fields = self._fields or self._jira.fields()
                self._ids[part] = resolve(wanted, self._fields).id
            return self._ids[part]

    def _read(self, project: str, issue_type: str) -> Screen:
        if not project:
            raise UsageError("jira: `project` (JIRA_POSTMORTEM_PROJECT_KEY) is not set, so nothing can be created.")
        types = self._jira.issue_types(project)
        found = next((t for t in types if issue_type in {t.id, t.name}), None)
        found = found or next((t for t in types if t.name.casefold() == issue_type.casefold()), None)
        if found is None or found.subtask:
            known = ", ".join(t.name for t in types if not t.subtask) or "none that this account may create"
            why = "is a sub-task there, which cannot stand alone" if found else "is no issue type there"
            raise UsageError(f"Project {project}: {issue_type!r} {why}. It has: {known}. Set `jira: issue_type:`.")
        return Screen(project, found.id, found.name, self._jira.create_fields(project, found.id))


def refuse_unfilled(screen: Screen, given: Mapping[str, object]) -> None:
    """Raise RefusedError for a field that must be filled in and that nothing here fills in, before anything is sent."""
    empty = [
        meta
        for meta in screen.fields.values()
        if meta.required and not meta.has_default and meta.id not in given and meta.id not in _GIVEN
    ]
    if empty:
        names = ", ".join(f"{meta.name} ({meta.id})" for meta in empty)
        raise RefusedError(
            f"{screen.name} wants {names} filled in, which a postmortem has nothing for. Give it a default value there,"
            " make it optional, or choose another issue type.",
            400,
        )
