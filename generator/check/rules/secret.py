"""No token, key or password stands in the file."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Context, Hit, Rule
from generator.check.rules.secrets import FoundSecret, found
from generator.document.parse import Document

_HINT = "Revoke it first, since it stays in the history; then replace it by `<redacted>`."


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each secret, by its kind, its first characters and its length; never the secret itself."""
    lines: dict[tuple[int, str], None] = {}
    for secret in found(document.text):
        line = document.text.count("\n", 0, secret.start) + 1
        if (line, secret.value) not in lines:
            lines[line, secret.value] = None
            yield Hit(line, f"This looks like {secret.kind}: {shown(secret)}.", _HINT)


def shown(secret: FoundSecret) -> str:
    """As much of a secret as helps to find it."""
    return f"`{mask(secret.value)}`, {len(secret.value)} characters"


def mask(value: str) -> str:
    """The first characters of a secret, at most four and at most a quarter of it."""
    return f"{value[: min(4, len(value) // 4)]}…"


class Masked:
    """Takes a document's secrets out of other rules' messages, which quote what stands there."""

    def __init__(self, document: Document) -> None:
        self._values = sorted({secret.value for secret in found(document.text)}, key=len, reverse=True)

    def __call__(self, message: str) -> str:
        """The message with each secret cut to what `mask` leaves of it."""
        for value in self._values:
            if value in message:
                message = message.replace(value, mask(value))
        return message


RULE = Rule(
    id="secret",
    title="No token, key or password stands in the file",
    why="Whoever can read the repository, a fork or an old backup can use it, for as long as it is valid. Removing it from the file does not remove it from the history.",
    before="`curl -H 'Authorization: Bearer <the real token>'`",
    after="`curl -H 'Authorization: Bearer $TOKEN'`",
    check=check,
    **ALWAYS_ERROR,
)
