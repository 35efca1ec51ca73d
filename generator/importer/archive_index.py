"""What the archive holds already: the ids that are given, and the sources that were taken in before."""

from itertools import count
from pathlib import Path

from generator.document import archive
from generator.document.parse import Document
from generator.document.scope import SOURCE
from generator.importer.files import SourceFile
from generator.importer.header import DIGEST
from generator.importer.outcome import ImportJob, ImportOutcome
from generator.importer.survey import Survey


class ArchiveIndex:
    """The documents that are there; `sources` maps the files they were made of to where they lie."""

    def __init__(self, intake: ImportJob) -> None:
        self._intake = intake
        documents = list(archive.load(intake.root))
        if intake.out and intake.out.is_dir():
            known = {(intake.root / document.path).resolve() for document in documents}
            documents += [
                archive.read(path, intake.out)
                for path in sorted(intake.out.rglob("*.md"))
                if path.is_file() and path.resolve() not in known
            ]
        self._digests = _by(documents, DIGEST)
        self._origins = _by(documents, SOURCE)
        self._ids = {document.postmortem.id.casefold() for document in documents if document.postmortem.id}
        self._names = {
            name[:end]
            for document in documents
            for name in [Path(document.path).name.casefold()]
            for end, character in enumerate(name)
            if character == "-"
        }  # what a file's name may begin with as its id
        self._numbers: dict[int | None, count[int]] = {}
        self._paths = {(intake.root / document.path).resolve() for document in documents}
        self.sources: dict[Path, str] = {}

    def refusal(self, source: SourceFile, survey: Survey) -> ImportOutcome | None:
        """Why a source is not written: it lies in the archive, was taken in before, or has changed since."""
        file = source.file.resolve()
        if file in self._paths:
            return ImportOutcome(
                source.name, "refused", title=survey.title, reason="lies in the archive already", named=source.named
            )
        if same := self._digests.get(survey.source.digest):
            self.sources[file] = same.path
            return ImportOutcome(source.name, "unchanged", same.path, same.postmortem.id, same.postmortem.title)
        if earlier := next((d for origin, d in self._origins.items() if _alike(origin, source.name)), None):
            self.sources[file] = earlier.path
            reason = f"has changed since it was imported as {earlier.path}, which was left alone; delete that file to import it anew, or edit it"
            return ImportOutcome(
                source.name, "refused", earlier.path, earlier.postmortem.id, survey.title, reason, named=True
            )
        return None

    def give_id(self, survey: Survey) -> tuple[str, bool]:
        """An id for a new document: its own, else the next free one of its year; and whether its own was taken."""
        own = survey.own_id
        taken = bool(own) and own.casefold() in self._ids
        identity = own if own and not taken else self._next(survey.year)
        self._ids.add(identity.casefold())
        return identity, taken

    def _next(self, year: int | None) -> str:
        pattern = self._intake.settings.id_pattern
        if "{number" not in pattern or "{incident}" in pattern:
            pattern = "INC-{year}-{number:04}"
        numbers = self._numbers.setdefault(year, count(1))
        while True:
            identity = pattern.format(year=f"{year:04}" if year else "undated", number=next(numbers))
            if identity.casefold() not in self._ids and identity.casefold() not in self._names:
                return identity


def _by(documents: list[Document], key: str) -> dict[str, Document]:
    return {str(value): document for document in documents if (value := document.front.values.get(key))}


def _alike(origin: str, name: str) -> bool:
    """Whether two ways to remember a source mean the same file: one may know more of its folders."""
    one, other = origin.split("/"), name.split("/")
    length = min(len(one), len(other))
    return length > 1 and one[-length:] == other[-length:]
