"""A security review says who may read it."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.document.audience import audience_of
from generator.document.finding import Level
from generator.document.model import Audience
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """A security review that is public, or leaves its audience to the default."""
    known = document.postmortem
    if known.type.casefold() != "security":
        return
    line = document.front.lines.get("audience", document.front.lines.get("type", 1))
    reading = audience_of(document, context.settings)
    if reading.audience is Audience.PUBLIC:
        message = "This security review is public."
        yield Hit(line, message, "Has Legal agreed? Evidence, hosts and open gaps usually want `audience: restricted`.")
    elif not reading.stated and not reading.doubts:
        message = f"This security review does not say who may read it, so it is {reading.audience}."
        yield Hit(
            line, message, "Write `audience: restricted`, or `internal` where everyone may read it.", Level.WARNING
        )


RULE = Rule(
    id="audience",
    title="A security review says who may read it",
    why="Checklists of a security review name gaps that may still be open. Who reads them is a decision and must not be a default.",
    before="type: security",
    after="type: security\naudience: restricted",
    check=check,
    draft=Level.WARNING,
)
