"""Version 2 of the interface, as Cloud has it: no labels or attachments can be written with it."""

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.clients.http.conftest import Asked
    from tests.sync.confluence.stand_in import Page, World


def answer(world: "World", asked: "Asked", path: str, query: dict[str, str]) -> tuple[int, object]:
    from tests.sync.confluence.stand_in import Refusal

    body = json.loads(asked.body) if asked.body else {}
    page = world.page(found[1]) if (found := re.match(r"/pages/(\d+)", path)) else None
    rest = path[found.end() :] if found else path
    match asked.method, rest:
        case "GET", "/spaces":
            there = [{"id": "65537", "key": "OPS", "homepageId": world.home}]
            return 200, world.listed(
                [one for one in there if one["key"] in query.get("keys", "").split(",")], path, query
            )
        case "GET", "/pages":
            held = [one for one in world.pages.values() if one.title.casefold() == query["title"].casefold()]
            assert query["space-id"] == "65537"
            return 200, world.listed([shown(one, {}) for one in held], path, query)
        case "POST", "/pages":
            if body.get("spaceId") != "65537":
                raise Refusal(404, "no such space")
            made = world.create(body["title"], body["body"]["value"], body.get("parentId") or world.home)
            return 200, shown(made, {})
        case "GET", "" if page:
            return 200, shown(page, query)
        case "PUT", "" if page:
            if body.get("id") != page.id or body.get("status") != "current":
                raise Refusal(400, "id and status must be there")
            return 200, shown(
                world.update(page, body["title"], body["body"]["value"], body.get("parentId", ""), body["version"]), {}
            )
        case "GET", "/children" if page:
            below = [
                {"id": one.id, "status": "current", "title": one.title, "spaceId": "65537", "childPosition": 1}
                for one in world.pages.values()
                if one.parent == page.id
            ]
            return 200, world.listed(below, path, query)
        case "POST", "/properties" if page:
            return 200, world.set_property(page, body["key"], body["value"], None)
        case "PUT", _ if page and (known := re.fullmatch(r"/properties/(\d+)", rest)):
            key = next((one["key"] for one in page.properties.values() if one["id"] == known[1]), "")
            return 200, world.set_property(page, key, body["value"], body["version"])
        case "GET", "/inline-comments" if page:
            return 200, world.listed(
                [{"id": str(n), "status": "current", "resolutionStatus": how} for n, how in enumerate(page.comments)],
                path,
                query,
            )
        case "GET", "/attachments" if page:
            return 200, world.listed(
                [{"id": one["id"], "status": "current", "title": name} for name, one in page.attachments.items()],
                path,
                query,
            )
    raise Refusal(404, "no such address")


def shown(page: "Page", query: dict[str, str]) -> dict[str, object]:
    found: dict[str, object] = {
        "id": page.id,
        "status": "current",
        "title": page.title,
        "spaceId": "65537",
        "parentId": page.parent or None,
        "version": {"number": page.version, "message": page.message, "createdAt": "2026-11-20T12:00:00.000Z"},
        "body": {"storage": {"representation": "storage", "value": page.body}}
        if query.get("body-format") == "storage"
        else {},
    }
    if query.get("include-labels") == "true":
        found["labels"] = {"results": [{"id": "1", "name": name, "prefix": "global"} for name in sorted(page.labels)]}
    if query.get("include-properties") == "true":
        found["properties"] = {"results": list(page.properties.values())}
    return found
