"""A root cause does not stand alone."""

import re
from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.check.rules.sections_required import kind
from generator.check.text import reading
from generator.check.words import TODO
from generator.document.finding import Level
from generator.document.parse import Document

_ITEM = re.compile(r"^(?:[-*+]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_HINT = "What made it more likely, worse, or harder to see? Most incidents need four or five things to come together."


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """A root cause without contributing factors, or with a single one."""
    seen = reading(document)
    cause = seen.part("root-cause")
    if kind(document) not in {"outage", "near-miss"} or cause is None or seen.is_empty(cause):
        return
    part = seen.part("contributing-factors")
    if part is None:
        if "contributing factor" not in seen.text_of(cause).casefold():
            yield Hit(cause.line, "There is a root cause, but there are no contributing factors.", _HINT)
    elif seen.is_empty(part):
        yield Hit(part.line, f"There is nothing below “{part.title}”.", _HINT)
    elif TODO not in seen.text_of(part) and len(_ITEM.findall(seen.text_of(part))) == 1:
        yield Hit(part.line, "There is a single contributing factor.", _HINT, Level.ADVICE)


RULE = Rule(
    id="contributing-factors",
    title="A root cause does not stand alone",
    why="A single cause invites a single fix. The conditions around it (a canary that was too small, retries, a missing graph) are where the next incident can be prevented as well.",
    before="## Root cause\n\nAn index was missing.",
    after="## Root cause\n\nAn index was missing ...\n\n## Contributing factors\n\n1. **The canary could not show the problem.** One pod of six received 2 requests per second.\n2. **Retries multiplied the load.** Each slow request became three.",
    check=check,
    **AT_MOST_WARNING,
)
