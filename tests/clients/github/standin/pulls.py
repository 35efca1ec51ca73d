"""Pull requests, reviews and comments."""

from tests.clients.github.standin import shapes
from tests.clients.github.standin.hub import Hub, Repository
from tests.clients.github.standin.issues import Answer


def listed(hub: Hub, there: Repository, query: dict, _: dict) -> Answer:
    state, head = query.get("state", "open"), query.get("head", "").partition(":")[2]
    return 200, [
        hub.raw_pull(number, there.name)
        for number, held in sorted(there.pulls.items(), reverse=True)
        if state in {"all", held["state"]} and head in {"", held["head"]}
    ]


def make(hub: Hub, there: Repository, _: dict, sent: dict) -> Answer:
    if any(held["head"] == sent["head"] and held["state"] == "open" for held in there.pulls.values()):
        return 422, {"message": "Validation Failed", "errors": [{"message": "A pull request already exists"}]}
    number = there.number()
    lists = {"labels": [], "assignees": [], "reviewers": []}
    there.pulls[number] = {**sent, **lists, "state": "open", "author": hub.login}
    return 201, hub.raw_pull(number, there.name)


def review(hub: Hub, there: Repository, _: dict, sent: dict, number: str) -> Answer:
    for one in sent["comments"]:
        if hub.lines is not None and (one["path"], one["line"]) not in hub.lines:
            return 422, {"message": "Unprocessable Entity", "errors": ["Line could not be resolved"]}
    there.notes += [{**one, "author": hub.login, "number": int(number)} for one in sent["comments"]]
    return 200, {"id": 1}


def notes(hub: Hub, there: Repository, _: dict, __: dict, number: str) -> Answer:
    return 200, [
        {"id": at, "body": one["body"], "path": one["path"], "user": shapes.user(one["author"])}
        for at, one in enumerate(there.notes, 1)
        if one["number"] == int(number)
    ]


def comments(hub: Hub, there: Repository, _: dict, __: dict, number: str) -> Answer:
    return 200, [_comment(hub, there, one) for one in there.comments if one["number"] == int(number)]


def comment(hub: Hub, there: Repository, _: dict, sent: dict, number: str) -> Answer:
    held = {"id": len(there.comments) + 1000, "number": int(number), "body": sent["body"], "author": hub.login}
    there.comments.append(held)
    return 201, _comment(hub, there, held)


def edit_comment(hub: Hub, there: Repository, _: dict, sent: dict, identity: str) -> Answer:
    held = next(one for one in there.comments if one["id"] == int(identity))
    held["body"] = sent["body"]
    return 200, _comment(hub, there, held)


def _comment(hub: Hub, there: Repository, held: dict) -> dict:
    return shapes.comment(held["id"], held["author"], held["body"], f"{hub.site}/{there.name}", held["number"])
