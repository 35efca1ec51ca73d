"""The changelog of Cloud: oldest first, a hundred at a time; Data Center has none of it."""

from jira_sandbox.exchange import Answer, RefusedError, Request
from jira_sandbox.present import change_shown
from jira_sandbox.site import Site


def listing(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/{issue}/changelog`."""
    issue = site.issue(name, request.user)
    most, start = request.count("maxResults", 100, 100), request.count("startAt", 0, 10**9)
    every = issue["changelog"]
    last = start + most >= len(every)
    place = site.address(f"/issue/{name}/changelog")
    page = {
        "self": f"{place}?maxResults={most}&startAt={start}",
        "maxResults": most,
        "startAt": start,
        "total": len(every),
        "isLast": last,
        "values": [change_shown(site, one) for one in every[start : start + most]],
    }
    if not last:
        page["nextPage"] = f"{place}?maxResults={most}&startAt={start + most}"
    return Answer(body=page)


def fetch_many(site: Site, request: Request) -> Answer:
    """`POST /changelog/bulkfetch`: of up to 1000 issues, and of some fields where `fieldIds` names them."""
    body = request.object()
    wanted = body.get("issueIdsOrKeys")
    if not isinstance(wanted, list) or not 0 < len(wanted) <= 1000:
        raise RefusedError(400, "issueIdsOrKeys must be a list of 1 to 1000 ids or keys.")
    fields = set(body.get("fieldIds") or [])
    logs = []
    for name in wanted:
        try:
            issue = site.issue(str(name), request.user)
        except RefusedError:
            continue
        kept = [
            {**one, "items": [item for item in one["items"] if not fields or item["fieldId"] in fields]}
            for one in issue["changelog"]
        ]
        logs.append(
            {"issueId": issue["id"], "changeHistories": [change_shown(site, one) for one in kept if one["items"]]}
        )
    return Answer(body={"issueChangeLogs": logs})
