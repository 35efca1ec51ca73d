"""Properties of issues and of users: any JSON below a key, up to 32,768 characters.

That a write tells exactly one of several that it was first is promised nowhere; with a `property_window` it does not.
"""

import json
import time
from typing import Any

from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.site import Site

LONGEST_KEY, LARGEST = 255, 32_768


def checked_properties(given: Any) -> Json:
    """The `properties` of a create or an edit, by key."""
    if not isinstance(given, list) or not all(
        isinstance(one, dict) and isinstance(one.get("key"), str) for one in given
    ):
        raise RefusedError(400, "properties must be a list of objects with a key and a value.")
    found = {one["key"]: one.get("value") for one in given}
    if len(found) < len(given):
        raise RefusedError(400, "The property keys must be unique.")
    for name, value in found.items():
        _check(name, json.dumps(value, ensure_ascii=False))
    return found


def issue_keys(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/{issue}/properties`."""
    issue = site.issue(name, request.user)
    place = f"/issue/{issue['id']}/properties"
    return Answer(body={"keys": [{"self": site.address(f"{place}/{key}"), "key": key} for key in issue["properties"]]})


def issue_read(site: Site, request: Request, name: str, key: str) -> Answer:
    """`GET /issue/{issue}/properties/{key}`."""
    return _read(site.issue(name, request.user)["properties"], key)


def issue_write(site: Site, request: Request, name: str, key: str) -> Answer:
    """`PUT /issue/{issue}/properties/{key}`: 201 where it is new, else 200."""
    issue = site.issue(name, request.user)
    text = "You do not have permission to edit issues in this project."
    site.require(request.user, "EDIT_ISSUES", issue["project"], text)
    return _write(site, "issue", issue["id"], key, _value(request, key))


def issue_remove(site: Site, request: Request, name: str, key: str) -> Answer:
    """`DELETE /issue/{issue}/properties/{key}`."""
    issue = site.issue(name, request.user)
    _read(issue["properties"], key)
    del site.store.edit("issue", issue["id"])["properties"][key]
    return Answer(204)


def user_keys(site: Site, request: Request) -> Answer:
    """`GET /user/properties`."""
    user = _self(site, request)
    place = site.address("/user/properties")
    return Answer(body={"keys": [{"self": f"{place}/{key}", "key": key} for key in user["properties"]]})


def user_read(site: Site, request: Request, key: str) -> Answer:
    """`GET /user/properties/{key}`."""
    return _read(_self(site, request)["properties"], key)


def user_write(site: Site, request: Request, key: str) -> Answer:
    """`PUT /user/properties/{key}`: 201 where it is new, else 200."""
    user = _self(site, request)
    return _write(site, "user", user["id"], key, _value(request, key))


def user_remove(site: Site, request: Request, key: str) -> Answer:
    """`DELETE /user/properties/{key}`."""
    user = _self(site, request)
    _read(user["properties"], key)
    del site.store.edit("user", user["id"])["properties"][key]
    return Answer(204)


def _self(site: Site, request: Request) -> Json:
    word = "accountId" if site.cloud else "username"
    wanted = request.one(word)
    user = request.user or {}
    if wanted and site.person(wanted) is None:
        raise RefusedError(404, f"The user '{wanted}' does not exist.")
    if wanted and wanted != user.get("accountId" if site.cloud else "name"):
        raise RefusedError(403, "You do not have permission to access the properties of another user.")
    if not wanted and not site.cloud and not request.one("userKey"):
        raise RefusedError(400, "Either the 'userKey' or the 'username' query parameter has to be provided.")
    return user


def _value(request: Request, key: str) -> Any:
    value = request.json()
    _check(key, request.body.decode("utf-8", "replace"))
    return value


def _check(key: str, text: str) -> None:
    if not key or len(key) > LONGEST_KEY:
        raise RefusedError(400, f"The property key must be 1 to {LONGEST_KEY} characters long.")
    if len(text) > LARGEST:
        raise RefusedError(400, f"The property value is too long. It must be at most {LARGEST} characters.")


def _read(kept: Json, key: str) -> Answer:
    if key not in kept:
        raise RefusedError(404, f"The property with key '{key}' does not exist.")
    return Answer(body={"key": key, "value": kept[key]})


def _write(site: Site, kind: str, name: str, key: str, value: Any) -> Answer:
    """Write a property: in one step, or after a look that somebody else may have had at the same time."""
    there = key in site.of(kind, name)["properties"]
    if site.property_window:
        time.sleep(site.property_window)
    with site.store.transaction():
        kept = site.store.edit(kind, name)["properties"]
        there = there if site.property_window else key in kept
        kept[key] = value
    return Answer(200 if there else 201, None)
