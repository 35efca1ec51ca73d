"""What another system answered, read whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.errors import RemoteError


@dataclass(frozen=True, slots=True)
class Response:
    """A status, the headers (found in any case) and the body; `where` says in words what was asked."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    where: str = ""

    def json(self) -> Any:
        """The body as JSON; None where there is none. Raises RemoteError for anything else."""
        if not self.body.strip():
            return None
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            problem = f"{self.where} was answered with something that is not JSON. Is the address the right one?"
        raise RemoteError(problem)

    @property
    def is_page(self) -> bool:
        """Whether a page for a browser came, as a log-in form or a proxy sends it."""
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return kind in {"text/html", "application/xhtml+xml"} or (
            "json" not in kind and self.body[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        )
