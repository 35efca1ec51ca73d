"""The sandbox by HTTP, for programs that are not in its process: `/_sandbox/...`, JSON in and out."""

import base64
import dataclasses
import json
from collections.abc import Callable
from typing import Any

from jira_sandbox.calls import CALLS, call
from jira_sandbox.exchange import Answer, Exchange, Json, RefusedError
from jira_sandbox.sandbox import Sandbox
from jira_sandbox.world_file import put_world

SETTABLE = ("lag", "lag_until_release", "expired")
LIMITS = ("bursts", "issue_writes", "quota", "quota_wait")
SITE = (
    "rewrites",
    "normalises",
    "property_window",
    "unreadable",
    "text_limit",
    "comments_shown",
    "page_cap",
    "upload_limit",
)


class Control:
    """Answers what is asked below `/_sandbox`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes) -> Answer:
        """Do what is asked; a mistake is a 400 that says which."""
        try:
            given = json.loads(body) if body else {}
            steps = path.strip("/").split("/")[1:]
            return self._run(method, steps, query, given)
        except (ValueError, TypeError, KeyError) as wrong:
            return Answer(400, {"error": f"{type(wrong).__name__}: {wrong}"})
        except RefusedError as refused:
            return refused.answer()

    def _run(self, method: str, steps: list[str], query: dict[str, list[str]], given: Any) -> Answer:
        answer = None
        if method == "GET":
            answer = self._read(steps, query)
        elif isinstance(given, dict):
            answer = self._write(method, steps, given)
        missing = {"error": f"There is no {method} /_sandbox/{'/'.join(steps)}; see docs/sandbox.md."}
        return answer or Answer(404, missing)

    def _read(self, steps: list[str], query: dict[str, list[str]]) -> Answer | None:
        sandbox = self._sandbox
        reads: dict[str, Callable[[], Any]] = {
            "": self._about,
            "requests": lambda: [_shown(one) for one in sandbox.requests],
            "writes": lambda: [_shown(one) for one in sandbox.writes],
            "issues": lambda: sandbox.issues(query.get("project", [""])[-1]),
            "links": lambda: sandbox.links(query.get("issue", [""])[-1]),
            "users": lambda: sandbox.site.store.all("user"),
            "deliveries": self._deliveries,
        }
        name = steps[0] if steps else ""
        if len(steps) < 2 and name in reads:
            return Answer(body=reads[name]())
        return Answer(body=sandbox.issue(steps[1])) if name == "issues" else None

    def _write(self, method: str, steps: list[str], given: Json) -> Answer | None:
        """What changes the sandbox; settings may be put as well as posted."""
        name, *rest = steps or [""]
        if name == "settings" and method in {"PUT", "POST"}:
            return Answer(body=self._set(given))
        if name == "do" and method == "POST" and len(rest) == 1 and rest[0] in CALLS:
            return Answer(body={"result": call(self._sandbox, rest[0], given)})
        posts = {"world": self._add_world, "webhooks": self._add_webhook, "attach": self._attach}
        return posts[name](given) if name in posts and method == "POST" else None

    def _add_world(self, given: Json) -> Answer:
        put_world(self._sandbox, given)
        return Answer(204)

    def _add_webhook(self, given: Json) -> Answer:
        hooks = self._sandbox.site.webhooks
        return Answer(201, {"id": hooks.register(given["url"], given.get("events", []), given.get("secret", "")).id})

    def _attach(self, given: Json) -> Answer:
        content = base64.b64decode(given.pop("content"), validate=True)
        return Answer(body={"result": self._sandbox.attach(content=content, **given)})

    def _about(self) -> Json:
        sandbox = self._sandbox
        return {
            "dialect": sandbox.dialect,
            "url": sandbox.url,
            "environment": sandbox.environment,
            "calls": list(CALLS),
        }

    def _set(self, given: Json) -> Json:
        sandbox = self._sandbox
        places: dict[str, Any] = (
            dict.fromkeys(SETTABLE, sandbox)
            | dict.fromkeys(LIMITS, sandbox.site.limits)
            | dict.fromkeys(SITE, sandbox.site)
        )
        places |= {"skew": sandbox.site.clock, "offset": sandbox.site.clock, "waits": sandbox.site.webhooks}
        if stray := given.keys() - places.keys():
            raise ValueError(f"{min(stray)!r} is no setting; there are {', '.join(places)}.")
        for name, value in given.items():
            setattr(places[name], name, value)
        return {name: getattr(place, name) for name, place in places.items()}

    def _deliveries(self) -> list[Json]:
        found = [dataclasses.asdict(one) for one in self._sandbox.site.webhooks.deliveries]
        return [{**one, "body": json.loads(one["body"] or b"null")} for one in found]


def _shown(exchange: Exchange) -> Json:
    found = dataclasses.asdict(exchange)
    texts = {name: found[name].decode("utf-8", "replace") for name in ("raw", "answer")}
    return {**found, **texts, "query": dict(exchange.query), "headers": dict(exchange.headers)}
