"""Whether what was sent to an issue is there: only what it shows afterwards counts as agreed."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.settings.model import Settings
from generator.sync.plan.accounts import evidence_of, handle_of_account
from generator.sync.plan.base import Base
from generator.sync.plan.comparing import LABELS
from generator.sync.plan.snapshot import Remote
from generator.sync.plan.tracker import LeftOut, TrackerRules

READ_BACK = ("summary", "due", "assignee")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The base as it is once an issue was read, and what is to be said of it."""

    base: Base
    notices: tuple[LeftOut, ...] = ()


def read_back(sent: Mapping[str, str], base: Base, now: Remote, settings: Settings, rules: TrackerRules) -> ReadBack:
    """Compare what was sent with what an issue shows now; `base` is what writing it came to.

    A value that was left out is in `base` as it was before, and was reported then; it is only remembered.
    """
    notices: list[LeftOut] = []
    shown = {
        "summary": now.summary,
        "due": now.due,
        "assignee": handle_of_account(now.assignee, settings, rules, base.who),
    }
    for name in READ_BACK:
        if name not in sent or (name == "due" and not rules.capabilities.due_dates):
            continue
        ours, theirs, pair = sent[name], shown[name], base.values.get(name)
        taken = pair is not None and pair.ours == ours and name not in base.dropped
        if name in now.absent:
            if taken and ours:
                notices.append(
                    LeftOut("value-dropped", f"{_sentence(now, name, ours)} says nothing of that field. {_ADVICE}")
                )
            base = base.without((name,))
        elif theirs != ours:
            if taken:
                notices.append(LeftOut("value-dropped", f"{_sentence(now, name, ours)} shows {theirs!r}. {_ADVICE}"))
            evidence = evidence_of(ours, settings) if name == "assignee" else ""
            base = base.with_dropped(name, ours, theirs, evidence)
    return ReadBack(base, tuple(notices))


_ADVICE = (
    "The file keeps its value, and it is sent again once the file says something else. Is the field on the project's"
    " edit screen, and does a rule of the project change it? `postmortem doctor` names the screens."
)


def _sentence(now: Remote, name: str, ours: str) -> str:
    return f"The {LABELS[name]} {ours!r} was sent to {now.key} and accepted, but {now.key}"
