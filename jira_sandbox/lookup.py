"""What is in the world already, by the names that tests and world files use."""

from functools import partial
from typing import Any

from jira_sandbox.exchange import Json
from jira_sandbox.site import Site


class Lookup:
    """Issues, people and named things as they are stored; what is not there is a `KeyError`."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def issue(self, key: str) -> Json:
        """An issue as it is stored, by key (old ones included) or id."""
        issue = self.site.known(key)
        if issue is None:
            raise KeyError(key)
        return issue

    def user(self, name: str) -> Json:
        """A user as stored, by handle, account id, user name or e-mail."""
        for user in self.site.store.all("user"):
            if name in {user["id"], user["accountId"], user["name"], user["emailAddress"]}:
                return user
        raise KeyError(name)

    def named(self, kind: str, name: str) -> Json:
        """The status, resolution, priority, link type, transition or field of this name or id."""
        thing = self.site.by(kind, name) or self.site.store.get(kind, name)
        if thing is None:
            raise KeyError(f"there is no {kind} {name!r}")
        return thing

    def status(self, project: str, name: str) -> Json:
        """The status of this name or id in the workflow of a project, else of the whole site."""
        for one in map(partial(self.site.of, "status"), self.site.of("project", project)["workflow"]):
            if name in {one["name"], one["id"]}:
                return one
        return self.named("status", name)

    def rich(self, text: Any) -> Any:
        """Text as this Jira keeps rich text: a document of paragraphs on Cloud."""
        if not self.site.cloud or not isinstance(text, str):
            return text
        paragraphs = [
            {"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in text.split("\n") if line
        ]
        return {"type": "doc", "version": 1, "content": paragraphs}
