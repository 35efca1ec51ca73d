"""Users over the API: myself, one of them, and searches by the beginning of a name or e-mail."""

from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.people import user_shown
from jira_sandbox.site import Site


def myself(site: Site, request: Request) -> Answer:
    """`GET /myself`."""
    shown = user_shown(site, request.user)
    return Answer(
        body={
            **(shown or {}),
            "locale": "en_US",
            "groups": {"size": 1, "items": []},
            "applicationRoles": {"size": 1, "items": []},
        }
    )


def one(site: Site, request: Request) -> Answer:
    """`GET /user?accountId=` or `?username=`."""
    name = request.one("accountId" if site.cloud else "username")
    user = site.person(name)
    if user is None and not site.cloud and request.one("key"):
        user = site.by("user", request.one("key"), "key")
    if user is None:
        text = (
            f"Specified user does not exist or you do not have required permissions{'' if site.cloud else ': ' + name}"
        )
        raise RefusedError(404, text)
    return Answer(body=user_shown(site, user))


def search(site: Site, request: Request) -> Answer:
    """`GET /user/search`: active users only, unless Data Center is asked for the others."""
    query = request.one("query") if site.cloud else request.one("username")
    if site.cloud and (wanted := request.one("accountId")):
        return _page(site, request, [user for user in [site.person(wanted)] if user])
    if not query and "query" not in request.query and not site.cloud:
        raise RefusedError(400, "The username query parameter was not provided")
    if not site.may(request.user, "USER_PICKER"):
        return Answer(body=[])
    inactive = not site.cloud and request.flag("includeInactive", default=False)
    everybody = [user for user in site.store.all("user") if user["active"] or inactive]
    return _page(site, request, [user for user in everybody if _begins(user, query)])


def assignable(site: Site, request: Request) -> Answer:
    """`GET /user/assignable/search?project=|issueKey=`."""
    project = request.one("project")
    if issue := request.one("issueKey") or request.one("issueId"):
        project = site.issue(issue, request.user)["project"]
    if not project:
        raise RefusedError(400, "Either project or issueKey must be specified.")
    place = site.project(project, request.user)["id"]
    query = request.one("query") or request.one("username") or ""
    found = [
        user
        for user in site.store.all("user")
        if user["active"] and user["assignable"] and site.may(user, "ASSIGNABLE_USER", place) and _begins(user, query)
    ]
    if site.cloud and (wanted := request.one("accountId")):
        found = [user for user in found if user["accountId"] == wanted]
    return _page(site, request, found)


def _begins(user: Json, query: str) -> bool:
    query = query.strip().lower()
    # A hidden e-mail is not shown, but it is searched.
    names = [user["emailAddress"], user["name"], user["displayName"], *str(user["displayName"]).split()]
    return any(str(name).lower().startswith(query) for name in names)


def _page(site: Site, request: Request, found: list[Json]) -> Answer:
    start, most = request.count("startAt", 0, 10**9), request.count("maxResults", 50, 1000)
    return Answer(body=[user_shown(site, user) for user in found[start : start + most]])
