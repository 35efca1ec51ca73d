"""The announcement of a new postmortem."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.clients.slack.message import EVERYBODY
from generator.notify.created import created
from generator.notify.subject import NoticeSubject
from generator.settings.jira import JiraSettings
from tests.notify.archive import TODAY, doc, settings, words


def test_it_says_what_it_is_who_has_it_and_what_comes_next():
    known = replace(settings(), jira=JiraSettings(url="https://jira.fernway.example/"))
    notice = created(NoticeSubject(doc(more="jira: INCIDENT-456\n"), known), TODAY)
    said = words(notice)

    assert (notice.key, notice.to, notice.fresh, notice.since) == (
        "created:INC-2026-0042",
        EVERYBODY,
        True,
        date(2026, 11, 18),
    )
    assert notice.text == "📝 Post-mortem created for incident OPS-1234: Checkout errors (SEV1)"
    assert "📝 *Post-mortem created for incident* <https://jira.fernway.example/browse/OPS-1234|OPS-1234>" in said
    assert "*Title*\nCheckout errors" in said
    assert "*Severity*\nSEV1" in said
    assert "*Ticket*\n<https://jira.fernway.example/browse/INCIDENT-456|INCIDENT-456>" in said
    assert "*Assignee*\n<@U0JANE>" in said
    assert "1. Fill in what is marked `TODO:`" in said
    assert "2. Open the pull request." in said
    assert "3. Review it together by Wed 25 Nov 2026." in said
    assert all(
        block["text"].get("verbatim") for block in notice.blocks if block["type"] == "section" and "text" in block
    )


def test_without_a_ticket_or_leader_it_says_so():
    plain = doc()
    plain = replace(plain, postmortem=replace(plain.postmortem, commander="", incident=""))
    said = words(created(NoticeSubject(plain, settings()), TODAY))

    assert "*Ticket*\nnone yet" in said
    assert "*Assignee*\nnobody yet" in said
    assert "for incident* <https://postmortems.fernway.example/postmortems/INC-2026-0042/|INC-2026-0042>" in said


def test_a_leader_without_a_member_id_is_named():
    plain = doc()
    one = NoticeSubject(replace(plain, postmortem=replace(plain.postmortem, commander="li.wei")), settings())

    assert "*Assignee*\nLi Wei" in words(created(one, TODAY))


@pytest.mark.parametrize(
    ("values", "everybody"),
    [
        ({"severity": "SEV3"}, True),
        ({"severity": "SEV4"}, False),
        ({"severity": "huge"}, False),
        ({"audience": "restricted"}, False),
        ({"audience": "secret"}, False),  # in doubt it is restricted
        ({"more": "tags: [staging]\n"}, False),
        ({"more": "tags: ['env:test']\n"}, False),
        ({"more": "tags: [staging, env:production]\n"}, True),
        ({"more": "tags: [database]\n"}, True),
        ({"more": "environment: staging\n"}, False),
    ],
)
def test_the_channel_hears_of_grave_incidents_in_production_that_are_not_restricted(values, everybody):
    notice = created(NoticeSubject(doc(**values), settings()), TODAY)

    assert (notice.to == EVERYBODY) is everybody
    assert everybody or notice.to == "jane.smith"


def test_the_severities_of_the_channel_can_be_set():
    known = settings(severities=("sev1",))

    assert created(NoticeSubject(doc(), known), TODAY).to == EVERYBODY
    assert created(NoticeSubject(doc(severity="SEV2"), known), TODAY).to == "jane.smith"


def test_nobody_is_told_where_there_is_nobody_to_tell():
    assert created(NoticeSubject(doc(severity="SEV4"), settings(direct_messages=False)), TODAY) is None


def test_an_old_incident_is_announced_only_when_asked_for():
    one = NoticeSubject(doc(day="2026-10-01"), settings())

    assert created(one, TODAY) is None
    assert created(one, TODAY, asked=True).since == TODAY - timedelta(days=30)


@pytest.mark.parametrize(("status", "said"), [("in-review", "It is in review."), ("published", "It is published.")])
def test_past_the_draft_it_is_no_news_but_an_earlier_message_is_kept_true(status, said):
    notice = created(NoticeSubject(doc(status=status), settings()), TODAY)

    assert not notice.fresh
    assert said in words(notice)
    assert "TODO" not in words(notice)


def test_the_longest_facts_fit_into_slacks_limits():
    notice = created(NoticeSubject(doc(title="<&> " * 900, more=f"jira: {'X' * 4000}\n"), settings()), TODAY)

    assert all(len(field["text"]) <= 2000 for block in notice.blocks for field in block.get("fields", ()))
    assert len(notice.text) <= 1000
    assert "…" in words(notice)
