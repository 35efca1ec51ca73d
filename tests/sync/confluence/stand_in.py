"""A small Confluence over real HTTP, of either kind, that keeps the rules which a client can break.

Titles are there once in a space, versions count by one, properties have versions of their own, attachments names, bodies
are well-formed. The search knows a page only once it is `indexed`.
"""

import base64
import itertools
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.clients.http.conftest import Asked, Reply, serving

EMAIL, TOKEN = "bot@fernway.example", "c4n4ry-confluence-t0ken"
NAMESPACES = 'xmlns:ac="urn:ac" xmlns:ri="urn:ri"'


@dataclass
class Page:
    id: str
    title: str
    body: str
    parent: str = ""
    version: int = 1
    message: str = ""
    labels: set[str] = field(default_factory=set)
    properties: dict[str, dict] = field(default_factory=dict)
    attachments: dict[str, dict] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)  # how each is resolved: open, resolved, ...


class Refusal(Exception):
    def __init__(self, status: int, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


def well_formed(body: str) -> ET.Element:
    """The body as XML; raises ParseError."""
    return ET.fromstring(f"<page {NAMESPACES}>{body}</page>")


class World:
    """One space of one Confluence, with its home page; `largest` is how many bytes a request may have."""

    def __init__(self, dialect: str) -> None:
        self.dialect, self.cloud = dialect, dialect == "cloud"
        self.numbers = itertools.count(1001)
        self.pages: dict[str, Page] = {}
        self.hidden: set[str] = set()  # pages that the search does not know yet
        self.lag = False
        self.asked: list[Asked] = []
        self.writes: list[str] = []
        self.largest = 5 * 1024 * 1024
        self.page_size = 100
        self.before: Callable[[Asked], Reply | None] = lambda _: None
        self.after: Callable[[Asked], Reply | None] = lambda _: None
        self.url = ""
        self.home = self.add("Fernway home", parent="").id

    # What tests do to it

    def add(self, title: str, *, body: str = "<p>By a person.</p>", parent: str | None = None) -> Page:
        page = Page(str(next(self.numbers)), title, body, self.home if parent is None else parent)
        self.pages[page.id] = page
        return page

    def edit(self, page: Page, body: str = "<p>Edited by a person.</p>") -> None:
        page.body, page.version, page.message = body, page.version + 1, ""

    def titled(self, title: str) -> Page | None:
        return next((page for page in self.pages.values() if page.title.casefold() == title.casefold()), None)

    def only(self, beginning: str) -> Page:
        """The one page whose title begins so."""
        found = [page for page in self.pages.values() if page.title.startswith(beginning)]
        assert len(found) == 1, [page.title for page in self.pages.values()]
        return found[0]

    @property
    def environment(self) -> dict[str, str]:
        found = {"CONFLUENCE_BASE_URL": self.url, "CONFLUENCE_SPACE": "OPS"}
        if self.cloud:
            return {**found, "CONFLUENCE_EMAIL": EMAIL, "CONFLUENCE_API_TOKEN": TOKEN}
        return {**found, "CONFLUENCE_PAT": TOKEN}

    # How it answers

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        early = self.before(asked)
        if early:
            return early
        try:
            status, value = self.answer(asked)
        except Refusal as refusal:
            told = {"errors": [{"status": refusal.status, "code": "X", "title": refusal.message}]}
            told = told if "/api/v2/" in asked.path else {"statusCode": refusal.status, "message": refusal.message}
            return Reply(refusal.status, json.dumps(told).encode())
        if asked.method != "GET":
            self.writes.append(f"{asked.method} {urlsplit(asked.path).path}")
        return self.after(asked) or Reply(status, b"" if value is None else json.dumps(value).encode())

    def answer(self, asked: Asked) -> tuple[int, object]:
        from tests.sync.confluence import stand_in_v1, stand_in_v2

        parts = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.admit(asked)
        path = parts.path.removeprefix("/wiki") if self.cloud else parts.path
        rules = [(stand_in_v2, "/api/v2")] if self.cloud else []
        for module, prefix in [*rules, (stand_in_v1, "/rest/api")]:
            if path.startswith(prefix):
                return module.answer(self, asked, path.removeprefix(prefix), query)
        raise Refusal(404, "no such address")

    def admit(self, asked: Asked) -> None:
        pair = base64.b64encode(f"{EMAIL}:{TOKEN}".encode()).decode()
        if asked.headers.get("Authorization") != (f"Basic {pair}" if self.cloud else f"Bearer {TOKEN}"):
            raise Refusal(401, "not authenticated")
        if "Mozilla" in asked.headers.get("User-Agent", "Mozilla"):
            raise Refusal(403, "XSRF check failed")
        if len(asked.body) > self.largest and asked.headers.get("Content-Type") == "application/json":
            raise Refusal(413, "too large")

    # The rules, which both versions of the interface share

    def page(self, id_: str) -> Page:
        if id_ not in self.pages:
            raise Refusal(404, "no such page")
        return self.pages[id_]

    def create(self, title: str, body: str, parent: str) -> Page:
        self.check(title, body, parent, None)
        page = self.add(title, body=body, parent=parent)
        if self.lag:
            self.hidden.add(page.id)
        return page

    def update(self, page: Page, title: str, body: str, parent: str, version: dict) -> Page:
        if version.get("number") != page.version + 1:
            raise Refusal(409, f"Version must be incremented on update. Current version is {page.version}.")
        self.check(title, body, parent or page.parent, page)
        page.title, page.body, page.parent = title, body, parent or page.parent
        page.version, page.message = page.version + 1, version.get("message", "")
        return page

    def check(self, title: str, body: str, parent: str, page: Page | None) -> None:
        other = self.titled(title)
        if other and other is not page:
            raise Refusal(
                400, "A page with this title already exists: A page already exists with the same TITLE in this space"
            )
        if not title or len(title.encode("utf-16-le")) > 510:
            raise Refusal(400, "The title is empty or too long.")
        self.page(parent)
        try:
            well_formed(body)
        except ET.ParseError as fault:
            raise Refusal(400, f"Error parsing xhtml: {fault}") from None

    def set_property(self, page: Page, key: str, value: object, version: dict | None) -> dict:
        known = page.properties.get(key)
        if known is None and version is None:
            page.properties[key] = {"id": str(next(self.numbers)), "key": key, "value": value, "version": {"number": 1}}
        elif known is None:
            raise Refusal(404, "no such property")
        elif version is None or version.get("number") != known["version"]["number"] + 1:
            raise Refusal(409, "the version of the property is another one, or it is there already")
        else:
            known["value"], known["version"] = value, {"number": version["number"]}
        return page.properties[key]

    def label(self, page: Page, name: str) -> None:
        if name != name.lower() or not name or re.search(r"[\s:;,.?&\[\]()#^*@!]", name):
            raise Refusal(400, f"The label {name!r} is not valid.")
        page.labels.add(name)

    def attach(self, page: Page, asked: Asked, known: str) -> dict:
        if asked.headers.get("X-Atlassian-Token") not in {"nocheck", "no-check"}:
            raise Refusal(403, "XSRF check failed")
        name = re.search(rb'filename="([^"]*)"', asked.body)[1].decode()
        content = asked.body.partition(b"\r\n\r\n")[2].rpartition(b"\r\n--")[0]
        held = page.attachments.get(name)
        if held and held["id"] != known:
            raise Refusal(400, f"Cannot add a new attachment with same file name as an existing attachment: {name}")
        if known and not held:
            raise Refusal(404, "no such attachment")
        if held is None:
            held = page.attachments[name] = {
                "id": f"att{next(self.numbers)}" if self.cloud else str(next(self.numbers)),
                "versions": [],
            }
        held["versions"].append(content)
        return {"id": held["id"], "type": "attachment", "title": name}

    def listed(self, items: list[dict], path: str, query: dict[str, str]) -> dict[str, object]:
        """A page of a list, with the way to the next one."""
        start = int(query.get("cursor") or query.get("start") or 0)
        size = min(int(query.get("limit", 25)), self.page_size)
        links = {"base": self.url}
        if start + size < len(items):
            links["next"] = f"{path}?{'cursor' if self.cloud else 'start'}={start + size}&limit={size}"
        return {"results": items[start : start + size], "_links": links}


@contextmanager
def confluence(dialect: str) -> Iterator[World]:
    """A running one."""
    world = World(dialect)
    with serving(world.reply) as (url, _):
        world.url = f"{url}/wiki" if world.cloud else url
        yield world
