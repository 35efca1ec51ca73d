"""Links between issues: made from the inward issue to the outward one, and shown in both."""

from typing import Any

from jira_sandbox import events
from jira_sandbox.comments import add_comment
from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.present import link_shown, link_type_shown
from jira_sandbox.site import Site

SIDES = ("inwardIssue", "outwardIssue")


def types(site: Site, _request: Request) -> Answer:
    """`GET /issueLinkType`."""
    return Answer(body={"issueLinkTypes": [link_type_shown(site, one) for one in site.store.all("link_type")]})


def create(site: Site, request: Request) -> Answer:
    """`POST /issueLink`: 201 and no body; a link that is there already is accepted again, and its comment repeated."""
    body = request.object()
    ends = [_end(site, request.user, body.get(side)) for side in SIDES]
    for end in ends:
        text = "No Link Issue Permission for issue '{}'".format(end["key"])
        site.require(request.user, "LINK_ISSUES", end["project"], text, 401)
    add_link(site, _type(site, body.get("type")), ends[0], ends[1], request.user)
    if body.get("comment"):
        add_comment(site, request.user, ends[0]["id"], body["comment"])
    return Answer(201, None, kind="text/plain")


def read(site: Site, request: Request, number: str) -> Answer:
    """`GET /issueLink/{id}`."""
    return Answer(body=link_shown(site, _found(site, request.user, number)))


def remove(site: Site, request: Request, number: str) -> Answer:
    """`DELETE /issueLink/{id}`."""
    link = _found(site, request.user, number)
    site.store.remove("link", number)
    events.link(site, "deleted", link)
    _history(site, request.user, link, gone=True)
    return Answer(204)


def add_link_of(site: Site, user: Json | None, name: str, wanted: Json) -> None:
    """Link an issue as `update.issuelinks[].add` asks: a type, and the issue on the other side."""
    kind = _type(site, wanted.get("type"))
    own = site.of("issue", name)
    if "outwardIssue" in wanted:
        add_link(site, kind, own, _end(site, user, wanted["outwardIssue"]), user)
    else:
        add_link(site, kind, _end(site, user, wanted.get("inwardIssue")), own, user)


def add_link(site: Site, kind: Json, source: Json, destination: Json, user: Json | None) -> None:
    """Link two issues, unless they are linked in this way already."""
    if source["id"] == destination["id"]:
        raise RefusedError(400, "You cannot link an issue to itself.")
    link = {"type": kind["id"], "inwardIssue": source["id"], "outwardIssue": destination["id"]}
    if any({**one, "id": ""} == {**link, "id": ""} for one in site.store.all("link")):
        return
    link["id"] = str(site.store.next("link", 40_001))
    site.store.put("link", link["id"], link)
    _history(site, user, link)
    events.link(site, "created", link)


def _history(site: Site, user: Json | None, link: Json, *, gone: bool = False) -> None:
    kind = site.of("link_type", link["type"])
    for own, other, verb in ((*SIDES, "outward"), (*SIDES[::-1], "inward")):
        copy = site.change(site.of("issue", link[own]))
        key = site.of("issue", link[other])["key"]
        after = (key, f"This issue {kind[verb]} {key}")
        known: Json = {"id": "issuelinks", "name": "Link", "kind": ""}
        item = events.item(known, *((after, (None, None)) if gone else ((None, None), after)))
        events.note(site, user, copy, [{**item, "field": "Link"}])


def _end(site: Site, user: Json | None, wanted: Any) -> Json:
    name = str(wanted.get("key") or wanted.get("id") or "") if isinstance(wanted, dict) else ""
    if not name:
        raise RefusedError(400, "Specify the issue on both sides of the link.")
    return site.issue(name, user)


def _type(site: Site, wanted: Any) -> Json:
    wanted = wanted if isinstance(wanted, dict) else {}
    found = site.store.get("link_type", str(wanted["id"])) if "id" in wanted else None
    found = found or site.by("link_type", wanted.get("name"))
    if found is None:
        raise RefusedError(404, f"No issue link type with name '{wanted.get('name') or wanted.get('id')}' found.")
    return found


def _found(site: Site, user: Json | None, number: str) -> Json:
    link = site.store.get("link", number)
    if link is None:
        raise RefusedError(404, f"No issue link with id '{number}' exists.")
    for side in SIDES:
        site.issue(link[side], user)
    return link
