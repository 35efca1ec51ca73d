"""Jira issues of both dialects, in every wrapping."""

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.draft import sources
from generator.draft.incident import Attachment, EventKind, FollowUp, Participant, Reference, Release
from generator.draft.sources import file
from generator.draft.sources.jira import issue as jira_issue
from generator.draft.sources.jira import parts
from generator.errors import InputError
from tests import folders
from tests.sampling import examples

FIXTURES = folders.FIXTURES / "jira"
CLOUD = json.loads((FIXTURES / "cloud_issue.json").read_text(encoding="utf-8"))
SERVER = json.loads((FIXTURES / "server_issue.json").read_text(encoding="utf-8"))


def one(payload):
    assert jira_issue.recognises(payload)
    (incident,) = jira_issue.incidents_from(payload)
    return incident


def at(hour, minute, second=0):
    return datetime(2026, 3, 15, hour, minute, second, tzinfo=UTC)


def issue(key="OPS-1", *, beside=None, **fields):
    return {
        "id": "1",
        "key": key,
        "self": "https://fernway.example/rest/api/3/issue/1",
        "fields": {"summary": "x", **fields},
    } | (beside or {})


def texts(incident):
    return [event.text for event in incident.events]


def test_a_cloud_issue_gives_the_facts():
    incident = one(CLOUD)

    assert (incident.source, incident.ref, incident.title) == (
        "Jira",
        "OPS-1234",
        "Card payments fail for most customers",
    )
    assert incident.url == "https://fernway.example/browse/OPS-1234"
    assert (incident.severity, incident.priority, incident.status) == ("Sev 1", "Highest", "Resolved")
    assert (incident.kind, incident.category) == ("Incident", "Deployment - Database migration")
    assert (incident.environment, incident.impact) == ("production, eu-west-1", "About 1,200 orders could not be paid.")
    assert (incident.started, incident.detected, incident.mitigated) == (at(14, 32), at(14, 35), at(15, 15))
    assert incident.resolved == at(16, 46)
    assert incident.services == ("payment-service", "checkout-api")
    assert incident.components == ("checkout-api", "payment-service")
    assert incident.tags == ("payments", "migration")
    assert incident.channel == "https://fernway.slack.com/archives/C0INC1234"
    assert incident.metrics == {"Time to resolution": "2h 9m of 4h 0m, met"}
    assert not incident.private


def test_a_cloud_issue_gives_the_people_in_their_roles():
    assert [(person.role, person.name) for person in one(CLOUD).participants] == [
        ("assignee", "Jane Smith"),
        ("reporter", "Mia Lind"),
        ("commander", "Jane Smith"),
        ("communications lead", "Mia Lind"),
    ]
    assert one(CLOUD).participants[2] == Participant("commander", "Jane Smith", "jane.smith@example.com", "5b10:jane")


def test_a_cloud_description_is_markdown_with_names_and_files_resolved():
    assert one(CLOUD).description == "\n".join(
        [
            "Checkout answers `HTTP 503` for most card payments. See <https://dashboards.example.com/payments>.",
            "",
            "> **Warning**",
            ">",
            "> Do not retry the batch by hand.",
            "",
            "- payments_db_1 | primary",
            "- asked @Omar Haddad to look at the pool",
            "",
            "```text",
            "TimeoutError: QueuePool limit of size 5 reached",
            "```",
            "",
            "[error-rate.png](https://fernway.example/rest/api/3/attachment/content/31001)",
            "",
            "**Root cause:** The new connection pool held five connections.",
        ]
    )


def test_the_whole_history_is_told_oldest_first():
    assert [(event.at, event.kind.value, event.text) for event in one(CLOUD).events] == [
        (at(14, 36, 10).replace(microsecond=250_000), "note", "Issue OPS-1234 created"),
        (at(14, 37), "status", "Status: Open → In Progress"),
        (at(14, 37), "assignment", "Assignee: Jane Smith"),
        (at(14, 37), "note", "Link added: This work item relates to PLAT-77"),
        (at(14, 41), "severity", "Severity: Sev 2 → Sev 1"),
        (at(14, 41), "priority", "Priority: High → Highest"),
        (at(14, 41), "note", "Component added: checkout-api"),
        (at(14, 41), "note", "Description changed"),
        (at(14, 58, 30), "message", "Rolled back to **2.3.0**, error rate falls."),
        (at(15, 5), "message", "Internal comment (not copied)"),
        (at(15, 15), "status", "Status: In Progress → Mitigated"),
        (at(15, 15), "note", "Labels: added migration"),
        (at(16, 46), "status", "Status: Mitigated → Resolved"),
        (at(16, 46), "status", "Resolution: Done"),
        (at(16, 46), "note", "Time to resolution: 2h 9m of 4h 0m, met"),
    ]


def test_an_internal_comment_leaves_no_word_and_no_name():
    incident = one(CLOUD)

    internal = next(event for event in incident.events if event.text.startswith("Internal"))
    assert (internal.actor, internal.url) == ("", "https://fernway.example/browse/OPS-1234?focusedCommentId=9002")
    assert "swordfish" not in repr(incident)
    assert incident.notes == ("1 comment is internal; its words were not copied. Read them in Jira.",)


@pytest.mark.parametrize(
    "mark",
    [
        {"jsdPublic": False},
        {"public": False},
        {"visibility": {"type": "role", "value": "Staff"}},
        {"properties": [{"key": "sd.public.comment", "value": {"internal": True}}]},
    ],
)
def test_every_way_to_restrict_a_comment_is_respected(mark):
    comment = {"id": "1", "author": {}, "created": "2026-03-15T15:05:00Z", "body": "secret", **mark}

    assert texts(one(issue(comment=[comment]))) == ["Internal comment (not copied)"]


@pytest.mark.parametrize(
    "mark", [{}, {"jsdPublic": True}, {"jsdPublic": None}, {"visibility": None}, {"visibility": {}}]
)
def test_a_comment_that_is_not_restricted_is_told(mark):
    comment = {"id": "1", "author": {}, "created": "2026-03-15T15:05:00Z", "body": "said", **mark}

    assert texts(one(issue(comment=[comment]))) == ["said"]


def test_what_came_out_of_the_incident_and_what_it_is_tied_to():
    incident = one(CLOUD)

    browse = "https://fernway.example/browse"
    assert incident.follow_ups == (
        FollowUp(
            "Tell finance about the failed orders", "OPS-1240", f"{browse}/OPS-1240", status="Done", priority="High"
        ),
        FollowUp(
            *("Rehearse migrations on a copy of production", "PLAT-77", f"{browse}/PLAT-77", "Omar Haddad"),
            due="2026-04-01",
            status="To Do",
            priority="High",
        ),
        FollowUp("Review of OPS-1234", "OPS-1250", f"{browse}/OPS-1250", status="In Progress", priority="High"),
    )
    assert incident.references == (
        Reference(f"{browse}/PLAT-60", "PLAT-60: Move the payments tables (Done)", "ticket", "caused_by"),
        Reference("https://wiki.example.com/payments-runbook", "Payments runbook", "page", "mentioned in"),
    )
    assert [(release.name, release.relationship) for release in incident.releases] == [
        ("payment-service 2.3.2", "fixed_by"),
        ("payment-service 2.3.1", ""),
    ]
    assert incident.releases[0] == Release(
        "payment-service 2.3.2", datetime(2026, 3, 17, tzinfo=UTC), relationship="fixed_by", source="Jira"
    )
    assert incident.attachments == (
        Attachment(
            "error-rate.png",
            "https://fernway.example/rest/api/3/attachment/content/31001",
            48213,
            "image/png",
            uid="31001",
        ),
    )


def test_a_server_issue_is_read_from_wiki_markup():
    incident = one(SERVER)

    assert incident.url == "https://jira.example.org/jira/browse/WEB_2-77"
    assert (incident.status, incident.environment) == ("Closed", "Production, **both** sites")
    assert incident.description == "\n".join(
        [
            "## What happens",
            "",
            "Every search gives `0 results`.",
            "",
            "- index `products_v7` is **empty**",
            "    - alias points to it",
            "",
            "| node | documents |",
            "| --- | --- |",
            "| es-1 | 0 |",
            "| es-2 | [412,000](https://metrics.example.org/es-2) |",
            "",
            "**answer.json**",
            "",
            "```json",
            '{"hits": 0}',
            "```",
            "",
            "@Ben Okafor looks at it, see [graph.png](https://jira.example.org/jira/secure/attachment/801/graph.png)",
        ]
    )
    assert texts(incident) == [
        "Issue WEB_2-77 created",
        "Status: Open → In Progress",
        "Assignee: Ben Okafor",
        "Alias moved back to `products_v6`.\n\n> it works again",
        "Internal comment (not copied)",
        "Resolution: Fixed",
        "Status: In Progress → Closed",
    ]
    assert incident.notes[1:] == (
        "Only 2 of 3 comments are in this export; read the other pages as well.",
        "1 custom field has no name in this export; add `expand=names` to read Severity and the like.",
    )


HISTORY = [
    {
        "id": "1",
        "created": "2026-03-15T15:05:00Z",
        "items": [{"field": "status", "fromString": "Open", "toString": "Done"}],
    }
]
COMMENT = {
    "id": "7",
    "self": "https://fernway.example/rest/api/2/issue/10/comment/7",
    "author": {"displayName": "Mia Lind"},
}
COMMENT |= {"created": "2026-03-15T15:06:00Z", "body": "*seen*"}


@pytest.mark.parametrize(
    "payload",
    [
        issue(beside={"changelog": {"histories": HISTORY}}),
        issue(beside={"changelog": {"values": HISTORY, "isLast": True}}),
        issue(beside={"changelog": HISTORY}),
        {"issue": issue(), "changelog": {"values": HISTORY}},
        {"issue": issue(), "changelog": {"histories": HISTORY}, "comments": []},
        [issue(beside={"changelog": {"histories": HISTORY}})],
        {"issues": [issue(beside={"changelog": {"histories": HISTORY}})], "isLast": True},
    ],
    ids=["histories", "page", "list", "page beside", "histories beside", "list of issues", "search"],
)
def test_a_changelog_is_found_wherever_it_lies(payload):
    assert texts(one(payload)) == ["Status: Open → Done"]


@pytest.mark.parametrize(
    "payload",
    [
        issue(comment={"comments": [COMMENT], "total": 1}),
        issue(comment=[COMMENT]),
        issue(beside={"comments": [COMMENT]}),
        {"issue": issue(), "comments": {"comments": [COMMENT]}},
        {"issue": issue(), "comment": COMMENT, "webhookEvent": "comment_created"},
    ],
    ids=["page", "list", "on the issue", "beside", "webhook"],
)
def test_comments_are_found_wherever_they_lie(payload):
    incident = one(payload)

    assert texts(incident) == ["**seen**"]
    assert incident.events[0].url == "https://fernway.example/browse/OPS-1?focusedCommentId=7"


@pytest.mark.parametrize(
    ("payload", "ref", "text"),
    [
        ({"comments": [COMMENT], "total": 1}, "10", "**seen**"),
        ({"webhookEvent": "comment_created", "comment": COMMENT}, "10", "**seen**"),
        (COMMENT, "10", "**seen**"),
        (
            {"self": "https://fernway.example/rest/api/3/issue/OPS-1/changelog", "values": HISTORY},
            "OPS-1",
            "Status: Open → Done",
        ),
        ({"histories": HISTORY}, "", "Status: Open → Done"),
        ({"issueChangeLogs": [{"issueId": "10", "changeHistories": HISTORY}]}, "10", "Status: Open → Done"),
    ],
)
def test_a_fragment_is_a_partial_source(payload, ref, text):
    incident = one(payload)

    assert incident.partial
    assert (incident.ref, texts(incident)) == (ref, [text])


def test_remote_links_alone_are_a_partial_source():
    link = {
        "self": "https://fernway.example/rest/api/3/issue/OPS-1/remotelink/1",
        "object": {"url": "https://fernway.slack.com/archives/C1", "title": "#inc"},
    }

    incident = one([link])

    assert incident.partial
    assert incident.references == (Reference("https://fernway.slack.com/archives/C1", "#inc", "channel"),)


def test_a_log_of_webhooks_is_one_incident_with_every_event_once():
    (incident,) = file.incidents(FIXTURES / "webhooks.ndjson")

    assert (incident.ref, incident.status) == ("WEB_2-77", "In Progress")
    assert texts(incident) == ["Issue WEB_2-77 created", "Priority: Major → Critical", "Customers see results again."]


def test_what_a_new_issue_was_given_is_no_change():
    given = {"id": "1", "items": [{"field": "priority", "fromString": None, "toString": "High"}]}
    payload = {"webhookEvent": "jira:issue_created", "timestamp": 1773585370250, "issue": issue(), "changelog": given}

    assert texts(one(payload)) == []


def test_a_deleted_comment_is_not_told():
    assert texts(one({"webhookEvent": "comment_deleted", "issue": issue(), "comment": COMMENT})) == []


def test_a_service_desk_request_is_the_issue_that_it_is():
    incident = one(
        {
            "issueId": "10",
            "issueKey": "DESK-7",
            "requestTypeId": "3",
            "createdDate": {"iso8601": "2026-03-15T15:36:00+0100", "epochMillis": 1773585360000},
            "reporter": {"accountId": "1", "displayName": "Mia Lind"},
            "currentStatus": {
                "status": "Closed",
                "statusCategory": "DONE",
                "statusDate": {"iso8601": "2026-03-15T17:46:00+0100"},
            },
            "requestFieldValues": [
                {"fieldId": "summary", "label": "What is wrong?", "value": "No payments"},
                {"fieldId": "customfield_1", "label": "Severity", "value": {"value": "High"}},
            ],
            "_links": {"self": "https://fernway.example/rest/servicedeskapi/request/10"},
        }
    )

    assert (incident.ref, incident.title, incident.severity, incident.status) == (
        "DESK-7",
        "No payments",
        "High",
        "Closed",
    )
    assert (incident.created, incident.resolved) == (at(14, 36), at(16, 46))
    assert incident.url == "https://fernway.example/browse/DESK-7"


def test_a_gateway_address_leads_nobody_anywhere_and_is_no_link():
    payload = issue()
    payload["self"] = "https://api.atlassian.com/ex/jira/1a2b/rest/api/3/issue/1"

    assert one(payload).url == ""


def test_names_of_custom_fields_may_come_from_the_edit_form_or_the_search():
    fields = {"customfield_9": {"value": "S2"}}
    by_form = issue(**fields, beside={"editmeta": {"fields": {"customfield_9": {"name": "Severity"}}}})
    by_search = {"issues": [issue(**fields)], "names": {"customfield_9": "Severity"}}

    assert one(by_form).severity == one(by_search).severity == "S2"


def test_a_done_issue_without_a_resolution_date_was_resolved_when_it_was_done():
    done = {"name": "Geschlossen", "statusCategory": {"key": "done"}}

    assert one(issue(status=done, statuscategorychangedate="2026-03-15T16:46:00Z")).resolved == at(16, 46)


def test_an_issue_behind_a_security_level_is_private():
    assert one(issue(security={"name": "Staff only"})).private


def test_rich_text_that_was_exported_as_a_string_is_still_rich_text():
    document = {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a*b"}]}],
    }

    assert one(issue(description=json.dumps(document))).description == "a\\*b"


def test_a_description_that_is_only_there_as_html_is_read_as_its_words():
    html = {"description": "<p>It <b>broke</b> &amp; a_b_ fell</p><ul><li>one</li></ul>"}

    assert one(issue(beside={"renderedFields": html})).description == "It broke & a_b\\_ fell\n\n\\- one"


@pytest.mark.parametrize(
    ("change", "text", "kind"),
    [
        ({"field": "labels", "fromString": "a b", "toString": "b c"}, "Labels: added c, removed a", EventKind.NOTE),
        ({"field": "Fix Version", "fromString": "2.0", "toString": None}, "Fix version removed: 2.0", EventKind.NOTE),
        (
            {"field": "assignee", "fromString": "Mia Lind", "toString": None},
            "Assignee: Mia Lind → none",
            EventKind.ASSIGNMENT,
        ),
        ({"field": "Key", "fromString": "APP-1", "toString": "OPS-1"}, "Moved: APP-1 → OPS-1", EventKind.NOTE),
        (
            {"field": "Attachment", "fromString": None, "toString": "a_*b*.png"},
            "Attachment added: a\\_\\*b\\*.png",
            EventKind.NOTE,
        ),
        ({"field": "Impact", "fromString": None, "toString": "x" * 200}, "Impact changed", EventKind.SEVERITY),
    ],
)
def test_a_change_is_told_in_words(change, text, kind):
    history = [{"id": "1", "created": "2026-03-15T15:05:00Z", "items": [change]}]

    (event,) = one(issue(beside={"changelog": history})).events

    assert (event.text, event.kind) == (text, kind)


def test_bookkeeping_is_no_event():
    items = [
        {"field": name, "fromString": "1", "toString": "2"}
        for name in ("Rank", "Sprint", "timespent", "Epic Link", "Story Points")
    ]

    assert (
        texts(one(issue(beside={"changelog": [{"id": "1", "created": "2026-03-15T15:05:00Z", "items": items}]}))) == []
    )


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (
            {"webhookEvent": "issuelink_created", "issueLink": {"id": 1}},
            "a Jira webhook about `issuelink_created`, which carries no issue",
        ),
        ({"issues": [], "isLast": True}, "This Jira search found no issue with fields"),
        ({"issues": [{"id": "1", "key": "OPS-1", "fields": {}}]}, "Nothing in this Jira export has a summary"),
    ],
)
def test_a_payload_without_an_issue_is_refused_with_what_to_export(payload, message):
    assert jira_issue.recognises(payload)
    with pytest.raises(InputError, match=message) as refused:
        jira_issue.incidents_from(payload)
    assert "GET /rest/api/3/issue/KEY?expand=changelog" in str(refused.value)


REST = "https://fernway.example/rest/api/3"
OTHERS = {
    "projects": [{"self": f"{REST}/project/1", "key": "OPS", "name": "Operations"}],
    "project versions": [{"id": "1", "name": "2.3", "projectId": 1}],
    "statuses": [{"name": "Open", "id": "1", "statusCategory": {"key": "new"}}],
    "users": [{"accountId": "1", "displayName": "Mia Lind"}],
    "boards": {"self": "https://fernway.example/rest/agile/1.0/board/1/configuration", "columnConfig": {}},
    "sprints": {"values": [{"id": 1, "state": "active", "originBoardId": 1, "name": "s"}]},
    "fields": [{"id": "summary", "name": "Summary", "schema": {"type": "string"}, "clauseNames": ["summary"]}],
    "link types": {"issueLinkTypes": [{"name": "Blocks", "inward": "is blocked by", "outward": "blocks"}]},
    "transitions": {"transitions": [{"id": "1", "name": "Done", "to": {"statusCategory": {"key": "done"}}}]},
    "work logs": {"worklogs": [{"self": f"{REST}/issue/1/worklog/2", "timeSpentSeconds": 60, "started": "x"}]},
    "SLAs": {"values": [{"name": "Time to resolution", "completedCycles": []}]},
    "priorities": [{"self": f"{REST}/priority/1", "name": "Highest"}],
    "issues that were just created": {"id": "1", "key": "OPS-1", "self": f"{REST}/issue/1"},
    "server information": {
        "baseUrl": "https://fernway.example",
        "deploymentType": "Cloud",
        "version": "1001",
        "buildNumber": 1,
    },
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_else_jira_exports_is_refused_by_its_name(what):
    module = sources.shape_of(OTHERS[what])

    assert module is parts
    with pytest.raises(InputError, match=f"This is a Jira export of {what}, which holds no incident"):
        module.incidents_from(OTHERS[what])


def test_an_error_answer_says_what_the_error_was():
    answer = {"errorMessages": ["Issue does not exist or you do not have permission to see it."], "errors": {}}

    assert sources.shape_of(answer) is parts
    with pytest.raises(InputError, match="an error answer of Jira \\(Issue does not exist"):
        parts.incidents_from(answer)


JUNK = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([None, 1, {}])
)


def paths(value, path=()):
    yield path
    for key, inside in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from paths(inside, (*path, key))


PATHS = {"cloud": [path for path in paths(CLOUD) if path], "server": [path for path in paths(SERVER) if path]}


@given(st.sampled_from(["cloud", "server"]), st.data())
@examples(300)
def test_an_issue_with_any_part_spoilt_is_read_or_refused(name, data):
    payload = copy.deepcopy({"cloud": CLOUD, "server": SERVER}[name])
    *way, last = data.draw(st.sampled_from(PATHS[name]))
    place = payload
    for key in way:
        place = place[key]
    place[last] = data.draw(JUNK)

    if jira_issue.recognises(payload):
        with suppress(InputError):
            assert jira_issue.incidents_from(payload)


def test_an_issue_is_known_by_its_number_and_by_the_keys_that_it_had():
    moved = {
        "id": "9",
        "created": "2026-03-15T15:00:00Z",
        "items": [{"field": "Key", "fromString": "WEB-4", "toString": "OPS-9"}],
    }
    issue = {"id": "10042", "key": "OPS-9", "fields": {"summary": "Moved"}, "changelog": {"histories": [moved]}}

    (incident,) = jira_issue.incidents_from(issue)

    assert incident.also == ("10042", "WEB-4")


def test_the_service_desks_clocks_lie_beside_an_issue():
    cycle = {
        "breached": False,
        "goalDuration": {"millis": 3_600_000},
        "elapsedTime": {"millis": 600_000},
        "paused": True,
    }
    sla = [{"name": "Time to resolution", "completedCycles": [], "ongoingCycle": cycle}, {"name": "Unused"}]
    issue = {"id": "10042", "key": "OPS-9", "fields": {"summary": "Slow"}, "sla": sla}

    (incident,) = jira_issue.incidents_from(issue)

    assert incident.metrics == {"Time to resolution": "10m of 1h 0m, paused"}
    assert "Unused" not in incident.description


@pytest.mark.parametrize(
    ("category", "name", "resolution", "told"),
    [
        ("indeterminate", "Done", "", "In Progress"),
        ("done", "Erledigt", "", "Done"),
        ("done", "Closed", "Won't Fix", "Won't Fix"),
        ("new", "Warteschlange", "", "To Do"),
        ("undefined", "Blocked", "", "Blocked"),
    ],
)
def test_how_far_work_is_says_the_category_of_its_status(category, name, resolution, told):
    status = {"name": name, "statusCategory": {"key": category}}
    fields = {"summary": "Size the pool", "status": status, "resolution": {"name": resolution}}
    issue = {"key": "OPS-9", "fields": {"summary": "Slow", "subtasks": [{"key": "OPS-10", "fields": fields}]}}

    (incident,) = jira_issue.incidents_from(issue)

    assert [one.status for one in incident.follow_ups] == [told]
