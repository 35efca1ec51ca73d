"""How a world is built and shaken from outside of the API: issues put there, moved, hidden, changed by other people."""

from collections.abc import Mapping
from typing import Any

from jira_sandbox import attachments, events, issue_links, issues, people, remote_links, workflow
from jira_sandbox.administration import Administration
from jira_sandbox.comments import add_comment
from jira_sandbox.exchange import Json
from jira_sandbox.issue_fields import Setting
from jira_sandbox.people import BOT
from jira_sandbox.seeding import put_issue


class Building(Administration):
    """What tests and world files say of issues and people; errors are `KeyError` or `ValueError`.

    People may be named by handle, account id, user name or e-mail; `by` is who does it, else Jane Smith.
    """

    def issues(self, project: str = "") -> list[Json]:
        """All issues as they are stored, or those of a project."""
        every = self.site.store.all("issue")
        return [one for one in every if not project or one["key"].startswith(f"{project}-")]

    def links(self, key: str = "") -> list[Json]:
        """The links between issues, as `{id, type, inwardIssue, outwardIssue}` of ids; all, or those of one."""
        name = self.issue(key)["id"] if key else ""
        every = self.site.store.all("link")
        return [one for one in every if not name or name in {one["inwardIssue"], one["outwardIssue"]}]

    def remote_links(self, key: str) -> list[Json]:
        """The remote links of an issue as they are stored."""
        return remote_links.of_issue(self.site, self.issue(key))

    def add_user(self, handle: str, **more: Any) -> Json:
        """Make a user; `name`, `email`, `account`, `token`, `active`, `hidden_email`, `assignable`, `denied` may be given."""
        return people.add_user(self.site, handle, **more)

    def set_user(self, name: str, **values: Any) -> None:
        """Change a user: `active=False`, `hidden_email=True`, `denied=["OPS:CREATE_ISSUES"]`, ..."""
        with self.site.store.transaction():
            self.site.store.edit("user", self.user(name)["id"]).update(values)

    def add_issue(self, project: str, *, summary: str = "An issue", key: str = "", **more: Any) -> str:
        """Put an issue there; its key.

        `more`: `type`, `status`, `assignee`, `reporter`, `priority`, `resolution`, `labels`, `description`, `fields` (by id, in the API's shapes),
        `created`, `updated`, `resolved`, `comments`, `changelog`, `properties`, `remote_links`, `attachments`, `sla`, `hidden`, `archived`.
        """
        with self.site.store.transaction():
            return put_issue(self, project, {"summary": summary, "key": key, **more})

    def set_status(self, key: str, name: str, *, resolution: str = "", by: str = "jane.smith") -> None:
        """Give an issue a status, and a resolution or none, as somebody would in the browser."""
        with self.site.store.transaction():
            status, wanted = (
                self.status(self.issue(key)["project"], name),
                self.named("resolution", resolution) if resolution else None,
            )
            values = {"resolution": wanted["id"]} if wanted else {}
            workflow.move(self.site, self.user(by), self.issue(key), status, values)

    def set_fields(self, key: str, values: Mapping[str, Any], *, by: str = "jane.smith") -> None:
        """Change fields of an issue, by id and in the API's shapes, whatever the screens say."""
        with self.site.store.transaction():
            setting = Setting(set(), {}, self.site.of("project", self.issue(key)["project"]))
            for name, value in values.items():
                setting.read(self.site, self.site.of("field", name), value)
            if setting.errors or setting.messages:
                raise ValueError(f"{setting.errors} {setting.messages}")
            copy = self.site.change(self.issue(key))
            events.apply(self.site, self.user(by), copy, setting.values)
            events.issue(self.site, "updated", copy["id"], self.user(by))

    def assign(self, key: str, name: str | None, *, by: str = "jane.smith") -> None:
        """Give an issue to somebody, or to nobody."""
        with self.site.store.transaction():
            copy = self.site.change(self.issue(key))
            events.apply(self.site, self.user(by), copy, {"assignee": self.user(name)["id"] if name else None})
            events.issue(self.site, "updated", copy["id"], self.user(by), kind="issue_assigned")

    def comment(self, key: str, body: Any, *, by: str = "jane.smith", **more: Any) -> str:
        """Comment on an issue; text becomes a document on Cloud. `more`: `visibility`, `jsdPublic`. The comment's id."""
        with self.site.store.transaction():
            given = {"body": self.rich(body), **more}
            return str(add_comment(self.site, self.user(by), self.issue(key)["id"], given)["id"])

    def attach(self, key: str, name: str, content: bytes, *, kind: str = "", by: str = "jane.smith") -> str:
        """Attach a file to an issue; the attachment's id."""
        with self.site.store.transaction():
            shown = attachments.attach(
                self.site, self.user(by), self.issue(key)["id"], filename=name, kind=kind, content=content
            )
            return str(shown["id"])

    def link(self, kind: str, inward: str, outward: str, *, by: str = "jane.smith") -> None:
        """Link two issues: `link("Blocks", a, b)` says that a blocks b."""
        with self.site.store.transaction():
            ends = self.issue(inward), self.issue(outward)
            issue_links.add_link(self.site, self.named("link_type", kind), *ends, self.user(by))

    def put_remote_link(self, key: str, url: str, title: str, *, global_id: str | None = None, **more: Any) -> None:
        """Put a remote link on an issue."""
        body = {
            "globalId": global_id,
            "application": None,
            "relationship": None,
            "object": {"url": url, "title": title, **more},
        }
        with self.site.store.transaction():
            remote_links.put(self.site, self.issue(key), body)

    def worklog(self, key: str, seconds: int, *, by: str = "jane.smith") -> None:
        """Tell the webhooks of logged work."""
        with self.site.store.transaction():
            events.worklog(self.site, self.issue(key)["id"], self.user(by)["id"], seconds)

    def move(self, key: str, project: str, *, by: str = "jane.smith") -> str:
        """Move an issue to another project; its new key. The old one goes on working."""
        with self.site.store.transaction():
            old, place = self.issue(key), self.site.project(project)
            before = self.site.of("project", old["project"])
            new = self.site.next_key(place)
            copy = self.site.change(old)
            copy |= {"project": place["id"], "key": new}
            if old["issuetype"] not in place["issuetypes"]:
                copy["issuetype"] = place["issuetypes"][0]
            self.site.store.put("key", new, {"issue": old["id"]})
            known: Json = {"id": "project", "name": "project", "kind": ""}
            items = [
                events.item(known, (before["id"], before["key"]), (place["id"], place["key"])),
                {**events.item(known, (None, old["key"]), (None, new)), "field": "Key", "fieldId": "issuekey"},
            ]
            events.note(self.site, self.user(by), copy, items)
            events.issue(self.site, "updated", old["id"], self.user(by), kind="issue_moved")
        return new

    def delete(self, key: str, *, by: str = "jane.smith") -> None:
        """Remove an issue."""
        with self.site.store.transaction():
            issues.forget(self.site, self.issue(key), self.user(by))

    def hide(self, key: str, *, hidden: bool = True) -> None:
        """Let nobody see an issue: 404, as if it were gone."""
        self._set(key, hidden=hidden)

    def archive(self, key: str, *, archived: bool = True) -> None:
        """Let an issue be read and not changed."""
        self._set(key, archived=archived)

    def hide_project(self, project: str, *, hidden: bool = True, user: str = BOT) -> None:
        """Let somebody, else the bot, no longer see a project: its issues are 404 and found by no search."""
        mark = f"{self.site.project(project)['key']}:BROWSE_PROJECTS"
        denied = [one for one in self.user(user)["denied"] if one != mark]
        self.set_user(user, denied=[*denied, mark] if hidden else denied)

    def remove_property(self, key: str, name: str) -> None:
        """Lose a property of an issue, as a migration or a copy does: without a trace in its history."""
        self._set(key, properties={k: v for k, v in self.issue(key)["properties"].items() if k != name})

    def remove_label(self, key: str, label: str, *, by: str = "jane.smith") -> None:
        """Take a label off an issue, as somebody who tidies up."""
        labels = [one for one in self.issue(key)["fields"]["labels"] if one != label]
        self.set_fields(key, {"labels": labels}, by=by)

    def set_property(self, key: str, name: str, value: Any) -> None:
        """Write a property of an issue."""
        self._set(key, properties={**self.issue(key)["properties"], name: value})

    def _set(self, key: str, **values: Any) -> None:
        with self.site.store.transaction():
            self.site.store.edit("issue", self.issue(key)["id"]).update(values)
