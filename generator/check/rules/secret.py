"""No token, key or password stands in the file."""

from collections.abc import Iterator
from itertools import islice

from generator.check.rule import ALWAYS_ERROR, Context, Hit, Rule
from generator.document.parse import Document
from generator.document.secrets import FoundSecret, mask, secrets_in, with_lines

_MOST = 200  # findings; a dump of thousands is clear from its first ones
_HINT = "Revoke it first, since it stays in the history; then replace it by `<redacted>`."


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each secret, by its kind, its first characters and its length; never the secret itself."""
    lines: dict[tuple[int, str], None] = {}
    for line, secret in with_lines(document.text, islice(secrets_in(document.text), _MOST)):
        if (line, secret.value) not in lines:
            lines[line, secret.value] = None
            yield Hit(line, f"This looks like {secret.kind}: {shown(secret)}.", _HINT)


def shown(secret: FoundSecret) -> str:
    """As much of a secret as helps to find it."""
    return f"`{mask(secret.value)}`, {len(secret.value)} characters"


RULE = Rule(
    id="secret",
    title="No token, key or password stands in the file",
    why="Whoever can read the repository, a fork or an old backup can use it, for as long as it is valid. Removing it from the file does not remove it from the history.",
    before="`curl -H 'Authorization: Bearer <the real token>'`",
    after="`curl -H 'Authorization: Bearer $TOKEN'`",
    check=check,
    **ALWAYS_ERROR,
)
