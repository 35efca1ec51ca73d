"""What a source links to: pictures and files come along, other documents are linked anew, the rest is reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote

from generator.importer import links
from generator.importer.files import SourceFile
from generator.importer.note import Note
from generator.importer.survey import Survey
from generator.regular_files import Guard

MAX_BYTES = 20_000_000
_CARRIED = {
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif", ".pdf", ".txt", ".log", ".csv", ".tsv", ".json", ".yml", ".yaml", ".zip", ".gz", ".mp4",
    ".webm", ".mov", ".docx", ".xlsx", ".pptx", ".drawio",
}  # fmt: skip


@dataclass(slots=True)
class ImportPlan:
    """One source that will be written: its id, name and place, where its links lead now, and the files that come along."""

    source: SourceFile
    survey: Survey
    id: str = ""
    name: str = ""
    place: str = ""
    moved: dict[str, str | None] = field(default_factory=dict)
    copies: dict[str, Path] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def resolve(plan: ImportPlan, written: Mapping[Path, str]) -> None:
    """Find the files that the source links to; `written` are the documents that other sources have become."""
    for link in links.places(plan.survey.body, 0, plan.survey.metadata.body_line):
        if link.target not in plan.moved and link.target not in plan.survey.files:
            plan.moved[link.target] = None
            if why := _carry(plan, link.target, written):
                what = "picture" if link.picture else "file"
                plan.notes.append(Note(link.line, f"the {what} {link.target} {why}"))


def content(plan: ImportPlan, source: Path, place: str) -> bytes:
    """The bytes of a file that comes along. Raises InputError where it is another one than when it was chosen."""
    return Guard(MAX_BYTES, "a picture or an attachment", plan.source.base, place="the folder").read(source, place)


def _carry(plan: ImportPlan, target: str, written: Mapping[Path, str]) -> str:
    """Take one file along, or say why not."""
    wanted = links.local(target)
    if wanted.startswith(("/", "\\")) or "\0" in wanted:
        return "has an absolute address and did not come along"
    try:
        file = (plan.source.file.resolve().parent / wanted).resolve()
        inside, regular = file.is_relative_to(plan.source.base), file.is_file()
        size = file.stat().st_size if regular else 0
    except (OSError, ValueError, RuntimeError):  # a name that cannot be one, or links that go in a circle
        inside, regular, size = False, False, 0
    if not inside:
        return "lies outside the folder and did not come along"
    if file in written:
        fragment = target[target.index("#") :] if "#" in target else ""
        plan.moved[target] = quote(relpath(written[file], str(Path(plan.place).parent))) + fragment
        return ""
    if not regular:
        return "is not there"
    if file.suffix.casefold() not in _CARRIED or size > MAX_BYTES:
        return "is no picture or attachment and did not come along"
    tail = "/".join(part for part in wanted.replace("\\", "/").split("/") if part not in {"", ".", ".."})
    while plan.copies.get(f"{plan.name}/{tail}", file) != file:
        tail = f"more/{tail}"
    plan.copies[f"{plan.name}/{tail}"] = file
    plan.moved[target] = f"{quote(plan.name)}/{quote(tail)}"
    return ""
