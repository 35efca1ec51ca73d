"""The trackers that there are: the built-in ones by name, others as other packages add them.

A tracker is a folder with a class that does what `plan.tracker.Tracker` says, and a function that opens it from the
archive's configuration, or gives None where it is not set up.
"""

import difflib
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TypeAlias, cast

from generator import extensions
from generator.errors import UsageError
from generator.settings.load import Config
from generator.settings.model import Settings
from generator.sync.plan.tracker import Tracker

Log: TypeAlias = Callable[[str], None]
OpenTracker: TypeAlias = Callable[[Config, Log | None], Tracker | None]

# Name -> `module:function`. In this order runs ask them: a ticket elsewhere may name the postmortem's issue in the first.
TRACKERS: dict[str, str] = {
    "jira": "generator.sync.jira.open:open_tracker",
    "github": "generator.sync.github.open:open_tracker",
}


def names() -> tuple[str, ...]:
    """The words that `tracker:` may be, the built-in ones first."""
    return (*TRACKERS, *(name for name in extensions.names(extensions.TRACKERS) if name not in TRACKERS))


def refuse_unknown(settings: Settings, where: str) -> None:
    """Raise UsageError for a tracker in the settings that there is not; `where` is the file that names it."""
    stated = [
        ("the archive", settings.tracker),
        *((f"`{one.name}` in `services`", one.tracker) for one in settings.services),
    ]
    for whose, name in stated:
        if name and name not in TRACKERS and name not in names():
            close = difflib.get_close_matches(name.casefold(), names(), n=1, cutoff=0.5)
            hint = f"did you mean `{close[0]}`?" if close else f"it is one of {', '.join(names())}."
            raise UsageError(f"{where}: the `tracker` of {whose} cannot be {name!r}; {hint}")


def open_trackers(config: Config, log: Log | None = None) -> Iterator[Tracker]:
    """The trackers that are set up: the built-in ones, and others where the settings name them; nothing is asked yet.

    Raises UsageError for one that is not there, and what opening raises.
    """
    named = config.settings.trackers_named()
    for name in names():
        if name in TRACKERS or name in named:
            tracker = _opener(name)(config, log)
            if tracker is not None:
                yield tracker


def _opener(name: str) -> OpenTracker:
    if name not in TRACKERS:
        return cast("OpenTracker", extensions.one(extensions.TRACKERS, name))
    module, _, function = TRACKERS[name].partition(":")
    built_in: OpenTracker = getattr(import_module(module), function)
    return built_in
