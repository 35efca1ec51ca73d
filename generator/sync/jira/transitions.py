"""Moving an issue through its workflow: one step, chosen by where it leads, never by what it is called."""

from typing import Any

from generator.clients.jira import Jira, Transition
from generator.errors import RefusedError
from generator.settings.jira import JiraSettings
from generator.sync.plan.snapshot import Remote

RESOLUTION = "resolution"


def move(jira: Jira, settings: JiraSettings, remote: Remote, category: str, *, given_up: bool) -> None:
    """Take the step that leads to a status of this category.

    Raises RefusedError with the steps that there are where none does, or where the step wants what nobody has given.
    """
    steps = jira.transitions(remote.id)
    fitting = [step for step in steps if step.to.category == category]
    filled = [(step, _filled(step, settings, given_up=given_up)) for step in fitting]
    possible = [(step, fields) for step, fields in filled if fields is not None]
    if not possible:
        shown = "; ".join(f"{step.name!r} to {step.to.name!r} ({step.to.category})" for step in steps)
        shown = shown or "none, which may also mean that this account may not move issues there"
        wants = "; ".join(f"{step.name!r} wants {', '.join(_wanted(step))}" for step in fitting)
        raise RefusedError(
            f"{remote.key} is {remote.status or 'new'!r} and cannot be moved to a status of the category {category!r}"
            f" in one step{': ' + wants if wants else ''}. Steps from there: {shown}.",
            409,
        )
    step, fields = possible[0]
    jira.transition(remote.id, step.id, fields)


def _filled(step: Transition, settings: JiraSettings, *, given_up: bool) -> dict[str, Any] | None:
    """The fields that a step wants, or None where it wants something that is not known here."""
    wanted = _wanted(step)
    if [name for name in wanted if name != RESOLUTION]:
        return None
    meta = step.fields.get(RESOLUTION)
    if meta is None or not (given_up or RESOLUTION in wanted):
        return {}
    refusals = {word.casefold() for word in settings.wont_do}
    fitting = [name for name in meta.allowed if (name.casefold() in refusals) is given_up]
    best = next((name for name in fitting if name.casefold() in {"done", "fixed"}), fitting[0] if fitting else "")
    if best:
        return {RESOLUTION: {"name": best}}
    return None if RESOLUTION in wanted else {}


def _wanted(step: Transition) -> list[str]:
    return [one for one, meta in step.fields.items() if meta.required and not meta.has_default]
