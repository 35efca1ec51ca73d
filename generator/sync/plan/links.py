"""What hangs on an issue besides its values: its status, its link to another issue, and the published page.

Each of them may fail without harm: it is not recorded then, and so it is tried again by the next run.
"""

from dataclasses import replace

from generator.sync.plan.base import Base
from generator.sync.plan.changes import Action, Change, Difference, Ref


def status(ref: Ref, base: Base, key: str, path: str, *, ours: str, wanted: str, category: str) -> list[Change]:
    """The change that moves an issue to the category `wanted`, where what the file says is new since they last met."""
    pair = base.values.get("status")
    if not wanted or category == wanted or (pair is not None and pair.ours == ours):
        return []
    shown = Difference("status", category, wanted)
    return [Change(ref, Action.STATUS, key=key, path=path, fields=(shown,), payload=(ours, wanted))]


def link(ref: Ref, base: Base, key: str, path: str, *, other: str, kind: str, linked: tuple[str, ...]) -> list[Change]:
    """The change that links an issue to another one, where it is not linked yet."""
    if not other or base.linked == other or other in linked:
        return []
    shown = Difference("link", "", f"{kind} {other}")
    return [Change(ref, Action.LINK, key=key, path=path, fields=(shown,), payload=(kind, other))]


def page(ref: Ref, base: Base, key: str, path: str, *, address: str, title: str) -> list[Change]:
    """The change that hangs the published page on an issue."""
    if not address or base.page == address:
        return []
    shown = Difference("page", base.page, address)
    return [Change(ref, Action.PAGE, key=key, path=path, fields=(shown,), payload=(address, title))]


def after(base: Base, change: Change) -> Base:
    """The base once a decoration is there."""
    if change.action is Action.STATUS:
        return base.with_value("status", *change.payload)
    if change.action is Action.LINK:
        return replace(base, linked=change.payload[1])
    return replace(base, page=change.payload[0])
