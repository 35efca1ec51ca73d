"""Values that a project lists: components, versions, security levels and priorities; and the epics that issues are part of."""

from typing import Any

from jira_sandbox.exchange import Json
from jira_sandbox.site import Site

# type of a field or of its items → (what a project keeps them under, what Jira calls one)
LISTS = {
    "component": ("components", "Component"),
    "version": ("versions", "Version"),
    "securitylevel": ("security_levels", "Security level"),
}
EPIC_LINKS = {"issuelink", "any"}
EPIC_LEVEL = 1
PRIORITY_WRONG = "The priority selected is invalid."
PRIORITY_FOREIGN = "This priority is not available for this project."


class ForeignValueError(Exception):
    """A value that this project does not have; the text is Jira's. `general` complaints name no field."""

    def __init__(self, text: str, *, general: bool = False) -> None:
        super().__init__(text)
        self.text, self.general = text, general


def add_entry(site: Site, project: str, kind: str, name: str) -> Json:
    """Add a component, version or security level to a project."""
    copy = site.store.edit("project", project)
    entry = {"id": str(site.store.next(kind, 10_000)), "name": name, "project": project}
    copy.setdefault(LISTS[kind][0], []).append(entry["id"])
    site.store.put(kind, str(entry["id"]), entry)
    return entry


def entries(site: Site, project: Json, kind: str) -> list[Json]:
    """The components, versions or security levels of a project."""
    return [site.of(kind, one) for one in project.get(LISTS[kind][0], [])]


def entry_of(site: Site, project: Json, kind: str, value: Any) -> str:
    """The id of the entry that `{"id": ...}` or `{"name": ...}` means. Raises `ForeignValueError`."""
    title = LISTS[kind][1]
    if not isinstance(value, dict) or not ({"id", "name"} & value.keys()):
        raise ForeignValueError(f"expected 'id' or 'name' property in the {title.lower()}")
    word = "id" if "id" in value else "name"
    for one in entries(site, project, kind):
        if one[word] == str(value[word]):
            return str(one["id"])
    raise ForeignValueError(f"{title} {word} '{value[word]}' is not valid")


def entry_shown(site: Site, kind: str, name: str) -> Json:
    """A component, version or security level as the API shows it."""
    one = site.of(kind, name)
    shown: Json = {"self": site.address(f"/{kind}/{name}"), "id": name, "name": one["name"]}
    if kind == "version":
        return {**shown, "archived": False, "released": False, "projectId": int(one["project"])}
    return {**shown, "description": ""} if kind == "securitylevel" else shown


def offered_priorities(site: Site, project: Json) -> list[Json]:
    """The priorities that screens offer: those of the scheme, or all where the screens know nothing of it."""
    return site.store.all("priority") if project.get("priority_unnamed") else priorities(site, project)


def priorities(site: Site, project: Json) -> list[Json]:
    """The priorities of the project's scheme; all where it has no scheme of its own."""
    scheme = project.get("priorities")
    return site.store.all("priority") if scheme is None else [site.of("priority", one) for one in scheme]


def default_priority(site: Site, project: Json) -> str | None:
    """The id of the priority that an issue gets which names none: Medium, or the first of the scheme."""
    offered = priorities(site, project)
    medium = [one for one in offered if one["name"] == "Medium"] or offered[:1]
    return str(medium[0]["id"]) if medium else None


def check_priority(site: Site, project: Json, name: str | None) -> None:
    """Refuse a priority that is not in the project's scheme. Raises `ForeignValueError`."""
    if name is not None and name not in {one["id"] for one in priorities(site, project)}:
        general = bool(project.get("priority_unnamed"))
        raise ForeignValueError(PRIORITY_FOREIGN if general else PRIORITY_WRONG, general=general)


def epic_of(site: Site, user: Json | None, project: Json, field: Json, value: Any) -> str:
    """The id of the epic that a `parent` (an object) or an Epic Link (a key) names. Raises `ForeignValueError`."""
    name = value
    if field["type"] == "issuelink":
        name = (value.get("key") or value.get("id")) if isinstance(value, dict) else None
    epic = site.known(name) if isinstance(name, str) else None
    if epic is None or epic["hidden"] or (user and not site.may(user, "BROWSE_PROJECTS", epic["project"])):
        raise ForeignValueError(
            "Could not find issue by id or key." if site.cloud else f"Issue '{name}' does not exist."
        )
    if site.of("issuetype", epic["issuetype"]).get("level") != EPIC_LEVEL:
        text = "Given parent work item does not belong to appropriate hierarchy."
        raise ForeignValueError(text if site.cloud else f"Issue '{epic['key']}' is not an epic.")
    if project.get("team_managed") and epic["project"] != project["id"]:
        raise ForeignValueError("Given parent work item does not belong to the same project.")
    return str(epic["id"])
