"""No `TODO:` is left."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.document.model import Status
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """One finding that counts them in a draft, one for each line later on."""
    lines = list(dict.fromkeys(document.postmortem.todos))
    if not lines:
        return
    if document.postmortem.status in {Status.PUBLISHED, Status.IN_REVIEW}:
        for line in lines:
            yield Hit(
                line, "There is a `TODO:` left.", "Answer it, or make it an action item with an owner and a date."
            )
    else:
        places = "one place" if len(lines) == 1 else f"{len(lines)} places"
        shown = ", ".join(map(str, lines[:8])) + (" ..." if len(lines) > 8 else "")
        message = f"{places.capitalize()} still to fill in, marked `TODO:`."
        yield Hit(lines[0], message, f"On line {shown}." if len(lines) == 1 else f"On lines {shown}.")


RULE = Rule(
    id="todo",
    title="No `TODO:` is left",
    why="A draft says openly what is still missing. A published document is what people rely on; they cannot fill it in.",
    before="TODO: number of customers informed",
    after="All 127 customers were informed on the same day.",
    check=check,
)
