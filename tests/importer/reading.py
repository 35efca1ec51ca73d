"""How tests show what an adopted document says: a few lines that a person can check against the source."""

from pathlib import Path

from generator.document.parse import parse
from generator.importer.composing import ConvertedDocument, compose
from generator.importer.survey import source
from generator.importer.survey import survey as survey_of
from generator.settings.model import Settings

SHAPES = Path(__file__).parent / "shapes"
ENDINGS = (".md", ".mdx", ".html.md.erb")


def sources() -> list[Path]:
    return sorted(path for path in SHAPES.iterdir() if path.name.endswith(ENDINGS))


def name_of(path: Path) -> str:
    return path.name.split(".")[0]


def adopted(text: str, path: str = "incidents/some-incident.md", **settings: object) -> ConvertedDocument:
    """The document that a text becomes, with the id that an archive would give it first."""
    survey = survey_of(source(path, text))
    identity = survey.own_id or f"INC-{survey.year or 'undated'}-0001"
    return compose(survey, identity, identity, {}, Settings(**settings))


def shown(done: ConvertedDocument) -> str:
    """The document as the archive reads it: its fields, timeline, actions, and the report."""
    known = parse(done.text).postmortem
    lines = [f"{known.id} | {known.title} | {known.status}"]
    fields = {
        "severity": known.severity,
        "started": known.started and f"{known.started:%Y-%m-%d %H:%M}",
        "detected": known.detected and f"{known.detected:%Y-%m-%d %H:%M}",
        "mitigated": known.mitigated and f"{known.mitigated:%Y-%m-%d %H:%M}",
        "resolved": known.resolved and f"{known.resolved:%Y-%m-%d %H:%M}",
        "services": ", ".join(known.services),
        "commander": known.commander,
        "authors": ", ".join(known.authors),
        "tags": ", ".join(known.tags),
        "published": known.published,
    }
    lines += [f"{name}: {value}" for name, value in fields.items() if value]
    if known.timeline:
        lines.append("timeline")
        lines += [
            f"  {entry.time:%Y-%m-%d %H:%M:%S} | {entry.event}"
            if entry.time
            else f"  ({entry.time_text}) | {entry.event}"
            for entry in known.timeline
        ]
    if known.actions:
        lines.append("actions")
        lines += [
            f"  {a.number} | {a.action} | {a.owner} | {a.due_text} | {a.status} | {a.ticket}" for a in known.actions
        ]
    lines += [f"line {note.line}: {note.message}" for note in done.notes]
    return "\n".join(lines) + "\n"
