"""Pictures have a text for those who cannot see them."""

import posixpath
import re
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.text import reading
from generator.document.finding import Level
from generator.document.parse import Document
from generator.markup.inline_text import text_of

# A description that only says that there is a picture, with a number or a time, or that is a file's name.
_EMPTY_WORDS = re.compile(
    r"(?:the |an? )?(?:image|picture|photo|figure|fig|graph|chart|diagram|plot|screenshot|screen ?shot|screen|img|alt(?: text)?"
    r"|untitled|logo|pic|graphic|dashboard)[\s\d_.:#()-]*(?:(?:at|from|of|on)?[\s\d_.:-]*(?:am|pm|utc)?)"
    r"|[\w\s().-]+\.(?:png|jpe?g|gif|svg|webp)",
    re.IGNORECASE,
)


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each picture without alternative text, or with one that only says that it is a picture."""
    for link in reading(document).links:
        if not link.image:
            continue
        name = posixpath.basename(link.target)[:100]
        words = text_of(link.text).strip()
        hint = "Say what it shows, as you would on the telephone: what is drawn, and what one sees in it."
        if not words:
            yield Hit(link.line, f"The picture {name!r} has no alternative text.", hint)
        elif words.casefold() == posixpath.splitext(name)[0].casefold() or _EMPTY_WORDS.fullmatch(words[:200]):
            yield Hit(
                link.line, f"The alternative text {words[:60]!r} does not say what is to be seen.", hint, Level.WARNING
            )


RULE = Rule(
    id="image-alt",
    title="Pictures have a text for those who cannot see them",
    why="Some readers have only this text, and so do search and e-mail.",
    before="![](INC-2026-0042-checkout-errors/error-rate.png)",
    after="![Error rate from 14:30 to 15:20 UTC, with a plateau of 78 %](INC-2026-0042-checkout-errors/error-rate.png)",
    check=check,
)
