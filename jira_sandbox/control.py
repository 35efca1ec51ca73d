"""The sandbox by HTTP, for programs that are not in its process: `/_sandbox/...`, JSON in and out."""

import base64
import dataclasses
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jira_sandbox.exchange import Answer, Exchange, Json, RefusedError
from jira_sandbox.seeding import put_world

if TYPE_CHECKING:
    from jira_sandbox.sandbox import Sandbox

SETTABLE = ("lag", "lag_until_release", "expired")
LIMITS = ("bursts", "issue_writes", "quota", "quota_wait")
SITE = ("rewrites", "text_limit", "comments_shown", "page_cap", "upload_limit")
# What may be called: POST /_sandbox/do/<name> with the arguments as an object.
CALLS = (
    "add_user", "set_user", "add_project", "add_field", "add_issue", "set_status", "set_fields", "assign", "comment", "link",
    "put_remote_link", "worklog", "move", "delete", "hide", "archive", "set_property", "remove_field_from_screen",
    "add_field_to_screen", "require_field", "transition_screen", "set_workflow", "fault", "clear_faults", "barrier", "release",
    "settle", "forget_requests",
)  # fmt: skip


class Controls:
    """Answers what is asked below `/_sandbox`."""

    def __init__(self, sandbox: "Sandbox") -> None:
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
        if method == "GET" and len(steps) < 2 and name in reads:
            return Answer(body=reads[name]())
        if method == "GET" and name == "issues":
            return Answer(body=sandbox.issue(steps[1]))
        if method in {"PUT", "POST"} and name == "settings" and isinstance(given, dict):
            return Answer(body=self._set(given))
        if method == "POST" and name == "world" and isinstance(given, dict):
            put_world(sandbox, given)
            return Answer(204)
        if method == "POST" and name == "webhooks" and isinstance(given, dict):
            hook = sandbox.site.webhooks.register(given["url"], given.get("events", []), given.get("secret", ""))
            return Answer(201, {"id": hook.id})
        if method == "POST" and name == "do" and len(steps) == 2 and steps[1] in CALLS and isinstance(given, dict):
            return Answer(body={"result": getattr(sandbox, steps[1])(**given)})
        if method == "POST" and name == "attach" and isinstance(given, dict):
            content = base64.b64decode(given.pop("content"), validate=True)
            return Answer(body={"result": sandbox.attach(content=content, **given)})
        return Answer(404, {"error": f"There is no {method} /_sandbox/{'/'.join(steps)}; see docs/sandbox.md."})

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
