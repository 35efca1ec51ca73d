"""Links and pictures lead to a file that is there."""

import difflib
import posixpath
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.summary import local
from generator.check.text import reading
from generator.document.parse import Document


def places(document: Document) -> frozenset[str]:
    """The files and folders of the archive that a document leads to, as paths relative to its root."""
    found = {local(link, document.path)[0] for link in reading(document).links}
    return frozenset(found - {""})


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each link without a target, and each one into the archive behind which there is nothing."""
    for link in reading(document).links:
        what = "picture" if link.image else "link"
        target = link.target
        if not target:
            if link.reference is None:
                yield Hit(
                    link.line,
                    f"The {what} “{_short(link.text)}” has no target.",
                    "Put the address between the brackets.",
                )
            continue
        place, _ = local(link, document.path)
        if place and context.files is not None and place not in context.files and place != document.path:
            message = f"The {what} leads to {_short(target)!r}, which is not there."
            yield Hit(link.line, message, _hint(target, place, context.files))


def _hint(target: str, place: str, files: frozenset[str]) -> str:
    if "\\" in target:
        return "Write paths with `/`."
    if target.startswith("www.") or posixpath.splitext(target.split("/", 1)[0])[1] in {".com", ".org", ".net", ".io"}:
        return f"Did you mean `https://{_short(target)}`?"
    name = posixpath.basename(place)
    same = [path for path in files if posixpath.basename(path).casefold() == name.casefold()]
    close = same or difflib.get_close_matches(place, sorted(files), n=1, cutoff=0.8)
    if close:
        return f"Did you mean {close[0]!r}?"
    return "Paths are relative to the document; attachments lie in the folder of the same name beside it."


def _short(text: str, limit: int = 100) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


RULE = Rule(
    id="link-target",
    title="Links and pictures lead to a file that is there",
    why="A picture that is not there is a hole in the page, and a dead link is where the proof of a claim would be.",
    before="![Failed payments a minute](error-rate.png)",
    after="![Failed payments a minute](INC-2026-0042-checkout-errors/error-rate.png)",
    check=check,
)
