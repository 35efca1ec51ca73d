"""What is asked of Confluence Cloud is what Atlassian's own description has, which lies outside of the repository."""

import functools
import json
import warnings
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests import outside
from tests.sync.confluence.conftest import Archive
from tests.sync.confluence.stand_in import World

FILE = "confluence-cloud-v2.2025-02.json"
HOST = "https://your-domain.atlassian.net"
pytestmark = pytest.mark.contract


@functools.cache
def description():
    from openapi_core import Config, OpenAPI

    read = json.loads(outside.contract(FILE).read_text(encoding="utf-8"))
    read["servers"] = [{"url": f"{HOST}/wiki/api/v2"}]
    bodies = {name: read["components"]["schemas"][name] for name in ("PageBodyWrite", "PageNestedBodyWrite")}
    closed([read["components"]["requestBodies"], bodies])
    return OpenAPI.from_dict(read, config=Config(spec_validator_cls=None))


def closed(node: object) -> None:
    """Take unknown names for faults, which the description overlooks."""
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            node["additionalProperties"] = False
        for one in node.values():
            closed(one)
    elif isinstance(node, list):
        for one in node:
            closed(one)


def faults(asked):
    from openapi_core.exceptions import OpenAPIError
    from openapi_core.testing import MockRequest

    for one in asked:
        parts = urlsplit(one.path)
        if not parts.path.startswith("/wiki/api/v2/"):
            continue
        query = dict(parse_qsl(parts.query))
        yield from unknown(one.method, parts.path, query)
        request = MockRequest(
            HOST,
            one.method.lower(),
            parts.path,
            args=query,
            data=one.body or None,
            content_type="application/json",
            headers={"Authorization": "Basic eDp5"},
        )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                description().validate_request(request)
        except OpenAPIError as fault:
            cause = fault
            while cause.__cause__ is not None:
                cause = cause.__cause__
            yield f"{one.method} {one.path}: {cause}"


def unknown(method, path, query):
    """Names in a query that the description does not have."""
    steps = path.removeprefix("/wiki/api/v2").split("/")
    paths = json.loads(outside.contract(FILE).read_text(encoding="utf-8"))["paths"]
    for known, ways in paths.items():
        like = known.split("/")
        if len(like) == len(steps) and all(a == b or a[:1] == "{" for a, b in zip(like, steps, strict=True)):
            names = {one.get("name") for one in ways[method.lower()].get("parameters", [])}
            yield from (f"{method} {path}: {name}" for name in query if name not in names)


@pytest.mark.parametrize("world", ["cloud"], indirect=True)
def test_every_request_is_described(site: Archive, world: World):
    world.page_size = 2
    asked = []
    for number in range(3):
        site.write(f"INC-2026-{number:04}", title=f"Title {number}")
    site.attach("errors.png", b"one", "INC-2026-0001")
    site.run()
    asked += world.asked
    site.write("INC-2026-0001", title="Another", started="2026-05-01", severity="SEV2")
    site.attach("errors.png", b"two", "INC-2026-0001")
    site.run()
    asked += world.asked

    assert {one.method for one in asked} >= {"GET", "POST", "PUT"}
    assert {urlsplit(one.path).path.rsplit("/", 1)[1] for one in asked} >= {"properties", "inline-comments", "children"}
    assert list(faults(asked)) == []
