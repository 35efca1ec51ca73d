"""Days that the policy sets: a review that is near or has passed, and a document that is to be published."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.clients.slack.message import Notice
from generator.document.model import Status
from generator.notify import blocks
from generator.notify.mrkdwn import day, escape
from generator.notify.subject import NoticeSubject, secretive
from generator.settings.calendar import after_days


def reminders(one: NoticeSubject, today: date) -> Iterator[Notice]:
    """The reminders of a postmortem; those that are settled only bring an earlier message up to date."""
    yield from _review(one, today)
    yield from _publishing(one, today)


def _review(one: NoticeSubject, today: date) -> Iterator[Notice]:
    if one.due.review is None:
        return
    due = one.due.review.day
    first = due - timedelta(days=min(one.settings.slack.remind_before, due.toordinal() - 1))
    settled = one.known.reviewed is not None or not one.pending
    if not _told(one, first, due, today):
        return
    if settled:
        words = (
            f"The review of {{}} took place on {day(one.known.reviewed)}"
            if one.known.reviewed
            else "{} has come to its review"
        ) + ". Thank you!"
    elif today <= due:
        when = "today" if due == today else f"by {day(due)}"
        words = f"The review of {{}} is due {when}. Half an hour together is enough."
    else:
        words = f"The review of {{}} was due on {day(due)}. Is there something that others can help with?"
    yield _notice(one, f"review:{one.id}", "✅" if settled else "🗓️", words, first, fresh=not settled)


def _publishing(one: NoticeSubject, today: date) -> Iterator[Notice]:
    if one.due.publish is None or one.due.publish.day >= date.max:
        return
    due = one.due.publish.day
    first = after_days(due, 1)
    settled = one.known.status is Status.PUBLISHED
    if not _told(one, first, due, today):
        return
    if settled:
        words = "{} is published. Thank you!"
    else:
        words = f"{{}} was to be published by {day(due)}. Publish what is agreed, the rest can follow."
    yield _notice(one, f"publish:{one.id}", "✅" if settled else "📬", words, first, fresh=not settled)


def _told(one: NoticeSubject, first: date, due: date, today: date) -> bool:
    """Whether it is time to say it, and not so late that it is the tracker's to show."""
    return one.to is not None and first <= today <= after_days(due, one.settings.slack.days)


def _notice(one: NoticeSubject, key: str, mark: str, words: str, since: date, *, fresh: bool) -> Notice:
    to = one.to or ""
    if one.restricted:  # its id and nothing else, not even what is due
        text = secretive([one], settled=not fresh)
        return Notice(key, to, text, tuple(blocks.sections([text])), since, fresh)
    lines = [f"{mark} {words.format(f'*{one.linked_id}*')}", one.title]
    shown = blocks.sections([line for line in lines if line])
    if fresh and one.assignee:
        shown.append(blocks.context(f"Assignee: {one.assignee}"))
    title = f" {one.title}" if one.title else ""
    text = blocks.fallback(f"{mark} {words.format(escape(one.id))}{title}")
    return Notice(key, to, text, tuple(shown), since, fresh)
