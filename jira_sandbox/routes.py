"""Which endpoint answers which request, in which dialect."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from jira_sandbox import (
    attachments,
    comments,
    history,
    hooks,
    issue_links,
    issues,
    meta,
    properties,
    remote_links,
    screens,
    search,
    users,
    workflow,
)
from jira_sandbox.exchange import Answer

Run = Callable[..., Answer]
Dialect = Literal["", "cloud", "data-center"]
CLOUD: Dialect = "cloud"
SERVER: Dialect = "data-center"


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint: `{}` in its path is one step. `reads` where it changes nothing, `open` where it needs no log-in.

    What is not `whole` writes in transactions of its own, so that others may come between.
    """

    method: str
    path: str
    run: Run
    dialect: Dialect = ""
    reads: bool = False
    open: bool = False
    whole: bool = True

    def match(self, path: str) -> tuple[str, ...] | None:
        """The steps that stand for `{}` where `path` (still quoted) is this route's."""
        found = re.fullmatch(re.escape(self.path).replace(r"\{\}", "([^/]+)"), path)
        return found and found.groups()


def _get(path: str, run: Run, dialect: Dialect = "", *, free: bool = False) -> Route:
    return Route("GET", path, run, dialect, reads=True, open=free)


ISSUE = "/issue/{}"
# Below /rest/api/<n>.
API = (
    _get("/serverInfo", meta.server, free=True),
    _get("/myself", users.myself),
    _get("/user", users.one),
    _get("/user/search", users.search),
    _get("/user/assignable/search", users.assignable),
    _get("/user/properties", properties.user_keys),
    _get("/user/properties/{}", properties.user_read),
    Route("PUT", "/user/properties/{}", properties.user_write, whole=False),
    Route("DELETE", "/user/properties/{}", properties.user_remove),
    _get("/mypermissions", meta.permissions, free=True),
    _get("/field", screens.all_fields, free=True),
    _get("/field/search", screens.search_fields, CLOUD),
    _get("/project/{}", meta.project),
    _get("/project/{}/statuses", meta.project_statuses),
    _get("/priority", meta.priorities, free=True),
    _get("/priority/search", partial(meta.search_named, kind="priority"), CLOUD),
    _get("/resolution", meta.resolutions, free=True),
    _get("/resolution/search", partial(meta.search_named, kind="resolution"), CLOUD),
    _get("/status", meta.statuses, free=True),
    _get("/statuscategory", meta.categories, free=True),
    _get("/issueLinkType", issue_links.types, free=True),
    _get("/issue/createmeta/{}/issuetypes", screens.create_types),
    _get("/issue/createmeta/{}/issuetypes/{}", screens.create_fields),
    Route("POST", "/issue", issues.create),
    Route("POST", "/issue/bulk", issues.create_many),
    Route("POST", "/issue/bulkfetch", issues.fetch_many, CLOUD, reads=True),
    Route("POST", "/changelog/bulkfetch", history.fetch_many, CLOUD, reads=True),
    _get(ISSUE, issues.read),
    Route("PUT", ISSUE, issues.edit),
    Route("DELETE", ISSUE, issues.remove),
    Route("PUT", f"{ISSUE}/assignee", issues.assign),
    _get(f"{ISSUE}/editmeta", screens.edit_fields),
    _get(f"{ISSUE}/transitions", workflow.listing),
    Route("POST", f"{ISSUE}/transitions", workflow.perform),
    _get(f"{ISSUE}/changelog", history.listing, CLOUD),
    _get(f"{ISSUE}/comment", comments.listing),
    Route("POST", f"{ISSUE}/comment", comments.create),
    _get(f"{ISSUE}/comment/{{}}", comments.one),
    Route("PUT", f"{ISSUE}/comment/{{}}", comments.edit),
    Route("DELETE", f"{ISSUE}/comment/{{}}", comments.remove),
    _get(f"{ISSUE}/properties", properties.issue_keys),
    _get(f"{ISSUE}/properties/{{}}", properties.issue_read),
    Route("PUT", f"{ISSUE}/properties/{{}}", properties.issue_write, whole=False),
    Route("DELETE", f"{ISSUE}/properties/{{}}", properties.issue_remove),
    _get(f"{ISSUE}/remotelink", remote_links.listing),
    Route("POST", f"{ISSUE}/remotelink", remote_links.upsert),
    Route("DELETE", f"{ISSUE}/remotelink", remote_links.remove_named),
    _get(f"{ISSUE}/remotelink/{{}}", remote_links.read),
    Route("PUT", f"{ISSUE}/remotelink/{{}}", remote_links.replace),
    Route("DELETE", f"{ISSUE}/remotelink/{{}}", remote_links.remove),
    Route("POST", f"{ISSUE}/attachments", attachments.upload),
    _get("/attachment/{}", attachments.read),
    Route("DELETE", "/attachment/{}", attachments.remove),
    _get("/attachment/content/{}", attachments.content, CLOUD),
    Route("POST", "/issueLink", issue_links.create),
    _get("/issueLink/{}", issue_links.read),
    Route("DELETE", "/issueLink/{}", issue_links.remove),
    _get("/search/jql", search.by_token, CLOUD, free=True),
    Route("POST", "/search/jql", search.by_token, CLOUD, reads=True, open=True),
    Route("POST", "/search/approximate-count", search.count, CLOUD, reads=True, open=True),
    _get("/search", search.removed, CLOUD, free=True),
    Route("POST", "/search", search.removed, CLOUD, reads=True, open=True),
    _get("/search", search.by_offset, SERVER, free=True),
    Route("POST", "/search", search.by_offset, SERVER, reads=True, open=True),
)
# Below the site's own address.
SITE = (
    _get("/_edge/tenant_info", meta.tenant, CLOUD, free=True),
    _get("/_media/{}/{}", attachments.media, free=True),
    _get("/secure/attachment/{}/{}", attachments.secure),
    _get("/rest/servicedeskapi/request/{}/sla", meta.sla),
    _get("/rest/webhooks/1.0/webhook", hooks.listing),
    Route("POST", "/rest/webhooks/1.0/webhook", hooks.create),
    _get("/rest/webhooks/1.0/webhook/{}", hooks.read),
    Route("PUT", "/rest/webhooks/1.0/webhook/{}", hooks.replace),
    Route("DELETE", "/rest/webhooks/1.0/webhook/{}", hooks.remove),
)


def find(
    routes: tuple[Route, ...], method: str, path: str, dialect: Dialect
) -> tuple[Route | None, tuple[str, ...], bool]:
    """The route of a request, the steps of its path, and whether there is one for another method."""
    other = False
    # A path without `{}` in a step is meant where both fit: /issue/bulkfetch is no issue.
    fitting = [
        (one, steps) for one in routes if one.dialect in {"", dialect} and (steps := one.match(path)) is not None
    ]
    fewest = min((len(steps) for _, steps in fitting), default=0)
    for route, steps in fitting:
        if route.method == method and len(steps) == fewest:
            return route, steps, True
        other = True
    return None, (), other
