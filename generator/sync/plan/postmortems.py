"""What is to be done about one postmortem's issue."""

import re
from dataclasses import replace

from generator.settings.model import Settings
from generator.sync.plan.accounts import handle_of_account
from generator.sync.plan.base import Base, Pair
from generator.sync.plan.changes import Action, Change, Difference, Edit, Pull, Push, Remote, Sections
from generator.sync.plan.comparing import ComparedItem, Comparison, Side, compare, labels
from generator.sync.plan.identity import label as label_of
from generator.sync.plan.issue import WantedIssue
from generator.sync.plan.texts import DESCRIPTION, outdated, texts_of

NEW = "new"  # the category in which every issue begins
_SUMMARY = re.compile(r"#(?P<id>\S+) \((?P<severity>[^()]*)\) (?P<title>\S.*)")


def create(wanted: WantedIssue, settings: Settings, path: str, *, again: str = "") -> Change:
    """The change that creates a postmortem's issue; `again` is the key of the one that is gone."""
    jira = settings.jira
    texts = texts_of(wanted, jira.fields.mapped())
    base = Base(wanted.id, labels=wanted.labels, category=wanted.category)
    values = {"summary": wanted.summary, "due": _day(wanted), "assignee": wanted.commander, "category": wanted.category}
    for name in ("summary", "due", "assignee"):
        base = base.with_value(name, values[name], values[name])
    if jira.statuses.get(wanted.status) == NEW:
        base = base.with_value("status", wanted.status, NEW)
    push = Push(base, values, texts, wanted.labels, (), jira.project, jira.issue_type, wanted.incident, jira.link_type)
    fields = [Difference("summary", "", wanted.summary)]
    fields += [
        Difference(name, "", values[key])
        for name, key in (("due date", "due"), ("assignee", "assignee"))
        if values[key]
    ]
    message = f"{again} is gone, and is created again because of --recreate." if again else ""
    return Change((wanted.id, None), Action.CREATE, path=path, fields=tuple(fields), message=message, payload=push)


def followed(wanted: WantedIssue) -> Base:
    """The state of an issue that carries no mark of ours: a person made it, so it is not rewritten."""
    return Base(wanted.id, own=False)


def values(wanted: WantedIssue, remote: Remote, settings: Settings, path: str) -> Comparison:
    """What differs in the values of a postmortem's issue. One that a person made is followed and not rewritten."""
    base = remote.base or followed(wanted)
    subject = ComparedItem((wanted.id, None), remote.key, path)
    if not base.own:
        return Comparison(base, base, recorded=remote.base is None)
    assignee = handle_of_account(remote.assignee, settings, base.who)
    sides = [
        Side("summary", wanted.summary, remote.summary, "title" if _title(wanted, remote.summary) else ""),
        Side("due", _day(wanted), remote.due),
        Side("assignee", wanted.commander, assignee),
    ]
    found = compare(subject, base, sides, new=False)
    found.pull = [Edit(None, edit.name, _title(wanted, edit.value)) for edit in found.pull]
    there = remote.category and settings.jira.statuses.get(wanted.status) == remote.category
    if there and Pair(wanted.status, remote.category) != base.values.get("status"):
        found.record("status", wanted.status, remote.category)
    return found


def texts(wanted: WantedIssue, remote: Remote, settings: Settings) -> dict[str, Sections]:
    """The texts that are to be pushed; none into an issue that a person made."""
    if remote.base is None or not remote.base.own:
        return {}
    mapped = settings.jira.fields.mapped()
    found = outdated(texts_of(wanted, mapped), remote.base)
    # Where a part has no field any more, nobody knows which one it was, and what is in it stays there.
    return {name: text for name, text in found.items() if name == DESCRIPTION or name in mapped}


def finish(
    wanted: WantedIssue, remote: Remote, found: Comparison, push: dict[str, Sections], subject: ComparedItem
) -> list[Change]:
    """The changes of one postmortem's issue, once it is known which texts may be pushed."""
    ref, key, path = subject.ref, subject.key, subject.path
    base, changes = found.base, []
    if found.pull:
        changes.append(
            Change(
                ref,
                Action.PULL,
                key=key,
                path=path,
                fields=tuple(found.taken),
                payload=Pull(tuple(found.pull), found.met),
            )
        )
    add, drop = labels(label_of(wanted.id), wanted.labels, base, remote)
    category = {"category": wanted.category} if base.own and wanted.category != base.category else {}
    sent = [*found.sent, *(Difference(name.replace("_", " "), "…", "changed") for name in push)]
    sent += [Difference("incident category", base.category, wanted.category)] if category else []
    sent += [Difference("labels", " ".join(drop), " ".join(add))] if add or drop else []
    base = replace(base, labels=wanted.labels, category=wanted.category if category else base.category)
    payload = Push(base, {**found.push, **category}, push, add, drop)
    if remote.base is None:
        message = f"{key} was made by a person: it is followed, and its text is left alone."
        changes.append(Change(ref, Action.ADOPT, key=key, path=path, message=message, payload=payload))
    elif sent:
        changes.append(Change(ref, Action.UPDATE, key=key, path=path, fields=tuple(sent), payload=payload))
    elif found.recorded and not found.pull:
        changes.append(
            Change(ref, Action.NOTE, key=key, path=path, message="What both sides say is recorded.", payload=payload)
        )
    return [*changes, *found.problems]


def _day(wanted: WantedIssue) -> str:
    return wanted.due.isoformat() if wanted.due else ""


def _title(wanted: WantedIssue, summary: str) -> str:
    """The title in a summary that still has our shape and was not cut, else nothing."""
    shape = None if wanted.restricted else _SUMMARY.fullmatch(summary)
    ours = shape is not None and shape["id"] == wanted.id and shape["severity"] == wanted.severity
    return shape["title"] if shape and ours and not shape["title"].endswith("…") else ""
