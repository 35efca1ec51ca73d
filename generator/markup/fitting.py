"""Rich text cut to a length that Jira takes, between its sections and blocks, with a sentence that tells where the rest is."""

import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Protocol

from generator.markup.commonmark import clean, pieces
from generator.markup.escaping import destination
from generator.markup.rendered import Rendered

MORE = "The text is longer than Jira takes. [All of it is on the postmortem's page]({link})."
_CUT = "The text was cut to {limit:,} characters after {kept} of {all} blocks."


class Render(Protocol):
    """`to_adf.render` or `to_wiki.render`."""

    def __call__(self, markdown: str, *, base: str = "") -> Rendered:
        """The text in one of Jira's formats."""


def fit(
    sections: Sequence[tuple[str, str]],
    limit: int,
    render: Render,
    *,
    link: str,
    more: str = MORE,
    level: int = 2,
    size: Callable[[object], int] | None = None,
) -> Rendered:
    """The sections, each a heading and its Markdown, as one value of at most `limit` characters.

    Where they are longer, whole blocks from the end are left out (a paragraph, a list, a table, a block of code is one)
    and the sentence `more`, in which `{link}` is the page's address, takes their place; a heading is never left without
    the block below it. Without a limit that even holds that sentence, the value is empty. Relative links are relative
    to `link`. Sections without a heading begin with their text; `level` is that of the headings. `size` measures a value
    otherwise than in characters.
    """
    measure = size or length
    whole = "\n\n".join(_section(heading, text, level) for heading, text in sections)
    rendered = render(whole, base=link)
    if measure(rendered.value) <= limit:
        return rendered
    blocks, definitions = _blocks(sections, level)
    sentence = more.replace("{link}", destination(link))

    def cut(count: int) -> Rendered:
        return render("\n\n".join([*blocks[:count], sentence, definitions]), base=link)

    kept = bisect_right(range(1, len(blocks)), limit, key=lambda count: measure(cut(count).value))
    found = cut(kept)
    while kept and measure(found.value) > limit:  # a block that was taken for more than it is by its neighbours
        kept -= 1
        found = cut(kept)
    if measure(found.value) > limit:
        found = render("")
    return Rendered(found.value, (*found.notes, _CUT.format(limit=limit, kept=kept, all=len(blocks))))


def length(value: object) -> int:
    """The characters of a value as Java and JavaScript count them: of wiki markup, or of the JSON of an ADF document."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _section(heading: str, text: str, level: int) -> str:
    title = " ".join(heading.split())
    return "\n\n".join(part for part in (f"{'#' * level} {title}" if title else "", clean(text).strip("\n")) if part)


def _blocks(sections: Sequence[tuple[str, str]], level: int) -> tuple[list[str], str]:
    """The blocks of all sections, a heading together with what is below it, and the definitions of their links."""
    found: list[str] = []
    definitions: list[str] = []
    for heading, text in sections:
        parts, targets = pieces(_section(heading, text, level))
        definitions += targets
        head: list[str] = []
        for part in parts:
            head.append(part.text)
            if not part.is_heading:
                found.append("\n\n".join(head))
                head = []
        found += ["\n\n".join(head)] if head else []
    return found, "\n".join(definitions)
