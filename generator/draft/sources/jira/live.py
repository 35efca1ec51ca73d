"""An issue with all that belongs to it, asked of Jira part by part; a part that does not come is said to be missing.

The parts are put together as Jira's own exports are, so that one reader reads both.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from generator.clients.jira import Jira, JiraIssue
from generator.draft.sources.extract.json import dicts, dig, record, text
from generator.draft.sources.jira.fields import normal
from generator.draft.sources.jira.history import restricted
from generator.errors import RemoteError, TryLaterError, UnauthorisedError

T = TypeVar("T")
Json = Mapping[str, Any]

SEVERITY = "Severity"
_LINKED = ("summary", "status", "resolution", "assignee", "duedate", "priority", "issuetype")
_SHOWN = {"comment": "comments", "attachment": "attachments", "issuelinks": "linked issues"}
_SIDES = ("inwardIssue", "outwardIssue")


class Gathering:
    """The parts of one issue; `notes` say which of them are not whole, a sentence each.

    `wont_do` are the resolutions of work that will not be done.
    """

    def __init__(self, jira: Jira, issue: JiraIssue, wont_do: Collection[str]) -> None:
        self.notes: list[str] = []
        self._jira, self._issue = jira, issue
        self._wont_do = {name.casefold() for name in wont_do}
        self._stopped = ""

    def payload(self, names: Mapping[str, str], severity_field: str) -> dict[str, Any]:
        """The issue as an export holds it; `names` are those of its fields, by id."""
        issue, jira = self._issue, self._jira
        fields = dict(issue.fields)
        for id_, what in _SHOWN.items():
            if id_ not in fields:
                self.notes.append(
                    f"{what}: Jira does not show {issue.key}'s to this account; look at {jira.browse(issue.key)}"
                )
        fields["comment"] = {"comments": self._public(self._comments(fields))}
        self._with_linked(fields)
        payload = {**shell(jira, issue, fields), "names": dict(names)}
        changes = self._part("changelog", "changes of status, priority and assignee", jira.changelog)
        if changes is not None:
            payload["changelog"] = {"histories": [_with_severity(one, severity_field, names) for one in changes]}
        links = self._part("links", "links to pages, chats and other tools", jira.remote_links)
        payload["remotelinks"] = [{"object": {"url": one.url, "title": one.title}} for one in links or ()]
        payload["sla"] = list(self._part("service levels", "the times of service levels", jira.sla) or ())
        return payload

    def _part(self, part: str, lost: str, read: Callable[[str], T]) -> T | None:
        """One part, or None and a note; once Jira refuses us or wants to be left alone, it is asked no more."""
        problem = self._stopped
        if not problem:
            try:
                return read(self._issue.id)
            except RemoteError as error:
                problem = str(error).rstrip(".")
                if isinstance(error, (UnauthorisedError, TryLaterError)):
                    self._stopped = problem
        self.notes.append(
            f"{part}: incomplete, so {lost} may be missing; look at {self._jira.browse(self._issue.key)} ({problem})"
        )
        return None

    def _comments(self, fields: Json) -> list[Json]:
        """All comments, or those that came with the issue where the others did not."""
        found = self._part("comments", "what people wrote", self._jira.comments)
        return list(found) if found is not None else [*dicts(dig(fields.get("comment"), "comments"))]

    def _public(self, comments: list[Json]) -> list[Json]:
        """The comments that everybody who sees the issue may read; the others stay in Jira, and are counted."""
        public = [one for one in comments if not restricted(one)]
        if closed := len(comments) - len(public):
            told = "1 is internal and stays" if closed == 1 else f"{closed} are internal and stay"
            self.notes.append(f"comments: {told} in Jira; nothing of it was copied")
        return public

    def _with_linked(self, fields: dict[str, Any]) -> None:
        """Complete the linked issues, of which an issue itself tells neither owner, due date nor resolution."""
        links, subtasks = dicts(fields.get("issuelinks")), dicts(fields.get("subtasks"))
        others = [record(link.get(side)) for link in links for side in _SIDES] + subtasks
        ids = [id_ for other in others if (id_ := text(other.get("id")) or text(other.get("key")))]
        if not ids:
            return
        lost = "owners and due dates of follow-up tickets"
        fetched = self._part("linked issues", lost, lambda _: self._jira.issues(ids, fields=_LINKED))
        if fetched is None:
            return

        def whole(other: Json) -> Json:
            found = fetched.asked.get(text(other.get("id")) or text(other.get("key")))
            return {**other, "key": found.key, "fields": self._known(found)} if found else other

        fields["subtasks"] = [whole(one) for one in subtasks]
        fields["issuelinks"] = [
            {**link, **{side: whole(record(link[side])) for side in _SIDES if side in link}} for link in links
        ]

    def _known(self, issue: JiraIssue) -> Json:
        """The fields of a linked issue, with the one word for all resolutions that mean that it will not be done."""
        refused = issue.resolution.casefold() in self._wont_do
        return {**issue.fields, "resolution": {"name": "Won't Do"}} if refused else issue.fields


def shell(jira: Jira, issue: JiraIssue, fields: Json) -> dict[str, Any]:
    """An issue as an export holds it, with the address of the site that people open."""
    return {"id": issue.id, "key": issue.key, "self": f"{jira.site}/rest/api/2/issue/{issue.id}", "fields": fields}


def rated(fields: Json, severity_field: str) -> dict[str, Any]:
    """The fields with the value of the configured one as the severity, if it has one."""
    value = fields.get(severity_field) if severity_field else None
    if value in (None, "", [], {}):
        return dict(fields)
    kept = {id_: one for id_, one in fields.items() if id_ != severity_field or not id_.startswith("customfield_")}
    return {**kept, "severity": value}


def _with_severity(change: Json, severity_field: str, names: Mapping[str, str]) -> Json:
    """A change, with the configured field under the name by which changes of the severity are known."""
    if not severity_field:
        return change
    called = {normal(name) for name in (severity_field, names.get(severity_field, "")) if name}
    items = [
        {**item, "field": SEVERITY}
        if item.get("fieldId") == severity_field or normal(text(item.get("field"))) in called
        else item
        for item in dicts(change.get("items"))
    ]
    return {**change, "items": items}
