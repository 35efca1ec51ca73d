"""Link names and footnotes are defined."""

import difflib
from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each `[text][name]` and `[^note]` whose definition is missing."""
    seen = reading(document)
    for link in seen.links:
        if link.reference is not None and link.reference not in seen.definitions:
            close = difflib.get_close_matches(link.reference, seen.definitions, n=1, cutoff=0.6)
            hint = f"Did you mean `[{close[0]}]`?" if close else f"Add a line `[{link.reference[:60]}]: https://...`."
            yield Hit(link.line, f"The link's name `[{link.reference[:60]}]` is not defined.", hint)
    for line, name in seen.footnotes:
        if f"^{name.casefold()}" not in seen.definitions:
            yield Hit(line, f"The footnote `[^{name}]` is not there.", f"Add a line `[^{name}]: ...`.")


RULE = Rule(
    id="link-reference",
    title="Link names and footnotes are defined",
    why="Without its definition, the brackets are shown as they stand and lead nowhere.",
    before="The alert fired at 14:35.[^alert]",
    after="The alert fired at 14:35.[^alert]\n\n[^alert]: https://alerts.example.com/77",
    check=check,
    **AT_MOST_WARNING,
)
