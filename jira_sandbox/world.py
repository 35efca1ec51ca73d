"""The world that a sandbox begins with: projects, screens, a workflow; and more of it from a file."""

from collections.abc import Iterable, Mapping
from typing import Any

from jira_sandbox.fields import add_field, add_system_fields
from jira_sandbox.people import BOT, add_people, default_people
from jira_sandbox.screens import put_screen
from jira_sandbox.site import Site

STATUSES = (
    ("10000", "To Do", "new"),
    ("3", "In Progress", "indeterminate"),
    ("10001", "In Review", "indeterminate"),
    ("10002", "Done", "done"),
)
TYPES = (
    ("10010", "Incident", "An interruption of a service.", False),
    ("10011", "Task", "A piece of work.", False),
    ("10012", "Bug", "A problem or error.", False),
    ("10013", "Post-mortem", "What was learned from an incident.", False),
    ("10014", "Sub-task", "A part of a piece of work.", True),
)
PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
RESOLUTIONS = (
    ("10000", "Done", "Work has been completed."),
    ("10001", "Won't Do", "It will not be done."),
    ("10002", "Duplicate", "It is there already."),
)
LINK_TYPES = (
    ("10000", "Relates", "relates to", "relates to"),
    ("10001", "Blocks", "is blocked by", "blocks"),
    ("10002", "Causes", "is caused by", "causes"),
    ("10003", "Duplicate", "is duplicated by", "duplicates"),
)
SEVERITY = "customfield_10100"
# The parts of a postmortem and their fields, as `jira: fields:` of an archive's settings names them.
PARTS = {
    "incident_summary": ("customfield_10101", "Incident summary", "textarea"),
    "timeline": ("customfield_10102", "Timeline", "textarea"),
    "root_causes": ("customfield_10103", "Root causes", "textarea"),
    "impact": ("customfield_10104", "Impact", "textarea"),
    "mitigation_actions": ("customfield_10105", "Mitigation actions", "textarea"),
    "incident_category": ("customfield_10106", "Incident category", "select"),
}
CATEGORIES = ("Change", "Configuration", "Capacity", "Dependency", "Data", "Access", "Certificate", "Hardware", "Other")
MORE = (
    ("customfield_10107", "Affected services", "labels"),
    ("customfield_10108", "Incident channel", "textfield"),
    ("customfield_10109", "Incident started", "datetime"),
    ("customfield_10110", "Review date", "datepicker"),
    ("customfield_10111", "Incident commander", "userpicker"),
)
PLAIN = ["summary", "description", "priority", "labels", "assignee", "reporter", "duedate"]
INCIDENT = [SEVERITY, *(name for name, _, _ in MORE)]


def make_world(site: Site, people: Iterable[Mapping[str, str]] | None) -> None:
    """Fill an empty site with the default world."""
    add_system_fields(site)
    add_people(site, default_people() if people is None else people)
    for name, title, category in STATUSES:
        site.store.put("status", name, {"id": name, "name": title, "category": category})
    for number, title in enumerate(PRIORITIES, 1):
        site.store.put("priority", str(number), {"id": str(number), "name": title})
    for name, title, text in RESOLUTIONS:
        site.store.put("resolution", name, {"id": name, "name": title, "description": text})
    for name, title, inward, outward in LINK_TYPES:
        site.store.put("link_type", name, {"id": name, "name": title, "inward": inward, "outward": outward})
    for name, title, text, subtask in TYPES:
        site.store.put("issuetype", name, {"id": name, "name": title, "description": text, "subtask": subtask})
    for number, (name, title, _) in enumerate(STATUSES, 1):
        add_transition(site, f"{number}1", title, name)
    add_field(site, "Severity", "select", id=SEVERITY, options=("SEV1", "SEV2", "SEV3", "SEV4", "SEV5"))
    for part, (name, title, kind) in PARTS.items():
        add_field(site, title, kind, id=name, options=CATEGORIES if part == "incident_category" else ())
    for name, title, kind in MORE:
        add_field(site, title, kind, id=name)
    parts = [name for name, _, _ in PARTS.values()]
    add_project(site, "OPS", "Operations", {"Incident": [*PLAIN, *INCIDENT], "Task": PLAIN, "Bug": PLAIN})
    add_project(site, "INCIDENT", "Incident follow-up", {"Post-mortem": [*PLAIN, *parts], "Task": PLAIN})


def add_transition(site: Site, number: str, name: str, to: str, start: Iterable[str] = ()) -> None:
    """Make a transition to a status; without `start` it can be taken from every other one."""
    site.store.put("transition", number, {"id": number, "name": name, "to": to, "from": list(start)})


def add_type(site: Site, name: str, *, scope: str = "", level: int | None = None) -> str:
    """The id of the issue type of this name, made where there is none; `scope` is the project that it belongs to."""
    for one in site.store.all("issuetype"):
        if one["name"] == name and one.get("scope", "") == scope:
            return str(one["id"])
    number = str(site.store.next("issuetype", 10_100))
    made: dict[str, Any] = {"id": number, "name": name, "description": "", "subtask": False}
    made |= {"scope": scope} if scope else {}
    made |= {} if level is None else {"level": level}
    site.store.put("issuetype", number, made)
    return number


def add_project(
    site: Site,
    key: str,
    name: str,
    screens: Mapping[str, list[str]],
    *,
    kind: str = "software",
    id: str = "",  # noqa: A002 - Jira's word
    team_managed: bool = False,
) -> None:
    """Make a project; `screens` gives the fields of each of its issue types, by the type's name."""
    number = id or str(site.store.next("project", 10_000))
    types = []
    for title, fields in screens.items():
        issuetype = add_type(site, title, scope=number if team_managed else "")
        types.append(issuetype)
        for operation in ("create", "edit"):
            put_screen(site, number, issuetype, operation, fields=list(fields), required=[])
    shared = [status["id"] for status in site.store.all("status") if not status.get("scope")]
    project: dict[str, Any] = {
        "id": number,
        "key": key,
        "name": name,
        "type": kind,
        "description": "",
        "lead": BOT,
        "issuetypes": types,
        "workflow": _own_workflow(site, number) if team_managed else shared,
        "resolves": True,
        "team_managed": team_managed,
    }
    site.store.put("project", number, project)


def _own_workflow(site: Site, project: str) -> list[str]:
    """Statuses that only this project has, as a team that manages its own begins with; any can follow any."""
    made = []
    for title, category in (("To Do", "new"), ("In Progress", "indeterminate"), ("Done", "done")):
        number = str(site.store.next("status", 10_100))
        site.store.put("status", number, {"id": number, "name": title, "category": category, "scope": project})
        add_transition(site, f"{site.store.next('transition', 1001)}", title, number)
        made.append(number)
    return made
