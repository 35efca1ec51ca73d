"""The archive's own files on their way to the site: judged before pages name them, cleaned when they are written."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.document.published_files import PublishedFile, published
from generator.errors import InputError
from generator.regular_files import ATTACHMENT_BYTES, Guard
from generator.site.build.cache import key
from generator.site.build.output import SiteFile

_NOUN = "a published file"


@dataclass(slots=True)
class CopiedFiles:
    """The files that pages show or link: `withheld` says why some are not published, `notes` what readers should know.

    What was judged once is `remembered`, by name, size and time. A `public` site has no picture whose metadata cannot
    be removed; others have it, with a note.
    """

    root: Path
    public: bool
    remembered: MutableMapping[str, str]
    withheld: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def judge(self, sources: Iterable[str]) -> None:
        """Look at files, by their paths in the archive."""
        for path in sorted(set(sources)):
            file = Guard(ATTACHMENT_BYTES, _NOUN, self.root).check(self.root / path, path)
            name = f"copy {_key(path, file)}"
            if (verdict := self.remembered.get(name)) is None:
                verdict = self.remembered[name] = _verdict(path, file)
            kind, _, reason = verdict.partition(" ")
            if kind == "active" or (kind == "unclean" and self.public):
                self.withheld[path] = reason
            elif kind == "unclean":
                self.notes.append(f"{path}: The file {reason}; it is published with the metadata that it may have.")
            elif kind == "removed":
                self.notes.append(f"{path}: The drawing is published without {reason}.")


def copied(path: str, source: str, root: Path, *, public: bool) -> SiteFile:
    """A file of the archive as a file of the site at `path`, read when it is written: by then it may be another one."""
    guard = Guard(ATTACHMENT_BYTES, _NOUN, root)
    file = guard.check(root / source, source)

    def content() -> bytes:
        try:
            cleaned = published(source, guard.read(file, source))
        except ValueError as error:
            message = f"The file {error}, so it is not published."
            raise InputError(message, source) from error
        if cleaned.unclean and public:
            message = f"The file {cleaned.unclean}, so it is not published."
            raise InputError(message, source)
        return cleaned.data

    return SiteFile(path, _key(source, file), content)


def _key(path: str, file: Path) -> str:
    status = file.stat()
    return key("cleaned", path, str(file), str(status.st_size), str(status.st_mtime_ns))


def _verdict(path: str, file: Path) -> str:
    """What becomes of a file, as one word and why."""
    try:
        cleaned: PublishedFile = published(path, Guard(ATTACHMENT_BYTES, _NOUN).read(file, path))
    except ValueError as error:
        return f"active {error}"
    if cleaned.unclean:
        return f"unclean {cleaned.unclean}"
    return f"removed {', '.join(cleaned.removed)}" if cleaned.removed else "clean"
