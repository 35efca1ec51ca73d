"""What may leave the archive: a text that holds a secret is held back, by file, line and kind.

Everything that sends to others asks here before it sends: sync, notices, pull requests.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.document.parse import Document
from generator.document.secrets import secrets_in, with_lines

ALLOW = "--allow-secrets"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A secret that keeps a document from being sent: `kind` as in `a GitHub token`, `line` 1-based."""

    path: str
    line: int
    kind: str

    def __str__(self) -> str:
        """One line for people, without any of the secret."""
        return (
            f"{self.path}:{self.line}: not sent, as this looks like {self.kind}. Revoke it and take it out,"
            f" or send it all the same with {ALLOW}."
        )


def held_back(document: Document) -> tuple[HeldBack, ...]:
    """What keeps this document from being sent, a line and kind once; empty where nothing does."""
    places = with_lines(document.text, secrets_in(document.text))
    return tuple(dict.fromkeys(HeldBack(document.path, line, secret.kind) for line, secret in places))


def may_leave(documents: Iterable[Document], *, allowed: bool) -> tuple[list[Document], list[HeldBack]]:
    """The documents that may be sent, and what holds the others back; with `allowed` all of them may."""
    free: list[Document] = []
    reasons: list[HeldBack] = []
    for document in documents:
        reasons_here = () if allowed else held_back(document)
        reasons += reasons_here
        if not reasons_here:
            free.append(document)
    return free, reasons
