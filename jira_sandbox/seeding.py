"""Issues put into the world as a file or a test describes them, history and all."""

from collections.abc import Mapping
from typing import Any

from jira_sandbox import attachments, remote_links
from jira_sandbox.clock import moment_of, stamp_of
from jira_sandbox.exchange import Json
from jira_sandbox.issue_fields import Setting
from jira_sandbox.issues import blank
from jira_sandbox.lookup import Lookup

KNOWN = {
    "summary", "key", "type", "status", "assignee", "reporter", "priority", "resolution", "labels", "description", "duedate",
    "fields", "created", "updated", "resolved", "comments", "changelog", "properties", "remote_links", "attachments", "sla",
    "hidden", "archived", "project", "links",
}  # fmt: skip


def put_issue(build: Lookup, project: str, given: Mapping[str, Any]) -> str:
    """Put one issue there; its key."""
    if stray := given.keys() - KNOWN:
        raise ValueError(f"An issue has no {min(stray)!r}; it has {', '.join(sorted(KNOWN))}.")
    site = build.site
    place = site.project(project)
    types = {site.of("issuetype", one)["name"]: one for one in place["issuetypes"]}
    kind = given.get("type") or next(iter(types))
    if kind not in types:
        raise ValueError(f"{project} has no issue type {kind!r}; it has {', '.join(types)}.")
    counter = f"key {place['id']}"
    key = given.get("key") or f"{project}-{site.store.next(counter, 1)}"
    site.store.at_least(counter, int(str(key).rpartition("-")[2]))
    now = site.clock.stamp()
    created = stamp_of(moment_of(str(given["created"]))) if given.get("created") else now
    reporter = build.user(given["reporter"]) if given.get("reporter") else build.user("jane.smith")
    issue = blank(site, key, project=place["id"], issuetype=types[kind], now=created, author=reporter["id"])
    _fields(build, issue, given)
    _state(build, issue, given)
    issue["changelog"] = [_change(build, one) for one in given.get("changelog", [])]
    issue["comments"] = [_comment(build, one, created) for one in given.get("comments", [])]
    issue |= {"hidden": bool(given.get("hidden")), "archived": bool(given.get("archived"))}
    issue["properties"], issue["sla"] = dict(given.get("properties", {})), list(given.get("sla", []))
    site.store.put("issue", issue["id"], issue)
    site.store.put("key", key, {"issue": issue["id"]})
    for link in given.get("remote_links", []):
        thing = {name: link[name] for name in ("url", "title", "summary", "icon", "status") if name in link}
        body = {name: link.get(name) for name in ("globalId", "application", "relationship")}
        remote_links.put(site, issue, {**body, "object": link.get("object", thing)})
    # Files were always there: what comes with attaching them is taken back.
    before = {"updated": issue["updated"], "changelog": list(issue["changelog"])}
    for file in given.get("attachments", []):
        content = file.get("content", "")
        data = content if isinstance(content, bytes) else str(content).encode()
        attachments.attach(
            site, reporter, issue["id"], filename=file["filename"], kind=file.get("mimeType", ""), content=data
        )
    if given.get("attachments"):
        kept = site.store.edit("issue", issue["id"])
        kept |= before
        for file in kept["attachments"]:
            file["created"] = issue["created"]
    return str(key)


def _fields(build: Lookup, issue: Json, given: Mapping[str, Any]) -> None:
    values: Json = {"summary": given.get("summary") or "An issue", **given.get("fields", {})}
    if given.get("description"):
        values["description"] = build.rich(given["description"])
    for name in ("labels", "duedate"):
        if given.get(name):
            values[name] = given[name]
    setting = Setting(set(), {}, build.site.of("project", issue["project"]))
    for name, value in values.items():
        setting.read(build.site, build.named("field", name), value)
    if setting.errors or setting.messages:
        raise ValueError(f"{issue['key']}: {setting.errors or setting.messages} {setting.reason}")
    issue["fields"] |= setting.values
    if given.get("assignee"):
        issue["fields"]["assignee"] = build.user(given["assignee"])["id"]
    if given.get("priority"):
        issue["fields"]["priority"] = build.named("priority", given["priority"])["id"]


def _state(build: Lookup, issue: Json, given: Mapping[str, Any]) -> None:
    status = build.status(issue["project"], given.get("status") or "To Do")
    wanted = given.get("resolution", "Done" if status["category"] == "done" else None)
    times = {name: stamp_of(moment_of(str(given[name]))) for name in ("updated", "resolved") if given.get(name)}
    issue["status"] = status["id"]
    issue["fields"]["resolution"] = build.named("resolution", wanted)["id"] if wanted else None
    issue["updated"] = times.get("updated") or times.get("resolved") or issue["created"]
    issue["resolutiondate"] = (times.get("resolved") or issue["updated"]) if wanted else None
    issue["statuscategorychangedate"] = issue["resolutiondate"] or issue["created"]


def _change(build: Lookup, given: Mapping[str, Any]) -> Json:
    items = []
    for item in given["items"]:
        known = {
            "fieldtype": "jira",
            "fieldId": item["field"],
            "from": None,
            "fromString": None,
            "to": None,
            "toString": None,
        }
        items.append({**known, **item})
    author = build.user(given.get("author", "jane.smith"))["id"]
    number = str(given.get("id") or build.site.store.next("change", 20_001))
    return {"id": number, "author": author, "created": stamp_of(moment_of(given["created"])), "items": items}


def _comment(build: Lookup, given: Any, created: str) -> Json:
    given = {"body": given} if isinstance(given, str) else given
    at = stamp_of(moment_of(given["created"])) if given.get("created") else created
    return {
        "id": str(given.get("id") or build.site.store.next("comment", 30_001)),
        "author": build.user(given.get("author", "jane.smith"))["id"],
        "body": build.rich(given["body"]),
        "created": at,
        "updated": stamp_of(moment_of(given["updated"])) if given.get("updated") else at,
        "visibility": given.get("visibility"),
        "jsdPublic": given.get("jsdPublic", True),
    }
