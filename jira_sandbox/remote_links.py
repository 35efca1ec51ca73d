"""Remote links: one for each `globalId`, replaced as a whole by the next one with the same."""

from typing import Any

from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.site import Site


def listing(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/{issue}/remotelink`: a plain list, or with `globalId` that one link."""
    issue = site.issue(name, request.user)
    wanted = request.one("globalId")
    if wanted:
        return Answer(body=shown(site, _named(site, issue, wanted)))
    return Answer(body=[shown(site, one) for one in of_issue(site, issue)])


def upsert(site: Site, request: Request, name: str) -> Answer:
    """`POST /issue/{issue}/remotelink`: 201 where it is new, 200 where its `globalId` was there; what is left out becomes null."""
    issue = site.issue(name, request.user)
    text = "You do not have permission to link issues in this project."
    site.require(request.user, "LINK_ISSUES", issue["project"], text)
    body = _checked(request.object())
    link = put(site, issue, body)
    number = link["id"]
    answer = {"id": int(number), "self": site.address(f"/issue/{issue['key']}/remotelink/{number}")}
    return Answer(200 if link["known"] else 201, answer)


def read(site: Site, request: Request, name: str, number: str) -> Answer:
    """`GET /issue/{issue}/remotelink/{id}`."""
    return Answer(body=shown(site, _numbered(site, site.issue(name, request.user), number)))


def replace(site: Site, request: Request, name: str, number: str) -> Answer:
    """`PUT /issue/{issue}/remotelink/{id}`."""
    link = _numbered(site, site.issue(name, request.user), number)
    site.store.put("remote_link", number, {"id": number, "issue": link["issue"], **_checked(request.object())})
    return Answer(204)


def remove(site: Site, request: Request, name: str, number: str) -> Answer:
    """`DELETE /issue/{issue}/remotelink/{id}`."""
    site.store.remove("remote_link", _numbered(site, site.issue(name, request.user), number)["id"])
    return Answer(204)


def remove_named(site: Site, request: Request, name: str) -> Answer:
    """`DELETE /issue/{issue}/remotelink?globalId=`."""
    issue = site.issue(name, request.user)
    site.store.remove("remote_link", _named(site, issue, request.one("globalId"))["id"])
    return Answer(204)


def put(site: Site, issue: Json, body: Json) -> Json:
    """Write a link; `known` in what comes back says whether it was there."""
    known = [one for one in of_issue(site, issue) if body["globalId"] and one["globalId"] == body["globalId"]]
    number = known[0]["id"] if known else str(site.store.next("remote_link", 50_001))
    link = {"id": number, "issue": issue["id"], **body}
    site.store.put("remote_link", number, link)
    return {**link, "known": bool(known)}


def of_issue(site: Site, issue: Json) -> list[Json]:
    """The remote links of an issue."""
    return [one for one in site.store.all("remote_link") if one["issue"] == issue["id"]]


def shown(site: Site, link: Json) -> Json:
    """A remote link as the API shows it."""
    issue = site.of("issue", link["issue"])
    found: Json = {"id": int(link["id"]), "self": site.address(f"/issue/{issue['key']}/remotelink/{link['id']}")}
    for name in ("globalId", "application", "relationship", "object"):
        if link[name] is not None:
            found[name] = link[name]
    return {"application": {}, **found}


def _checked(body: Json) -> Json:
    thing = body.get("object")
    errors: dict[str, str] = {}
    if not isinstance(thing, dict) or not thing.get("title"):
        errors["title"] = "'title' is required."
    if not isinstance(thing, dict) or not thing.get("url"):
        errors["url"] = "'url' is required."
    elif not str(thing["url"]).startswith(("http://", "https://")):
        errors["url"] = "'url' is not a valid URL."
    if isinstance(body.get("globalId"), str) and len(body["globalId"]) > 255:
        errors["globalId"] = "'globalId' is too long. It must be at most 255 characters."
    if errors or not isinstance(thing, dict):
        raise RefusedError(400, errors=errors)
    kept: Json = {name: thing[name] for name in ("url", "title", "summary", "icon", "status") if thing.get(name)}
    kept = {"icon": {}, "status": {"icon": {}}, **kept}
    names = ("globalId", "application", "relationship")
    return {**{name: _filled(body.get(name)) for name in names}, "object": kept}


def _filled(value: Any) -> Any:
    return value or None


def _named(site: Site, issue: Json, wanted: str) -> Json:
    for link in of_issue(site, issue):
        if wanted and link["globalId"] == wanted:
            return link
    raise RefusedError(404, f"No remote issue link with globalId '{wanted}' was found.")


def _numbered(site: Site, issue: Json, number: str) -> Json:
    for link in of_issue(site, issue):
        if link["id"] == number:
            return link
    raise RefusedError(404, f"No remote issue link with id '{number}' was found.")
