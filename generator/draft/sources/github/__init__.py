"""GitHub: issues as incidents, and releases, deployments, pushes and runs as what changed around them."""

from collections.abc import Callable, Iterator

from generator.draft.incident import Incident
from generator.draft.sources.extract.dedupe import together
from generator.draft.sources.extract.json import dicts, dig, record, text
from generator.draft.sources.github import changes, issues, read
from generator.draft.sources.github.read import either, nodes, repository
from generator.errors import InputError

LABEL = read.LABEL

Piece = dict[str, object]

ENVELOPES = ("workflow_runs", "check_runs", "check_suites", "items", "jobs", "statuses")
CONNECTED = "__connection"  # GraphQL's objects have only the fields that were asked for; their place says what they are
CONNECTIONS = ("issues", "pullRequests", "releases", "deployments", "issue", "pullRequest", "release", "latestRelease")


def recognises(payload: object) -> bool:
    """Whether this is a webhook of GitHub, or an answer of its APIs or its command line."""
    pieces = list(_pieces(payload))
    return bool(pieces) and all(_reader(one) or _is_other(one) for one, _ in pieces)


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """One incident for each issue; everything that only changed something is put together as one partial incident."""
    found = []
    for one, around in _pieces(payload):
        if reader := _reader(one):
            found.append(reader(one, around))
    told = [one for one in found if one.title or one.events or one.releases]
    if not told:
        raise InputError(
            "This GitHub data holds no issue, comment, release, deployment, push, pull request or run with a time. "
            "Export the incident's issue (`gh issue view <number> --json title,body,state,labels,author,assignees,"
            "comments,createdAt,closedAt,number,url`) or the releases around it (`GET /repos/<owner>/<name>/releases`)."
        )
    return together(told)


def _reader(one: Piece) -> Callable[[Piece, Piece], Incident] | None:
    readers: tuple[tuple[Callable[[Piece], bool], Callable[[Piece, Piece], Incident]], ...] = (
        (_is_hook, _hook),
        (issues.is_issue, _issue),
        (changes.is_release, changes.release),
        (changes.is_deployment_status, lambda one, around: changes.deployment({}, around, one)),
        (changes.is_deployment, changes.deployment),
        (changes.is_run, changes.run),
        (changes.is_check, changes.check),
        (changes.is_status, changes.status),
        (changes.is_commit, changes.commit),
        (issues.is_comment, lambda one, _around: Incident(source=LABEL, events=issues.comment(one))),
        (issues.is_event, lambda one, _around: Incident(source=LABEL, events=issues.timeline(one))),
        (_is_issue_with_comments, lambda one, _around: _issue(record(one.get("issue")), one)),
    )
    connected: dict[object, Callable[[Piece, Piece], Incident]] = {
        **dict.fromkeys(("issues", "issue"), _issue),
        **dict.fromkeys(("pullRequests", "pullRequest"), changes.pull_request),
        **dict.fromkeys(("releases", "release", "latestRelease"), changes.release),
        "deployments": changes.deployment,
    }
    if CONNECTED in one:
        return connected.get(text(one.get(CONNECTED)))
    return next((reader for shaped, reader in readers if shaped(one)), None)


def _hook(hook: Piece, around: Piece) -> Incident:
    around = {**around, **hook}
    inside = {key: record(hook.get(key)) for key in ("deployment_status", "deployment", "release", "workflow_run")}
    if inside["deployment_status"]:
        return changes.deployment(inside["deployment"], around, inside["deployment_status"])
    if inside["deployment"]:
        return changes.deployment(inside["deployment"], around)
    if inside["release"]:
        return changes.release(inside["release"], around)
    if inside["workflow_run"]:
        return changes.run(inside["workflow_run"], around)
    for key in ("check_run", "check_suite", "workflow_job"):
        if check := record(hook.get(key)):
            return changes.check(check, around)
    if pull := record(hook.get("pull_request")):
        return changes.pull_request(pull, around)
    if issue := record(hook.get("issue")):
        return _issue(issue, around)
    if changes.is_push(hook):
        return changes.push(hook, around)
    if changes.is_status(hook):
        return changes.status(hook, around)
    return Incident(source=LABEL)


def _issue(one: Piece, around: Piece) -> Incident:
    if issues.is_pull_request(one):
        return changes.pull_request(one, around)
    return issues.incident(one, around)


def _is_hook(one: Piece) -> bool:
    # `full_name` and `sender` (or who pushed) are what every webhook of GitHub has; Sentry's and Jira's have neither.
    named = isinstance(either(one.get("repository"), "full_name"), str)
    return named and bool({"sender", "pusher"} & one.keys()) and not {"object_kind", "webhookEvent"} & one.keys()


def _is_issue_with_comments(one: Piece) -> bool:
    return issues.is_issue(record(one.get("issue")))


def _is_other(one: Piece) -> bool:
    # A repository, a user, an organisation: GitHub's, but nothing that happened.
    return "node_id" in one and ("url" in one or "html_url" in one)


def _pieces(payload: object) -> Iterator[tuple[Piece, Piece]]:
    """Each object of a payload with what lies around it (the webhook, the repository)."""
    if isinstance(payload, list):
        if len(dicts(payload)) == len(payload):
            for item in dicts(payload):
                yield from _piece(item)
        return
    for one in dicts([payload]):
        yield from _piece(one)


def _piece(one: Piece) -> Iterator[tuple[Piece, Piece]]:
    inner = record(dig(one, "request", "payload"))
    if inner:  # a delivery, as a webhook's log keeps it
        yield inner, {}
        return
    if (
        isinstance(one.get("payload"), dict)
        and isinstance(one.get("repo"), dict)
        and text(one.get("type")).endswith("Event")
    ):
        # An entry of the activity feed: the webhook's payload without its repository and sender.
        around: Piece = {"repository": {"full_name": dig(one, "repo", "name")}, "sender": one.get("actor")}
        yield {**around, "created_at": one.get("created_at"), **record(one.get("payload"))}, {}
        return
    for key in ENVELOPES:
        if "total_count" in one and isinstance(one.get(key), list):
            for item in dicts(one.get(key)):
                yield item, {}
            return
    graph = record(dig(one, "data", "repository")) or record(one.get("repository"))
    connected = [key for key in CONNECTIONS if isinstance(graph.get(key), dict)]
    if connected and not _is_hook(one):
        name = repository({"repository": graph}) or repository({}, {"repository": graph})
        around = {"repository": {"full_name": name}} if name else {}
        for key in connected:
            found = nodes(graph.get(key))
            for item in dicts(found) if isinstance(found, list) else dicts([found]):
                yield {**item, CONNECTED: key}, around
        return
    yield one, {}
