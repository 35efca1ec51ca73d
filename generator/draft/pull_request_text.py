"""The words of the pull request that a draft comes with."""

from generator.document.deadlines import due_dates
from generator.document.model import Postmortem
from generator.document.times import occurrence
from generator.markup.github_text import inert, line
from generator.settings.model import Settings


def title(known: Postmortem) -> str:
    """The title of a draft's pull request; it begins with the id."""
    return line(f"{known.id}: {known.title}", 240)


def body(known: Postmortem, settings: Settings, branch: str) -> str:
    """The text of a draft's pull request: what is known, and what people do next."""
    when, due = occurrence(known), due_dates(known, settings)
    began = f"{when.at:%Y-%m-%d %H:%M} UTC" if when and when.at and when.begins else ""
    qualifier = f" ({when.qualifier})" if began and when and when.qualifier else ""
    facts = [
        ("Incident", known.incident),
        ("Severity", known.severity),
        ("Services", ", ".join(known.services)),
        ("Started", f"{began}{qualifier}"),
        ("Resolved", known.resolved.strftime("%Y-%m-%d %H:%M UTC") if known.resolved else ""),
        ("Commander", known.commander),
        ("Review due", due.review.day.isoformat() if due.review else ""),
        ("Publication due", due.publish.day.isoformat() if due.publish else ""),
    ]
    listed = "\n".join(f"- {name}: {inert(value)}" for name, value in facts if value)
    return (
        f"A draft from the incident's data, on `{branch}`.\n\n{listed}\n\n"
        "What only people know is marked `TODO:` in the file.\n"
        "Answer what you can, set `status: in-review`, and mark this pull request as ready: that asks for the review.\n"
        "It is about what the systems did and which conditions made that possible, never about who.\n"
    )
