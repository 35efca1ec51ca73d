"""Where incident data comes in: one module per tool.

A shape is a module that recognises and reads what some tool exports; a source is where `--from SOURCE:REF` gets it.
"""

import difflib
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from generator import extensions
from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.draft.incident import Attachment, Incident

Fetch = Callable[[str], "tuple[Incident, ...]"]


@runtime_checkable
class Shape(Protocol):
    """What one tool's exports look like; a module is the shape, so these are its constant and its two functions."""

    LABEL: str  # what people call the tool: it stands in the Source column of the timeline

    def recognises(self, payload: object) -> bool:
        """Whether this tool wrote the payload (parsed JSON or YAML); never raises, whatever the payload is."""

    def incidents_from(self, payload: object) -> "tuple[Incident, ...]":
        """Every incident of a payload that was recognised; without a title it is partial, and adds to others.

        Raises InputError, saying what to export instead, where the payload holds no incident.
        """


@runtime_checkable
class IncidentSource(Protocol):
    """A source that is a place with many incidents and their files; `say` gets a sentence when it has to wait."""

    say: Callable[[str], None]

    def __call__(self, ref: str) -> "tuple[Incident, ...]":
        """The incident that `ref` names."""

    def listed(self) -> "tuple[Incident, ...]":
        """The resolved incidents that may want a postmortem, newest first, with what tells whether they do."""

    def save(self, attachment: "Attachment", into: Path) -> None:
        """Write one of its files to a new file. Raises PostmortemError, saying why not."""


# Name -> module. The first that recognises a payload reads it, so the particular stand before the general.
SHAPES: dict[str, str] = {
    "own": "generator.draft.sources.own",
    "jira": "generator.draft.sources.jira.issue",
    "pagerduty": "generator.draft.sources.pagerduty",
    "opsgenie": "generator.draft.sources.opsgenie",
    "incident_io": "generator.draft.sources.incident_io",
    "firehydrant": "generator.draft.sources.firehydrant",
    "datadog": "generator.draft.sources.datadog",
    "statuspage": "generator.draft.sources.statuspage",
    "squadcast": "generator.draft.sources.squadcast",
    "grafana": "generator.draft.sources.grafana",
    "alertmanager": "generator.draft.sources.alertmanager",
    "sentry": "generator.draft.sources.sentry",
    "github": "generator.draft.sources.github",
    "slack": "generator.draft.sources.slack",
    "prometheus": "generator.draft.sources.prometheus",
    "jira_parts": "generator.draft.sources.jira.parts",
}

# Name -> `module:function` that makes a `Fetch` from the settings. Other packages add theirs by entry point.
SOURCES: dict[str, str] = {
    "file": "generator.draft.sources.file:make",
    "jira": "generator.draft.sources.jira:make",
}


def shape_of(payload: object) -> Shape | None:
    """The shape that reads a payload, or None where none recognises it."""
    return next((shape for shape in shapes() if shape.recognises(payload)), None)


@cache
def shapes() -> tuple[Shape, ...]:
    """Every shape, ours first, then those of other packages. Raises UsageError for one that is none."""
    own = tuple(cast("Shape", import_module(path)) for path in SHAPES.values())
    added = extensions.named(extensions.SHAPES)
    if wrong := [name for name, module in added.items() if not isinstance(module, Shape)]:
        raise UsageError(f"The shape `{wrong[0]}` of an installed package lacks LABEL, recognises or incidents_from.")
    return (*own, *(cast("Shape", module) for module in added.values()))


def labels() -> tuple[str, ...]:
    """What the tools are called whose exports are understood."""
    return tuple(dict.fromkeys(shape.LABEL for shape in shapes() if shape is not import_module(SHAPES["own"])))


class Sources:
    """The sources that one run reads from, each opened once with the archive's configuration."""

    def __init__(self, config: object = None) -> None:
        self._config = config
        self._opened: dict[str, Fetch] = {}

    def named(self, name: str) -> Fetch | None:
        """The source with this name, if there is one."""
        if name not in self._opened:
            make = _factory(name)
            if make is None:
                return None
            self._opened[name] = make(self._config)
        return self._opened[name]

    def find(self, spec: str) -> tuple[Fetch, str]:
        """The source and the reference of `SOURCE:REF`; a bare path of a file that exists is read as `file:PATH`.

        Raises UsageError for an unknown source.
        """
        name, colon, ref = spec.partition(":")
        source = self.named(name) if colon else None
        if source:
            return source, ref
        path = spec.partition("#")[0]
        if Path(spec).exists() or Path(path).exists() or _is_path(spec) or (not colon and spec not in SOURCES):
            return _factory_of(SOURCES["file"])(self._config), spec
        if not colon:
            raise UsageError(f"`{name}` alone names no incident; write {name}:REF, such as jira:OPS-123.")
        known = sorted({*SOURCES, *extensions.names(extensions.SOURCES)})
        close = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
        hint = f"did you mean `{close[0]}:{ref}`?" if close else f"known are {', '.join(f'`{one}:`' for one in known)}."
        raise UsageError(f"There is no source `{name}`; {hint} A file is given as `file:PATH`.")


def fetch(spec: str, config: object = None) -> "tuple[Incident, ...]":
    """The incident that `SOURCE:REF` names, with the partial sources that lie beside it.

    Raises UsageError for an unknown source, and what the source raises.
    """
    source, ref = Sources(config).find(spec)
    return source(ref)


def _factory(name: str) -> Callable[[object], Fetch] | None:
    if name in SOURCES:
        return _factory_of(SOURCES[name])
    return cast("Callable[[object], Fetch] | None", extensions.one(extensions.SOURCES, name))


def _factory_of(path: str) -> Callable[[object], Fetch]:
    module, _, function = path.partition(":")
    made: Callable[[object], Fetch] = getattr(import_module(module), function)
    return made


def _is_path(spec: str) -> bool:
    """Whether something unknown before a colon is a path rather than a source: a drive, a folder, a file's ending."""
    name, _, rest = spec.partition(":")
    return len(name) == 1 or "/" in name or "\\" in name or ("." in name and not rest.startswith("//"))
