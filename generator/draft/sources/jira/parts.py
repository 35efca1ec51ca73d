"""What else Jira exports: projects, users, statuses and their like, which hold no incident and are refused by name."""

import re
from collections.abc import Callable, Mapping

from generator.draft.incident import Incident
from generator.draft.sources.extract.json import dicts, dig, text
from generator.errors import InputError

LABEL = "Jira"

Json = Mapping[str, object]


def _has(*keys: str) -> Callable[[Json], bool]:
    return lambda item: all(key in item for key in keys)


def _at(*paths: str) -> Callable[[Json], bool]:
    return lambda item: any(path in text(item.get("self")) for path in paths)


def _short_project(item: Json) -> bool:
    named = _has("key", "id", "name")(item) and set(item) <= {"key", "id", "name", "description", "lead", "url"}
    return named and re.fullmatch(r"[A-Z][A-Z0-9_]+", text(item.get("key"))) is not None


# The first that holds for an item names it; the special stand before the general.
PARTS: tuple[tuple[str, Callable[[Json], bool]], ...] = (
    ("an error answer of Jira", lambda item: isinstance(item.get("errorMessages"), list) and "errors" in item),
    ("issues that could not be created", _has("elementErrors")),
    (
        "issues that were just created",
        lambda item: set(item) <= {"id", "key", "self", "transition"} and _at("/issue/")(item),
    ),
    ("remote links", _at("/remotelink/")),
    ("work logs", lambda item: _at("/worklog/")(item) or _has("timeSpentSeconds", "started")(item)),
    ("attachments", lambda item: _has("filename", "mimeType")(item) and _at("/attachment")(item)),
    ("link types", _has("inward", "outward")),
    (
        "transitions",
        lambda item: _has("isAvailable", "name")(item) or isinstance(dig(item, "to", "statusCategory"), dict),
    ),
    ("statuses", _has("statusCategory", "name")),
    ("status categories", lambda item: _has("colorName", "key")(item) or _at("/statuscategory/")(item)),
    ("sprints", lambda item: _has("originBoardId", "state")(item) or _at("/sprint/")(item)),
    ("boards", lambda item: _at("/board/")(item) or "columnConfig" in item),
    ("projects", lambda item: _at("/project/")(item) or _has("projectTypeKey", "key")(item) or _short_project(item)),
    ("project versions", lambda item: _at("/version/")(item) or _has("projectId", "name")(item)),
    ("components", _at("/component/")),
    ("users", lambda item: _has("accountId", "displayName")(item) or _at("/user?", "/user/")(item)),
    (
        "fields",
        lambda item: _has("schema", "name")(item) and bool(item.keys() & {"fieldId", "clauseNames", "orderable"}),
    ),
    ("fields", _has("fieldId", "hasDefaultValue")),
    ("issue types", lambda item: _at("/issuetype/")(item) or _has("subtask", "name")(item) or "issuetypes" in item),
    ("priorities", _at("/priority/")),
    ("resolutions", _at("/resolution/")),
    ("SLAs", lambda item: bool(item.keys() & {"completedCycles", "ongoingCycle"})),
    (
        "server information",
        lambda item: _has("baseUrl", "buildNumber")(item) or _has("deploymentType", "version")(item),
    ),
    ("issue properties", lambda item: set(item) <= {"key", "value", "self"} and isinstance(item.get("value"), dict)),
    (
        "development information",
        lambda item: _has("branches", "pullRequests")(item) or "byInstanceType" in str(item)[:400],
    ),
    ("audit records", _has("eventSource", "category", "created")),
)
ENVELOPES = (
    *(
        "values",
        "records",
        "projects",
        "issueTypes",
        "issuetypes",
        "fields",
        "transitions",
        "worklogs",
        "issueLinkTypes",
    ),
    *("remotelinks", "issues", "users", "sprints", "detail", "errors"),
)


def recognises(payload: object) -> bool:
    """Whether a payload is one of Jira's that holds no issue; asked after all the tools that have incidents."""
    return bool(_what(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Refuses, saying what the payload is."""
    what = _what(payload)
    if what.startswith("an error"):
        said = [text(one) for one in _list(dig(payload, "errorMessages"))]
        errors = dig(payload, "errors")
        said += [f"{name}: {text(one)}" for name, one in errors.items()] if isinstance(errors, dict) else []
        raise InputError(f"This is {what} ({'; '.join(filter(None, said))[:300] or 'without a reason'}), not an issue.")
    raise InputError(
        f"This is a Jira export of {what}, which holds no incident; export the issue itself with "
        "`GET /rest/api/3/issue/KEY?expand=changelog,names` (on Data Center `/rest/api/2/`)."
    )


def _what(payload: object) -> str:
    if isinstance(payload, dict):
        inside = next((payload[name] for name in ENVELOPES if dicts(payload.get(name))), None)
        found = _name([payload])
        return found or (_name(dicts(inside)[:20]) if inside is not None else "")
    return _name(dicts(payload)[:20])


def _name(items: list[dict[str, object]]) -> str:
    return next((what for what, holds in PARTS if items and all(map(holds, items))), "")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
