"""What changed, as GitHub gives it: releases, deployments, pushes, workflow runs, checks and pull requests.

All of these are partial: they add releases and events to an incident that somebody else tells.
"""

import re
from datetime import datetime

from generator.draft.incident import Event, EventKind, Incident, Release
from generator.draft.sources.extract.json import dicts, dig, first, one_line, text, url
from generator.draft.sources.extract.prose import cut, markdown, with_detail
from generator.draft.sources.github.read import LABEL, either, login, page, repository, short, time, version

DEPLOYED = {
    "success": "Deployed {} to {}",
    "failure": "Deployment of {} to {} failed",
    "error": "Deployment of {} to {} failed",
    "inactive": "Deployment of {} to {} is no longer active",
    "pending": "Deployment of {} to {} waits",
    "queued": "Deployment of {} to {} queued",
    "in_progress": "Deployment of {} to {} started",
    "": "Deployment of {} to {} requested",
}
RELEASED = {"deleted": "Release deleted: {}", "unpublished": "Release unpublished: {}", "edited": "Released {}"}
ENDED = {
    "success": "succeeded",
    "failure": "failed",
    "timed_out": "timed out",
    "cancelled": "was cancelled",
    "skipped": "was skipped",
    "startup_failure": "failed to start",
    "action_required": "needs an action",
    "error": "failed",
}
_DELIVERY = re.compile(r"deploy|release|rollback|publish|promote", re.IGNORECASE)


def is_release(one: dict[str, object]) -> bool:
    """Whether this is a release, of the APIs or of the command line."""
    tagged = either(one, "tag_name")
    return isinstance(tagged, str) and any(
        key in one for key in ("published_at", "publishedAt", "target_commitish", "draft", "isDraft", "createdAt")
    )


def is_deployment(one: dict[str, object]) -> bool:
    """Whether this is a deployment."""
    known = {"statuses_url", "original_environment", "task", "commitOid", "latestStatus"}
    return "environment" in one and bool({"sha", "ref", "commitOid"} & one.keys()) and bool(known & one.keys())


def is_deployment_status(one: dict[str, object]) -> bool:
    """Whether this is one status of a deployment."""
    return "state" in one and "deployment_url" in one


def is_run(one: dict[str, object]) -> bool:
    """Whether this is a run of a workflow."""
    return {"run_number", "workflow_id"} <= one.keys() or (
        bool({"workflowName", "workflowDatabaseId"} & one.keys()) and bool({"conclusion", "status"} & one.keys())
    )


def is_check(one: dict[str, object]) -> bool:
    """Whether this is a check run."""
    return {"head_sha", "name", "status", "conclusion"} <= one.keys() and "started_at" in one


def is_status(one: dict[str, object]) -> bool:
    """Whether this is the status of a commit."""
    return {"state", "context"} <= one.keys() and bool({"sha", "creator", "target_url"} & one.keys())


def is_push(one: dict[str, object]) -> bool:
    """Whether this is a push's payload."""
    return isinstance(one.get("ref"), str) and "before" in one and ("commits" in one or "after" in one or "head" in one)


def is_commit(one: dict[str, object]) -> bool:
    """Whether this is a commit of the API."""
    return "sha" in one and isinstance(dig(one, "commit", "message"), str)


def release(one: dict[str, object], around: dict[str, object]) -> Incident:
    """A release, or what happened to it."""
    repo, action = repository(one, around), text(around.get("action"))
    tag, author = text(either(one, "tag_name")), login(one, "author") or login(around, "sender")
    at = time(one, "published_at", "created_at")
    named = Release(_named(repo, tag), at, short(repo), url=page(one), author=author, source=LABEL)
    draft = either(one, "draft") is True or either(one, "is_draft") is True
    said = RELEASED.get(action, "Release drafted: {}" if draft else "Released {}")
    gone = action in {"deleted", "unpublished"}
    uid = f"release/{named.name}" + (f"/{action}" if gone else "")
    when = (time(one, "updated_at") or time(around, "created_at")) if gone else at
    event = _event(when, said.format(markdown(named.name)), EventKind.RELEASE, author, named.url, uid)
    return _told(event, () if gone or draft else (named,))


def deployment(one: dict[str, object], around: dict[str, object], status: dict[str, object] | None = None) -> Incident:
    """A deployment, with one status of it where that is known."""
    known = status if status is not None else _latest(one)
    repo = repository(one, around) or repository(known, around)
    ref = version(first(one.get("ref"), dig(one, "ref", "name"), one.get("sha"), one.get("commitOid")))
    inner = one.get("payload")
    tagged = first(dig(inner, "version"), dig(inner, "tag"), dig(inner, "release"))
    sha = version(first(one.get("sha"), one.get("commitOid")))
    name = _named(repo, tagged or (f"{ref} ({sha})" if ref in {"main", "master"} and sha else ref))
    where = first(known.get("environment"), one.get("environment"))
    state = text(known.get("state")).lower()
    at = time(known, "created_at", "updated_at") or time(one, "created_at")
    actor = login(known, "creator") or login(one, "creator") or login(around, "sender")
    link = next(
        (found for key in ("environment_url", "log_url", "target_url") if (found := url(either(known, key)))), ""
    )
    words = DEPLOYED.get(state, "Deployment of {} to {}: " + markdown(state.replace("_", " ").replace("{", "")))
    if re.search("rollback|revert", text(one.get("task")), re.IGNORECASE) and state in {"", "success"}:
        words = "Rolled back to {} on {}"
    uid = f"deployment/{first(one.get('id'), one.get('databaseId'))}/{state or 'requested'}"
    event = _event(at, words.format(markdown(name), markdown(where) or "?"), EventKind.RELEASE, actor, link, uid)
    ran = Release(name, at, short(repo), where, link, actor, source=LABEL)
    return _told(event, (ran,) if state in {"", "success", "active"} else ())


def run(one: dict[str, object], around: dict[str, object]) -> Incident:
    """A run of a workflow."""
    name = first(either(one, "workflow_name"), one.get("name"), dig(around, "workflow", "name"))
    return _ran("Workflow", name, one, around, "updated_at", "run_started_at", "started_at", "created_at")


def check(one: dict[str, object], around: dict[str, object]) -> Incident:
    """A check run, or a suite of them."""
    name = first(one.get("name"), dig(one, "app", "name"))
    return _ran("Check", name, one, around, "completed_at", "started_at", "updated_at")


def status(one: dict[str, object], around: dict[str, object]) -> Incident:
    """The status of a commit."""
    return _ran(
        "Check", text(one.get("context")), {**one, "conclusion": one.get("state")}, around, "updated_at", "created_at"
    )


def push(one: dict[str, object], around: dict[str, object]) -> Incident:
    """A push of commits or of a tag."""
    repo, ref = repository({}, around) or repository({}, one), text(one.get("ref"))
    name, commits = version(ref), dicts(one.get("commits"))
    kind = "Tag" if ref.startswith("refs/tags/") else "Branch"
    head = one.get("head_commit") if isinstance(one.get("head_commit"), dict) else commits[-1] if commits else None
    at = (
        time(head, "timestamp") or time(one, "created_at") or time(dig(around, "repository"), "pushed_at", "updated_at")
    )
    subject = one_line(text(dig(head, "message")).partition("\n")[0])
    where = markdown("/".join(part for part in (short(repo), name) if part))
    if one.get("deleted") is True:
        line = f"{kind} deleted: {where}"
    elif kind == "Tag":
        line = f"Tag pushed: {where}"
    elif not commits:
        line = f"Branch pushed: {where}" + (f" — {markdown(subject)}" if subject else "")
    else:
        count = f"{len(commits)} commits" if len(commits) > 1 else "1 commit"
        line = with_detail(f"Pushed {count} to {where}" if where else f"Pushed {count}", markdown(cut(subject, 200)))
    actor = login(one, "pusher") or login(around, "sender")
    uid = f"push/{first(one.get('after'), one.get('head'), one.get('push_id'))}/{ref}"
    event = _event(at, line, EventKind.RELEASE, actor, url(one.get("compare")), uid)
    tagged = kind == "Tag" and one.get("deleted") is not True
    return _told(event, (Release(_named(repo, name), at, short(repo), author=actor, source=LABEL),) if tagged else ())


def commit(one: dict[str, object], _around: dict[str, object]) -> Incident:
    """A commit of the API's list."""
    inner = one.get("commit")
    at = time(dig(inner, "committer"), "date") or time(dig(inner, "author"), "date")
    line = with_detail("Committed", markdown(cut(one_line(text(dig(inner, "message")).partition("\n")[0]), 200)))
    actor = login(one, "author") or text(dig(inner, "author", "name"))
    return _told(_event(at, line, EventKind.RELEASE, actor, page(one), f"commit/{text(one.get('sha'))}"))


def pull_request(one: dict[str, object], around: dict[str, object]) -> Incident:
    """A pull request: when it was opened, and when it was merged or closed."""
    repo, number = repository(one, around), text(one.get("number"))
    name = f"{markdown(cut(one_line(text(one.get('title'))), 200))} ({short(repo)}#{number})".lstrip()
    uid, link, author = f"pull/{repo}#{number}", page(one), login(one, "user", "author")
    merged, closed = time(one, "merged_at"), time(one, "closed_at")
    merged = merged or time(dig(one, "pull_request"), "merged_at")
    by = login(one, "merged_by", "mergedBy") or ("" if around.get("action") != "closed" else login(around, "sender"))
    events = (
        _event(time(one, "created_at"), f"Pull request opened: {name}", EventKind.NOTE, author, link, f"{uid}/opened"),
        _event(merged, f"Pull request merged: {name}", EventKind.RELEASE, by, link, f"{uid}/merged"),
        _event(None if merged else closed, f"Pull request closed: {name}", EventKind.NOTE, by, link, f"{uid}/closed"),
    )
    return Incident(source=LABEL, events=tuple(event for found in events for event in found))


def _ran(what: str, name: str, one: dict[str, object], around: dict[str, object], *times: str) -> Incident:
    repo = short(repository(one, around))
    done = text(one.get("conclusion")).lower()
    state = ENDED.get(done, done.replace("_", " ")) or text(one.get("status")).lower().replace("_", " ")
    state = {"completed": "ended", "in progress": "started", "queued": "was queued", "neutral": "ended"}.get(
        state, state
    )
    branch = first(either(one, "head_branch"), dig(one, "check_suite", "head_branch"))
    where = markdown("/".join(part for part in (repo, branch) if part))
    line = " ".join(
        part for part in (what, markdown(one_line(name)), where and f"on {where}", markdown(one_line(state))) if part
    )
    actor = login(one, "triggering_actor", "actor") or login(around, "sender")
    kind = EventKind.RELEASE if _DELIVERY.search(name) else EventKind.NOTE
    link = page(one) or url(one.get("target_url"))
    uid = f"{what.lower()}/{first(one.get('id'), one.get('databaseId'))}/{state}"
    return _told(_event(time(one, *times), line.strip(), kind, actor, link, uid))


def _latest(one: dict[str, object]) -> dict[str, object]:
    found = dicts([either(one, "latest_status")]) or dicts(one.get("statuses"))
    return max(found, key=lambda status: text(either(status, "created_at")), default={})


def _named(repo: str, ref: str) -> str:
    return f"{short(repo)}@{ref}" if repo and ref and "@" not in ref else ref or short(repo) or "?"


def _event(  # noqa: PLR0917 - an event's fields in their order
    at: datetime | None, line: str, kind: EventKind, actor: str, link: str, uid: str
) -> tuple[Event, ...]:
    return (Event(at, line, LABEL, kind, actor, link, uid=uid),) if at else ()


def _told(events: tuple[Event, ...], releases: tuple[Release, ...] = ()) -> Incident:
    return Incident(source=LABEL, events=events, releases=releases)
