"""The impact has figures."""

from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.check.words import TODO, has_figures, says_everybody, says_nobody
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """An impact section without any quantity; that nobody was affected is one."""
    seen = reading(document)
    part = seen.part("impact")
    if part is None or seen.is_empty(part):
        return
    text = seen.text_of(part)
    if TODO not in text and not (has_figures(text) or says_nobody(text) or says_everybody(text)):
        hint = "How many were affected, for how long, what did it cost? An estimate with its basis is a figure too."
        yield Hit(part.line, "The impact has no figures.", hint)


RULE = Rule(
    id="impact-figures",
    title="The impact has figures",
    why="Without figures nobody can compare incidents, decide what a fix is worth, or see later that things got better.",
    before="Some users could not pay.",
    after="- 1,940 of 3,180 attempts to pay failed (61 %), 78 % at the worst minute.\n- About 730 orders were lost, roughly €42,000.",
    check=check,
    **AT_MOST_WARNING,
)
