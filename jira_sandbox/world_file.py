"""A world as a file describes it: people, fields, projects, issues and links, and what its projects are set up to do."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jira_sandbox.building import Building
from jira_sandbox.calls import call
from jira_sandbox.exchange import Json
from jira_sandbox.seeding import put_issue

WORLD = {"users", "projects", "fields", "issues", "links", "do"}


def put_world(build: Building, world: Mapping[str, Any]) -> None:
    """Add `users`, `fields`, `projects`, `issues` and `links` to what is there, then do what `do` lists.

    Raises `ValueError`, `TypeError` or `KeyError`.
    """
    if stray := world.keys() - WORLD:
        raise ValueError(f"A world has no {min(stray)!r}; it has {', '.join(sorted(WORLD))}.")
    with build.site.store.transaction():
        for user in world.get("users", []):
            build.add_user(**user)
        for field in world.get("fields", []):
            build.add_field(**field)
        for project in world.get("projects", []):
            build.add_project(**project)
        for issue in world.get("issues", []):
            put_issue(build, str(issue.get("project") or str(issue.get("key", "")).rpartition("-")[0]), issue)
        for link in world.get("links", []):
            # Without a trace in the issues' history: it has always been so.
            number = str(build.site.store.next("link", 40_001))
            ends = {f"{side}Issue": build.issue(link[side])["id"] for side in ("inward", "outward")}
            kind = build.named("link_type", link["type"])["id"]
            build.site.store.put("link", number, {"id": number, "type": kind, **ends})
        for order in world.get("do", []):
            call(build, str(order.get("call")), {name: value for name, value in order.items() if name != "call"})


def read_world(path: Path) -> Json:
    """The world of a JSON file. Raises `ValueError`."""
    world = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(world, dict):
        raise TypeError(f"{path} does not hold a JSON object.")
    return world
