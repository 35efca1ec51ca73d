"""Doors through which incident data comes in: one module per tool.

A shape is a module that recognises and reads what some tool exports; a source is where `--from SOURCE:REF` gets it.
"""

import difflib
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.incident import Incident

Fetch = Callable[[str], "tuple[Incident, ...]"]

# Name -> module. The first that recognises a payload reads it, so the particular stand before the general.
SHAPES: dict[str, str] = {
    "own": "generator.sources.own",
    "jira": "generator.sources.jira_issue",
    "pagerduty": "generator.sources.pagerduty",
    "opsgenie": "generator.sources.opsgenie",
    "incident_io": "generator.sources.incident_io",
    "firehydrant": "generator.sources.firehydrant",
    "datadog": "generator.sources.datadog",
    "statuspage": "generator.sources.statuspage",
    "squadcast": "generator.sources.squadcast",
    "grafana": "generator.sources.grafana",
    "alertmanager": "generator.sources.alertmanager",
    "sentry": "generator.sources.sentry",
    "github": "generator.sources.github",
    "slack": "generator.sources.slack",
    "prometheus": "generator.sources.prometheus",
    "jira_parts": "generator.sources.jira_parts",
}

# Name -> `module:function` that makes a `Fetch` from the configuration. Others are entry points of the group below.
SOURCES: dict[str, str] = {"file": "generator.sources.file:make"}
GROUP = "postmortem_archive.sources"


def shape_of(payload: object) -> ModuleType | None:
    """The module that reads a payload, or None where no tool's shape is recognised."""
    return next((module for module in map(import_module, SHAPES.values()) if module.recognises(payload)), None)


def labels() -> tuple[str, ...]:
    """What the tools are called whose exports are understood."""
    return tuple(dict.fromkeys(str(import_module(path).LABEL) for name, path in SHAPES.items() if name != "own"))


def fetch(spec: str, config: object = None) -> "tuple[Incident, ...]":
    """The incident that `SOURCE:REF` names, with the partial witnesses that lie beside it.

    A bare path of a file that exists is read as `file:PATH`. Raises UsageError for an unknown source, and what the
    source raises.
    """
    name, colon, ref = spec.partition(":")
    make = _factory(name) if colon else None
    if make:
        return make(config)(ref)
    path = spec.partition("#")[0]
    if not colon or Path(spec).exists() or Path(path).exists() or _is_path(spec):
        return _factory_of(SOURCES["file"])(config)(spec)
    known = sorted({*SOURCES, *(point.name for point in entry_points(group=GROUP))})
    close = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    hint = f"did you mean `{close[0]}:{ref}`?" if close else f"known are {', '.join(f'`{one}:`' for one in known)}."
    raise UsageError(f"There is no source `{name}`; {hint} A file is given as `file:PATH`.")


def _factory(name: str) -> Callable[[object], Fetch] | None:
    if name in SOURCES:
        return _factory_of(SOURCES[name])
    point = next(iter(entry_points(group=GROUP, name=name)), None)
    return point.load() if point else None


def _factory_of(path: str) -> Callable[[object], Fetch]:
    module, _, function = path.partition(":")
    made: Callable[[object], Fetch] = getattr(import_module(module), function)
    return made


def _is_path(spec: str) -> bool:
    """Whether something unknown before a colon is a path rather than a source: a drive, a folder, a file's ending."""
    name, _, rest = spec.partition(":")
    return len(name) == 1 or "/" in name or "\\" in name or ("." in name and not rest.startswith("//"))
