"""The file's name begins with the id."""

import posixpath
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """A file named after another id than its own."""
    known = document.postmortem
    name = posixpath.basename(document.path)
    stem = name.removesuffix(".md")
    if not known.id or not name or stem == known.id or stem.startswith(f"{known.id}-"):
        return
    rest = stem[len(known.id) :] if stem.casefold().startswith(known.id.casefold()) else "-what-happened"
    message = f"The file is named {name!r}, but its id is `{known.id}`."
    yield Hit(document.front.lines.get("id", 1), message, f"Rename it to `{known.id}{rest}.md`, or is the id mistyped?")


RULE = Rule(
    id="file-name",
    title="The file's name begins with its id",
    why="People look for a postmortem by its id, in the folder as well as on the site. The name also keeps two people from taking the same number.",
    before="postmortems/2026/checkout.md with `id: INC-2026-0042`",
    after="postmortems/2026/INC-2026-0042-checkout-errors.md",
    check=check,
)
