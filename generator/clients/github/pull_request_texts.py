"""The words of the pull requests that the tool opens itself."""

from generator.check.pull_request.escape import inert, line
from generator.document.model import Postmortem

WRITE_BACK_TITLE = "Record what Jira knows of postmortems"
WRITE_BACK_BODY = """\
Keys of new Jira issues, and what people changed in tickets: states, owners, due dates.

Only single values and table cells are changed. A later run updates this pull request; merging it changes nothing in Jira.
"""


def title(known: Postmortem) -> str:
    """The title of a draft's pull request; it begins with the id."""
    return line(f"{known.id}: {known.title}", 240)


def body(known: Postmortem, branch: str) -> str:
    """The text of a draft's pull request: what is known, and what people do next."""
    facts = [
        ("Incident", known.incident),
        ("Severity", known.severity),
        ("Services", ", ".join(known.services)),
        ("Started", known.started.strftime("%Y-%m-%d %H:%M UTC") if known.started else ""),
        ("Resolved", known.resolved.strftime("%Y-%m-%d %H:%M UTC") if known.resolved else ""),
        ("Commander", known.commander),
    ]
    listed = "\n".join(f"- {name}: {inert(value)}" for name, value in facts if value)
    return (
        f"A draft from the incident's data, on `{branch}`.\n\n{listed}\n\n"
        "What only people know is marked `TODO:` in the file.\n"
        "Answer what you can, set `status: in-review`, and mark this pull request as ready: that asks for the review.\n"
        "It is about what the systems did and which conditions made that possible, never about who.\n"
    )
