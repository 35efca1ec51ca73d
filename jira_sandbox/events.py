"""What happens to issues: their history, and the webhooks that tell of it."""

import time
from typing import Any

from jira_sandbox import adf
from jira_sandbox.exchange import Json
from jira_sandbox.field_values import words
from jira_sandbox.jql import JqlError, parse
from jira_sandbox.jql_match import Matcher
from jira_sandbox.people import user_of, user_shown
from jira_sandbox.present import issue_shown
from jira_sandbox.site import Site


def apply(site: Site, user: Json | None, issue: Json, values: Json) -> list[Json]:
    """Set fields of an editable copy of an issue and write what changed into its history; the items."""
    items = []
    for name, value in values.items():
        before = issue["fields"].get(name)
        if before == value or (not before and not value):
            continue
        issue["fields"][name] = value
        field = site.of("field", name)
        items.append(item(field, words(site, field, before), words(site, field, value)))
    note(site, user, issue, items)
    return items


def item(field: Json, before: tuple[str | None, str | None], after: tuple[str | None, str | None]) -> Json:
    """One changed field as history gives it; each side is an id, where there is one, and text."""
    return {
        "field": field["name"] if field["kind"] else field["id"],
        "fieldtype": "custom" if field["kind"] else "jira",
        "fieldId": field["id"],
        "from": before[0],
        "fromString": before[1],
        "to": after[0],
        "toString": after[1],
    }


def note(site: Site, user: Json | None, issue: Json, items: list[Json], at: str = "") -> None:
    """Write an entry into the history of an editable copy of an issue."""
    if items:
        number = str(site.store.next("change", 20_001))
        author = user["id"] if user else None
        issue["changelog"].append({"id": number, "author": author, "created": at or site.clock.stamp(), "items": items})


def issue(site: Site, event: str, name: str, user: Json | None, *, kind: str = "") -> None:
    """Tell that an issue was created, updated or deleted, once this is written."""
    if not site.webhooks.hooks:
        return
    subject = site.of("issue", name)
    body = _head(site, f"jira:issue_{event}", user)
    body["issue_event_type_name"] = kind or ("issue_updated" if event == "updated" else f"issue_{event}")
    if event == "deleted":
        body.pop("issue_event_type_name")
    body["issue"] = second(issue_shown(site, subject))
    if event == "updated" and subject["changelog"]:
        last = subject["changelog"][-1]
        if last["created"] >= subject["updated"]:
            body["changelog"] = {"id": last["id"], "items": last["items"]}
    send(site, f"jira:issue_{event}", body, subject)


def comment(site: Site, event: str, name: str, shown: Json, user: Json | None) -> None:
    """Tell of a comment: with a reduced issue on Cloud, without one on Data Center."""
    body = _head(site, f"comment_{event}", None)
    body["comment"] = second(shown)
    if site.cloud:
        kept = ("summary", "issuetype", "project", "assignee", "priority", "status")
        body["issue"] = second(issue_shown(site, site.of("issue", name), fields=kept))
        body["eventType"] = "primaryAction"
        body["user"] = second(user_shown(site, user))
    send(site, f"comment_{event}", body, site.of("issue", name))


def link(site: Site, event: str, one: Json) -> None:
    """Tell of a link between issues: two numbers and no key."""
    kind = site.of("link_type", one["type"])
    body = _head(site, f"issuelink_{event}", None)
    body["issueLink"] = {
        "id": int(one["id"]),
        "sourceIssueId": int(one["inwardIssue"]),
        "destinationIssueId": int(one["outwardIssue"]),
        "issueLinkType": {
            "id": int(kind["id"]),
            "name": kind["name"],
            "outwardName": kind["outward"],
            "inwardName": kind["inward"],
            "isSubTaskLinkType": False,
            "isSystemLinkType": False,
        },
        "systemLink": False,
    }
    send(site, f"issuelink_{event}", body)


def attachment(site: Site, event: str, shown: Json) -> None:
    """Tell of an attachment, without saying whose it is."""
    body = _head(site, f"attachment_{event}", None)
    send(site, f"attachment_{event}", {**body, "attachment": second(shown)})


def worklog(site: Site, name: str, author: str, seconds: int) -> None:
    """Tell of logged work, which the sandbox does not keep: the id of the issue, not its key."""
    now = site.shown(site.clock.stamp())
    number = str(site.store.next("worklog", 10_001))
    body = _head(site, "worklog_created", None)
    body["worklog"] = {
        "self": f"{site.base}/rest/api/2/issue/{name}/worklog/{number}",
        "author": user_of(site, author),
        "updateAuthor": user_of(site, author),
        "comment": "",
        "created": now,
        "updated": now,
        "started": now,
        "timeSpent": f"{seconds // 60}m",
        "timeSpentSeconds": seconds,
        "id": number,
        "issueId": name,
    }
    send(site, "worklog_created", body)


def send(site: Site, event: str, body: Json, subject: Json | None = None) -> None:
    """Send a body to whoever listens, once the transaction is written; filters look at the issue `subject`."""

    def wanted(jql: str) -> bool:
        try:
            where = parse(jql).where
            return where is None or subject is None or Matcher(site, None, strict=False).test(where)(subject)
        except JqlError:
            return False  # Jira would not have taken the filter; nothing is found by it

    site.store.afterwards(lambda: site.webhooks.emit(event, body, wanted))


def _head(site: Site, event: str, user: Json | None) -> Json:
    head: Json = {"timestamp": int((time.time() + site.clock.skew) * 1000), "webhookEvent": event}
    return {**head, "user": second(user_shown(site, user))} if user else head


def second(value: Any) -> Any:
    """A value in the shape of API version 2, which webhooks have on Cloud, too: text in place of documents."""
    if isinstance(value, dict):
        if value.get("type") == "doc" and "version" in value:
            return adf.text_of(value)
        # Webhooks of Cloud tell no e-mail.
        left_out = {"expand", "emailAddress"} if "accountId" in value else {"expand"}
        return {name: second(one) for name, one in value.items() if name not in left_out}
    if isinstance(value, list):
        return [second(one) for one in value]
    return value.replace("/rest/api/3/", "/rest/api/2/") if isinstance(value, str) else value
