"""The site: what every endpoint needs to know, and how it finds an issue, a project, a person."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from jira_sandbox.clock import Clock
from jira_sandbox.exchange import Json, RefusedError
from jira_sandbox.faults import Faults
from jira_sandbox.index import Index
from jira_sandbox.limits import Limits
from jira_sandbox.store import Store
from jira_sandbox.webhooks import Webhooks

GONE = "Issue does not exist or you do not have permission to see it."
CLOUD_ID = "11111111-2222-4333-8444-555555555555"


@dataclass(slots=True)
class Site:
    """One Jira: its dialect, its data, and the knobs that tests turn.

    `base` is the address that people open, with the context path and without a slash at the end. `rewrites` is
    whether rich text comes back as a real Jira would give it: with ids (Cloud), with CRLF (Data Center); `normalises` is
    whether it is tidied up, too. `property_window` is for how many seconds a write of a property looks before it
    writes: two that meet in it both make it. `unreadable` are keys that a fetch of many cannot read for the moment.
    """

    cloud: bool
    store: Store
    index: Index
    clock: Clock
    faults: Faults
    limits: Limits
    webhooks: Webhooks
    base: str = ""
    context: str = ""
    rewrites: bool = True
    normalises: bool = False
    expired: bool = False
    text_limit: int = 32_767
    comments_shown: int = 100
    page_cap: int = 100
    upload_limit: int = 10_000_000
    property_window: float = 0.0
    unreadable: list[str] = field(default_factory=list)

    @property
    def api(self) -> str:
        """The path below which the API lies."""
        return "/rest/api/3" if self.cloud else "/rest/api/2"

    def address(self, path: str) -> str:
        """The address of something in the API."""
        return f"{self.base}{self.api}{path}"

    def shown(self, stamp: str | None) -> str | None:
        """A time as the site shows it."""
        return self.clock.shown(stamp)

    def issue(self, name: str, user: Json | None) -> Json:
        """The issue with this id or key, an old key included; 404 where there is none or `user` may not see it."""
        found = self.known(name)
        if found is None or found["hidden"] or not self.may(user, "BROWSE_PROJECTS", found["project"]):
            raise RefusedError(404, GONE if self.cloud else "Issue Does Not Exist", reason=f"no issue {name!r}")
        return found

    def known(self, name: str) -> Json | None:
        """The issue with this id or key, whoever asks."""
        if not name.isdecimal():
            key = self.store.get("key", name.upper())
            name = key["issue"] if key else ""
        return self.store.get("issue", name)

    def change(self, issue: Json) -> Json:
        """A copy of an issue that is written with the transaction, its `updated` set to now."""
        copy = self.store.edit("issue", issue["id"])
        copy["updated"] = self.clock.stamp()
        return copy

    def project(self, name: str, user: Json | None = None) -> Json:
        """The project with this id or key; 404 where there is none or `user` may not see it."""
        found = self.by("project", name.upper(), "key") or self.store.get("project", name)
        if found is None or (user is not None and not self.may(user, "BROWSE_PROJECTS", found["id"])):
            raise RefusedError(404, f"No project could be found with key '{name}'.")
        return found

    def by(self, kind: str, value: Any, name: str = "name") -> Json | None:
        """The document of a kind whose `name` is this one."""
        return next((one for one in self.store.all(kind) if one.get(name) == value), None)

    def next_key(self, project: Json) -> str:
        """The next key of a project; it is used up even where nothing comes of it."""
        return f"{project['key']}-{self.store.next('key ' + project['id'], 1)}"

    def of(self, kind: str, name: str) -> Json:
        """The document of a kind with this id, which is known to be there."""
        found = self.store.get(kind, name)
        if found is None:
            raise KeyError((kind, name))
        return found

    def person(self, name: Any) -> Json | None:
        """The user whom the API means by this: an account id on Cloud, a user name on Data Center."""
        if not isinstance(name, str):
            return None
        return self.by("user", name, "accountId" if self.cloud else "name")

    def may(self, user: Json | None, permission: str, project: str = "") -> bool:
        """Whether `user` has a permission, in general or in a project; nobody else has any."""
        if user is None:
            return False
        denied = user.get("denied", [])
        key = (self.store.get("project", project) or {}).get("key", "") if project else ""
        return permission not in denied and f"{key}:{permission}" not in denied

    def require(self, user: Json | None, permission: str, project: str, text: str, status: int = 403) -> None:
        """Refuse where `user` has not this permission."""
        if not self.may(user, permission, project):
            raise RefusedError(status, text, reason=f"permission {permission}")


def identifier(*words: str) -> str:
    """A UUID that is always the same for the same words."""
    text = hashlib.sha256("\0".join(words).encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:32]}"
