"""Fields: which there are, of which type, and how the API describes them."""

from jira_sandbox.exchange import Json
from jira_sandbox.site import Site

CUSTOM = "com.atlassian.jira.plugin.system.customfieldtypes:"
AGILE = "com.pyxis.greenhopper.jira:"
# kind → (type, type of its items)
KINDS = {
    "textarea": ("string", ""),
    "textfield": ("string", ""),
    "url": ("string", ""),
    "float": ("number", ""),
    "datepicker": ("date", ""),
    "datetime": ("datetime", ""),
    "select": ("option", ""),
    "radiobuttons": ("option", ""),
    "multiselect": ("array", "option"),
    "multicheckboxes": ("array", "option"),
    "cascadingselect": ("option-with-child", ""),
    "labels": ("array", "string"),
    "userpicker": ("user", ""),
    "multiuserpicker": ("array", "user"),
    "version": ("version", ""),
    "multiversion": ("array", "version"),
    "gh-epic-link": ("any", ""),
    "gh-epic-label": ("string", ""),
}
# id → (name, type, type of its items, what JQL calls it)
SYSTEM: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "summary": ("Summary", "string", "", ("summary",)),
    "issuetype": ("Issue Type", "issuetype", "", ("issuetype", "type")),
    "project": ("Project", "project", "", ("project",)),
    "description": ("Description", "string", "", ("description",)),
    "environment": ("Environment", "string", "", ("environment",)),
    "status": ("Status", "status", "", ("status",)),
    "statuscategorychangedate": ("Status Category Changed", "datetime", "", ("statusCategoryChangedDate",)),
    "priority": ("Priority", "priority", "", ("priority",)),
    "resolution": ("Resolution", "resolution", "", ("resolution",)),
    "labels": ("Labels", "array", "string", ("labels",)),
    "assignee": ("Assignee", "user", "", ("assignee",)),
    "reporter": ("Reporter", "user", "", ("reporter",)),
    "creator": ("Creator", "user", "", ("creator",)),
    "created": ("Created", "datetime", "", ("created", "createdDate")),
    "updated": ("Updated", "datetime", "", ("updated", "updatedDate")),
    "resolutiondate": ("Resolved", "datetime", "", ("resolutiondate", "resolved")),
    "duedate": ("Due date", "date", "", ("due", "duedate")),
    "components": ("Components", "array", "component", ("component",)),
    "fixVersions": ("Fix versions", "array", "version", ("fixVersion",)),
    "versions": ("Affects versions", "array", "version", ("affectedVersion",)),
    "security": ("Security Level", "securitylevel", "", ("level",)),
    "parent": ("Parent", "issuelink", "", ("parent",)),
    "issuelinks": ("Linked Issues", "array", "issuelinks", ("issueLink",)),
    "subtasks": ("Sub-tasks", "array", "issuelinks", ("subtasks",)),
    "attachment": ("Attachment", "array", "attachment", ("attachments",)),
    "comment": ("Comment", "comments-page", "", ("comment",)),
    "worklog": ("Log Work", "array", "worklog", ()),
}
RICH = {"description", "environment"}
NOT_NAVIGABLE = {"comment", "worklog", "attachment"}


def is_rich(field: Json) -> bool:
    """Whether a field holds rich text: a document on Cloud, wiki markup on Data Center."""
    return field["id"] in RICH or field["kind"] == "textarea"


def add_system_fields(site: Site) -> None:
    """Make the fields that every Jira has."""
    for name, (title, kind, items, clauses) in SYSTEM.items():
        field = {"id": name, "name": title, "kind": "", "type": kind, "items": items, "clauses": list(clauses)}
        site.store.put("field", name, {**field, "options": []})


def add_field(
    site: Site,
    name: str,
    kind: str,
    *,
    id: str = "",  # noqa: A002 - Jira's word
    options: tuple[str, ...] = (),
    project: str = "",
) -> Json:
    """Make a custom field; `kind` is one of `KINDS`, `options` the values of a select, `parent/child` of a cascading one.

    `project` is the id of the team-managed project that it belongs to, where it belongs to one.
    """
    number = int(id.removeprefix("customfield_")) if id else site.store.next("customfield", 10_100)
    site.store.at_least("customfield", number)
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of field; there are {', '.join(KINDS)}.")
    parents: dict[str, Json] = {}
    for place, text in enumerate(options):
        parent, _, child = text.partition("/") if kind == "cascadingselect" else (text, "", "")
        option = parents.setdefault(parent, {"id": f"{number}{place:02d}", "value": parent, "children": []})
        if child:
            option["children"].append({"id": f"{number}{place:02d}0", "value": child, "children": []})
    field: Json = {
        "id": f"customfield_{number}",
        "name": name,
        "kind": kind,
        "type": KINDS[kind][0],
        "items": KINDS[kind][1],
        "clauses": [f"cf[{number}]", name],
        "options": list(parents.values()),
        **({"scope": project} if project else {}),
    }
    site.store.put("field", field["id"], field)
    return field


def schema(field: Json) -> Json:
    """What the API says of a field's type."""
    shown: Json = {"type": field["type"]}
    if field["items"]:
        shown["items"] = field["items"]
    if field["kind"]:
        owner = AGILE if field["kind"].startswith("gh-") else CUSTOM
        return {**shown, "custom": owner + field["kind"], "customId": int(field["id"].removeprefix("customfield_"))}
    return {**shown, "system": field["id"]}


def field_shown(field: Json) -> Json:
    """A field as `GET /field` lists it."""
    return {
        "id": field["id"],
        "key": field["id"],
        "name": field["name"],
        "custom": bool(field["kind"]),
        "orderable": field["type"] != "comments-page",
        "navigable": field["id"] not in NOT_NAVIGABLE,
        "searchable": True,
        "clauseNames": field["clauses"],
        "schema": schema(field),
        **scope_shown(field),
    }


def scope_shown(one: Json) -> Json:
    """The `scope` of a field, issue type or status of a team-managed project; empty where all projects may use it."""
    return {"scope": {"type": "PROJECT", "project": {"id": one["scope"]}}} if one.get("scope") else {}


def operations(field: Json) -> list[str]:
    """What `update` may do with a field."""
    if field["id"] in {"issuelinks", "comment"}:
        return ["add"]
    if field["id"] == "attachment":
        return ["set", "copy"]
    return ["add", "set", "remove"] if field["type"] == "array" else ["set"]


def option_shown(site: Site, option: Json) -> Json:
    """An option of a select."""
    shown = {"self": site.address(f"/customFieldOption/{option['id']}"), "value": option["value"], "id": option["id"]}
    return shown if site.cloud else {**shown, "disabled": False}


def option_of(field: Json, name: str) -> Json | None:
    """The option with this id, children included."""
    for option in field["options"]:
        for one in (option, *option["children"]):
            if one["id"] == name:
                found: Json = one
                return found
    return None
