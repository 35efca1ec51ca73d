"""What an administrator of a Jira sets up: fields, projects, screens, field configurations, schemes and workflows."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jira_sandbox import fields
from jira_sandbox.exchange import Json
from jira_sandbox.field_rules import RULES, Rule, put_rule
from jira_sandbox.lookup import Lookup
from jira_sandbox.project_values import EPIC_LEVEL, LISTS, add_entry
from jira_sandbox.screens import put_screen
from jira_sandbox.world import add_project, add_transition, add_type


class Administration(Lookup):
    """Fields may be named by id or name; `project` is a key, all projects where it is empty; `issuetype` a name, else all of them."""

    def add_project(
        self,
        key: str,
        name: str = "",
        *,
        screens: Mapping[str, list[str]],
        kind: str = "software",
        team_managed: bool = False,
    ) -> None:
        """Make a project with the fields of its issue types; `kind="service_desk"` has SLAs.

        A team-managed one, which is Cloud's, has issue types and statuses of its own, though they be called as others are.
        """
        if team_managed and not self.site.cloud:
            raise ValueError("Data Center has no team-managed projects.")
        with self.site.store.transaction():
            add_project(self.site, key, name or key, screens, kind=kind, team_managed=team_managed)

    def add_field(
        self,
        name: str,
        kind: str,
        *,
        id: str = "",  # noqa: A002 - Jira's word
        options: Iterable[str] = (),
        project: str = "",
    ) -> str:
        """Make a custom field, of all projects or of a team-managed one; its id."""
        scope = self.site.project(project)["id"] if project else ""
        return str(fields.add_field(self.site, name, kind, id=id, options=tuple(options), project=scope)["id"])

    def add_epics(self, project: str) -> str:
        """Let a project have epics; the id of the field by which its other issues name theirs.

        That is `parent` on Cloud, and on Data Center the custom field Epic Link, beside an Epic Name that epics require.
        """
        place = self.site.project(project)
        with self.site.store.transaction():
            name: list[str] = []
            link = "parent"
            if not self.site.cloud:
                agile = {one["kind"]: str(one["id"]) for one in self.site.store.all("field")}
                name = [agile.get("gh-epic-label") or self.add_field("Epic Name", "gh-epic-label")]
                link = agile.get("gh-epic-link") or self.add_field("Epic Link", "gh-epic-link")
            self.add_field_to_screen(link, project=project)
            epic = add_type(self.site, "Epic", scope=place["id"] if place.get("team_managed") else "", level=EPIC_LEVEL)
            self.site.store.edit("project", place["id"])["issuetypes"].append(epic)
            for operation in ("create", "edit"):
                plain = ["summary", "description", "labels", "priority", "assignee", "reporter"]
                put_screen(self.site, place["id"], epic, operation, fields=[*plain, *name], required=name)
        return link

    def add_to_project(self, project: str, kind: str, name: str) -> str:
        """Give a project a `component`, `version` or `securitylevel`; its id."""
        if kind not in LISTS:
            raise ValueError(f"A project has no {kind!r}; it has {', '.join(LISTS)}.")
        with self.site.store.transaction():
            return str(add_entry(self.site, self.site.project(project)["id"], kind, name)["id"])

    def set_priorities(self, names: Iterable[str], *, project: str = "", unnamed: bool = False) -> None:
        """Let a project have only these priorities; with `unnamed`, its screens offer all the same, and a refusal names no field."""
        scheme = [self.named("priority", name)["id"] for name in names]
        self._projects_edited(project, priorities=scheme, priority_unnamed=unnamed)

    def no_default_reporter(self, *, project: str = "", required: bool = False) -> None:
        """Let issues have no reporter where none is named; where one is `required`, they are refused."""
        self._projects_edited(project, no_reporter=True)
        if required:
            self.require_field("reporter", project=project)

    def set_field_rule(
        self, field: str, rule: Rule, *, project: str = "", issuetype: str = "", holds: bool = True
    ) -> None:
        """Let a field be `hidden`, `left-out` of answers, or its values `dropped`; see `field_rules`."""
        if rule not in RULES:
            raise ValueError(f"{rule!r} is no rule of a field; there are {', '.join(RULES)}.")
        name = self.named("field", field)["id"]
        with self.site.store.transaction():
            for place in self._projects(project):
                for one in place["issuetypes"]:
                    if issuetype in {"", self.site.of("issuetype", one)["name"]}:
                        put_rule(self.site, place["id"], one, name, rule, holds=holds)

    def remove_field_from_screen(
        self, field: str, *, project: str = "", operations: Iterable[str] = ("create", "edit")
    ) -> None:
        """Take a field (id or name) off the screens, of all projects or one."""
        self._screens(
            field, project, operations, lambda page, name: page.update(fields=[x for x in page["fields"] if x != name])
        )

    def add_field_to_screen(
        self, field: str, *, project: str = "", operations: Iterable[str] = ("create", "edit")
    ) -> None:
        """Put a field on the screens, of all projects or one."""
        self._screens(
            field, project, operations, lambda page, name: page.update(fields=[*dict.fromkeys([*page["fields"], name])])
        )

    def require_field(self, field: str, *, project: str = "", operations: Iterable[str] = ("create",)) -> None:
        """Make a field required that is on a screen."""
        self._screens(
            field,
            project,
            operations,
            lambda page, name: page.update(required=[*dict.fromkeys([*page["required"], name])]),
        )

    def transition_screen(
        self, name: str, *, fields: Iterable[str], required: Iterable[str] = (), project: str = ""
    ) -> None:
        """Let the transition of this name ask for fields, such as `resolution`."""
        number = self.named("transition", name)["id"]
        for place in self._projects(project):
            for one in place["issuetypes"]:
                put_screen(
                    self.site, place["id"], one, f"transition-{number}", fields=list(fields), required=list(required)
                )

    def set_workflow(self, transitions: Iterable[tuple[str, str, str]]) -> None:
        """Allow these transitions only, in all projects but team-managed ones: (status before, or empty for any; name; status after)."""
        with self.site.store.transaction():
            for one in self.site.store.all("transition"):
                if not self.site.of("status", one["to"]).get("scope"):
                    self.site.store.remove("transition", one["id"])
            for number, (before, name, after) in enumerate(transitions, 1):
                start = [self.named("status", before)["id"]] if before else []
                add_transition(self.site, f"{number}1", name, self.named("status", after)["id"], start)

    def _projects(self, project: str) -> list[Json]:
        return [self.site.project(project)] if project else self.site.store.all("project")

    def _projects_edited(self, project: str, **values: Any) -> None:
        with self.site.store.transaction():
            for place in self._projects(project):
                self.site.store.edit("project", place["id"]).update(values)

    def _screens(
        self, field: str, project: str, operations: Iterable[str], change: Callable[[Json, str], None]
    ) -> None:
        name = self.named("field", field)["id"]
        with self.site.store.transaction():
            for place in self._projects(project):
                for one in place["issuetypes"]:
                    for operation in operations:
                        change(self.site.store.edit("screen", f"{place['id']}/{one}/{operation}"), name)
