"""What is to be done about one postmortem's issue."""

import re
from dataclasses import replace

from generator.settings.model import Settings
from generator.sync.plan.accounts import evidence_of, handle_of_account
from generator.sync.plan.base import Base, Pair
from generator.sync.plan.changes import (
    AdoptIssue,
    Change,
    CreateIssue,
    Difference,
    Edit,
    Push,
    RecordState,
    Sections,
    UpdateIssue,
)
from generator.sync.plan.comparing import ComparedItem, Comparison, Side, compare, labels
from generator.sync.plan.identity import label as label_of
from generator.sync.plan.issue import WantedIssue
from generator.sync.plan.snapshot import Remote
from generator.sync.plan.texts import DESCRIPTION, outdated, texts_of
from generator.sync.plan.tickets import pulled
from generator.sync.plan.tracker import TrackerRules

NEW = "new"  # the category in which every issue begins
_SUMMARY = re.compile(r"#(?P<id>\S+) \((?P<severity>[^()]*)\) (?P<title>\S.*)")


def create(wanted: WantedIssue, settings: Settings, path: str, *, instead_of: str = "") -> CreateIssue:
    """The change that creates a postmortem's issue; `instead_of` is the key of the one that is gone."""
    jira = settings.jira
    texts = texts_of(wanted, jira.fields.mapped())
    base = Base(wanted.id, labels=wanted.labels, category=wanted.category)
    values = {"summary": wanted.summary, "due": _day(wanted), "assignee": wanted.commander, "category": wanted.category}
    for name in ("summary", "due", "assignee"):
        base = base.with_value(name, values[name], values[name])
    if jira.statuses.get(wanted.status) == NEW:
        base = base.with_value("status", wanted.status, NEW)
    push = Push(base, values, texts, wanted.labels, (), jira.project, jira.issue_type, wanted.incident, jira.link_type)
    others = (("due date", values["due"]), ("assignee", values["assignee"]))
    differences = (
        Difference("summary", "", wanted.summary),
        *(Difference(name, "", value) for name, value in others if value),
    )
    return CreateIssue(ref=(wanted.id, None), path=path, push=push, differences=differences, instead_of=instead_of)


def followed(wanted: WantedIssue) -> Base:
    """The state of an issue that carries no mark of ours: a person made it, so it is not rewritten."""
    return Base(wanted.id, own=False)


def values(
    wanted: WantedIssue, remote: Remote, settings: Settings, subject: ComparedItem, rules: TrackerRules
) -> Comparison:
    """What differs in the values of a postmortem's issue. One that a person made is followed and not rewritten."""
    base = remote.base or followed(wanted)
    if not base.own:
        return Comparison(base, base, recorded=remote.base is None)
    assignee = handle_of_account(remote.assignee, settings, rules, base.who)
    sides = [
        Side("summary", wanted.summary, remote.summary, "title" if _title(wanted, remote.summary) else ""),
        Side("due", _day(wanted), remote.due),
        Side("assignee", wanted.commander, assignee, evidence=evidence_of(wanted.commander, settings)),
    ]
    comparison = compare(subject, base, sides, new=False)
    comparison.pull = [Edit(None, edit.name, _title(wanted, edit.value)) for edit in comparison.pull]
    there = remote.category and settings.jira.statuses.get(wanted.status) == remote.category
    if there and Pair(wanted.status, remote.category) != base.values.get("status"):
        comparison.record("status", wanted.status, remote.category)
    return comparison


def texts(wanted: WantedIssue, remote: Remote, settings: Settings) -> dict[str, Sections]:
    """The texts that are to be pushed; none into an issue that a person made."""
    if remote.base is None or not remote.base.own:
        return {}
    mapped = settings.jira.fields.mapped()
    changed = outdated(texts_of(wanted, mapped), remote.base)
    # Where a part has no field any more, nobody knows which one it was, and what is in it stays there.
    return {name: text for name, text in changed.items() if name == DESCRIPTION or name in mapped}


def finish(
    wanted: WantedIssue, remote: Remote, comparison: Comparison, push: dict[str, Sections], subject: ComparedItem
) -> list[Change]:
    """The changes of one postmortem's issue, once it is known which texts may be pushed."""
    ref, key, path, base = subject.ref, subject.key, subject.path, comparison.base
    changes = pulled(comparison, subject)
    add, drop = labels(label_of(wanted.id), wanted.labels, base, remote)
    category = {"category": wanted.category} if base.own and wanted.category != base.category else {}
    sent = [*comparison.sent, *(Difference(name.replace("_", " "), "…", "changed") for name in push)]
    sent += [Difference("incident category", base.category, wanted.category)] if category else []
    sent += [Difference("labels", " ".join(drop), " ".join(add))] if add or drop else []
    base = replace(base, labels=wanted.labels, category=wanted.category if category else base.category)
    whole = Push(base, {**comparison.push, **category}, push, add, drop)
    if remote.base is None:
        changes.append(AdoptIssue(ref=ref, key=key, path=path, push=whole))
    elif sent:
        changes.append(UpdateIssue(ref=ref, key=key, path=path, push=whole, differences=tuple(sent)))
    elif comparison.recorded and not comparison.pull:
        changes.append(RecordState(ref=ref, key=key, path=path, push=whole))
    return [*changes, *comparison.problems]


def _day(wanted: WantedIssue) -> str:
    return wanted.due.isoformat() if wanted.due else ""


def _title(wanted: WantedIssue, summary: str) -> str:
    """The title in a summary that still has our shape and was not cut, else nothing."""
    shape = None if wanted.restricted else _SUMMARY.fullmatch(summary)
    ours = shape is not None and shape["id"] == wanted.id and shape["severity"] == wanted.severity
    return shape["title"] if shape and ours and not shape["title"].endswith("…") else ""
