"""What is asked where, below a repository's address, and who answers."""

import re
from urllib.parse import unquote

from tests.clients.github.standin import issues, labels, pulls, shapes
from tests.clients.github.standin.hub import Exchange, Hub, Repository
from tests.clients.github.standin.issues import ABSENT, Answer


def _repository(hub: Hub, there: Repository, _: dict, __: dict) -> Answer:
    return 200, shapes.repository(there.name, hub.site)


def _user(hub: Hub) -> Answer:
    if hub.login.endswith("[bot]"):
        return 403, {"message": "Resource not accessible by integration"}
    return 200, {**shapes.user(hub.login), "two_factor_authentication": True}


ROUTES = {
    ("GET", ""): _repository,
    ("GET", "/pulls"): pulls.listed,
    ("POST", "/pulls"): pulls.make,
    ("POST", r"/pulls/(\d+)/reviews"): pulls.review,
    ("GET", r"/pulls/(\d+)/comments"): pulls.notes,
    ("POST", r"/pulls/(\d+)/requested_reviewers"): issues.ask_reviewers,
    ("POST", r"/issues/(\d+)/assignees"): issues.assign,
    ("POST", r"/issues/(\d+)/labels"): issues.label,
    ("GET", r"/issues/(\d+)/events"): issues.events,
    ("GET", r"/issues/(\d+)/comments"): pulls.comments,
    ("POST", r"/issues/(\d+)/comments"): pulls.comment,
    ("PATCH", r"/issues/comments/(\d+)"): pulls.edit_comment,
    ("GET", "/issues"): issues.listed,
    ("POST", "/issues"): issues.make,
    ("GET", r"/issues/(\d+)"): issues.read,
    ("PATCH", r"/issues/(\d+)"): issues.change,
    ("POST", "/labels"): labels.make,
    ("GET", "/labels/([^/]+)"): labels.read,
    ("PATCH", "/labels/([^/]+)"): labels.describe,
    ("DELETE", "/labels/([^/]+)"): labels.delete,
    ("GET", "/assignees/([^/]+)"): issues.assignee,
}


def answer(hub: Hub, exchange: Exchange) -> Answer:
    """Do what is asked."""
    if (exchange.method, exchange.path) == ("GET", "/user"):
        return _user(hub)
    for (method, pattern), act in ROUTES.items():
        match = re.fullmatch(rf"/repos/([^/]+/[^/]+){pattern}", exchange.path)
        if match and method == exchange.method and match[1] in hub.repositories:
            exchange.route = (method, pattern)
            steps = (unquote(one) for one in match.groups()[1:])
            return act(hub, hub.repositories[match[1]], exchange.query, exchange.sent, *steps)
    return ABSENT
