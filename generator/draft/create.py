"""One draft at a time: refused where there is one already, else written, with its attachments beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator.document import archive
from generator.document.deadlines import DueDates, due_dates
from generator.document.parse import Document, parse
from generator.document.secrets import masked, redacted
from generator.draft import templates
from generator.draft.attachments import Carried, carry
from generator.draft.compose import Draft, compose
from generator.draft.existing import postmortem_of, twin_of
from generator.draft.incident import Incident
from generator.draft.merge import merge
from generator.draft.naming import checked_id, reference_for_id, year_of
from generator.draft.redaction import note, redacted_incident
from generator.draft.sources import Fetch, IncidentSource, Sources
from generator.draft.variables import known_of
from generator.errors import AlreadyExistsError
from generator.settings.load import Config


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What a person says of a draft: `template`, `kind`, `title` and `identity` instead of those that would be chosen.

    `out` is a file or folder instead of the archive's own; a `dry_run` fetches no files and writes nothing.
    """

    template: str = ""
    kind: str = ""
    title: str = ""
    identity: str = ""
    out: Path | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft: its text, where it was written (None in a dry run), by when what is due, and what it lacks.

    `notes` are what its sources could not say.
    """

    text: str
    path: Path | None
    due: DueDates
    missing: tuple[str, ...]
    notes: tuple[str, ...]


class DraftWriter:
    """Where drafts of one archive are made; it remembers the files' sources and what it has written.

    `now` dates what has no time of its own. `say` gets a sentence about what takes a while.
    """

    def __init__(self, loaded: Config, now: datetime, say: Callable[[str], None] = lambda _: None) -> None:
        self.loaded, self.sources = loaded, Sources(loaded)
        self.say: Callable[[str], None] = lambda words: say(masked(words))
        self._now = now
        self._origin: dict[tuple[str, str], IncidentSource] = {}
        self._made: list[Document] = []

    def read(self, specs: Iterable[str]) -> list[Incident]:
        """What the sources report, each as `SOURCE:REF`."""
        return [incident for spec in specs for incident in self.fetch(*self.sources.find(spec))]

    def fetch(self, source: Fetch, ref: str) -> tuple[Incident, ...]:
        """What one source reports."""
        if not isinstance(source, IncidentSource):
            return source(ref)
        source.say = self.say
        self.say(f"Reading {ref}")
        found = source(ref)
        self._origin |= {(file.url, file.name): source for one in found for file in one.attachments}
        return found

    def documents(self, incidents: Iterable[Incident], *words: str) -> list[Document]:
        """The postmortems that there are, known closely where they may be those of the incidents."""
        ids = [id_ for one in incidents for id_ in (one.ref, one.url, *one.also)]
        return [*archive.heads(self.loaded.root, (*ids, *words)), *self._made]

    def _titled(self, title: str) -> list[Document]:
        """The whole postmortems with this title: when an incident happened may stand in the timeline alone."""
        root = self.loaded.root
        alike = [one for one in archive.heads(root, [title]) if one.postmortem.title == title]
        return [*(archive.read(root / one.path, root) for one in alike), *self._made]

    def draft(self, told: Iterable[Incident], options: DraftOptions) -> Drafted:
        """Draft a postmortem of what the sources reported; without any, of the title that is asked for.

        Raises AlreadyExistsError where the incident has one, and PostmortemError; then nothing is left behind.
        """
        settings, root = self.loaded.settings, self.loaded.root
        options = replace(options, title=redacted(options.title).text)
        merged = merge(list(told) or [Incident(source="", title=options.title)], settings)
        template = templates.find(root, options.template or None, merged.kind, settings.template)
        facts = known_of(merged, settings)
        documents = self.documents([merged], options.identity)
        _refuse(postmortem_of(merged, documents), f"the postmortem of {merged.ref or 'this incident'}")
        year = year_of(merged, facts.times, self._now)
        identity = checked_id(
            options.identity or archive.next_id(documents, settings.id_pattern, year, reference_for_id(merged.ref))
        )
        _refuse(archive.find(documents, id=identity), identity)

        def written_of(incident: Incident) -> Draft:
            clean = redacted_incident(incident)
            return compose(
                clean, template, settings, id=identity, now=self._now, type=options.kind, title=options.title
            )

        written = _without_secrets(written_of(merged))
        parsed = parse(written.text, written.path)
        _refuse(twin_of(parsed, self._titled(parsed.postmortem.title)), "a postmortem with this title and time")
        target = None
        if not options.dry_run:
            folder, place = _place(root, options.out, written.path)
            carried = carry(merged, self._origin, folder, place, self.say)
            if carried.incident != merged:
                written = written_of(carried.incident)
                written = _without_secrets(replace(written, text=carried.local(written.text)))
            target = _create(folder, place, written.text, carried)
            merged = carried.incident
        self._made.append(replace(parsed, path=str(target) if target else written.path))
        return Drafted(
            written.text,
            target,
            due_dates(parsed.postmortem, settings),
            written.missing,
            redacted_incident(merged).notes,
        )


def _without_secrets(draft: Draft) -> Draft:
    """The draft once more as a whole: some secrets show only beside the word that names them, or in an address."""
    whole = redacted(draft.text)
    if not whole.kinds:
        return draft
    return replace(draft, text=whole.text, missing=(*draft.missing, note(whole.kinds)))


def _refuse(found: Document | None, what: str) -> None:
    if found:
        raise AlreadyExistsError(f"{found.path}: {what} exists already and was not changed.", found.path)


def _place(root: Path, out: Path | None, path: str) -> tuple[Path, str]:
    """The folder that is written into, and the document's path in it. Raises AlreadyExistsError before any download."""
    folder, place = root, path
    if out is not None:
        name = Path(path).name
        whole = out if out.suffix == ".md" and not out.is_dir() else out / name
        folder, place = whole.parent, whole.name
    target = folder / place
    if target.exists() or target.is_symlink():
        raise AlreadyExistsError(f"{place}: exists already and was not overwritten.", place)
    return folder, place


def _create(folder: Path, place: str, text: str, carried: Carried) -> Path:
    try:
        return archive.create(folder, place, text)
    except BaseException:
        carried.undo()
        raise
