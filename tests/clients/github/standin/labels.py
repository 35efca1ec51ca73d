"""A repository's labels: each name once, whatever its case."""

from tests.clients.github.standin.hub import Hub, Repository
from tests.clients.github.standin.issues import ABSENT, LONGEST_LABEL, Answer

LONGEST_DESCRIPTION = 100


def read(_: Hub, there: Repository, __: dict, ___: dict, name: str) -> Answer:
    held = there.labels.get(name.casefold())
    return (200, {**held, "id": 1, "color": "ededed"}) if held else ABSENT


def make(_: Hub, there: Repository, __: dict, sent: dict) -> Answer:
    if len(sent["name"]) > LONGEST_LABEL or len(sent["description"]) > LONGEST_DESCRIPTION:
        return 422, {"message": "Validation Failed", "errors": [{"field": "name", "code": "too_long"}]}
    if sent["name"].casefold() in there.labels:
        return 422, {"message": "Validation Failed", "errors": [{"resource": "Label", "code": "already_exists"}]}
    there.labels[sent["name"].casefold()] = {"name": sent["name"], "description": sent["description"]}
    return 201, {**sent, "id": 1}


def describe(hub: Hub, there: Repository, query: dict, sent: dict, name: str) -> Answer:
    if name.casefold() not in there.labels:
        return ABSENT
    there.labels[name.casefold()] |= sent
    return read(hub, there, query, sent, name)


def delete(_: Hub, there: Repository, __: dict, ___: dict, name: str) -> Answer:
    return ABSENT if there.labels.pop(name.casefold(), None) is None else (204, None)
