"""YAML of any size and depth as plain values: from the parser's events, without recursion, with the line of each value.

PyYAML's own loaders recurse on the C stack, where nothing can be caught, and read times, `NO` and `14:32` as YAML 1.1
does. Here times stay text, and only the words of YAML 1.2 are numbers and truth values.
"""

import re
from dataclasses import dataclass, field

import yaml

from generator.errors import InputError
from generator.markup.yaml import events, plain_scalar

DEEPEST = 200  # levels; deeper data is an attack or a mistake, and later readers walk it by recursion

Path = tuple[str | int, ...]

_MISSING = object()


@dataclass(slots=True)
class _Open:
    """A collection that is being read; in a mapping `key` is the one that waits for its value."""

    value: dict[str, object] | list[object]
    path: Path
    line: int
    key: object = _MISSING


@dataclass(slots=True)
class _Reader:
    lines: dict[Path, int] | None
    documents: list[object] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, object] = field(default_factory=dict)

    def read(self, text: str) -> None:
        for event in events(text):
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self.stack.pop()
                case yaml.AliasEvent():
                    if event.anchor not in self.anchors:
                        raise InputError(
                            f"This is no valid YAML: `*{event.anchor}` stands for nothing.", line=_line(event)
                        )
                    self._add(self.anchors[event.anchor], event)
                case yaml.DocumentStartEvent():
                    self.anchors.clear()

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        written = str(event.value)
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.value, dict) and top.key is _MISSING:
            if written in top.value:
                raise InputError(f"`{written}` stands twice in the same mapping; keep one of them.", line=_line(event))
            if written == "<<" and event.implicit[0]:
                raise InputError("Merge keys (`<<`) are not read here; write the values out.", line=_line(event))
            top.key = written
            if self.lines is not None:
                self.lines[*top.path, written] = _line(event)
            return
        value = plain_scalar(written) if event.implicit[0] else written
        self._anchored(event, value)
        self._add(value, event)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        value: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._add(value, event)
        self._anchored(event, value)
        self.stack.append(_Open(value, path, _line(event)))
        if len(self.stack) > DEEPEST:
            raise InputError(f"This is nested more than {DEEPEST} levels deep, as no incident is.", line=_line(event))

    def _anchored(self, event: yaml.NodeEvent, value: object) -> None:
        if event.anchor is not None:
            self.anchors[event.anchor] = value

    def _add(self, value: object, event: yaml.Event) -> Path:
        """Puts a value where it belongs and gives its path."""
        if not self.stack:
            self.documents.append(value)
            path: Path = (len(self.documents) - 1,)
        else:
            top = self.stack[-1]
            if isinstance(top.value, list):
                top.value.append(value)
                path = (*top.path, len(top.value) - 1)
            elif not isinstance(top.key, str):
                raise InputError("A key must be a single word here, not a list or a mapping.", line=_line(event))
            else:
                top.value[top.key] = value
                path = (*top.path, top.key)
                top.key = _MISSING
        if self.lines is not None:
            self.lines.setdefault(path, _line(event))
        return path


def documents(text: str) -> list[object]:
    """The documents of a YAML text. Raises InputError, with the line, for what is no YAML or cannot be held."""
    return _read(text, None)


def lines(text: str) -> dict[Path, int]:
    """The line of each value of a YAML or JSON text, by its path; the first part of a path is the document's number."""
    found: dict[Path, int] = {}
    _read(text, found)
    return found


def _read(text: str, found: dict[Path, int] | None) -> list[object]:
    reader = _Reader(found)
    try:
        reader.read(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = str(error.problem or error.context or "it cannot be read")
        hint = ""
        if re.search(r"\\t|\btab\b", problem):
            hint = "; indent with spaces"
        elif "mapping values" in problem:
            hint = "; put the value in quotes"
        raise InputError(f"This is no valid YAML: {problem}{hint}.", line=mark.line + 1 if mark else 0) from error
    except yaml.YAMLError as error:
        raise InputError(f"This is no valid YAML: {str(error).splitlines()[0]}.") from error
    return reader.documents


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
