"""Links to files that lay beside a source: found, led to their new place, or turned into words where they lead nowhere."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.markup import source_lines

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# A link or picture with its target's span; text with one level of brackets, a target with balanced parentheses, a
# title.
_INLINE = re.compile(
    r"(?P<bang>!?)\[(?P<text>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)?)\]\([ \t]*+(?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*){0,8})(?P<title>[ \t]++(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*+\)"
)
# The definition of a reference link; a footnote's (`[^1]:`) is none.
_DEFINITION = re.compile(
    r"(?P<head> {0,3}\[(?!\^)(?P<label>[^\[\]\n]{1,300})\]:[ \t]*)(?P<target><[^<>\n]*>|[^\s<>]+)(?P<tail>.*)"
)
_REFERENCE = re.compile(r"(?P<bang>!?)\[(?P<text>[^\[\]]*)\](?:\[(?P<label>[^\[\]]*)\])?(?![(:\[])")
# An address in an HTML tag.
_ATTRIBUTE = re.compile(
    r"(?P<name>\b(?:src|href))(?P<mid>\s*=\s*)(?P<quote>[\"'])(?P<target>[^\"'<>]*)(?P=quote)", re.IGNORECASE
)
_TAG = re.compile(r"<(?:img|a|source|video|audio)\b[^<>]*>", re.IGNORECASE)
_CODE = re.compile(r"(`[^`]*`)")
# A picture that stands in the text as data; eight characters of code are the least that any has.
_DATA = re.compile(
    r"data:image/(?P<type>png|jpe?g|gif|webp|svg\+xml|bmp);base64,(?P<code>[A-Za-z0-9+/=%]{8,})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """A link as written, on a line of the text; `picture` where it shows one."""

    target: str
    line: int
    picture: bool


def local(target: str) -> str:
    """The path that a link names, unquoted; empty where it leads to the web, to the same page or nowhere."""
    bare = target.strip("<>").strip()
    if (
        not bare
        or bare.startswith(("#", "//", "?"))
        or _SCHEME.match(bare)
        or "<%" in bare
        or "{{" in bare
        or "{%" in bare
    ):
        return ""
    try:
        return unquote(urlsplit(bare).path)
    except ValueError:
        return ""


def places(text: str, start: int = 0, line: int = 1) -> Iterator[LinkPlace]:
    """Every link to a file, in order, outside code."""
    for each in source_lines.lines_of(text, start, line):
        if each.code and not each.text.lstrip().startswith("<"):
            continue
        for part in _CODE.split(each.text)[::2]:
            yield from _in(part, each.number)


def _in(part: str, line: int) -> Iterator[LinkPlace]:
    if definition := _DEFINITION.match(part):
        if local(definition["target"]):
            yield LinkPlace(definition["target"].strip("<>"), line, False)
        return
    for match in _INLINE.finditer(part):
        yield from (place for place in _in(match["text"], line) if "](" in match["text"])
        if local(match["target"]):
            yield LinkPlace(match["target"].strip("<>"), line, bool(match["bang"]))
    for tag in _TAG.finditer(part):
        for match in _ATTRIBUTE.finditer(tag[0]):
            if local(match["target"]):
                yield LinkPlace(match["target"], line, match["name"].casefold() == "src")


def rewritten(text: str, moved: Mapping[str, str | None]) -> str:
    """The text with each link of `moved` led to its new place; None turns it into words, so that nothing is broken."""
    if not moved:
        return text
    gone = {
        definition["label"].casefold(): definition["target"].strip("<>")
        for line in source_lines.lines_of(text)
        if not line.code
        and (definition := _DEFINITION.match(line.text))
        and moved.get(definition["target"].strip("<>"), "") is None
    }
    lines = []
    for line in source_lines.lines_of(text):
        if line.code and not line.text.lstrip().startswith("<"):
            lines.append(line.text)
            continue
        parts = _CODE.split(line.text)
        parts[::2] = [_written(part, moved, gone) for part in parts[::2]]
        lines.append("".join(parts))
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def _written(part: str, moved: Mapping[str, str | None], gone: Mapping[str, str]) -> str:
    definition = _DEFINITION.match(part)
    if definition:
        target = definition["target"].strip("<>")
        if target not in moved:
            return part
        new = moved[target]
        if new is None:
            return f"<!-- {part.strip().replace('--', '- -')} -->"
        return f"{definition['head']}{_wrapped(new)}{definition['tail'] if definition['tail'].strip() else _was(new, target)}"
    part = _INLINE.sub(lambda match: _inline(match, moved, gone), part)
    part = _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda match: _attribute(match, moved), tag[0]), part)
    return _REFERENCE.sub(lambda match: _reference(match, gone), part) if gone else part


def _inline(match: re.Match[str], moved: Mapping[str, str | None], gone: Mapping[str, str]) -> str:
    target = match["target"].strip("<>")
    words = _written(match["text"], moved, gone) if "](" in match["text"] else match["text"]
    title = match["title"] or ""
    if target not in moved:
        return f"{match['bang']}[{words}]({match['target']}{title})"
    new = moved[target]
    if new is not None:
        return f"{match['bang']}[{words}]({_wrapped(new)}{title or _was(new, target)})"
    about = f"{title.strip()} " if title else ""
    shown = target.replace("`", "'")
    return f"{words} ({about}picture not imported: `{shown}`)" if match["bang"] else f"{words} ({about}`{shown}`)"


def _was(new: str, target: str) -> str:
    """The old address as the link's title, unless the new one still holds every word of it."""
    return "" if new.endswith(re.sub(r"^(?:\.{1,2}/)+", "", target)) else f' "{target.replace(chr(34), chr(39))}"'


def _reference(match: re.Match[str], gone: Mapping[str, str]) -> str:
    label = (match["label"] or match["text"]).casefold()
    if label not in gone:
        return match[0]
    named = f", {match['label']}" if match["label"] and match["label"] != match["text"] else ""
    return f"{match['text']} (`{gone[label]}`{named})"


def _attribute(match: re.Match[str], moved: Mapping[str, str | None]) -> str:
    target = match["target"]
    if target not in moved:
        return match[0]
    new = moved[target]
    name = match["name"] if new is not None else f"data-{match['name']}"
    return f"{name}{match['mid']}{match['quote']}{new if new is not None else target}{match['quote']}"


def _wrapped(target: str) -> str:
    return f"<{target}>" if re.search(r"[\s()]", target) else target


def extracted(text: str, name: Callable[[str], str]) -> tuple[str, dict[str, bytes]]:
    """The text with pictures that are written into it as data led to files; `name` gives a file's place by its name."""
    files: dict[str, bytes] = {}

    def replaced(match: re.Match[str]) -> str:
        code = unquote(match["code"])
        try:
            data = base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
        except (binascii.Error, ValueError):
            return match[0]
        ending = {"jpeg": "jpg", "svg+xml": "svg"}.get(match["type"].casefold(), match["type"].casefold())
        place = name(f"image{len(files) + 1}.{ending}")
        files[place] = data
        return place

    return (_DATA.sub(replaced, text) if "base64," in text else text), files
