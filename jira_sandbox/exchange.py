"""What passes through the sandbox: a request, an answer, a refusal, and the log's record of both."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
JSON = "application/json;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back; `body` is anything JSON can say, or bytes of the type `kind`, or None for no body."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = JSON

    def content(self) -> bytes:
        """The body as it goes over the wire."""
        if self.body is None:
            return b""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()


class RefusedError(Exception):
    """Jira says no: general `messages`, and `errors` of single fields by their id; everything begun is undone."""

    def __init__(
        self,
        status: int,
        *messages: str,
        errors: Mapping[str, str] | None = None,
        reason: str = "",
        body: Json | None = None,
    ) -> None:
        super().__init__(status, messages, errors)
        self.body = {"errorMessages": list(messages), "errors": dict(errors or {})} if body is None else body
        self.status, self.reason = status, reason

    def answer(self) -> Answer:
        """The answer in Jira's shape; `X-Sandbox-Reason` explains what Jira would keep to itself."""
        return Answer(self.status, self.body, {"X-Sandbox-Reason": header(self.reason)} if self.reason else {})


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the API: `path` begins after `/rest/api/<n>`, header names are in lower case."""

    number: int
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    user: Json | None = None

    def one(self, name: str, default: str = "") -> str:
        """The value of a query parameter."""
        return self.query.get(name, [default])[-1]

    def flag(self, name: str, default: bool) -> bool:
        """A query parameter that is true or false."""
        return self.one(name, str(default)).lower() == "true"

    def count(self, name: str, default: int, most: int) -> int:
        """A query parameter that is a whole number from 0 to `most`; a wrong one is a 400, as a larger one is cut."""
        text = self.one(name, str(default))
        if not text.lstrip("-").isdecimal():
            raise RefusedError(400, f"The query parameter '{name}' must be a whole number.")
        return max(0, min(int(text), most))

    def several(self, name: str) -> list[str]:
        """A query parameter that is a list, separated by commas or repeated."""
        return [word.strip() for text in self.query.get(name, []) for word in text.split(",") if word.strip()]

    def json(self) -> Any:
        """The body, whatever JSON it is."""
        kind = self.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            raise RefusedError(415, body={"errorMessages": ["Unsupported Media Type"], "errors": {}})
        try:
            found = json.loads(self.body, parse_constant=_no_constant)
            json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text
        except (ValueError, RecursionError):
            raise RefusedError(400, "There was an error parsing JSON. Check that your request body is valid.") from None
        return found

    def object(self) -> Json:
        """The body, which must be a JSON object."""
        found = self.json()
        if not isinstance(found, dict):
            raise RefusedError(400, "Invalid request payload. Refer to the REST API documentation and try again.")
        return found


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as the log keeps them; `status` is 0 while or because there was no answer.

    `path` is below the context path or gateway, `query` holds each parameter's last value, `body` the JSON that was
    sent (or the text, where it is none), `reads` whether it only asked, `at` the time of day in seconds since 1970.
    """

    number: int
    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    status: int
    at: float
    reads: bool = True
    raw: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    answer: bytes = b""
    answer_headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        """The answer's body."""
        return json.loads(self.answer) if self.answer else None


def header(text: str) -> str:
    """A text as it may stand in a header: one line of ASCII."""
    return " ".join(text.encode("ascii", "backslashreplace").decode().split())[:500]


def _no_constant(name: str) -> None:
    raise ValueError(name)
