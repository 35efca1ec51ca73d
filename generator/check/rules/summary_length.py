"""The summary has two or three paragraphs."""

from collections.abc import Iterator

from generator.check.rule import LATE_WARNING, Context, Hit, Rule
from generator.check.rules.sections_required import kind
from generator.check.text import reading
from generator.check.words import TODO, paragraphs
from generator.document.parse import Document

MOST_WORDS = 300


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """A summary that is a line, a list, or a page."""
    seen = reading(document)
    part = seen.part("summary")
    if part is None or TODO in seen.text_of(part) or seen.is_empty(part):
        return
    blocks = list(paragraphs(seen.text_of(part)))
    words = sum(len(block.split()) for block in blocks)
    fewest = 1 if kind(document) == "lightweight" else 2
    if not blocks:
        yield Hit(
            part.line, "The summary has no running text.", "Tell it in two or three paragraphs; lists come later."
        )
    elif len(blocks) < fewest:
        hint = "What happened, for whom and how long? Why, in a sentence? What did it cost? Two or three paragraphs."
        yield Hit(part.line, f"The summary is one paragraph of {words} words.", hint)
    elif len(blocks) > 4 or words > MOST_WORDS:
        hint = "Two or three paragraphs are what people read; the rest has its own section."
        yield Hit(part.line, f"The summary has {len(blocks)} paragraphs and {words} words.", hint)


RULE = Rule(
    id="summary-length",
    title="The summary has two or three paragraphs",
    why="Most readers read nothing else. One line says too little, a page is skipped.",
    before="## Summary\n\nPgBouncer pool exhausted.",
    after="## Summary\n\nFor 43 minutes, three out of five customers who pressed “Pay now” saw an error.\nThe database answered a frequent question in 3.8 seconds instead of 2 milliseconds, and the queue grew.\n\nOf 3,180 attempts to pay, 1,940 failed; about 730 orders did not come back within a day.",
    check=check,
    **LATE_WARNING,
)
