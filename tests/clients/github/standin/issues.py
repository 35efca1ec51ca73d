"""Issues: made, read, listed, changed and assigned."""

from tests.clients.github.standin import shapes
from tests.clients.github.standin.hub import Hub, Repository

Answer = tuple[int, object]
ABSENT: Answer = (404, {"message": "Not Found", "documentation_url": "https://docs.github.example.com"})
LONGEST_TITLE, LONGEST_LABEL = 256, 50


def read(hub: Hub, there: Repository, _: dict, __: dict, number: str) -> Answer:
    at = (there.name, int(number))
    if at in hub.moved:
        home, now = hub.moved[at]
        return 301, {"message": "Moved Permanently", "url": f"{hub.site}/api/repos/{home}/issues/{now}"}
    if at in hub.deleted:
        return 410, {"message": "This issue was deleted"}
    return (200, hub.raw_issue(*at)) if at[1] in there.issues and at not in hub.hidden else ABSENT


def listed(hub: Hub, there: Repository, query: dict, _: dict) -> Answer:
    """Newest first, as by default."""
    label = query.get("labels", "").casefold()
    rows = []
    for number, held in sorted(there.issues.items(), reverse=True):
        at = (there.name, number)
        labels = {one.casefold() for one in held["labels"]}
        gone = at in hub.hidden | hub.deleted or at in hub.moved or (label and hub.lagging and at not in hub.listed)
        if not gone and query.get("state", "open") in {"all", held["state"]} and (not label or label in labels):
            rows.append(hub.raw_issue(*at))
    return 200, rows


def make(hub: Hub, there: Repository, _: dict, sent: dict) -> Answer:
    owners = sent.get("assignees", [])
    wrong = [one for one in owners if one not in hub.assignable | hub.dropped]
    if wrong or any(len(one) > LONGEST_LABEL for one in sent["labels"]) or len(sent["title"]) > LONGEST_TITLE:
        return 422, {"message": "Validation Failed", "errors": [{"field": "assignees", "code": "invalid"}]}
    number = hub.add_issue(sent["title"], sent["body"], repository=there.name, author=hub.login)
    hub.listed.discard((there.name, number))
    there.issues[number]["assignees"] = [one for one in owners if one not in hub.dropped]
    set_labels(there, number, sent["labels"])
    return 201, hub.raw_issue(there.name, number)


def change(hub: Hub, there: Repository, _: dict, sent: dict, number: str) -> Answer:
    at = (there.name, int(number))
    if at[1] not in there.issues or at in hub.hidden:
        return ABSENT
    held = there.issues[at[1]]
    for key, value in sent.items():
        if key == "labels":
            set_labels(there, at[1], value)
        elif key == "assignees":
            held[key] = [one for one in value if one not in hub.dropped]
        else:
            held[key] = value
    if sent.get("state") == "open":
        held["state_reason"] = "reopened"
    return 200, hub.raw_issue(*at)


def set_labels(there: Repository, number: int, labels: list[str]) -> None:
    """Labels without case: the first spelling stays, and those that are missing are made."""
    spelled = [there.labels.setdefault(one.casefold(), {"name": one, "description": None})["name"] for one in labels]
    there.item(number)["labels"] = list(dict.fromkeys(spelled))


def assign(hub: Hub, there: Repository, _: dict, sent: dict, number: str) -> Answer:
    _add(there, int(number), "assignees", sent["assignees"], "assigned")
    return 201, {}


def ask_reviewers(hub: Hub, there: Repository, _: dict, sent: dict, number: str) -> Answer:
    _add(there, int(number), "reviewers", sent["reviewers"], "review_requested")
    return 201, {}


def label(hub: Hub, there: Repository, _: dict, sent: dict, number: str) -> Answer:
    _add(there, int(number), "labels", sent["labels"], "labeled")
    return 200, []


def _add(there: Repository, number: int, key: str, names: list[str], event: str) -> None:
    """Sets on GitHub's side: who is there already makes no event."""
    held = there.item(number).setdefault(key, [])
    new = [one for one in names if one not in held]
    held.extend(new)
    there.events.setdefault(number, []).extend([event] * len(new))


def events(hub: Hub, there: Repository, _: dict, __: dict, number: str) -> Answer:
    home = f"{hub.site}/{there.name}"
    return 200, [shapes.event(name, int(number), hub.login, home) for name in there.events.get(int(number), [])]


def assignee(hub: Hub, _: Repository, __: dict, ___: dict, login: str) -> Answer:
    return (204, None) if login in hub.assignable | hub.dropped else ABSENT
