"""Search: by token on Cloud, by offset on Data Center, over an index that may lag behind."""

import base64
import hashlib
import json
from typing import Any

from jira_sandbox import present
from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.jql import JqlError, Query, parse
from jira_sandbox.jql_match import Matcher, ordered
from jira_sandbox.site import Site

UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
REMOVED = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."


def by_token(site: Site, request: Request) -> Answer:
    """`POST` or `GET /search/jql` of Cloud."""
    body = request.object() if request.method == "POST" else _from_query(request)
    known = {"jql", "nextPageToken", "maxResults", "fields", "expand", "properties", "fieldsByKeys", "reconcileIssues"}
    if stray := body.keys() - known:
        raise RefusedError(
            400, "Invalid request payload. Refer to the REST API documentation and try again.", reason=min(stray)
        )
    for name, kinds in (("jql", str), ("fields", list), ("maxResults", int), ("expand", str), ("properties", list)):
        if not isinstance(body.get(name, kinds()), kinds):
            raise RefusedError(
                400, "Invalid request payload. Refer to the REST API documentation and try again.", reason=name
            )
    jql, fields = body.get("jql", ""), body.get("fields") or ["id"]
    properties = body.get("properties") or []
    if len(properties) > 5:
        raise RefusedError(400, "The number of properties requested exceeds the limit of 5.")
    reconciled = [str(one) for one in body.get("reconcileIssues") or []]
    found = find(site, request.user, jql, bounded=True, strong=reconciled)[0]
    start = _start(body.get("nextPageToken"), jql)
    most = max(1, min(body.get("maxResults", 50), 5000))
    if set(fields) - {"id", "key"}:
        most = min(most, site.page_cap)
    page = found[start : start + most]
    expand = [word.strip() for word in body.get("expand", "").split(",")]
    issues = [_shown(site, issue, fields, expand, properties) for issue in page]
    last = start + most >= len(found)
    answer: Json = {"issues": issues, "isLast": last}
    if not last:
        answer["nextPageToken"] = _token(start + most, jql)
    _described(answer, page, issues, expand)
    return Answer(body=answer)


def by_offset(site: Site, request: Request) -> Answer:
    """`POST` or `GET /search` of Data Center."""
    body = request.object() if request.method == "POST" else _from_query(request)
    if stray := body.keys() - {"jql", "startAt", "maxResults", "fields", "validateQuery", "expand"}:
        raise RefusedError(400, f'Unrecognized field "{min(stray)}", not marked as ignorable')
    start, most = body.get("startAt", 0), body.get("maxResults", 50)
    if not isinstance(start, int) or not isinstance(most, int) or not isinstance(body.get("jql", ""), str):
        raise RefusedError(400, "Can not deserialize the search request.")
    strict = body.get("validateQuery", True) in {True, "true", "strict"}
    found, warnings = find(site, request.user, body.get("jql", ""), strict=strict)
    most = max(0, min(most, 1000))
    expand = body.get("expand") or []
    expand = expand.split(",") if isinstance(expand, str) else expand
    fields = body.get("fields") or ["*navigable"]
    page = found[start : start + most]
    issues = [_shown(site, issue, fields, expand, []) for issue in page]
    answer: Json = {
        "expand": "schema,names",
        "startAt": start,
        "maxResults": most,
        "total": len(found),
        "issues": issues,
    }
    if warnings:
        answer["warningMessages"] = warnings
    _described(answer, page, issues, expand)
    return Answer(body=answer)


def count(site: Site, request: Request) -> Answer:
    """`POST /search/approximate-count` of Cloud."""
    return Answer(body={"count": len(find(site, request.user, str(request.object().get("jql", "")), bounded=True)[0])})


def removed(_site: Site, _request: Request) -> Answer:
    """`/search` of Cloud, which is gone."""
    raise RefusedError(410, REMOVED)


def find(
    site: Site,
    user: Json | None,
    jql: str,
    *,
    bounded: bool = False,
    strict: bool = True,
    strong: list[str] | None = None,
) -> tuple[list[Json], list[str]]:
    """The issues that the index has for a query, and warnings; those in `strong` (ids) are looked at as they are now."""
    try:
        query = parse(jql)
        _check(query, bounded=bounded)
        matcher = Matcher(site, user, strict=strict)
        test = matcher.test(query.where) if query.where else lambda _issue: True
        now = {issue["id"]: issue for name in strong or [] if (issue := site.store.get("issue", name))}
        seen = {issue["id"]: issue for issue in site.index.issues()} | now
        found = [issue for issue in seen.values() if _visible(site, user, issue) and test(issue)]
        return ordered(site, query, found), matcher.warnings
    except JqlError as wrong:
        raise RefusedError(400, str(wrong)) from None
    except RecursionError:
        raise RefusedError(400, "The JQL query is nested too deep.") from None


def _check(query: Query, *, bounded: bool) -> None:
    if query.where is None and bounded:
        raise JqlError(UNBOUNDED)
    if len(query.order) > 7:
        raise JqlError("The number of fields in the ORDER BY clause exceeds the limit of 7.")


def _visible(site: Site, user: Json | None, issue: Json) -> bool:
    return not issue["hidden"] and site.may(user, "BROWSE_PROJECTS", issue["project"])


def _shown(site: Site, issue: Json, fields: list[str], expand: list[str], properties: list[str]) -> Json:
    if fields == ["id"] and site.cloud:
        return {"id": issue["id"]}
    return present.issue_shown(site, issue, fields=fields, expand=expand, properties=properties)


def _described(answer: Json, page: list[Json], issues: list[Json], expand: list[str]) -> None:
    for name in ("names", "schema"):
        if name in expand and page:
            answer[name] = {}
            for issue in issues:
                answer[name] |= issue.pop(name, {})


def _from_query(request: Request) -> Json:
    body: Json = {
        name: request.one(name) for name in ("jql", "nextPageToken", "expand", "validateQuery") if name in request.query
    }
    body |= {name: request.count(name, 0, 10**9) for name in ("startAt", "maxResults") if name in request.query}
    lists = ("fields", "properties", "reconcileIssues") if request.path == "/search/jql" else ("fields",)
    return body | {name: request.several(name) for name in lists if name in request.query}


def _token(start: int, jql: str) -> str:
    content = json.dumps([start, hashlib.sha256(jql.encode()).hexdigest()[:16]])
    return base64.urlsafe_b64encode(content.encode()).decode()


def _start(token: Any, jql: str) -> int:
    if token in (None, ""):
        return 0
    try:
        start, mark = json.loads(base64.urlsafe_b64decode(str(token)))
    except ValueError:
        start, mark = -1, ""
    if not isinstance(start, int) or start < 0 or mark != hashlib.sha256(jql.encode()).hexdigest()[:16]:
        raise RefusedError(400, "The provided next page token is invalid or expired.")
    return start
