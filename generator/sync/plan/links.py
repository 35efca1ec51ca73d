"""What is attached to an issue besides its values: its status, its link to another issue, and the published page.

Each of them may fail without harm: it is not recorded then, and so it is tried again by the next run.
"""

from dataclasses import replace

from generator.sync.plan.base import Base
from generator.sync.plan.changes import Decoration, HangPage, LinkIssues, MoveIssue
from generator.sync.plan.snapshot import Ref


def status(ref: Ref, base: Base, key: str, path: str, *, ours: str, goal: str, category: str) -> list[MoveIssue]:
    """The change that moves an issue to the category `goal`, where what the file says is new since they last met."""
    pair = base.values.get("status")
    if not goal or category == goal or (pair is not None and pair.ours == ours):
        return []
    return [MoveIssue(ref=ref, key=key, path=path, status=ours, before=category, category=goal)]


def link(
    ref: Ref, base: Base, key: str, path: str, *, other: str, kind: str, linked: tuple[str, ...]
) -> list[LinkIssues]:
    """The change that links an issue to another one, where it is not linked yet."""
    if not other or base.linked == other or other in linked:
        return []
    return [LinkIssues(ref=ref, key=key, path=path, kind=kind, other=other)]


def page(ref: Ref, base: Base, key: str, path: str, *, address: str, title: str) -> list[HangPage]:
    """The change that links the published page to an issue."""
    if not address or base.page == address:
        return []
    return [HangPage(ref=ref, key=key, path=path, address=address, title=title, before=base.page)]


def after(base: Base, change: Decoration) -> Base:
    """The base once a link is there."""
    match change:
        case MoveIssue():
            return base.with_value("status", change.status, change.category)
        case LinkIssues():
            return replace(base, linked=change.other)
        case HangPage():
            return replace(base, page=change.address)
