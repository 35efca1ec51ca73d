"""Front matter: where it stands in a document, what it says, and one value changed by its span."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import yaml

from generator.errors import EditRefusedError
from generator.markup import yaml as strict_yaml
from generator.markup.yaml import YamlFault, quoted, rfc3339, scalar

_OPEN = re.compile(r"\ufeff?---[ \t]*(?:\r?\n|\Z)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the two `---` lines.

    `start` and `end` are the character span of the YAML text in the file, `body` the offset after the closing line.
    `lines` maps `key` and `key.0.subkey` paths to lines of the file.
    """

    present: bool = False
    start: int = 0
    end: int = 0
    body: int = 0
    body_line: int = 1
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[YamlFault, ...] = ()


def read(text: str) -> FrontMatter:
    """Read the front matter of a document; whatever is wrong becomes a fault, nothing is raised."""
    opening = _OPEN.match(text)
    if not opening:
        return FrontMatter(faults=(_no_front_matter(text),))
    start = opening.end()
    closing = _CLOSE.search(text, start)
    if not closing:
        fault = YamlFault("front-matter", 1, "The front matter is never closed.", "End it with a line of three dashes.")
        return FrontMatter(faults=(fault,), body=start, body_line=2)
    end = closing.start()
    body = min(closing.end() + 1, len(text))
    source = text[start:end]
    inner = strict_yaml.load(source, first_line=2)
    body_line = 2 + source.count("\n") + 1
    return FrontMatter(True, start, end, body, body_line, inner.values, inner.lines, inner.faults)


def _no_front_matter(text: str) -> YamlFault:
    if re.match(r"\s+---[ \t]*$", text, re.MULTILINE):
        return YamlFault("front-matter", 1, "There is text or space before the front matter.", "Put `---` on line 1.")
    return YamlFault(
        "front-matter",
        1,
        "The file has no front matter.",
        "Begin it with a block between two `---` lines; `postmortem new` shows one, `postmortem import` adds it.",
    )


def set_value(text: str, key: str, value: object, order: tuple[str, ...] = ()) -> str:
    """Return `text` with the top-level `key` set to `value`; every other byte stays.

    A missing key is added after the nearest one that stands before it in `order`, else at the end. Raises
    `EditRefusedError` where there is no readable front matter, where comments would be lost, or where reading the
    result gives anything but the old values with this one changed.
    """
    front = read(text)
    if not front.present or any(fault.rule == "yaml-syntax" for fault in front.faults):
        raise EditRefusedError(f"`{key}` cannot be set: the front matter is missing or cannot be read.")
    source = text[front.start : front.end]
    node = strict_yaml.compose(source)
    pairs = list(node.value) if isinstance(node, yaml.MappingNode) else []
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        raise EditRefusedError(f"`{key}` cannot be set: the front matter is written in braces, not as lines.")
    edited = _edit_source(source, pairs, key, value, order)
    result = text[: front.start] + edited + text[front.end :]
    wanted = {**front.values, key: _as_read(value)}
    after = read(result)
    if after.values != wanted or result[after.end :] != text[front.end :]:
        raise EditRefusedError(f"`{key}` was not set: the edit would have changed more than its value.")
    return result


def _as_read(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_as_read(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _as_read(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime):
        return rfc3339(value)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", str(value))


def _edit_source(
    source: str, pairs: list[tuple[yaml.Node, yaml.Node]], key: str, value: object, order: tuple[str, ...]
) -> str:
    newline = "\r\n" if "\r\n" in source else "\n"
    for key_node, value_node in pairs:
        if key_node.value == key:
            start, end = _span(source, key_node, value_node)
            style = (
                value_node.style if isinstance(value_node, yaml.ScalarNode) and value_node.style in ("'", '"') else ""
            )
            new = scalar(value, style or "")
            if "#" in source[start:end] and not isinstance(value_node, yaml.ScalarNode):
                raise EditRefusedError(f"`{key}` was not set: comments inside its value would be lost.")
            gap = " " if new and source[start - 1 : start] == ":" else ""
            return source[:start] + gap + new + source[end:]
    line = f"{quoted(key)}: {scalar(value)}".rstrip() + newline
    at = _place(source, pairs, key, order)
    before = source[:at]
    if before and not before.endswith("\n"):
        before += newline
    return before + line + source[at:]


def _span(source: str, key_node: yaml.Node, value_node: yaml.Node) -> tuple[int, int]:
    """The characters of a value; an empty one lies just behind the colon, whatever the parser's mark says."""
    start, end = int(value_node.start_mark.index), int(value_node.end_mark.index)
    if start == end:
        colon = source.index(":", int(key_node.end_mark.index)) + 1
        return colon, colon
    while source[end - 1] in " \t\r\n":
        end -= 1
    return start, end


def _place(source: str, pairs: list[tuple[yaml.Node, yaml.Node]], key: str, order: tuple[str, ...]) -> int:
    """Where a new line goes: behind the last line of the nearest earlier key, comments at its end included."""
    earlier = set(order[: order.index(key)]) if key in order else set()
    if not earlier:
        return len(source)
    found = [_span(source, k, v)[1] for k, v in pairs if k.value in earlier]
    if not found:
        return len(source)
    newline = source.find("\n", max(found))
    return len(source) if newline < 0 else newline + 1
