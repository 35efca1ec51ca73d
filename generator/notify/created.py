"""A postmortem has been created: what it is about, who has it, and what comes next."""

from datetime import date, timedelta

from generator.clients.slack.message import Block, Notice
from generator.document.model import Status
from generator.notify import blocks
from generator.notify.mrkdwn import day, escape
from generator.notify.subject import NoticeSubject, secretive, ticket

_WHERE = {Status.IN_REVIEW: "It is in review.", Status.PUBLISHED: "It is published."}


def created(one: NoticeSubject, today: date, *, asked: bool = False) -> Notice | None:
    """The notice of a postmortem; None where nobody is to be notified.

    One that is past the draft, or whose incident lies too far back, is not announced any more unless it is `asked` for.
    """
    horizon = today - timedelta(days=one.settings.slack.days)
    recent = one.day is not None and one.day >= horizon
    to = one.to
    if to is None or not (asked or recent):
        return None
    since = max(one.day, horizon) if one.day else horizon
    fresh = asked or one.pending
    key = f"created:{one.id}"
    if one.restricted:
        words = secretive([one], settled=not one.pending)
        return Notice(key, to, words, tuple(blocks.sections([words])), since, fresh)
    subject = one.incident or one.linked_id
    title = escape(one.known.title, 150)
    severity = f" ({escape(one.severity, 40)})" if one.severity else ""
    plain = escape(one.known.incident or one.id, 80)
    return Notice(
        key,
        to,
        blocks.fallback(f"📝 Post-mortem created for incident {plain}: {title}{severity}"),
        (*_head(one, subject), *blocks.sections(_next(one, today))),
        since,
        fresh,
    )


def _head(one: NoticeSubject, subject: str) -> list[Block]:
    return [
        *blocks.sections([f"📝 *Post-mortem created for incident* {subject}"]),
        blocks.facts(
            [
                ("Title", one.title),
                ("Post-mortem", one.linked_id),
                ("Severity", escape(one.severity, 40)),
                ("Ticket", ticket(one.known.jira, one.settings) or "none yet"),
                ("Assignee", one.assignee or "nobody yet"),
            ]
        ),
    ]


def _next(one: NoticeSubject, today: date) -> list[str]:
    """What to do next; of one that is past the draft, where it is."""
    if not one.pending and one.known.status in _WHERE:
        return [_WHERE[one.known.status]]
    until = one.due.review
    when = f" by {day(until.day)}" if until and until.day >= today else ""
    return [
        "*What to do next*",
        "1. Fill in what is marked `TODO:`: impact, root cause, action items, lessons.",
        "2. Open the pull request.",
        f"3. Review it together{when}.",
    ]
