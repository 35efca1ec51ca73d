"""The example archive that comes with the program, laid out in a folder of its own."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.document.model import ActionItem, ActionStatus
from generator.document.parse import Document
from generator.document.tickets import KEY
from generator.errors import PostmortemError
from generator.markup.inline_text import text_of
from generator.settings.load import data

MARKER = ".postmortem-demo"
FOLDERS = ("postmortems", "site_config", "docs")
SUFFIXES = {".json", ".yml", ".yaml"}
SCREEN = ["summary", "description", "assignee", "duedate", "labels", "priority"]
_STATUSES = {
    ActionStatus.OPEN: "To Do",
    ActionStatus.IN_PROGRESS: "In Progress",
    ActionStatus.COMPLETED: "Done",
    ActionStatus.WONT_DO: "Done",
}


def lay_out(target: Path) -> list[Path]:
    """Make the example archive anew in `target` and return the files of one incident's sources, sorted.

    A folder that this function did not make is refused, so that nothing of a person is removed.
    """
    if target.exists():
        if not (target / MARKER).is_file() and any(target.iterdir()):
            raise PostmortemError(
                f"{target}: is not an example archive, so it was left alone; name another folder with --dir."
            )
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / MARKER).write_text("Made by `postmortem demo`, which makes it anew each time.\n", encoding="utf-8")
    for name in FOLDERS:
        source = data(name)
        if source.is_dir():
            shutil.copytree(source, target / name)
    incident = target / "incident"
    shutil.copytree(data("examples") / "checkout-outage", incident)
    return sorted(path for path in incident.iterdir() if path.suffix in SUFFIXES)


def jira_world(documents: Iterable[Document]) -> dict[str, Any]:
    """What the example's Jira holds before the first run, as the sandbox reads it.

    It is the incident that is drafted from, and the tickets that the archive's postmortems name, each as its row says.
    """
    given = json.loads((data("examples") / "jira.json").read_text(encoding="utf-8"))
    issues = [*given["issues"]]
    taken = {issue["key"] for issue in issues}
    for found in documents:
        known = found.postmortem
        for item in known.actions:
            if KEY.fullmatch(item.ticket) and item.ticket not in taken:
                taken.add(item.ticket)
                issues.append(_ticket(item))
        if KEY.fullmatch(known.incident) and known.incident not in taken:
            taken.add(known.incident)
            issues.append({"key": known.incident, "type": "Incident", "summary": known.title, "status": "Done"})
        if KEY.fullmatch(known.jira) and known.jira not in taken:
            taken.add(known.jira)
            issues.append({"key": known.jira, "type": "Post-mortem", "summary": known.title, "status": "Done"})
    keys = {issue["key"].rpartition("-")[0] for issue in issues} - {"OPS", "INCIDENT"}
    projects = [{"key": key, "screens": {"Task": SCREEN, "Incident": SCREEN}} for key in sorted(keys)]
    return {"projects": projects, "issues": issues, "links": given["links"]}


def _ticket(item: ActionItem) -> dict[str, Any]:
    status = _STATUSES.get(item.status or ActionStatus.OPEN, "To Do")
    ticket: dict[str, Any] = {
        "key": item.ticket,
        "type": "Task",
        "summary": text_of(item.action)[:255],
        "status": status,
    }
    if item.owner:
        ticket["assignee"] = item.owner
    if item.due:
        ticket["duedate"] = item.due.isoformat()
    if item.status is ActionStatus.WONT_DO:
        ticket["resolution"] = "Won't Do"
    return ticket
