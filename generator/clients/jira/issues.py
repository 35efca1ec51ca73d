"""Issues: reading, finding, creating and changing them, and their properties."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.clients.http import Response
from generator.clients.jira.calls import JiraCalls, is_reference, issue_reference
from generator.clients.jira.dialects import JiraDialect
from generator.clients.jira.model import Created, Fetched, JiraIssue, JiraUser
from generator.clients.jira.reading import issue_from, property_from
from generator.errors import NotFoundError, OutcomeUnknownError, RemoteError

_BATCH = 100
_SINGLY = 20
_KEY = ["key"]  # without any field, a search on Cloud tells ids alone
_REPEATED = {"comment", "worklog", "attachment"}  # adding one of these twice is not the same as once


class JiraIssues:
    """What is done with issues."""

    _calls: JiraCalls
    _dialect: JiraDialect

    def issue(
        self, id_or_key: str, *, fields: Sequence[str], properties: Sequence[str] = (), expand: Sequence[str] = ()
    ) -> JiraIssue:
        """An issue as it is now; a moved one answers to its old key, with its new. Raises NotFoundError."""
        query = {"fields": list(fields) or _KEY, "properties": list(properties) or None, "expand": list(expand) or None}
        return issue_from(self._calls.read("issue", issue_reference(id_or_key), query=query))

    def issues(
        self, ids: Iterable[str], *, fields: Sequence[str], properties: Sequence[str] = (), probe: bool = False
    ) -> Fetched:
        """Several issues as they are now, by ids or keys, in few requests.

        What a batch leaves out is asked for singly before it is called missing, until twenty in a row are really gone
        and a batch of the rest finds nothing of them either. With `probe`, what a batch leaves out is missing, which
        is enough for keys that nobody has seen yet.
        """
        wanted = tuple(dict.fromkeys(ids))
        usable = [ref for ref in wanted if is_reference(ref)]
        asked: dict[str, JiraIssue] = {}
        if self._dialect.batches(properties):
            for at in range(0, len(usable), _BATCH):
                some = usable[at : at + _BATCH]
                asked |= self._batch(some, fields, properties)[0] if probe else self._together(some, fields, properties)
        else:
            asked = self._singly(usable, fields, properties)
        by_id = {asked[ref].id: asked[ref] for ref in wanted if ref in asked}
        return Fetched(tuple(by_id.values()), tuple(ref for ref in wanted if ref not in asked), asked)

    def search(
        self, jql: str, *, fields: Sequence[str], properties: Sequence[str] = (), limit: int | None = None
    ) -> tuple[JiraIssue, ...]:
        """The issues that a query finds, each once. The index lags: what was just written may be missing."""
        raw = self._dialect.search(self._calls, jql, list(fields) or _KEY, properties, limit)
        return tuple(issue_from(one) for one in raw)

    def create(
        self,
        fields: Mapping[str, Any],
        *,
        properties: Mapping[str, Any] | None = None,
        update: Mapping[str, Any] | None = None,
    ) -> Created:
        """Create an issue, once. Raises OutcomeUnknownError where it may exist now and must be looked for."""
        body = self._body(fields, update, properties)
        answer = self._calls.write("POST", "issue", body=body, safe=False)
        return _created(answer)

    def edit(
        self,
        id_: str,
        *,
        fields: Mapping[str, Any] | None = None,
        update: Mapping[str, Any] | None = None,
        properties: Mapping[str, Any] | None = None,
    ) -> None:
        """Change an issue in one request."""
        body = self._body(fields, update, properties)
        self._calls.write(
            "PUT", "issue", issue_reference(id_), body=body, safe=not _REPEATED.intersection(update or {})
        )

    def delete(self, id_: str) -> None:
        """Delete an issue."""
        self._calls.write("DELETE", "issue", issue_reference(id_), safe=False)

    def assign(self, id_: str, account: JiraUser | None) -> None:
        """Give an issue to somebody, or to nobody."""
        user = dict.fromkeys(self._dialect.user(JiraUser("", ""))) if account is None else self.user(account)
        self._calls.write("PUT", "issue", issue_reference(id_), "assignee", body=user)

    def user(self, account: JiraUser) -> dict[str, str]:
        """A user as the value of a field."""
        return self._dialect.user(account)

    def property(self, id_: str, name: str) -> Any:
        """An issue's property, or None where it has none. Raises NotFoundError where there is no such issue."""
        try:
            raw = self._calls.read("issue", issue_reference(id_), "properties", name)
            return property_from(raw.get("value"))
        except NotFoundError:
            self.issue(id_, fields=())
            return None

    def set_property(self, id_: str, name: str, value: object) -> None:
        """Set an issue's property."""
        self._calls.write("PUT", "issue", issue_reference(id_), "properties", name, body=value)

    def _body(
        self,
        fields: Mapping[str, Any] | None,
        update: Mapping[str, Any] | None,
        properties: Mapping[str, Any] | None,
    ) -> dict[str, Any]:
        """The body that creates or changes an issue."""
        body: dict[str, Any] = {"fields": dict(fields or {})}
        if update:
            body["update"] = dict(update)
        if properties:
            value = self._dialect.property_value
            body["properties"] = [{"key": key, "value": value(held)} for key, held in properties.items()]
        return body

    def _together(self, refs: Sequence[str], fields: Sequence[str], properties: Sequence[str]) -> dict[str, JiraIssue]:
        """The issues of a batch, by what was asked; an old key of a moved issue costs a request of its own."""
        asked, _ = self._batch(refs, fields, properties)
        left = [ref for ref in refs if ref not in asked]
        while left:
            some, left = left[:_SINGLY], left[_SINGLY:]
            asked |= (found := self._singly(some, fields, properties))
            if left and not found:
                again, none_left = self._batch(left, fields, properties)
                if none_left:
                    break
                asked |= again
                left = [ref for ref in left if ref not in again]
        return asked

    def _batch(
        self, refs: Sequence[str], fields: Sequence[str], properties: Sequence[str]
    ) -> tuple[dict[str, JiraIssue], bool]:
        """What one request finds by the ids and keys asked for, and whether it says that there is none of them."""
        raw, complete = self._dialect.batch(self._calls, refs, list(fields) or _KEY, properties)
        found = [issue_from(one) for one in raw]
        known = {issue.id: issue for issue in found} | {issue.key.upper(): issue for issue in found}
        return {ref: known[ref.upper()] for ref in refs if ref.upper() in known}, complete and not found

    def _singly(self, refs: Sequence[str], fields: Sequence[str], properties: Sequence[str]) -> dict[str, JiraIssue]:
        found = {}
        for ref in refs:
            try:
                found[ref] = self.issue(ref, fields=fields, properties=properties)
            except NotFoundError:
                continue  # told by its absence
        return found


def _created(answer: Response) -> Created:
    try:
        raw = answer.json()
    except RemoteError:
        raw = None
    if isinstance(raw, Mapping) and raw.get("id") and raw.get("key"):
        return Created(str(raw["id"]), str(raw["key"]))
    raise OutcomeUnknownError(
        f"{answer.where} was done, but the answer does not name the issue; it must be looked for."
    )
