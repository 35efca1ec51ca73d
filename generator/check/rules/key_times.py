"""The four times are there."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.time_utc import KEYS
from generator.document.parse import Document
from generator.document.schema import BY_NAME


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """The times that the front matter lacks, in one finding; unreadable ones are reported where they stand."""
    if not document.front.present:
        return
    missing = [key for key in KEYS if document.front.values.get(key) in (None, "")]
    if missing:
        names = ", ".join(f"`{key}`" for key in missing)
        docs = " ".join(f"{key}: {BY_NAME[key].doc[0].lower()}{BY_NAME[key].doc[1:]}" for key in missing)
        yield Hit(document.front.lines.get(missing[0], 1), f"The front matter does not say {names}.", docs)


RULE = Rule(
    id="key-times",
    title="Started, detected, mitigated and resolved are there",
    why="From these four the site computes how long incidents last and how soon they are noticed. Where nothing had to be mitigated, that time is the end.",
    before="started: 2026-03-15T14:32:00Z\nresolved: 2026-03-15T16:46:00Z",
    after="started: 2026-03-15T14:32:00Z\ndetected: 2026-03-15T14:35:00Z\nmitigated: 2026-03-15T15:15:00Z\nresolved: 2026-03-15T16:46:00Z",
    check=check,
)
