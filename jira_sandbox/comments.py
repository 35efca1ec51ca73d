"""Comments: a page at a time, in the order in which they were written."""

from typing import Any

from jira_sandbox import events
from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.field_values import WrongValueError, rich_text, utf16
from jira_sandbox.present import comment_shown
from jira_sandbox.site import Site


def listing(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/{issue}/comment`; without `maxResults` Data Center gives all."""
    issue = site.issue(name, request.user)
    every = issue["comments"][::-1] if request.one("orderBy") == "-created" else issue["comments"]
    limit = 5000 if site.cloud else 1_000_000
    most = request.count("maxResults", 50 if site.cloud else 1_000_000, limit)
    start = request.count("startAt", 0, 10**9)
    shown = [comment_shown(site, issue, one) for one in every[start : start + most]]
    return Answer(body={"startAt": start, "maxResults": most, "total": len(every), "comments": shown})


def create(site: Site, request: Request, name: str) -> Answer:
    """`POST /issue/{issue}/comment`."""
    issue = site.issue(name, request.user)
    text = "You do not have the permission to comment on this issue."
    site.require(request.user, "ADD_COMMENTS", issue["project"], text)
    comment = add_comment(site, request.user, issue["id"], request.object())
    return Answer(201, comment_shown(site, issue, comment))


def one(site: Site, request: Request, name: str, number: str) -> Answer:
    """`GET /issue/{issue}/comment/{id}`."""
    issue = site.issue(name, request.user)
    return Answer(body=comment_shown(site, issue, _found(issue, number)))


def edit(site: Site, request: Request, name: str, number: str) -> Answer:
    """`PUT /issue/{issue}/comment/{id}`."""
    issue = site.issue(name, request.user)
    _found(issue, number)
    copy = site.change(issue)
    comment = _found(copy, number)
    comment |= {"body": _body(site, request.object()), "updated": copy["updated"]}
    shown = comment_shown(site, copy, comment)
    events.comment(site, "updated", issue["id"], shown, request.user)
    return Answer(body=shown)


def remove(site: Site, request: Request, name: str, number: str) -> Answer:
    """`DELETE /issue/{issue}/comment/{id}`."""
    issue = site.issue(name, request.user)
    comment = _found(issue, number)
    copy = site.change(issue)
    copy["comments"] = [one for one in copy["comments"] if one["id"] != number]
    events.comment(site, "deleted", issue["id"], comment_shown(site, issue, comment), request.user)
    return Answer(204)


def add_comment(site: Site, user: Json | None, name: str, body: Json) -> Json:
    """Write a comment, `{body, visibility?}`, below an issue."""
    text = _body(site, body)
    copy = site.change(site.of("issue", name))
    comment: Json = {
        "id": str(site.store.next("comment", 30_001)),
        "author": user["id"] if user else None,
        "body": text,
        "created": copy["updated"],
        "updated": copy["updated"],
        "visibility": body.get("visibility"),
        "jsdPublic": body.get("jsdPublic", True),
    }
    copy["comments"].append(comment)
    events.comment(site, "created", name, comment_shown(site, copy, comment), user)
    return comment


def _body(site: Site, body: Json) -> Any:
    value = body.get("body")
    if value in (None, "", {}):
        raise RefusedError(400, errors={"comment": "Comment body can not be empty!"})
    if isinstance(value, str) and utf16(value) > site.text_limit:
        text = f"The entered text is too long. It exceeds the allowed limit of {site.text_limit} characters."
        raise RefusedError(400, errors={"comment": text})
    try:
        return rich_text(site, value)
    except WrongValueError as wrong:
        if wrong.general:
            raise RefusedError(400, wrong.text, reason=wrong.reason) from None
        raise RefusedError(400, errors={"comment": wrong.text}) from None


def _found(issue: Json, number: str) -> Json:
    for comment in issue["comments"]:
        if comment["id"] == number:
            found: Json = comment
            return found
    raise RefusedError(404, f"Can not find a comment for the id: {number}.")
