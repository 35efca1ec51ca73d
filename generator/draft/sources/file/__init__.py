"""The source `file:PATH` and `file:PATH#REF`: one incident out of a file in any shape that is understood."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from generator.draft import sources
from generator.draft.incident import Incident
from generator.draft.sources.file import load, yaml_events
from generator.draft.sources.own.convert import FormatError
from generator.errors import InputError

LONGEST_LIST = 20  # incidents that are offered for choice


def make(_config: object = None) -> Callable[[str], tuple[Incident, ...]]:
    """The fetcher of files; it needs no configuration."""
    return fetch


def fetch(ref: str) -> tuple[Incident, ...]:
    """The incident of `PATH` or `PATH#REF`, with partial sources where the file holds such.

    Raises InputError where the file cannot be read, or holds several incidents and none of them is chosen.
    """
    path, wanted = _split(ref)
    return choose(incidents(path), wanted, str(path))


def incidents(path: Path) -> tuple[Incident, ...]:
    """Every incident that a file, or the folder of one Slack channel's export, tells of."""
    text, payload = load.load(path)
    try:
        return understood(payload)
    except FormatError as error:
        raise FormatError(error.faults, str(path), _lines(text, payload)) from error
    except InputError as error:
        if error.path:
            raise
        raise InputError(str(error), str(path), error.line) from error
    except RecursionError as error:
        raise InputError("This is nested too deeply to be read.", str(path)) from error


def understood(payload: object) -> tuple[Incident, ...]:
    """The incidents of a payload whose shape is recognised, as a whole or item by item. Raises InputError."""
    module = sources.shape_of(payload)
    if module:
        found: tuple[Incident, ...] = module.incidents_from(payload)
        return found
    if isinstance(payload, list) and payload and all(map(sources.shape_of, payload[:LONGEST_LIST])):
        return tuple(incident for item in payload for incident in understood(item))
    raise InputError(_unknown(payload))


def choose(found: tuple[Incident, ...], wanted: str, path: str) -> tuple[Incident, ...]:
    """The one incident that `wanted` names by its id, the end of its address, its title or its number in the file.

    Without `wanted`, everything, unless there are several incidents to choose from. Raises InputError.
    """
    whole = [incident for incident in found if not incident.partial]
    if not wanted:
        if len(whole) <= 1:
            return found
        raise InputError(f"This holds {len(whole)} incidents; name one of them:{_offer(whole, path)}", path)
    named = [one for one in found if wanted.casefold() in {name.casefold() for name in _names(one)}]
    if not named and wanted.isdigit() and 0 < int(wanted) <= len(whole):
        named = [whole[int(wanted) - 1]]
    if not named:
        raise InputError(f"This holds no incident `{wanted}`; it holds:{_offer(whole or list(found), path)}", path)
    if sum(not one.partial for one in named) > 1:
        raise InputError(
            f"This holds several incidents that are called `{wanted}`; it holds:{_offer(whole, path)}", path
        )
    return tuple(named)


def _names(incident: Incident) -> set[str]:
    last = incident.url.rstrip("/").rpartition("/")[2]
    return {name for name in (incident.ref, incident.title, last) if name}


def _offer(found: list[Incident], path: str) -> str:
    rows = [
        f"\n  {Path(path).name}#{incident.ref or number}  {incident.title or '(no title)'}"
        for number, incident in enumerate(found[:LONGEST_LIST], start=1)
    ]
    return "".join([*rows, f"\n  ... and {len(found) - LONGEST_LIST} more" * (len(found) > LONGEST_LIST)])


def _split(ref: str) -> tuple[Path, str]:
    """The path and the chosen incident; a `#` in the name of a file that exists belongs to the name."""
    whole = Path(ref).expanduser()
    if "#" not in ref or load.exists(whole):
        return whole, ""
    path, _, wanted = ref.rpartition("#")
    return Path(path).expanduser(), wanted


def _lines(text: str, payload: object) -> dict[tuple[str | int, ...], int]:
    """The line of each value by its path in the payload; none where the text is nothing that can be followed."""
    found: dict[tuple[str | int, ...], int] = {}
    with suppress(InputError):
        found = yaml_events.lines(text)
    if len({path[0] for path in found}) == 1:  # one document is the payload itself, several are its items
        found = {path[1:]: line for path, line in found.items()}
    return found if isinstance(payload, dict | list) else {}


def _unknown(payload: object) -> str:
    if payload in ([], {}):
        return f"There is nothing in this file but an empty {'list' if payload == [] else 'mapping'}."
    kinds = ", ".join(sources.labels())
    item = next((one for one in payload if isinstance(one, dict)), payload) if isinstance(payload, list) else payload
    if isinstance(item, dict):
        keys = ", ".join(f"`{str(key)[:40]}`" for key in list(item)[:12])
        seen = f"{'a list of things with' if item is not payload else 'it has'} the keys {keys}"
    else:
        seen = f"it holds {'a list of plain values' if isinstance(payload, list) else 'a plain value'}"
    return (
        f"This is no incident data that is understood ({seen}). Understood are exports of {kinds}; "
        "anything else can be written as described in docs/incident.schema.json."
    )
