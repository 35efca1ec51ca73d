"""The workflow: which transitions an issue has now, for this user, and what they ask for."""

from jira_sandbox import events
from jira_sandbox.comments import add_comment
from jira_sandbox.exchange import Answer, Json, RefusedError, Request
from jira_sandbox.issue_fields import parts, read_setting
from jira_sandbox.present import status_shown
from jira_sandbox.screens import meta
from jira_sandbox.site import Site


def listing(site: Site, request: Request, name: str) -> Answer:
    """`GET /issue/{issue}/transitions`: what this user may do now; an unknown id gives an empty list."""
    issue = site.issue(name, request.user)
    found = available(site, request.user, issue, with_fields="transitions.fields" in request.several("expand"))
    wanted = request.one("transitionId")
    found = [one for one in found if not wanted or one["id"] == wanted]
    return Answer(body={"expand": "transitions", "transitions": found})


def available(site: Site, user: Json | None, issue: Json, *, with_fields: bool) -> list[Json]:
    """The transitions of an issue as the API shows them."""
    shown = []
    project, issuetype = site.of("project", issue["project"]), site.of("issuetype", issue["issuetype"])
    for one in _open(site, user, issue):
        page = f"transition-{one['id']}"
        fields = meta(site, project, issuetype, page)
        found: Json = {"id": one["id"], "name": one["name"], "to": status_shown(site, site.of("status", one["to"]))}
        if site.cloud:
            found |= {
                "hasScreen": bool(fields),
                "isGlobal": not one["from"],
                "isInitial": False,
                "isAvailable": True,
                "isConditional": False,
                "isLooped": False,
            }
        shown.append({**found, "fields": fields} if with_fields else found)
    return shown


def perform(site: Site, request: Request, name: str) -> Answer:
    """`POST /issue/{issue}/transitions`."""
    issue = site.issue(name, request.user)
    body = request.object()
    wanted = body.get("transition")
    number = wanted.get("id") if isinstance(wanted, dict) else None
    if not isinstance(number, str):
        raise RefusedError(400, "Transition id must be given as a string.", reason="transition.id")
    found = [one for one in _open(site, request.user, issue) if one["id"] == number]
    if not found:
        known = site.store.get("transition", number)
        if known is None:
            raise RefusedError(400, f"Transition id '{number}' is not valid for this issue.")
        text = (
            f"It seems that you have tried to perform a workflow operation ({known['name']}) that is not valid for the"
            f" current state of this issue ({issue['key']}). The likely cause is that somebody has changed the issue"
            " recently, please look at the issue history for details."
        )
        raise RefusedError(400, text)
    fields, update = parts(body)
    page = f"transition-{number}"
    setting = read_setting(
        site, issue["project"], issue["issuetype"], page, fields=fields, update=update, user=request.user, issue=issue
    )
    for required in _required(site, issue, page):
        if not setting.values.get(required) and required not in setting.errors:
            setting.errors[required] = f"{site.of('field', required)['name']} is required."
    setting.refuse()
    move(site, request.user, issue, site.of("status", found[0]["to"]), setting.values)
    for comment in setting.comments:
        add_comment(site, request.user, issue["id"], comment)
    return Answer(204)


def move(site: Site, user: Json | None, issue: Json, status: Json, values: Json) -> None:
    """Give an issue a status; a done one gets a resolution, the others lose it."""
    before = site.of("status", issue["status"])
    copy = site.change(issue)
    items = []
    if before["id"] != status["id"]:
        known = site.of("field", "status")
        items.append(events.item(known, (before["id"], before["name"]), (status["id"], status["name"])))
    copy["status"] = status["id"]
    if before["category"] != status["category"]:
        copy["statuscategorychangedate"] = copy["updated"]
    resolution = values.get("resolution") or copy["fields"].get("resolution")
    done = site.by("resolution", "Done") if site.of("project", issue["project"])["resolves"] else None
    if status["category"] == "done":
        resolution = resolution or (done and done["id"])
    elif not values.get("resolution"):
        resolution = None
    entries = len(copy["changelog"])
    events.apply(site, user, copy, {**values, "resolution": resolution})
    if len(copy["changelog"]) > entries:
        copy["changelog"][-1]["items"] += items
    else:
        events.note(site, user, copy, items)
    copy["resolutiondate"] = (copy["resolutiondate"] or copy["updated"]) if resolution else None
    events.issue(site, "updated", issue["id"], user, kind="issue_generic")


def _open(site: Site, user: Json | None, issue: Json) -> list[Json]:
    if issue["archived"] or not site.may(user, "TRANSITION_ISSUES", issue["project"]):
        return []
    statuses = site.of("project", issue["project"])["workflow"]
    return [
        one
        for one in site.store.all("transition")
        if one["to"] in statuses
        and (issue["status"] in one["from"] or (not one["from"] and issue["status"] != one["to"]))
        and not (user and one["id"] in user.get("no_transitions", []))
    ]


def _required(site: Site, issue: Json, page: str) -> list[str]:
    found = site.store.get("screen", f"{issue['project']}/{issue['issuetype']}/{page}")
    return list(found["required"]) if found else []
