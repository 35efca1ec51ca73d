"""What other installed packages add to this one by entry points: sources, shapes, rules, pages and trackers."""

from importlib.metadata import EntryPoint, entry_points

from generator.errors import UsageError

SOURCES = "postmortem_archive.sources"
SHAPES = "postmortem_archive.shapes"
RULES = "postmortem_archive.rules"
PAGES = "postmortem_archive.pages"
TRACKERS = "postmortem_archive.trackers"


def named(group: str) -> dict[str, object]:
    """Everything that is added to a group, by its name, in alphabetical order.

    Raises UsageError where a package's extension cannot be loaded or two packages give one name.
    """
    loaded: dict[str, object] = {}
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        if point.name in loaded:
            raise UsageError(f"Two installed packages add a `{point.name}` to {group}; uninstall one of them.")
        loaded[point.name] = _loaded(point)
    return loaded


def names(group: str) -> tuple[str, ...]:
    """The names of what is added to a group, without loading any of it."""
    return tuple(sorted({point.name for point in entry_points(group=group)}))


def one(group: str, name: str) -> object | None:
    """What is added to a group under a name, or None. Raises UsageError where it cannot be loaded."""
    point = next(iter(entry_points(group=group, name=name)), None)
    return _loaded(point) if point else None


def _loaded(point: EntryPoint) -> object:
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        package = point.dist.name if point.dist else "an installed package"
        raise UsageError(
            f"`{point.name}` of {package} ({point.group}) cannot be loaded: {error}. Update or uninstall the package."
        ) from error
