"""What a create, an edit or a transition sets: every field checked against the screen, all complaints at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jira_sandbox.exchange import Json, RefusedError
from jira_sandbox.field_rules import fields_with
from jira_sandbox.field_values import WrongValueError, taken
from jira_sandbox.fields import operations
from jira_sandbox.screens import has_default, screen
from jira_sandbox.site import Site

BODY = {"fields", "update", "properties", "historyMetadata", "transition"}
NOT_THERE = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."


@dataclass(slots=True)
class Setting:
    """The values that a request sets, its links and comments, and what is wrong with it.

    `screen` are the fields that can be set, `current` the values that `add` and `remove` start from, `project` the
    project whose values are meant, `user` who sets them.
    """

    screen: set[str]
    current: Json
    project: Json
    user: Json | None = None
    values: Json = field(default_factory=dict)
    links: list[Json] = field(default_factory=list)
    comments: list[Json] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    reason: str = ""

    def read(self, site: Site, known: Json, value: Any) -> None:
        """Take the value of a field, or the complaint about it."""
        try:
            self.values[known["id"]] = taken(site, known, value, project=self.project, user=self.user)
        except WrongValueError as wrong:
            self.reason = f"{known['id']}: {wrong.reason or wrong.text}"
            if wrong.general:
                self.messages.append(wrong.text)
            else:
                self.errors[known["id"]] = wrong.text

    def refuse(self) -> None:
        """Refuse the request where anything is wrong with it."""
        if self.errors or self.messages:
            raise RefusedError(400, *dict.fromkeys(self.messages), errors=self.errors, reason=self.reason)


def parts(body: Mapping[str, Any]) -> tuple[Json, Json]:
    """The `fields` and `update` of a body."""
    fields, update = body.get("fields") or {}, body.get("update") or {}
    if not isinstance(fields, dict) or not isinstance(update, dict):
        raise RefusedError(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    if stray := body.keys() - BODY:
        raise RefusedError(400, f'Unrecognized field "{min(stray)}", not marked as ignorable')
    return fields, update


def read_setting(
    site: Site,
    project: str,
    issuetype: str,
    operation: str,
    *,
    fields: Json,
    update: Json,
    user: Json | None,
    issue: Json | None = None,
) -> Setting:
    """Read `fields` and `update` against the screen of an operation; nothing is written."""
    page = screen(site, project, issuetype, operation)
    place = site.of("project", project)
    setting = Setting(set(page["fields"]), issue["fields"] if issue else {}, place, user)
    for name, value in fields.items():
        if operation == "create" and name in {"project", "issuetype"}:
            continue
        if known := _settable(site, setting, name):
            setting.read(site, known, value)
    for name, changes in update.items():
        known = _settable(site, setting, name)
        if known is None:
            continue
        if name in fields:
            setting.errors[name] = f"Field '{name}' cannot be both in 'fields' and in 'update'."
        elif not isinstance(changes, list) or not all(isinstance(one, dict) and len(one) == 1 for one in changes):
            setting.errors[name] = 'Specify a list of operations, such as [{"set": ...}].'
        else:
            _update(site, setting, known, changes)
    _require(site, setting, page, creating=operation == "create")
    for name in fields_with(site, project, issuetype, "dropped"):
        setting.values.pop(name, None)
    return setting


def _settable(site: Site, setting: Setting, name: str) -> Json | None:
    known = site.store.get("field", name)
    # Links and comments are not on the screens of this sandbox, but `update` reaches them, as it does by default.
    if known is None or (name not in setting.screen and name not in {"comment", "issuelinks"}):
        setting.errors[name] = NOT_THERE.format(name)
        return None
    return known


def _update(site: Site, setting: Setting, known: Json, changes: list[Json]) -> None:
    name = known["id"]
    for change in changes:
        ((verb, value),) = change.items()
        if verb not in operations(known):
            setting.errors[name] = f"Field '{name}' does not support the operation '{verb}'."
            return
        if name in {"comment", "issuelinks"}:
            (setting.comments if name == "comment" else setting.links).append(value if isinstance(value, dict) else {})
            continue
        if verb == "set":
            setting.read(site, known, value)
            continue
        before = list(setting.values.get(name) or setting.current.get(name) or [])
        setting.read(site, known, [value])
        if name in setting.errors:
            return
        one = setting.values[name]
        setting.values[name] = (
            [*before, *(x for x in one if x not in before)] if verb == "add" else [x for x in before if x not in one]
        )


def _require(site: Site, setting: Setting, page: Json, *, creating: bool) -> None:
    names = [*page["required"], *(["summary"] if creating else [])]
    for name in dict.fromkeys(names):
        given = name in setting.values
        if name in setting.errors or (not given and (not creating or has_default(setting.project, name))):
            continue
        if setting.values.get(name) in (None, [], ""):
            title = site.of("field", name)["name"]
            text = "You must specify a summary of the issue." if name == "summary" else f"{title} is required."
            setting.errors[name] = text
