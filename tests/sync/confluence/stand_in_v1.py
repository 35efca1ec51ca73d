"""Version 1 of the interface: all of it on Data Center, on Cloud only what version 2 has not."""

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.clients.http.conftest import Asked
    from tests.sync.confluence.stand_in import Page, World

ON_CLOUD = re.compile(r"/user/current|/content/search|/content/\d+/label|/content/\d+/child/attachment(/\w+/data)?")


def answer(world: "World", asked: "Asked", path: str, query: dict[str, str]) -> tuple[int, object]:
    from tests.sync.confluence.stand_in import Refusal

    gone = world.cloud and (not ON_CLOUD.fullmatch(path) or (asked.method == "GET" and path.endswith("/attachment")))
    if gone:
        raise Refusal(410, "This deprecated endpoint has been removed.")
    body = json.loads(asked.body) if asked.headers.get("Content-Type") == "application/json" else {}
    page = world.page(found[1]) if (found := re.match(r"/content/(\d+)", path)) else None
    rest = path[found.end() :] if found else path
    match asked.method, rest:
        case "GET", "/user/current":
            return 200, {"type": "known", "username": "bot", "accountId": "acc-bot", "displayName": "Bot"}
        case "GET", "/space/OPS":
            return 200, {"id": 65537, "key": "OPS", "homepage": {"id": world.home}}
        case "GET", "/content/search":
            wanted = re.fullmatch(r'space = "OPS" and type = page and label = "([^"]*)"', query["cql"])
            held = [one for one in world.pages.values() if wanted[1] in one.labels and one.id not in world.hidden]
            return 200, world.listed([shown(world, one, query) for one in held], path, query)
        case "GET", "/content":
            assert (query["spaceKey"], query["type"]) == ("OPS", "page")
            held = [one for one in world.pages.values() if one.title == query["title"]]
            return 200, world.listed([shown(world, one, query) for one in held], path, query)
        case "POST", "/content":
            assert (body["type"], body["space"]) == ("page", {"key": "OPS"})
            return 200, shown(
                world, world.create(body["title"], body["body"]["storage"]["value"], _parent(body) or world.home), {}
            )
        case "GET", "" if page:
            return 200, shown(world, page, query)
        case "PUT", "" if page:
            assert (body["type"], body["id"]) == ("page", page.id)
            return 200, shown(
                world,
                world.update(page, body["title"], body["body"]["storage"]["value"], _parent(body), body["version"]),
                {},
            )
        case "GET", "/child/page" if page:
            return 200, world.listed(
                [shown(world, one, query) for one in world.pages.values() if one.parent == page.id], path, query
            )
        case "GET", "/child/comment" if page:
            told = [
                {"id": str(n), "extensions": {"location": "inline", "resolution": {"status": how}}}
                for n, how in enumerate(page.comments)
            ]
            return 200, world.listed(told, path, query)
        case "POST", "/property" if page:
            return 200, world.set_property(page, body["key"], body["value"], None)
        case "PUT", "/property/postmortem" if page:
            return 200, world.set_property(page, "postmortem", body["value"], body["version"])
        case "POST", "/label" if page:
            for one in body:
                world.label(page, one["name"])
            return 200, {"results": []}
        case "DELETE", "/label" if page:
            page.labels.discard(query["name"])
            return 204, None
        case "GET", "/child/attachment" if page:
            return 200, world.listed(
                [{"id": one["id"], "title": name} for name, one in page.attachments.items()], path, query
            )
        case "POST", "/child/attachment" if page:
            return 200, {"results": [world.attach(page, asked, "")]}
        case "POST", _ if page and (known := re.fullmatch(r"/child/attachment/(\w+)/data", rest)):
            return 200, world.attach(page, asked, known[1])
    raise Refusal(404, "no such address")


def _parent(body: dict) -> str:
    return body["ancestors"][-1]["id"] if body.get("ancestors") else ""


def shown(world: "World", page: "Page", query: dict[str, str]) -> dict[str, object]:
    wanted = query.get("expand", "").split(",")
    found: dict[str, object] = {"id": page.id, "type": "page", "status": "current", "title": page.title}
    found["version"] = {"number": page.version, "message": page.message}
    if "ancestors" in wanted:
        line: list[dict[str, str]] = []
        at = page.parent
        while at:
            line.insert(0, {"id": at})
            at = world.pages[at].parent
        found["ancestors"] = line
    if "metadata.labels" in wanted:
        labels = {"results": [{"prefix": "global", "name": name, "id": "1"} for name in sorted(page.labels)]}
        found["metadata"] = {"labels": labels, "properties": dict(page.properties)}
    if "body.storage" in wanted:
        found["body"] = {"storage": {"value": page.body, "representation": "storage"}}
    return found
