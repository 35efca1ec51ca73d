"""The files attached to an incident, beside its document: each whole and under a harmless name, or reported as missing."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.document import archive
from generator.document.archive import put
from generator.document.file_names import runs_in_browser, safe_name
from generator.draft.incident import Attachment, Incident
from generator.draft.sources import IncidentSource
from generator.errors import PostmortemError, TryLaterError, UnauthorisedError

# What the archive would take for a postmortem.
_DOCUMENTS = (".md", ".markdown")


@dataclass(slots=True)
class Carried:
    """An incident with the files that were stored, in `folder`; `undo()` takes away what was stored."""

    incident: Incident
    folder: Path
    stored: list[Path] = field(default_factory=list)
    new: bool = False

    def local(self, text: str) -> str:
        """The document with its links to files that were stored leading to where they are now."""
        for one in self.incident.attachments:
            text = text.replace(f"]({one.url})", f"]({one.path})") if one.path else text
        return text

    def undo(self) -> None:
        """Remove the files that were stored, and their folder if it was made for them."""
        for path in self.stored:
            path.unlink(missing_ok=True)
        if self.new:
            with suppress(OSError):  # somebody else has put something into it
                self.folder.rmdir()


def carry(
    incident: Incident,
    origin: Mapping[tuple[str, str], IncidentSource],
    root: Path,
    place: str,
    say: Callable[[str], None],
) -> Carried:
    """Store the files that have an origin in the document's folder, which has its name.

    `place` is the document's path below `root`. What is not stored stays a link, and is said in the incident's notes.
    """
    folder = root / place.removesuffix(".md")
    carried = Carried(incident, folder, new=not folder.exists())
    found: list[Attachment] = []
    notes: list[str] = []
    stopped = ""
    try:
        for one in incident.attachments:
            site = origin.get((one.url, one.name))
            if site is None:
                found.append(one)
                continue
            problem = stopped
            if not stopped:
                say(f"Fetching {one.name}")
                try:
                    one = _stored(one, site, root, place.removesuffix(".md"), carried)
                except (PostmortemError, OSError) as error:
                    problem = _why(error)
                    stopped = problem if isinstance(error, (UnauthorisedError, TryLaterError)) else ""
            if problem:
                notes.append(f"attachment: {one.name} was not stored and is only linked: {problem}")
            found.append(one)
    except BaseException:
        carried.undo()
        raise
    carried.incident = replace(incident, attachments=tuple(found), notes=(*incident.notes, *notes))
    return carried


def _stored(one: Attachment, site: IncidentSource, root: Path, folder: str, carried: Carried) -> Attachment:
    """The attachment as it lies in the folder now. Raises PostmortemError or OSError, and then it does not."""
    if carried.folder.is_symlink():
        raise PostmortemError(f"{carried.folder.name} is a link, and nothing is stored through one")
    name = safe_name(one.uid, one.name)
    name += ".txt" if runs_in_browser(name) or name.endswith(_DOCUMENTS) else ""  # as text it is whole, and asleep
    target = archive.inside(root, f"{folder}/{name}")
    there = target.exists() or target.is_symlink()
    with TemporaryDirectory() as aside:  # a file that may turn out wrong never lies in the archive
        data = Path(aside) / "file"
        site.save(one, data)
        try:
            put(root, f"{folder}/{name}", data.read_bytes())
        except OSError:
            if not there:
                with suppress(OSError):  # it may never have come into being
                    target.unlink()
            raise
    if not there:
        carried.stored.append(target)
    return replace(one, path=f"{carried.folder.name}/{name}")


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"it cannot be written ({error.strerror})"
    return "".join(char for char in str(error) if char.isprintable()).rstrip(".")
