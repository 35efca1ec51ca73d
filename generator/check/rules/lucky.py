"""“Where we got lucky” is there, and not empty."""

import re
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.sections_required import kind
from generator.check.text import reading
from generator.document.parse import Document

# A section that is there and says nothing: empty, dashes, `n/a`, `none`, `tbd`.
_NOTHING = re.compile(
    r"[\s\-*+•.]*(?:n\s?/?\s?a|none|nothing|nowhere|tbd|tba|tbc|\?+|…|-+|–|—)?[\s.\-–—!?]*", re.IGNORECASE
)
_HINT = "What could have made it much worse, and only by chance did not? Luck is a safeguard that nobody maintains."


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """The section is missing, or holds nothing but a dash."""
    if kind(document) not in {"outage", "near-miss", "security"}:
        return
    seen = reading(document)
    part = seen.part("lucky")
    if part is None:
        lessons = seen.part("lessons-learned")
        yield Hit(lessons.line if lessons else 1, "There is no section “Where we got lucky”.", _HINT)
    elif seen.is_empty(part) or _NOTHING.fullmatch(seen.text_of(part)[:200]):
        yield Hit(part.line, f"There is nothing below “{part.title}”.", _HINT)


RULE = Rule(
    id="lucky",
    title="“Where we got lucky” is there, and not empty",
    why="What chance prevented this time will happen the next time. It is the most useful list of all, and the first to be left out.",
    before="### Where we got lucky\n\n- n/a",
    after="### Where we got lucky\n\n- The table had 41 million rows. At the size forecast for next year the index build would have taken 25 minutes.",
    check=check,
)
