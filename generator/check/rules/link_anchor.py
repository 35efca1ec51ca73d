"""Anchors lead to a heading that is there."""

import difflib
from collections.abc import Collection, Iterator

from generator.check.rule import Context, Hit, Rule, Summary, SummaryIndex
from generator.check.summary import local
from generator.check.text import reading
from generator.document.parse import Document
from generator.markup.anchors import anchor as anchor_of

_ALWAYS = ("", "top")


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each link within the document to a heading that it does not have."""
    seen = reading(document)
    for link in seen.links:
        place, anchor = local(link, document.path)
        if anchor and place in {"", document.path} and not _found(anchor, seen.anchors):
            yield Hit(link.line, f"There is no heading for `#{anchor[:100]}`.", _hint(anchor, seen.anchors))


def across(summary: Summary, index: SummaryIndex) -> Iterator[Hit]:
    """Each link into another document of the archive to a heading that it does not have."""
    for line, path, anchor in summary.links:
        other = index.paths.get(path)
        if other is not None and not _found(anchor, other.anchors):
            yield Hit(line, f"{path} has no heading for `#{anchor[:100]}`.", _hint(anchor, other.anchors))


def _found(anchor: str, anchors: Collection[str]) -> bool:
    return anchor in anchors or anchor in _ALWAYS or anchor.startswith(("fn", "user-content-", ":~:"))


def _hint(anchor: str, anchors: Collection[str]) -> str:
    close = difflib.get_close_matches(anchor_of(anchor[:200]), sorted(anchors), n=1, cutoff=0.6)
    return f"Did you mean `#{close[0]}`?" if close else "Anchors are the heading's words in lower case, with hyphens."


RULE = Rule(
    id="link-anchor",
    title="Anchors lead to a heading that is there",
    why="A link into a long document without its heading leaves the reader at the top of the page.",
    before="See [the cause](#Root-Cause).",
    after="See [the cause](#root-cause).",
    check=check,
    across=across,
)
