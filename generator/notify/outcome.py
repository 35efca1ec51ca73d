"""What became of each notice, in words and as rows for scripts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.clients.slack.message import EVERYBODY, Deed, Notice
from generator.notify.mrkdwn import JOINER
from generator.output import cell

CHANNEL = "the channel"
MARKS = {Deed.SEND: "+", Deed.UPDATE: "~", Deed.KEEP: "=", Deed.LEAVE: " "}
_COUNTED = ((Deed.SEND, "to send", "sent"), (Deed.UPDATE, "to bring up to date", "brought up to date"))


@dataclass(frozen=True, slots=True)
class NoticeOutcome:
    """A notice, what is to be done with it, and what was; `done` is None where nothing was tried.

    `code` is a stable word for why it was not done, `message` a sentence for people.
    """

    notice: Notice
    deed: Deed
    done: bool | None = None
    code: str = ""
    message: str = ""


def row(one: NoticeOutcome) -> dict[str, object]:
    """One notice for `--format json`; the names are a contract. `to` is a person's handle, or null for the channel."""
    return {
        "key": one.notice.key,
        "to": one.notice.to or None,
        "action": one.deed.value,
        "done": one.done,
        "text": one.notice.text,
        "code": one.code,
        "message": one.message,
    }


def lines(outcomes: Iterable[NoticeOutcome]) -> Iterator[str]:
    """The notices for people: those that are sent or brought up to date, with what they say."""
    for one in outcomes:
        if one.deed in {Deed.SEND, Deed.UPDATE}:
            failed = "✗ " if one.done is False else ""
            to = CHANNEL if one.notice.to == EVERYBODY else f"{one.notice.to} in person"
            yield f"{failed}{MARKS[one.deed]} {one.notice.key} to {cell(to)}"
            yield f"    {_readable(one.notice.text)}"


def summary(outcomes: Iterable[NoticeOutcome], *, applied: bool) -> str:
    """One line: what there is to say, or what was said."""
    everything = list(outcomes)
    counts = Counter(one.deed for one in everything if one.done is not False and (one.done or not applied))
    parts = [f"{counts[deed]:,} {past if applied else future}" for deed, future, past in _COUNTED if counts[deed]]
    if kept := sum(one.deed is Deed.KEEP for one in everything):
        parts.append(f"{kept:,} said already")
    if failed := sum(one.done is False for one in everything):
        parts.append(f"{failed:,} not done")
    return f"{', '.join(parts)}." if parts else "There is nothing to send today."


def _readable(text: str) -> str:
    """Slack's markup as a terminal shows it."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), (JOINER, "")):
        text = text.replace(entity, character)
    return cell(text)
