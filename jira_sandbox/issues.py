"""Issues: made, changed and removed whole or not at all."""

from collections.abc import Mapping
from typing import Any

from jira_sandbox import events, present
from jira_sandbox.comments import add_comment
from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.field_rules import RULES, fields_with
from jira_sandbox.issue_fields import NOT_THERE, Setting, parts, read_setting
from jira_sandbox.issue_links import add_link_of
from jira_sandbox.project_values import default_priority
from jira_sandbox.properties import checked_properties
from jira_sandbox.site import Site
from jira_sandbox.workflow import available


def create(site: Site, request: Request) -> Answer:
    """`POST /issue`: fields, `update`, and properties in one."""
    return Answer(201, _created(site, make(site, request.user, request.object())))


def create_many(site: Site, request: Request) -> Answer:
    """`POST /issue/bulk`: each by itself; 201 where at least one was made."""
    wanted = request.object().get("issueUpdates")
    if not isinstance(wanted, list) or not wanted or len(wanted) > 50:
        raise RefusedError(400, "issueUpdates must be a list of 1 to 50 issues.")
    made, errors = [], []
    for number, one in enumerate(wanted):
        try:
            with site.store.transaction():
                made.append(_created(site, make(site, request.user, one if isinstance(one, dict) else {})))
        except RefusedError as refused:
            errors.append({"status": refused.status, "elementErrors": refused.body, "failedElementNumber": number})
    return Answer(201 if made else 400, {"issues": made, "errors": errors})


def _created(site: Site, issue: Json) -> Json:
    return {"id": issue["id"], "key": issue["key"], "self": site.address(f"/issue/{issue['id']}")}


def make(site: Site, user: Json | None, body: Mapping[str, Any]) -> Json:
    """Make an issue as `user` asks for it."""
    fields, update = parts(body)
    project, issuetype = _place(site, user, fields)
    # A refused issue uses up its number, too.
    key = site.next_key(project)
    setting = read_setting(site, project["id"], issuetype, "create", fields=fields, update=update, user=user)
    properties = checked_properties(body.get("properties", []))
    setting.refuse()
    now, author = site.clock.stamp(), user["id"] if user else None
    issue = blank(site, key, project=project["id"], issuetype=issuetype, now=now, author=author)
    issue["fields"] |= setting.values
    issue["properties"] = properties
    site.store.put("issue", issue["id"], issue)
    site.store.put("key", key, {"issue": issue["id"]})
    _more(site, user, issue["id"], setting)
    events.issue(site, "created", issue["id"], user)
    return site.of("issue", issue["id"])


def blank(site: Site, key: str, *, project: str, issuetype: str, now: str, author: str | None) -> Json:
    """A new issue in the first status of its workflow."""
    place = site.of("project", project)
    first = place["workflow"][0]
    return {
        "id": str(site.store.next("issue", 10_001)),
        "key": key,
        "project": project,
        "issuetype": issuetype,
        "status": first,
        "created": now,
        "updated": now,
        "resolutiondate": None,
        "statuscategorychangedate": now,
        "hidden": False,
        "archived": False,
        "fields": {
            "priority": default_priority(site, place),
            "reporter": None if place.get("no_reporter") else author,
            "creator": author,
            "labels": [],
        },
        "properties": {},
        "comments": [],
        "attachments": [],
        "changelog": [],
        "sla": [],
    }


def read(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/{issue}`."""
    issue = site.issue(name, request.user)
    shown = present.issue_shown(
        site,
        issue,
        fields=request.several("fields") or ["*all"],
        expand=request.several("expand"),
        properties=request.several("properties"),
    )
    if "transitions" in request.several("expand"):
        shown["transitions"] = available(site, request.user, issue, with_fields=False)
    return Answer(body=shown)


def edit(site: Site, request: Request, name: str) -> Answer:
    """`PUT /issue/{issue}`."""
    issue = site.issue(name, request.user)
    change(site, request.user, issue, request.object())
    if request.flag("returnIssue", default=False) and site.cloud:
        return Answer(200, present.issue_shown(site, site.of("issue", issue["id"])))
    return Answer(204)


def change(site: Site, user: Json | None, issue: Json, body: Mapping[str, Any]) -> None:
    """Change an issue as `user` asks for it, and write its history."""
    fields, update = parts(body)
    editable(site, user, issue)
    kind = issue["issuetype"]
    setting = read_setting(site, issue["project"], kind, "edit", fields=fields, update=update, user=user, issue=issue)
    properties = checked_properties(body.get("properties", []))
    setting.refuse()
    copy = site.change(issue)
    events.apply(site, user, copy, setting.values)
    copy["properties"] |= properties
    _more(site, user, issue["id"], setting)
    events.issue(site, "updated", issue["id"], user)


def editable(site: Site, user: Json | None, issue: Json) -> None:
    """Refuse where an issue cannot be changed, or not by `user`."""
    if issue["archived"]:
        raise RefusedError(400, "You can't edit this issue because it is archived or its workflow does not allow it.")
    text = "You do not have permission to edit issues in this project."
    site.require(user, "EDIT_ISSUES", issue["project"], text)


def assign(site: Site, request: Request, name: str) -> Answer:
    """`PUT /issue/{issue}/assignee`: null takes the assignee away."""
    issue = site.issue(name, request.user)
    text = "You do not have permission to assign issues."
    site.require(request.user, "ASSIGN_ISSUES", issue["project"], text)
    body = request.object()
    setting = Setting({"assignee"}, {}, site.of("project", issue["project"]), request.user)
    setting.read(site, site.of("field", "assignee"), body)
    rules = {rule: fields_with(site, issue["project"], issue["issuetype"], rule) for rule in RULES}
    if "assignee" in rules["hidden"]:
        setting.errors["assignee"] = NOT_THERE.format("assignee")
    setting.refuse()
    if "assignee" in rules["dropped"]:
        return Answer(204)
    copy = site.change(issue)
    events.apply(site, request.user, copy, setting.values)
    events.issue(site, "updated", issue["id"], request.user, kind="issue_assigned")
    return Answer(204)


def remove(site: Site, request: Request, name: str) -> Answer:
    """`DELETE /issue/{issue}`."""
    issue = site.issue(name, request.user)
    text = "You do not have permission to delete issues in this project."
    site.require(request.user, "DELETE_ISSUES", issue["project"], text)
    forget(site, issue, request.user)
    return Answer(204)


def forget(site: Site, issue: Json, user: Json | None) -> None:
    """Remove an issue and all that is attached to it."""
    events.issue(site, "deleted", issue["id"], user)
    for link in site.store.all("link"):
        if issue["id"] in {link["inwardIssue"], link["outwardIssue"]}:
            site.store.remove("link", link["id"])
    for link in site.store.all("remote_link"):
        if link["issue"] == issue["id"]:
            site.store.remove("remote_link", link["id"])
    site.store.remove("issue", issue["id"])


def fetch_many(site: Site, request: Request) -> Answer:
    """`POST /issue/bulkfetch`: up to 100 issues by id or key, in the order of their ids; what cannot be seen is left out without a word.

    An error beside the others is told of an issue that cannot be read for the moment.
    """
    body = request.object()
    wanted = body.get("issueIdsOrKeys")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, str) for one in wanted):
        raise RefusedError(400, "issueIdsOrKeys must be a non-empty list of issue ids or keys.")
    if len(wanted) > 100:
        raise RefusedError(400, "The number of issues requested exceeds the limit of 100.")
    found, missing = {}, []
    for name in wanted:
        try:
            issue = site.issue(name, request.user)
        except RefusedError:
            continue
        if issue["key"] in site.unreadable:
            missing.append({"id": issue["id"], "errorMessage": "The issue could not be fetched. Try again later."})
            continue
        found[issue["id"]] = present.issue_shown(
            site,
            issue,
            fields=body.get("fields") or ["*navigable"],
            expand=body.get("expand") or [],
            properties=body.get("properties") or [],
        )
    return Answer(
        body={
            "expand": present.EXPANDS,
            "issues": sorted(found.values(), key=lambda one: int(one["id"])),
            "issueErrors": missing,
        }
    )


def _place(site: Site, user: Json | None, fields: Json) -> tuple[Json, str]:
    wanted = fields.get("project")
    name = str(wanted.get("key") or wanted.get("id") or "") if isinstance(wanted, dict) else ""
    project = site.by("project", name, "key") or site.store.get("project", name)
    if project is None or not site.may(user, "BROWSE_PROJECTS", project["id"]):
        missing = "Specify a valid project ID or key" if site.cloud else "project is required"
        raise RefusedError(400, errors={"project": missing if site.cloud or not name else "valid project is required"})
    text = "You do not have permission to create issues in this project."
    site.require(user, "CREATE_ISSUES", project["id"], text, 400)
    wanted = fields.get("issuetype")
    wanted = wanted if isinstance(wanted, dict) else {}
    for one in project["issuetypes"]:
        if wanted.get("id") == one or ("id" not in wanted and wanted.get("name") == site.of("issuetype", one)["name"]):
            return project, one
    missing = "Specify an issue type" if site.cloud else "issue type is required"
    raise RefusedError(400, errors={"issuetype": "Specify a valid issue type" if wanted else missing})


def _more(site: Site, user: Json | None, name: str, setting: Setting) -> None:
    for link in setting.links:
        add_link_of(site, user, name, link)
    for comment in setting.comments:
        add_comment(site, user, name, comment)
