"""How the API shows an issue: its fields in the asked selection, and what is expanded."""

from collections.abc import Collection
from typing import Any

from jira_sandbox import field_values
from jira_sandbox.exchange import Json
from jira_sandbox.field_rules import fields_with
from jira_sandbox.fields import NOT_NAVIGABLE, is_rich, schema, scope_shown
from jira_sandbox.people import user_of
from jira_sandbox.rich_html import to_html
from jira_sandbox.screens import meta, named_shown, project_link, screen, type_shown
from jira_sandbox.site import Site

EXPANDS = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"
CATEGORIES = {
    "undefined": (1, "medium-gray", "No Category"),
    "new": (2, "blue-gray", "To Do"),
    "done": (3, "green", "Done"),
    "indeterminate": (4, "yellow", "In Progress"),
}


# Keys that an issue has only where it has a value.
WHERE_SET = {"parent", "security", "versions"}


def issue_shown(
    site: Site,
    issue: Json,
    *,
    fields: Collection[str] = ("*all",),
    expand: Collection[str] = (),
    properties: Collection[str] = (),
) -> Json:
    """An issue with the fields that are asked for (`*all`, `*navigable`, ids, `-id` takes one away)."""
    shown: Json = {
        "expand": EXPANDS,
        "id": issue["id"],
        "self": site.address(f"/issue/{issue['id']}"),
        "key": issue["key"],
    }
    names = selection(site, issue, fields)
    shown["fields"] = {name: field_shown(site, issue, name) for name in names}
    if properties:
        kept = issue["properties"]
        shown["properties"] = {
            name: kept[name] for name in (kept if "*all" in properties else properties) if name in kept
        }
    known = [site.of("field", name) for name in names]
    if "names" in expand:
        shown["names"] = {field["id"]: field["name"] for field in known}
    if "schema" in expand:
        shown["schema"] = {field["id"]: schema(field) for field in known}
    if "changelog" in expand:
        shown["changelog"] = changelog_shown(site, issue)
    if "editmeta" in expand:
        project, issuetype = site.of("project", issue["project"]), site.of("issuetype", issue["issuetype"])
        shown["editmeta"] = {"fields": meta(site, project, issuetype, "edit")}
    if "renderedFields" in expand:
        shown["renderedFields"] = {
            field["id"]: to_html(issue["fields"].get(field["id"])) if is_rich(field) else None for field in known
        }
    return shown


def selection(site: Site, issue: Json, wanted: Collection[str]) -> list[str]:
    """The ids of the fields that a request means, in a fixed order; what nobody knows is left out."""
    custom = [
        field["id"]
        for field in site.store.all("field")
        if field["kind"] and (field["id"] in issue["fields"] or _in_use(site, issue, field["id"]))
    ]
    system = [field["id"] for field in site.store.all("field") if not field["kind"]]
    every = [*system, *custom]
    chosen: set[str] = set()
    for name in wanted:
        if name == "*all":
            chosen |= set(every)
        elif name == "*navigable":
            chosen |= set(every) - NOT_NAVIGABLE
        elif name.startswith("-"):
            # "-comment" alone means everything but comments
            chosen = (chosen or set(every)) - {name[1:]}
        else:
            chosen.add(name)
    return [name for name in every if name in chosen and _has_key(site, issue, name)]


def _has_key(site: Site, issue: Json, name: str) -> bool:
    """Whether an issue's answer has a key for a field that was asked for."""
    if name in fields_with(site, issue["project"], issue["issuetype"], "hidden", "left-out"):
        return False
    return name not in WHERE_SET or bool(issue["fields"].get(name))


def _in_use(site: Site, issue: Json, name: str) -> bool:
    return any(
        name in screen(site, issue["project"], issue["issuetype"], operation)["fields"]
        for operation in ("create", "edit")
    )


def field_shown(site: Site, issue: Json, name: str) -> Any:
    """The value of one field."""
    if name == "project":
        return project_link(site, site.of("project", issue["project"]))
    if name == "issuetype":
        return type_shown(site, site.of("issuetype", issue["issuetype"]))
    if name == "status":
        return status_shown(site, site.of("status", issue["status"]))
    if name in {"created", "updated", "resolutiondate", "statuscategorychangedate"}:
        return site.shown(issue[name])
    if name == "issuelinks":
        return links_shown(site, issue)
    if name == "attachment":
        return [attachment_shown(site, one) for one in issue["attachments"]]
    if name == "comment":
        kept = issue["comments"][-site.comments_shown :] if site.cloud else issue["comments"]
        page = {"comments": [comment_shown(site, issue, one) for one in kept], "maxResults": len(kept)}
        page |= {"total": len(issue["comments"]), "startAt": 0}
        return {**page, "self": site.address(f"/issue/{issue['id']}/comment")} if site.cloud else page
    if name == "worklog":
        return {"startAt": 0, "maxResults": 20, "total": 0, "worklogs": []}
    value = issue["fields"].get(name)
    if name in {"priority", "resolution", "parent"}:
        return _reference_shown(site, name, value) if value else None
    return field_values.shown(site, site.of("field", name), value)


def _reference_shown(site: Site, name: str, value: str) -> Json:
    if name == "parent":
        return linked_shown(site, site.of("issue", value))
    return named_shown(site, name, site.of(name, value))


def category_shown(site: Site, key: str) -> Json:
    """A status category."""
    number, colour, name = CATEGORIES[key]
    return {
        "self": site.address(f"/statuscategory/{number}"),
        "id": number,
        "key": key,
        "colorName": colour,
        "name": name,
    }


def status_shown(site: Site, status: Json) -> Json:
    """A status."""
    return {
        "self": site.address(f"/status/{status['id']}"),
        "description": "",
        "iconUrl": f"{site.base}/images/icons/status_generic.gif",
        "name": status["name"],
        "id": status["id"],
        "statusCategory": category_shown(site, status["category"]),
        **scope_shown(status),
    }


def links_shown(site: Site, issue: Json) -> list[Json]:
    """The links of an issue to others that are there, from its side."""
    shown = []
    for link in site.store.all("link"):
        for side, other in (("outwardIssue", "inwardIssue"), ("inwardIssue", "outwardIssue")):
            if link[other] == issue["id"] and (end := site.store.get("issue", link[side])) and not end["hidden"]:
                shown.append({**_link(site, link), side: linked_shown(site, end)})
    return shown


def link_shown(site: Site, link: Json) -> Json:
    """A link with both its ends."""
    ends = {side: linked_shown(site, site.of("issue", link[side])) for side in ("inwardIssue", "outwardIssue")}
    return {**_link(site, link), **ends}


def _link(site: Site, link: Json) -> Json:
    kind = link_type_shown(site, site.of("link_type", link["type"]))
    return {"id": link["id"], "self": site.address(f"/issueLink/{link['id']}"), "type": kind}


def link_type_shown(site: Site, kind: Json) -> Json:
    """A type of links."""
    return {**kind, "self": site.address(f"/issueLinkType/{kind['id']}")}


def linked_shown(site: Site, issue: Json) -> Json:
    """The other end of a link, in short: no resolution, no assignee."""
    names = ("summary", "status", "priority", "issuetype")
    return {
        "id": issue["id"],
        "key": issue["key"],
        "self": site.address(f"/issue/{issue['id']}"),
        "fields": {name: field_shown(site, issue, name) for name in names},
    }


def comment_shown(site: Site, issue: Json, comment: Json) -> Json:
    """A comment."""
    shown = {
        "self": site.address(f"/issue/{issue['id']}/comment/{comment['id']}"),
        "id": comment["id"],
        "author": user_of(site, comment["author"]),
        "body": comment["body"],
        "updateAuthor": user_of(site, comment["author"]),
        "created": site.shown(comment["created"]),
        "updated": site.shown(comment["updated"]),
    }
    if comment.get("visibility"):
        shown["visibility"] = comment["visibility"]
    if site.cloud:
        shown["jsdPublic"] = comment.get("jsdPublic", True)
    return shown


def attachment_shown(site: Site, one: Json) -> Json:
    """An attachment's description."""
    place = site.address(f"/attachment/content/{one['id']}") if site.cloud else ""
    return {
        "self": site.address(f"/attachment/{one['id']}"),
        "id": one["id"],
        "filename": one["filename"],
        "author": user_of(site, one["author"]),
        "created": site.shown(one["created"]),
        "size": one["size"],
        "mimeType": one["mimeType"],
        "content": place or f"{site.base}/secure/attachment/{one['id']}/{one['path']}",
    }


def change_shown(site: Site, change: Json) -> Json:
    """One entry of the history; Data Center names no field ids."""
    items = (
        change["items"]
        if site.cloud
        else [{k: v for k, v in item.items() if k != "fieldId"} for item in change["items"]]
    )
    shown = {"id": change["id"], "author": user_of(site, change["author"]), "created": site.shown(change["created"])}
    return {**shown, "items": items}


def changelog_shown(site: Site, issue: Json) -> Json:
    """The embedded history: on Cloud the newest hundred, newest first; on Data Center all, oldest first."""
    entries = issue["changelog"][::-1][:100] if site.cloud else issue["changelog"]
    histories = [change_shown(site, one) for one in entries]
    return {"startAt": 0, "maxResults": len(histories), "total": len(issue["changelog"]), "histories": histories}
