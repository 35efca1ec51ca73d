"""What Sentry tells beside errors: releases, deploys, commits, tickets and failed uptime checks; each is partial."""

from generator.draft.incident import Alert, Event, EventKind, FollowUp, Incident, Release
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, text, unique, url
from generator.draft.sources.extract.prose import markdown, with_detail
from generator.draft.sources.sentry import event as sentry_event

LABEL = sentry_event.LABEL


def release(one: dict[str, object]) -> list[Incident]:
    """A release."""
    services = unique(text(project.get("slug")) for project in dicts(one.get("projects")))
    known = sentry_event.release(one, services[0] if len(services) == 1 else "")
    at = moment(one.get("dateReleased"))
    word, at = ("Released", at) if at else ("Release created", known.at)
    line, uid = f"{word} {markdown(known.name) or 'without a version'}", f"release/{known.name}"
    event = Event(at, line, LABEL, EventKind.RELEASE, known.author, known.url, uid=uid) if at else None
    return [Incident(source=LABEL, events=(event,) if event else (), releases=(known,))]


def deploy(one: dict[str, object]) -> list[Incident]:
    """A deploy of a release."""
    at, where = moment(one.get("dateFinished")), text(one.get("environment"))
    name = first(dig(one, "release", "version"), one.get("release"), one.get("version"), one.get("name"), one.get("id"))
    known = Release(name, at, environment=where, url=url(one.get("url")), source=LABEL)
    line, uid = f"Deployed {markdown(name) or 'a release'} to {markdown(where) or '?'}", f"deploy/{text(one.get('id'))}"
    event = Event(at, line, LABEL, EventKind.RELEASE, url=known.url, uid=uid) if at else None
    return [Incident(source=LABEL, events=(event,) if event else (), releases=(known,))]


def commit(one: dict[str, object]) -> list[Incident]:
    """A commit of a release."""
    at, line = moment(one.get("dateCreated")), text(one.get("message")).partition("\n")[0]
    releases = tuple(sentry_event.release(known, "") for known in dicts(one.get("releases")))
    actor, uid = text(dig(one, "author", "name")), f"commit/{text(one.get('id'))}"
    event = (
        Event(at, with_detail("Committed", markdown(line)), LABEL, EventKind.RELEASE, actor, uid=uid)
        if at and line
        else None
    )
    return [Incident(source=LABEL, events=(event,) if event else (), releases=releases)]


def ticket(one: dict[str, object]) -> list[Incident]:
    """A ticket that is linked to an issue."""
    name = first(one.get("displayName"), one.get("key"))
    link = url(one.get("webUrl")) or url(one.get("url"))
    return [Incident(source=LABEL, follow_ups=(FollowUp(one_line(name), key=first(one.get("key"), name), url=link),))]


def failed_check(one: dict[str, object]) -> list[Incident]:
    """An uptime check that failed or was missed."""
    at = moment(one.get("actual_check_time_ms")) or moment(one.get("scheduled_check_time_ms"))
    said = first(dig(one, "status_reason", "description"), one.get("status"))
    uid = text(one.get("guid"))
    alert = Alert("Uptime check failed", at, source=LABEL, description=markdown(said), uid=uid)
    event = (
        Event(at, with_detail("Uptime check failed", markdown(said)), LABEL, EventKind.ALERT, uid=uid) if at else None
    )
    return [Incident(source=LABEL, events=(event,) if event else (), alerts=(alert,))]


def is_release(one: dict[str, object]) -> bool:
    """Whether this is a release."""
    return "version" in one and "dateCreated" in one and bool({"shortVersion", "versionInfo", "newGroups"} & one.keys())


def is_deploy(one: dict[str, object]) -> bool:
    """Whether this is a deploy."""
    return {"environment", "dateStarted", "dateFinished"} <= one.keys()


def is_commit(one: dict[str, object]) -> bool:
    """Whether this is a commit of a release."""
    return {"message", "dateCreated"} <= one.keys() and bool({"suspectCommitType", "releases"} & one.keys())


def is_ticket(one: dict[str, object]) -> bool:
    """Whether this is a ticket that is linked to an issue."""
    return "displayName" in one and bool({"issueId", "integrationId"} & one.keys())


def is_failed_check(one: dict[str, object]) -> bool:
    """Whether this is an uptime check that failed or was missed."""
    return {"subscription_id", "scheduled_check_time_ms"} <= one.keys() and text(one.get("status")) != "success"
