"""Raw HTML blocks travel around the engine: taken out of a staged page before it, put back after it.

Staging renders tables, timelines and charts itself. An engine would only parse such a block and give it
back as it is, which costs most of a build's time and differs in detail from engine to engine. So it sees
a short placeholder instead, and what is left of the page (front matter, headings) rarely changes.
"""

import re
from functools import cache

from generator.errors import PostmortemError

TAGS = "address|article|aside|blockquote|details|div|dl|figure|footer|form|header|main|nav|ol|p|pre|section|table|ul"
# A fence is looked for together with the blocks, because what it holds is text and not HTML.
START = re.compile(rf"^ {{0,3}}(?P<fence>`{{3,}}|~{{3,}})|(?:\A|(?<=\n\n))<(?P<tag>{TAGS})(?=[\s>])", re.MULTILINE)
AFTER = re.compile(r"[ \t]*(?:\n[ \t]*(?=\n)|\n?\Z)")
HOLE = re.compile(r'<div data-hole="(\d+)"></div>')
# The engine reads `markdown=` attributes, and the theme looks for the first heading, so these stay with them.
ENGINE_WORK = re.compile(r"\smarkdown[=\s>]|<h1[\s>]", re.IGNORECASE)


def take_out(text: str) -> tuple[str, tuple[str, ...]]:
    """The page with a numbered hole for every raw HTML block, and the blocks in order.

    A block starts at the first column after an empty line and ends where its tag is closed before the next
    empty line. Whatever does not look exactly like that stays for the engine.
    """
    if "data-hole" in text:  # somebody writes about holes, which must not be taken for ours
        return text, ()
    kept: list[str] = []
    blocks: list[str] = []
    done = position = 0
    while found := START.search(text, position):
        if found["fence"]:
            closing = _fence_end(found["fence"]).search(text, found.end())
            position = closing.end() if closing else len(text)
            continue
        end = _block_end(text, found.start(), found["tag"])
        block = text[found.start() : end]
        if not block or ENGINE_WORK.search(block):
            position = max(end, found.end())
            continue
        kept += [text[done : found.start()], f'<div data-hole="{len(blocks)}"></div>']
        blocks.append(block)
        done = position = end
    return "".join([*kept, text[done:]]), tuple(blocks)


def put_back(html: str, blocks: tuple[str, ...], page: str) -> str:
    """The engine's HTML with every hole filled; an error where the engine or the theme has lost one."""
    if not blocks:
        return html
    seen: set[int] = set()

    def fill(match: re.Match[str]) -> str:
        number = int(match[1])
        seen.add(number)
        return blocks[number] if number < len(blocks) else match[0]

    filled = HOLE.sub(fill, html)
    if len(seen & set(range(len(blocks)))) < len(blocks):
        msg = f"The site engine or the theme left out a part of the page {page}. Look at the overrides in site_config/ for a template that does not print the page's content."
        raise PostmortemError(msg)
    return filled


def _block_end(text: str, start: int, tag: str) -> int:
    """The position after the tag that closes the block at `start`, or `start` where there is no clean end."""
    depth = 0
    for found in _tags(tag).finditer(text, start):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end() if AFTER.match(text, found.end()) else start
    return start


@cache
def _tags(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){tag}(?=[\s>])[^>]*>", re.IGNORECASE)


@cache
def _fence_end(fence: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$", re.MULTILINE)
