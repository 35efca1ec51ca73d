"""Reminding of what is overdue: one issue, opened, kept up to date, and closed when nothing is left."""

from collections.abc import Sequence
from datetime import date

from generator.clients import git
from generator.clients.github.repository import Home
from generator.document import query
from generator.document.parse import Document
from generator.document.scope import Scope, scope_of
from generator.notify import overdue_issue
from generator.output import ChangeLog
from generator.settings.model import Settings

LABEL = "postmortem-overdue"


def chase(home: Home, documents: Sequence[Document], settings: Settings, today: date, *, apply: bool) -> ChangeLog:
    """Bring the issue up to date with what is overdue in these documents, which are those of the branch."""
    github, prefix = home.github, git.place(home.root)
    told = ChangeLog(apply)
    live = [document for document in documents if scope_of(document, settings) is Scope.LIVE]
    overdue = query.Filter(due=(query.Due.OVERDUE,))
    rows = query.actions(live, overdue, settings, today, {document.path for document in live})
    me = github.me()
    mine = [
        one
        for one in github.issues(LABEL)
        if one.body.startswith(overdue_issue.MARKER) and (one.author == me if me else one.bot)
    ]
    if not rows:
        if mine:
            told.change(f"close {mine[0].url}: nothing is overdue")
            if apply:
                github.edit_issue(mine[0].number, title=mine[0].title, body=overdue_issue.NOTHING, close=True)
        else:
            told.same("nothing is overdue")
        return told
    text = overdue_issue.body(rows, settings, lambda path, line: github.file_url(prefix + path, home.base, line))
    if not mine:
        told.create(f"an issue with {len(rows)} overdue action items")
        if apply:
            told.lines[-1] += f": {github.open_issue(overdue_issue.TITLE, text, [LABEL]).url}"
    elif mine[0].body.replace("\r\n", "\n").strip() == text.strip():
        told.same(mine[0].url)
    else:
        told.change(f"{mine[0].url}: {len(rows)} overdue action items")
        if apply:
            github.edit_issue(mine[0].number, title=overdue_issue.TITLE, body=text)
    return told
