"""What a Jira is made of: fields, issue types, screens, projects and permissions."""

from collections.abc import Collection, Mapping

from generator.clients.jira.calls import JiraCalls, issue_reference
from generator.clients.jira.dialects import JiraDialect
from generator.clients.jira.model import FieldMeta, IssueType, JiraField
from generator.clients.jira.paging import by_offset
from generator.clients.jira.reading import Raw, field_from, issue_type_from, mapping, meta_from


class JiraMetadata:
    """What is asked about a Jira itself."""

    _calls: JiraCalls
    _dialect: JiraDialect

    def server_info(self) -> Raw:
        """Its version, kind (`deploymentType`) and clock."""
        return self._calls.read("serverInfo")

    def fields(self) -> tuple[JiraField, ...]:
        """All fields of the site."""
        return tuple(field_from(one) for one in self._calls.read_list("field"))

    def project(self, key: str) -> Raw:
        """A project. Raises NotFoundError."""
        return self._calls.read("project", key)

    def issue_types(self, project: str) -> tuple[IssueType, ...]:
        """The types of issues that this account can create in a project."""
        path = self._calls.path("issue", "createmeta", project, "issuetypes")
        return tuple(
            issue_type_from(one) for one in by_offset(lambda at: self._calls.page(path, at, "issueTypes", "values"))
        )

    def create_fields(self, project: str, issue_type_id: str) -> Mapping[str, FieldMeta]:
        """The fields of the screen that creates an issue of a type, by their ids."""
        path = self._calls.path("issue", "createmeta", project, "issuetypes", issue_type_id)
        found = (meta_from(one) for one in by_offset(lambda at: self._calls.page(path, at, "fields", "values")))
        return {meta.id: meta for meta in found}

    def edit_fields(self, id_: str) -> Mapping[str, FieldMeta]:
        """The fields of the screen that edits an issue, by their ids; none where it cannot be edited."""
        raw = self._calls.read("issue", issue_reference(id_), "editmeta").get("fields")
        return {str(one): meta_from(mapping(meta, "a field"), str(one)) for one, meta in mapping(raw, "fields").items()}

    def permissions(
        self, project: str | None = None, issue: str | None = None, names: Collection[str] = ()
    ) -> Mapping[str, bool]:
        """Which of the permissions this account has: at all, in a project, or for an issue (id or key)."""
        query: dict[str, object] = {**self._dialect.permissions_query(names), "projectKey": project}
        if issue is not None:
            query["issueKey" if not issue.isdecimal() else "issueId"] = issue_reference(issue)
        known = mapping(self._calls.read("mypermissions", query=query).get("permissions"), "the permissions")
        return {name: mapping(known.get(name, {}), name).get("havePermission") is True for name in names}
