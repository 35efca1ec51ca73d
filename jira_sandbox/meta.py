"""What a Jira says of itself: server, projects, priorities, statuses, resolutions, permissions."""

from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.people import user_of
from jira_sandbox.present import CATEGORIES, category_shown, status_shown
from jira_sandbox.project_values import entries, entry_shown
from jira_sandbox.screens import named_shown, project_link, type_shown
from jira_sandbox.site import CLOUD_ID, Site

VERSION = {True: ("1001.0.0-SNAPSHOT", [1001, 0, 0], "Cloud"), False: ("10.3.24", [10, 3, 24], "Server")}
PERMISSIONS = (
    ("BROWSE_PROJECTS", "Browse Projects"),
    ("CREATE_ISSUES", "Create Issues"),
    ("EDIT_ISSUES", "Edit Issues"),
    ("DELETE_ISSUES", "Delete Issues"),
    ("ASSIGN_ISSUES", "Assign Issues"),
    ("ASSIGNABLE_USER", "Assignable User"),
    ("TRANSITION_ISSUES", "Transition Issues"),
    ("LINK_ISSUES", "Link Issues"),
    ("ADD_COMMENTS", "Add Comments"),
    ("CREATE_ATTACHMENTS", "Create Attachments"),
    ("RESOLVE_ISSUES", "Resolve Issues"),
    ("CLOSE_ISSUES", "Close Issues"),
    ("SCHEDULE_ISSUES", "Schedule Issues"),
    ("MODIFY_REPORTER", "Modify Reporter"),
    ("USER_PICKER", "Browse Users"),
    ("ADMINISTER", "Administer Jira"),
)
GLOBAL = {"USER_PICKER", "ADMINISTER"}


def server(site: Site, _request: Request) -> Answer:
    """`GET /serverInfo`, which needs no log-in."""
    version, numbers, kind = VERSION[site.cloud]
    return Answer(
        body={
            "baseUrl": site.base,
            "version": version,
            "versionNumbers": numbers,
            "deploymentType": kind,
            "buildNumber": 100_300,
            "buildDate": "2026-08-11T00:00:00.000+0000",
            "serverTime": site.shown(site.clock.stamp()),
            "scmInfo": "0" * 40,
            "serverTitle": "Jira sandbox",
        }
    )


def tenant(_site: Site, _request: Request) -> Answer:
    """`GET /_edge/tenant_info` of Cloud."""
    return Answer(body={"cloudId": CLOUD_ID})


def project(site: Site, request: Request, name: str) -> Answer:
    """`GET /project/{key}`."""
    found = site.project(name, request.user)
    return Answer(
        body={
            **project_link(site, found),
            "expand": "description,lead,issueTypes,url,projectKeys",
            "description": found["description"],
            "lead": user_of(site, found["lead"]),
            **{
                name: [entry_shown(site, kind, str(one["id"])) for one in entries(site, found, kind)]
                for kind, name in (("component", "components"), ("version", "versions"))
            },
            "roles": {},
            "assigneeType": "UNASSIGNED",
            "issueTypes": [type_shown(site, site.of("issuetype", one)) for one in found["issuetypes"]],
            **(
                {"style": "next-gen" if found.get("team_managed") else "classic", "isPrivate": False, "properties": {}}
                if site.cloud
                else {}
            ),
        }
    )


def project_statuses(site: Site, request: Request, name: str) -> Answer:
    """`GET /project/{key}/statuses`."""
    found = site.project(name, request.user)
    statuses = [status_shown(site, site.of("status", one)) for one in found["workflow"]]
    kinds = [site.of("issuetype", one) for one in found["issuetypes"]]
    names = ("self", "id", "name", "subtask")
    return Answer(body=[{**{n: type_shown(site, k)[n] for n in names}, "statuses": statuses} for k in kinds])


def statuses(site: Site, _request: Request) -> Answer:
    """`GET /status`."""
    return Answer(body=[status_shown(site, one) for one in site.store.all("status")])


def categories(site: Site, _request: Request) -> Answer:
    """`GET /statuscategory`."""
    return Answer(body=[category_shown(site, key) for key in CATEGORIES])


def priorities(site: Site, _request: Request) -> Answer:
    """`GET /priority`."""
    return Answer(body=[named_shown(site, "priority", one) for one in site.store.all("priority")])


def resolutions(site: Site, _request: Request) -> Answer:
    """`GET /resolution`."""
    return Answer(body=[named_shown(site, "resolution", one) for one in site.store.all("resolution")])


def search_named(site: Site, request: Request, kind: str) -> Answer:
    """`GET /priority/search` and `/resolution/search` of Cloud."""
    found = [named_shown(site, kind, one) for one in site.store.all(kind)]
    start, most = request.count("startAt", 0, 10**9), request.count("maxResults", 50, 50)
    values = found[start : start + most]
    page = {"maxResults": most, "startAt": start, "total": len(found), "isLast": start + most >= len(found)}
    return Answer(body={**page, "values": values})


def permissions(site: Site, request: Request) -> Answer:
    """`GET /mypermissions`: Cloud must be asked for ones."""
    project = request.one("projectKey") or request.one("projectId")
    place = site.project(project, request.user)["id"] if project else ""
    if issue := request.one("issueKey") or request.one("issueId"):
        place = site.issue(issue, request.user)["project"]
    wanted = request.several("permissions")
    if site.cloud and not wanted:
        raise RefusedError(400, "The 'permissions' query parameter is required.")
    known = dict(PERMISSIONS)
    if unknown := [name for name in wanted if name not in known]:
        raise RefusedError(400, f"Unrecognized permission: {unknown[0]}")
    shown: Json = {
        name: {
            "id": str(number),
            "key": name,
            "name": title,
            "type": "GLOBAL" if name in GLOBAL else "PROJECT",
            "description": title,
            "havePermission": name != "ADMINISTER" and site.may(request.user, name, place),
        }
        for number, (name, title) in enumerate(PERMISSIONS, 10)
        if not wanted or name in wanted
    }
    return Answer(body={"permissions": shown})


def sla(site: Site, request: Request, name: str) -> Answer:
    """`GET /rest/servicedeskapi/request/{issue}/sla`; 404 where the project is no service desk."""
    issue = site.issue(name, request.user)
    if site.of("project", issue["project"])["type"] != "service_desk":
        text = "The request you are trying to view does not exist."
        raise RefusedError(404, body={"errorMessage": text, "i18nErrorMessage": {"i18nKey": "", "parameters": []}})
    most, start = request.count("limit", 50, 100), request.count("start", 0, 10**9)
    kept = issue["sla"]
    values = kept[start : start + most]
    page = {"_expands": [], "size": len(values), "start": start, "limit": most, "values": values}
    links = {
        "base": f"{site.base}/rest/servicedeskapi",
        "context": "",
        "self": f"{site.base}/rest/servicedeskapi/request/{name}/sla",
    }
    return Answer(body={**page, "isLastPage": start + most >= len(kept), "_links": links})
