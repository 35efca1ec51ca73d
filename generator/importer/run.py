"""Existing postmortems on their way into the archive: found, read, adopted, and written once, with their pictures."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.document import archive
from generator.document.file_names import slug
from generator.document.secrets import masked, secrets_in, with_lines
from generator.errors import InputError, PostmortemError
from generator.importer import confluence, files, google_docs, images, survey
from generator.importer.archive_index import ArchiveIndex
from generator.importer.composing import compose
from generator.importer.files import SourceFile
from generator.importer.images import ImportPlan
from generator.importer.note import Note
from generator.importer.outcome import ImportJob, ImportOutcome
from generator.importer.survey import Survey


def take(paths: Sequence[Path], intake: ImportJob) -> list[ImportOutcome]:
    """Adopt files and folders; the same sources give the same documents, and a second run changes nothing."""
    shelf = ArchiveIndex(intake)
    outcomes: list[ImportOutcome] = []
    plans: list[ImportPlan] = []
    seen: dict[str, str] = {}
    for source in files.find(paths, files.HTML if intake.form == "confluence-export" else files.MARKDOWN):
        read = _survey(source, intake)
        if isinstance(read, ImportOutcome):
            outcomes.append(read)
        elif refused := shelf.refusal(source, read) or _judged(source, read, intake) or _twice(source, read, seen):
            outcomes.append(refused)
        else:
            plans.append(ImportPlan(source, read))
    for plan in sorted(plans, key=lambda p: (p.survey.day or date.max, p.source.name)):
        _name(plan, shelf, intake)
    written = {plan.source.file.resolve(): plan.place for plan in plans} | shelf.sources
    for plan in plans:
        images.resolve(plan, written)
        outcomes.append(_write(plan, intake))
    return sorted(outcomes, key=lambda outcome: outcome.source)


def _survey(source: SourceFile, intake: ImportJob) -> Survey | ImportOutcome:
    try:
        raw = files.read(source)
        text, notes = files.text_of(raw)
    except InputError as error:
        return ImportOutcome(source.name, "failed", reason=str(error), named=source.named)
    digest = hashlib.sha256(raw).hexdigest()[:16]
    if intake.form == "confluence-export":
        page = confluence.page(text)
        if not page.text:
            return ImportOutcome(
                source.name, "refused", reason="the page has no text of its own, as the index of a space"
            )
        return survey.survey(
            survey.source(source.name, page.text, digest=digest, given=page.facts, title=page.title, notes=notes)
        )
    text = google_docs.cleaned(text) if intake.form == "google-docs" else text
    return survey.survey(survey.source(source.name, text, digest=digest, notes=notes))


def _judged(source: SourceFile, survey: Survey, intake: ImportJob) -> ImportOutcome | None:
    verdict = survey.verdict
    if verdict.accepted or intake.force:
        return None
    why = ", ".join(dict.fromkeys(verdict.against)) or "it has too little of a postmortem"
    reason = f"is no postmortem, as far as can be judged: {why}; --force imports it all the same"
    return ImportOutcome(source.name, "refused", title=masked(survey.title), reason=reason, named=source.named)


def _twice(source: SourceFile, survey: Survey, seen: dict[str, str]) -> ImportOutcome | None:
    first = seen.setdefault(survey.source.digest, source.name)
    if first == source.name:
        return None
    return ImportOutcome(
        source.name, "refused", title=masked(survey.title), reason=f"is the same as {first}, byte by byte"
    )


def _name(plan: ImportPlan, shelf: ArchiveIndex, intake: ImportJob) -> None:
    plan.id, taken = shelf.give_id(plan.survey)
    if taken:
        plan.notes.append(Note(1, f"its id {plan.survey.own_id} is taken, so it got {plan.id}"))
    plan.name = f"{plan.id}-{slug(plan.survey.title)}"
    plan.place = f"{plan.name}.md" if intake.out else f"{archive.FOLDER}/{plan.survey.year or 'undated'}/{plan.name}.md"


def _notes(plan: ImportPlan, notes: Iterable[Note]) -> tuple[Note, ...]:
    """All that is said of a source. Its secrets are named and stay where they are: the words are a person's own."""
    text = plan.survey.source.text
    secrets = (
        Note(line, f"this looks like {secret.kind}, and was imported as it is; revoke it, then take it out")
        for line, secret in with_lines(text, secrets_in(text))
    )
    messages = {Note(one.line, masked(one.message)) for one in notes}
    return tuple(sorted({*messages, *secrets}))


def _write(plan: ImportPlan, intake: ImportJob) -> ImportOutcome:
    adopted = compose(plan.survey, plan.id, plan.name, plan.moved, intake.settings)
    done = ImportOutcome(
        plan.source.name,
        "imported",
        plan.place,
        adopted.id,
        masked(adopted.title),
        entries=len(adopted.entries),
        actions=adopted.actions,
        pictures=len(plan.copies) + len(adopted.files),
        notes=_notes(plan, (*adopted.notes, *plan.notes)),
        named=plan.source.named,
    )
    if intake.dry_run:
        return done
    root = intake.out or intake.root
    folder = Path(plan.place).parent
    try:
        root.mkdir(parents=True, exist_ok=True)
        for place, source in plan.copies.items():
            archive.put(root, (folder / place).as_posix(), images.content(plan, source, place))
        for place, data in adopted.files.items():
            archive.put(root, (folder / place).as_posix(), data)
        archive.create(root, plan.place, adopted.text)  # last: a document that is there has all that belongs to it
    except OSError as error:
        return replace(done, result="failed", reason=f"cannot be written: {error.strerror}")
    except PostmortemError as error:
        return replace(done, result="failed", reason=str(error))
    return done
