"""From a delivery's headers and bytes to an event, or to a refusal with an HTTP status."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from generator.document.file_names import event_name
from generator.mirror.webhook.event import WebhookEvent
from generator.mirror.webhook.rejection import Rejected
from generator.mirror.webhook.signature import verify
from generator.mirror.webhook.strict_json import read
from generator.mirror.webhook.subject import issue_key, part, subject
from generator.settings.jira import Secret

LIMIT = 25 * 1024 * 1024  # Jira sends nothing larger
FIELDS = 1000
TEXT = 255
_LENGTH = re.compile(r"\A0*([0-9]{1,15})\Z", re.ASCII)
_DIGITS = re.compile(r"\A[0-9]+\Z", re.ASCII)
_IDENTIFIER = re.compile(r"\A[A-Za-z0-9][A-Za-z0-9_-]{7,127}\Z", re.ASCII)
_RETRY = re.compile(r"\A[0-9]{1,4}\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)


def parse(headers: Mapping[str, str], body: bytes, secret: Secret | None, *, limit: int = LIMIT) -> WebhookEvent:
    """The event of a delivery whose signature is right; header names in any case.

    Raises `Rejected` and nothing else: 503 without a secret, 413 above `limit` bytes, 401 for the signature, 415 for
    anything but plain `application/json`, 400 for headers or a body that cannot be read.
    """
    if not secret:
        raise Rejected(503, "No webhook secret is set here, so no delivery can be verified.")
    if too_long(headers, limit) or len(body) > limit:
        raise Rejected(413, f"The body is longer than {limit:,} bytes.")
    known = _folded(headers)
    verify(known.get("x-hub-signature"), body, secret)
    _check_kind(known)
    return _event(known, body, read(body))


def too_long(headers: Mapping[str, str], limit: int = LIMIT) -> bool:
    """Whether the delivery announces more than `limit` bytes, to be asked before anything is read.

    False without `Content-Length`, so whoever reads a chunked body still has to count. Raises `Rejected(400)` like
    `declared_length`.
    """
    length = declared_length(headers)
    return length is not None and length > limit


def declared_length(headers: Mapping[str, str]) -> int | None:
    """How many bytes the delivery announces; None where it does not say, at most 10^15.

    Raises `Rejected(400)` where that is no number, or several that differ.
    """
    announced = _folded(headers).get("content-length")
    if announced is None:
        return None
    if not _DIGITS.match(announced):
        raise Rejected(400, "Content-Length is not a number.")
    found = _LENGTH.match(announced)
    return int(found[1]) if found else 10**15


def _folded(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers by lower-case name; one that comes twice is joined by commas, as HTTP says, and so fits nothing."""
    known: dict[str, str] = {}
    for name, value in headers.items():
        name, value = name.lower(), value.strip(" \t")
        known[name] = f"{known[name]}, {value}" if name in known else value
    return known


def _check_kind(known: Mapping[str, str]) -> None:
    """Lets plain JSON in UTF-8 pass; packed bodies are refused, for a small one may unpack to anything."""
    if known.get("content-encoding", "identity").lower() != "identity":
        raise Rejected(415, "The body must not be compressed.")
    kind, *parameters = known.get("content-type", "").split(";")
    if kind.strip().lower() != "application/json":
        raise Rejected(415, "The body must be application/json.")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in {"utf-8", "utf8"}:
            raise Rejected(415, "The body must be in UTF-8.")


def _event(known: Mapping[str, str], raw: bytes, body: Mapping[str, Any]) -> WebhookEvent:
    """The event that a body tells."""
    said = body.get("webhookEvent")
    if not isinstance(said, str):
        raise Rejected(400, "The body does not name its event, so it is not one of Jira's webhooks.")
    name = event_name(said)
    about = subject(name, body)
    identifier, retry = known.get("x-atlassian-webhook-identifier", ""), known.get("x-atlassian-webhook-retry", "")
    items = part(body, "changelog").get("items")
    changes = [one for one in items[:FIELDS] if isinstance(one, dict)] if isinstance(items, list) else []
    return WebhookEvent(
        name=name,
        # Two events never have the same bytes: their times differ. A repetition has the same.
        identifier=identifier if _IDENTIFIER.match(identifier) else f"sha256-{hashlib.sha256(raw).hexdigest()}",
        retry=int(retry) if _RETRY.match(retry) else 0,
        at=_moment(body.get("timestamp")),
        issue_id=about.id,
        issue_key=about.key,
        other_ids=about.others,
        sweep=about.sweep,
        actor=_actor(name, body),
        deleted=name in {"jira-issue_deleted", "issue_deleted"},
        moved_from=_moved_from(changes),
        changed=tuple(dict.fromkeys(field for field in map(_field, changes) if field)),
    )


def _moment(milliseconds: object) -> datetime | None:
    """A moment from milliseconds since 1970, UTC; None where that is no moment."""
    if isinstance(milliseconds, int) and not isinstance(milliseconds, bool) and 0 <= milliseconds <= _LAST:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    return None


def _actor(name: str, body: Mapping[str, Any]) -> str:
    """The account that did it: who is named as the user, else who wrote the comment, worklog or attachment last.

    Empty where it is not said: who deleted a comment need not be who wrote it.
    """
    people = [part(body, "user")]
    if not name.endswith("_deleted"):
        things = [part(body, one) for one in ("comment", "worklog", "attachment")]
        people += [part(one, role) for one in things for role in ("updateAuthor", "author")]
    names = (person.get(field) for person in people for field in ("accountId", "name"))
    return next((one for one in names if isinstance(one, str) and 0 < len(one) <= TEXT and one.isprintable()), "")


def _moved_from(changes: list[dict[str, Any]]) -> str:
    """The key that the issue had before it moved to another project, or an empty text."""
    old = (one.get("fromString") for one in changes if one.get("field") in ("Key", "key"))
    return next((key for key in map(issue_key, old) if key), "")


def _field(change: Mapping[str, Any]) -> str:
    """Which field a change is of; what cannot be printed is replaced."""
    named = next((one for one in (change.get("fieldId"), change.get("field")) if isinstance(one, str) and one), "")
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in named[:TEXT])
