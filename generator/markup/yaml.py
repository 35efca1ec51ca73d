"""YAML read strictly, with the line of each key, and scalars written so that every reader agrees.

YAML 1.1 readers take `NO` for false, `14:32` for 872 and keep the last of two equal keys without a word. Here values
are read by the YAML 1.2 core rules, times stay text for others to judge, and each of those traps is a fault.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - only where PyYAML was built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_CHARACTERS = 100_000
MAX_DEPTH = 30

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?")
_PLAIN = re.compile(r"[A-Za-z0-9_/(+][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\"\\]")
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class YamlFault:
    """Something wrong with a YAML text, at a line of the file."""

    rule: str
    line: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A YAML mapping: values, the line of each `key` and `key.0.subkey` path, and what is wrong with it."""

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[YamlFault, ...] = ()


def load(source: str, first_line: int = 1) -> Mapped:
    """Read a YAML mapping that begins on `first_line` of its file; whatever is wrong becomes a fault, nothing is raised."""
    reader = _Reader(first_line)
    values: dict[str, object] = {}
    try:
        fault = _too_much(source, first_line)
        if fault:
            reader.faults.append(fault)
        else:
            values = reader.mapping(compose(source))
    except yaml.YAMLError as error:
        reader.faults.append(_yaml_fault(error, first_line))
    return Mapped(values=values, lines=reader.lines, faults=tuple(reader.faults))


def _too_much(source: str, first_line: int) -> YamlFault | None:
    """Refuse what would exhaust the parser: libyaml recurses on the C stack, where nothing can be caught."""
    if len(source) > MAX_CHARACTERS:
        return YamlFault(
            "yaml-syntax",
            first_line,
            f"The YAML is longer than {MAX_CHARACTERS} characters.",
            "Move text into the body.",
        )
    if source.count("[") + source.count("{") + source.count("- ") + source.count("? ") <= MAX_DEPTH:
        return None
    depth = 0
    for event in events(source):
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                line = (event.start_mark.line if event.start_mark else 0) + first_line
                return YamlFault(
                    "yaml-syntax", line, f"The YAML is nested more than {MAX_DEPTH} levels deep.", "Flatten it."
                )
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            depth -= 1
    return None


def events(source: str) -> Iterator[yaml.Event]:
    """The parser's events, one at a time, for texts that are too deep or too long for a tree."""
    return yaml.parse(source, Loader=Loader)


def compose(source: str) -> yaml.Node | None:
    """The node tree of a YAML text, with marks."""
    node: yaml.Node | None = yaml.compose(source, Loader=Loader)
    return node


def _yaml_fault(error: yaml.YAMLError, first_line: int) -> YamlFault:
    marked = error if isinstance(error, yaml.MarkedYAMLError) else None
    mark = (marked.problem_mark or marked.context_mark) if marked else None
    line = (mark.line if mark else 0) + first_line
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    hint = "Put the value in double quotes."
    if "@" in problem or "`" in problem:
        hint = "A value cannot begin with `@` or a backtick: put it in quotes, or leave the `@` away."
    elif "\\t" in problem or "tab" in problem:
        hint = "Indent with spaces; YAML does not allow tabs."
    return YamlFault("yaml-syntax", line, f"This is not valid YAML: {problem}.", hint)


@dataclass
class _Reader:
    """Turns composed nodes into values, noting lines and traps on the way."""

    first_line: int
    faults: list[YamlFault] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def mapping(self, node: yaml.Node | None) -> dict[str, object]:
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + self.first_line
            self.faults.append(
                YamlFault("yaml-syntax", line, "This must be `key: value` lines.", "Write one key a line.")
            )
            return {}
        values = self.value(node, "")
        return values if isinstance(values, dict) else {}

    def value(self, node: yaml.Node, path: str) -> object:
        line = node.start_mark.line + self.first_line
        if id(node) in self.seen:
            self.faults.append(
                YamlFault(
                    "yaml-alias", line, "Anchors and aliases (`&x`, `*x`) are not read here.", "Write the value out."
                )
            )
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._pairs(node, path)
        if isinstance(node, yaml.SequenceNode):
            items = []
            for number, item in enumerate(node.value):
                inner = f"{path}.{number}"
                self.lines[inner] = item.start_mark.line + self.first_line
                items.append(self.value(item, inner))
            return items
        return self._scalar(node, line) if isinstance(node, yaml.ScalarNode) else None

    def _pairs(self, node: yaml.MappingNode, path: str) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + self.first_line
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(
                    YamlFault(
                        "yaml-syntax", line, "A key must be a single word.", "Quote it, or write it as `key: value`."
                    )
                )
                continue
            key = str(key_node.value)
            inner = f"{path}.{key}" if path else key
            if key in values:
                first = self.lines[inner]
                self.faults.append(
                    YamlFault(
                        "yaml-duplicate-key",
                        line,
                        f"`{key}` stands twice, first on line {first}.",
                        "Keep one; other readers take the last.",
                    ),
                )
                continue
            self.lines[inner] = line
            values[key] = self.value(value_node, inner)
        return values

    def _scalar(self, node: yaml.ScalarNode, line: int) -> object:
        text = str(node.value)
        if node.style in {"'", '"', "|", ">"}:
            return text
        value = plain_scalar(text)
        if not isinstance(value, str):
            return value
        kind = node.tag.removeprefix(_TAG)
        if kind in {"bool", "int", "float"}:
            what = {"bool": "true or false", "int": "a number", "float": "a number"}[kind]
            self.faults.append(
                YamlFault(
                    "yaml-trap",
                    line,
                    f"Many YAML readers take {text!r} for {what}, not for text.",
                    f'Quote it: "{text}".',
                ),
            )
        return text


def plain_scalar(text: str) -> object:
    """What an unquoted scalar stands for by the YAML 1.2 core rules: nothing, a truth value, a number, or its text."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def quoted(value: str, style: str = "") -> str:
    """Write a string as a YAML scalar that every YAML 1.1 and 1.2 reader takes for just this string.

    `style` is the quote to keep where the value allows it; without one the value stays plain where that is safe.
    """
    if not style and _is_plain(value):
        return value
    if style == "'" and not _ESCAPED.search(value.replace('"', "").replace("\\", "")):
        return "'" + value.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, value) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"  # half a surrogate pair cannot be written as UTF-8
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character) or (
        f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
    )


_RESOLVER = yaml.resolver.Resolver()


def _is_plain(value: str) -> bool:
    if not _PLAIN.fullmatch(value) or value != value.strip() or ": " in value or " #" in value or value.endswith(":"):
        return False
    if any(character in value for character in ",[]{}?"):  # plain in block style, but not inside a flow list
        return False
    if _INT.fullmatch(value) or _FLOAT.fullmatch(value):  # YAML 1.2 takes `1e3` for a number, YAML 1.1 does not
        return False
    resolved: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return resolved == _TAG + "str"


def scalar(value: object, style: str = "") -> str:
    """Write a value as YAML on one line: strings quoted where needed, lists in flow style, UTC moments as RFC 3339."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, datetime):
        return quoted(rfc3339(value), style) if style else rfc3339(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(scalar(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(str(key))}: {scalar(item)}" for key, item in value.items()) + "}"
    return quoted(str(value), style)


def rfc3339(at: datetime) -> str:
    """A moment in UTC, such as `2026-03-15T14:32:00Z`; one without a zone is taken for UTC."""
    moment = at.astimezone(UTC) if at.tzinfo else at
    fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
    return f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}{fraction}Z"
