"""The summary has numbers."""

from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.check.words import TODO, has_figures
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """A summary without any quantity."""
    seen = reading(document)
    part = seen.part("summary")
    if part is None or TODO in seen.text_of(part) or seen.is_empty(part) or has_figures(seen.text_of(part)):
        return
    hint = "How long, how many, how much? “About” is fine where you say what the estimate rests on."
    yield Hit(part.line, "The summary has no numbers.", hint)


RULE = Rule(
    id="summary-figures",
    title="The summary has numbers",
    why="“Some users saw errors for a while” can mean ten people or a million. The three numbers that matter let everyone see the size of it.",
    before="Some customers saw errors for a while when they wanted to pay.",
    after="For 43 minutes, 1,940 of 3,180 attempts to pay failed.",
    check=check,
    **AT_MOST_WARNING,
)
