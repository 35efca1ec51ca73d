"""Pages for people: what is in the sandbox, and an issue as Jira would show it; no script, nothing from elsewhere."""

from html import escape

from jira_sandbox import adf, present, remote_links
from jira_sandbox.exchange import Answer, Json
from jira_sandbox.field_values import words
from jira_sandbox.fields import is_rich
from jira_sandbox.look import CSS
from jira_sandbox.rich_html import to_html
from jira_sandbox.site import Site

HTML = "text/html;charset=UTF-8"
SAFE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "no-store"}
FACTS = ("assignee", "reporter", "priority", "resolution", "duedate", "labels")


def page(site: Site, path: str) -> Answer:
    """The page at a path: `/`, or `/browse/<key>`; an old key leads to the new one."""
    steps = path.strip("/").split("/")
    if steps[0] != "browse":
        return _page(site, "Jira sandbox", _overview(site))
    issue = site.known(steps[1]) if len(steps) == 2 else None
    if issue is None or issue["hidden"]:
        text = "<h1>There is no such issue</h1><p>It was deleted, or nobody may see it.</p>"
        return _page(site, "No such issue", text, 404)
    return _page(site, f"[{issue['key']}] {issue['fields']['summary']}", _issue(site, issue))


def _page(site: Site, title: str, body: str, status: int = 200) -> Answer:
    kind = "Jira Cloud" if site.cloud else "Jira Data Center"
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{CSS}</style></head><body>'
        f'<header><a href="{escape(site.base)}/">◆ Sandbox</a><span>{kind}, on this machine only</span></header>'
        f"<main>{body}</main></body></html>"
    )
    return Answer(status, text.encode("utf-8", "replace"), SAFE, HTML)


def _overview(site: Site) -> str:
    parts = ["<h1>Projects</h1>"]
    issues = sorted(site.store.all("issue"), key=lambda one: int(one["id"]), reverse=True)
    for project in site.store.all("project"):
        own = [one for one in issues if one["project"] == project["id"] and not one["hidden"]]
        rows = "".join(
            f"<tr><td>{_link(site, one)}</td><td>{escape(one['fields']['summary'])}</td><td>{_status(site, one)}</td>"
            f"<td>{escape(_text(site, one, 'assignee'))}</td></tr>"
            for one in own[:200]
        )
        count = f"{len(own)} issue{'' if len(own) == 1 else 's'}"
        parts.append(f"<h2>{escape(project['name'])} <small>{escape(project['key'])} · {count}</small></h2>")
        parts.append(_table(("Key", "Summary", "Status", "Assignee"), rows) if rows else "<p>None yet.</p>")
    return "".join(parts)


def _issue(site: Site, issue: Json) -> str:
    project, kind = site.of("project", issue["project"]), site.of("issuetype", issue["issuetype"])
    parts = [
        f'<p class="path">{escape(project["name"])} / {escape(kind["name"])} / {_link(site, issue)}</p>',
        f"<h1>{escape(issue['fields']['summary'])}</h1>",
        '<div class="columns"><div>',
        _section("Description", _rich(issue["fields"].get("description")) or '<p class="none">None</p>'),
    ]
    parts += [
        _section(field["name"], _rich(issue["fields"][field["id"]]))
        for field in site.store.all("field")
        if field["kind"] and is_rich(field) and issue["fields"].get(field["id"])
    ]
    parts += [
        _links(site, issue),
        _web_links(site, issue),
        _files(issue),
        _comments(site, issue),
        _history(site, issue),
    ]
    return "".join([*parts, "</div>", _facts(site, issue), "</div>"])


def _facts(site: Site, issue: Json) -> str:
    rows = [("Status", _status(site, issue))]
    rows += [(site.of("field", name)["name"], escape(_text(site, issue, name)) or "None") for name in FACTS]
    for field in site.store.all("field"):
        if field["kind"] and not is_rich(field) and (text := _text(site, issue, field["id"])):
            rows.append((field["name"], escape(text)))
    for title, name in (("Created", "created"), ("Updated", "updated"), ("Resolved", "resolutiondate")):
        if issue[name]:
            rows.append((title, _time(site, issue[name])))
    return f"<aside><dl>{''.join(f'<dt>{escape(title)}</dt><dd>{value}</dd>' for title, value in rows)}</dl></aside>"


def _links(site: Site, issue: Json) -> str:
    rows = ""
    for link in present.links_shown(site, issue):
        side = "outward" if "outwardIssue" in link else "inward"
        other = site.of("issue", link[f"{side}Issue"]["id"])
        verb, summary = escape(link["type"][side]), escape(other["fields"]["summary"])
        rows += (
            f"<tr><td>{verb}</td><td>{_link(site, other)}</td><td>{summary}</td><td>{_status(site, other)}</td></tr>"
        )
    return _section("Linked issues", f'<div class="scroll"><table>{rows}</table></div>') if rows else ""


def _web_links(site: Site, issue: Json) -> str:
    items = ""
    for link in remote_links.of_issue(site, issue):
        thing = link["object"]
        more = f" <small>{escape(str(thing['summary']))}</small>" if thing.get("summary") else ""
        items += f'<li><a href="{escape(thing["url"])}" rel="noreferrer">{escape(thing["title"])}</a>{more}</li>'
    return _section("Web links", f"<ul>{items}</ul>") if items else ""


def _files(issue: Json) -> str:
    items = "".join(
        f"<li>{escape(one['filename'])} <small>{one['size']:,} bytes</small></li>" for one in issue["attachments"]
    )
    return _section("Attachments", f"<ul>{items}</ul>") if items else ""


def _comments(site: Site, issue: Json) -> str:
    items = "".join(
        f"<article><p><strong>{escape(_person(site, one['author']))}</strong> <small>{_time(site, one['created'])}</small></p>"
        f"{to_html(one['body'])}</article>"
        for one in issue["comments"]
    )
    return _section("Comments", items) if items else ""


def _history(site: Site, issue: Json) -> str:
    rows = ""
    for change in reversed(issue["changelog"]):
        for item in change["items"]:
            before, after = (_short(item[name]) for name in ("fromString", "toString"))
            rows += (
                f"<tr><td>{_time(site, change['created'])}</td><td>{escape(_person(site, change['author']))}</td>"
                f"<td>{escape(item['field'])}</td><td>{before} → {after}</td></tr>"
            )
    return _section("History", _table(("When", "Who", "Field", "Change"), rows)) if rows else ""


def _rich(value: object) -> str:
    html = to_html(value)
    return f'<div class="rich">{html}</div>' if html else ""


def _text(site: Site, issue: Json, name: str) -> str:
    field = site.of("field", name)
    text = words(site, field, issue["fields"].get(name))[1] or ""
    return text.removesuffix(" 00:00:00.0")


def _short(value: object) -> str:
    text = adf.text_of(value).replace("\n", " ")
    return escape(text[:80] + ("…" if len(text) > 80 else "")) or '<span class="none">None</span>'


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _table(heads: tuple[str, ...], rows: str) -> str:
    head = "".join(f"<th>{title}</th>" for title in heads)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _link(site: Site, issue: Json) -> str:
    return f'<a class="key" href="{escape(site.base)}/browse/{escape(issue["key"])}">{escape(issue["key"])}</a>'


def _status(site: Site, issue: Json) -> str:
    status = site.of("status", issue["status"])
    return f'<span class="lozenge {status["category"]}">{escape(status["name"])}</span>'


def _person(site: Site, handle: str | None) -> str:
    return str((site.store.get("user", handle or "") or {"displayName": "Somebody"})["displayName"])


def _time(site: Site, stamp: str) -> str:
    shown = site.shown(stamp) or ""
    return f"<time>{shown[:10]} {shown[11:16]}</time>"
