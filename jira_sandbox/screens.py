"""Screens: which fields can be set when an issue is created, edited or moved on; createmeta and editmeta."""

from typing import Any

from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.field_rules import fields_with
from jira_sandbox.fields import field_shown, operations, option_shown, schema, scope_shown
from jira_sandbox.project_values import LISTS, entries, entry_shown, offered_priorities
from jira_sandbox.site import Site

ALWAYS = ["project", "issuetype"]


def screen(site: Site, project: str, issuetype: str, operation: str) -> Json:
    """The fields of a project's screen (`create`, `edit`, or a transition's id), and which of them are required."""
    page = site.store.get("screen", f"{project}/{issuetype}/{operation}") or {"fields": [], "required": []}
    hidden = fields_with(site, project, issuetype, "hidden")
    return {**page, **{part: [one for one in page[part] if one not in hidden] for part in ("fields", "required")}}


def has_default(project: Json, field: str) -> bool:
    """Whether an issue that is created without this field gets a value for it."""
    return field == "priority" or (field == "reporter" and not project.get("no_reporter"))


def put_screen(
    site: Site, project: str, issuetype: str, operation: str, *, fields: list[str], required: list[str]
) -> None:
    """Say what is on a screen."""
    name = f"{project}/{issuetype}/{operation}"
    site.store.put("screen", name, {"id": name, "fields": fields, "required": required})


def meta(site: Site, project: Json, issuetype: Json, operation: str) -> dict[str, Json]:
    """The fields of a screen as the API describes them, by id."""
    page = screen(site, project["id"], issuetype["id"], operation)
    names = [*(ALWAYS if operation == "create" else []), *page["fields"]]
    return {name: _described(site, site.of("field", name), page, project, issuetype) for name in names}


def _described(site: Site, field: Json, page: Json, project: Json, issuetype: Json) -> Json:
    name = field["id"]
    shown: Json = {
        "required": name in page["required"] or name in {"summary", *ALWAYS},
        "schema": schema(field),
        "name": field["name"],
        "hasDefaultValue": has_default(project, name),
        "operations": operations(field),
    }
    if site.cloud:
        shown["key"] = name
    allowed = _allowed(site, field, project, issuetype)
    if allowed is not None:
        shown["allowedValues"] = allowed
    if field["type"] == "user" or field["items"] == "user":
        search = "/user/assignable/search?issueKey=null&" if name == "assignee" else "/user/search?"
        shown["autoCompleteUrl"] = site.address(search) + ("query=" if site.cloud else "username=")
    return shown


def _allowed(site: Site, field: Json, project: Json, issuetype: Json) -> list[Any] | None:
    if field["id"] == "project":
        return [project_link(site, project)]
    if field["id"] == "issuetype":
        return [type_shown(site, issuetype)]
    if field["type"] == "priority":
        return [named_shown(site, "priority", one) for one in offered_priorities(site, project)]
    if field["type"] == "resolution":
        return [named_shown(site, "resolution", one) for one in site.store.all("resolution")]
    if (kind := field["items"] or field["type"]) in LISTS:
        return [entry_shown(site, kind, str(one["id"])) for one in entries(site, project, kind)]
    if field["options"]:
        return [
            {**option_shown(site, one), "children": [option_shown(site, child) for child in one["children"]]}
            if one["children"]
            else option_shown(site, one)
            for one in field["options"]
        ]
    return None


def type_shown(site: Site, issuetype: Json) -> Json:
    """An issue type."""
    return {
        "self": site.address(f"/issuetype/{issuetype['id']}"),
        "id": issuetype["id"],
        "description": issuetype["description"],
        "iconUrl": f"{site.base}/images/icons/issuetypes/{issuetype['name'].lower()}.svg",
        "name": issuetype["name"],
        "subtask": issuetype["subtask"],
        **({"hierarchyLevel": issuetype.get("level", -1 if issuetype["subtask"] else 0)} if site.cloud else {}),
        **scope_shown(issuetype),
    }


def named_shown(site: Site, kind: str, one: Json) -> Json:
    """A priority or a resolution."""
    shown = {"self": site.address(f"/{kind}/{one['id']}"), "id": one["id"], "name": one["name"]}
    if kind == "priority":
        return {**shown, "iconUrl": f"{site.base}/images/icons/priorities/{one['name'].lower()}.svg"}
    return {**shown, "description": one["description"]}


def project_link(site: Site, project: Json) -> Json:
    """A project in short, as issues carry it."""
    return {
        "self": site.address(f"/project/{project['id']}"),
        "id": project["id"],
        "key": project["key"],
        "name": project["name"],
        "projectTypeKey": project["type"],
        "avatarUrls": {
            size: f"{site.base}/secure/projectavatar?pid={project['id']}&size={size}" for size in ("48x48",)
        },
        **({"simplified": bool(project.get("team_managed"))} if site.cloud else {}),
    }


def create_types(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/createmeta/{project}/issuetypes`."""
    project = site.project(name, request.user)
    types = [type_shown(site, site.of("issuetype", one)) for one in project["issuetypes"]]
    types = types if site.may(request.user, "CREATE_ISSUES", project["id"]) else []
    return _page(request, types, "issueTypes" if site.cloud else "values", site.cloud)


def create_fields(site: Site, request: Request, name: str, type_id: str) -> Answer:
    """`GET /issue/createmeta/{project}/issuetypes/{id}`."""
    project = site.project(name, request.user)
    if type_id not in project["issuetypes"] or not site.may(request.user, "CREATE_ISSUES", project["id"]):
        raise RefusedError(404, f"The issue type with id '{type_id}' is not available in project '{project['key']}'.")
    described = meta(site, project, site.of("issuetype", type_id), "create")
    fields = [{"fieldId": name, **one} for name, one in described.items()]
    return _page(request, fields, "fields" if site.cloud else "values", site.cloud)


def edit_fields(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/{issue}/editmeta`."""
    issue = site.issue(name, request.user)
    if issue["archived"] or not site.may(request.user, "EDIT_ISSUES", issue["project"]):
        return Answer(body={"fields": {}})
    project, issuetype = site.of("project", issue["project"]), site.of("issuetype", issue["issuetype"])
    return Answer(body={"fields": meta(site, project, issuetype, "edit")})


def all_fields(site: Site, _request: Request) -> Answer:
    """`GET /field`."""
    return Answer(body=[field_shown(field) for field in site.store.all("field")])


def search_fields(site: Site, request: Request) -> Answer:
    """`GET /field/search` of Cloud: `type`, `id`, `query`, a page at a time."""
    wanted, kinds, query = request.several("id"), request.several("type"), request.one("query").lower()
    found = [
        {"id": field["id"], "name": field["name"], "schema": schema(field), "description": ""}
        for field in sorted(site.store.all("field"), key=lambda one: str(one["name"]).lower())
        if (not wanted or field["id"] in wanted)
        and (not kinds or ("custom" if field["kind"] else "system") in kinds)
        and query in field["name"].lower()
    ]
    start, most = request.count("startAt", 0, 10**9), request.count("maxResults", 50, 50)
    values = found[start : start + most]
    last = start + most >= len(found)
    page = {"maxResults": most, "startAt": start, "total": len(found), "isLast": last, "values": values}
    return Answer(body={**page, "self": site.address("/field/search")})


def _page(request: Request, found: list[Json], name: str, cloud: bool) -> Answer:
    most = request.count("maxResults", 50, 200)
    start = request.count("startAt", 0, 10**9)
    page: Json = {"maxResults": most, "startAt": start, "total": len(found), name: found[start : start + most]}
    return Answer(body=page if cloud else {**page, "isLast": start + most >= len(found)})
