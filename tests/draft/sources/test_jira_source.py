"""Issues read from a running Jira, Cloud and Data Center: all of it, or told what is missing."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.clients.jira.calls import is_reference
from generator.draft import sources
from generator.draft.incident import EventKind, FollowUp
from generator.draft.sources import IncidentSource, Sources
from generator.draft.sources.jira import JiraSource
from generator.draft.sources.jira.reference import reference
from generator.errors import NotFoundError, RefusedError, RemoteError, UnauthorisedError, UsageError
from generator.settings.jira import JiraSettings
from generator.settings.load import Config, load
from generator.settings.model import Settings
from tests.draft.sources.jira_world import HISTORY, REMARKS, connection, incident, long_history, source, started

SITE = "https://fernway.atlassian.example"


@pytest.fixture(params=["cloud", "data-center"])
def world(request):
    with started(request.param) as running:
        yield running


def only(found):
    (incident,) = found
    return incident


def test_an_issue_comes_with_its_whole_history_and_all_comments(world):
    found = only(source(world)(long_history(world)))

    labels = [event for event in found.events if "wave-" in event.text]
    remarks = [event for event in found.events if event.kind is EventKind.MESSAGE]
    assert (len(labels), len(remarks)) == (HISTORY - 4, REMARKS)
    assert [event.text for event in remarks] == [f"Remark {n}" for n in range(REMARKS)]
    assert [event.text for event in found.events if event.kind in {EventKind.PRIORITY, EventKind.ASSIGNMENT}] == [
        "Priority: Medium → High",
        "Assignee: Jane Smith",
    ]
    assert [event.text for event in found.events if event.kind is EventKind.STATUS][:1] == [
        "Status: To Do → In Progress"
    ]
    assert found.notes == ()


def test_what_an_issue_says_of_itself_is_read(world):
    found = only(source(world)(incident(world)))

    assert (found.title, found.severity, found.priority, found.status) == (
        "Checkout answers 503",
        "SEV1",
        "High",
        "Done",
    )
    assert (found.ref, found.url) == ("OPS-1", f"{world.url}/browse/OPS-1")
    assert found.description == "Cards are refused."
    assert found.also == (world.issue("OPS-1")["id"],)


@pytest.mark.parametrize(
    "form", ["OPS-1", "ops-1", " OPS-1 ", "{id}", "{url}/browse/OPS-1", "{url}/browse/OPS-1?x=1#c"]
)
def test_an_issue_is_named_by_its_key_its_id_or_its_address(world, form):
    key = incident(world)

    found = only(source(world)(form.format(id=world.issue(key)["id"], url=world.url)))

    assert found.ref == "OPS-1"


@pytest.mark.parametrize(
    ("ref", "key"),
    [
        (f"{SITE}/jira/browse/OPS-1", "OPS-1"),
        (f"{SITE}/jira/projects/OPS/issues/OPS-7?filter=1", "OPS-7"),
        (f"{SITE}/jira/secure/RapidBoard.jspa?rapidView=3&selectedIssue=OPS-8", "OPS-8"),
        (f"{SITE}/jira/servicedesk/customer/portal/2/OPS-9/", "OPS-9"),
        ("10042", "10042"),
    ],
)
def test_addresses_of_the_site_name_issues(ref, key):
    assert reference(ref, f"{SITE}/jira") == key


@pytest.mark.parametrize(
    "ref",
    [
        "https://elsewhere.example/jira/browse/OPS-1",
        f"{SITE}@elsewhere.example/jira/browse/OPS-1",
        f"{SITE}:8443/jira/browse/OPS-1",
        f"{SITE}/jirafake/browse/OPS-1",
        f"{SITE}/browse/OPS-1",
        "https://[/browse/OPS-1",
        f"{SITE.replace('https', 'ftp')}/jira/browse/OPS-1",
    ],
)
def test_an_address_elsewhere_is_refused(ref):
    with pytest.raises(UsageError, match="is not on the Jira that is set up here"):
        reference(ref, f"{SITE}/jira")


@pytest.mark.parametrize("ref", ["", "OPS", "OPS-", "OPS-0", "../OPS-1", "OPS-١", "OPS-1\n2", f"{SITE}/jira/browse/x"])
def test_what_names_no_issue_is_refused_and_never_sent(ref):
    with pytest.raises(UsageError, match="names no issue; write jira:OPS-123"):
        reference(ref, f"{SITE}/jira")


@given(st.text() | st.text("OPS-0123456789/?#=&:.@%", max_size=20).map(f"{SITE}/jira/browse/".__add__))
def test_whatever_is_written_only_a_key_or_an_id_is_ever_sent(text):
    try:
        found = reference(text, f"{SITE}/jira")
    except UsageError:
        return
    assert is_reference(found)


def test_behind_a_gateway_people_are_shown_the_site(tmp_path):
    with started("cloud") as world:
        key = incident(world, attachments=[{"filename": "a.txt", "content": "abc"}])
        gateway = JiraSource(replace(connection(world), api=world.gateway), Settings())

        found = only(gateway(f"{world.url}/browse/{key}"))
        gateway.save(found.attachments[0], tmp_path / "a.txt")

        assert found.url == f"{world.url}/browse/{key}"
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "abc"


def test_a_moved_issue_answers_to_its_old_key_and_is_known_by_all_of_them(world):
    key = incident(world)
    new = world.move(key, "INCIDENT")

    found = only(source(world)(key))

    assert found.ref == new
    assert set(found.also) == {world.issue(new)["id"], key}


def test_a_deleted_issue_is_told_in_a_sentence(world):
    world.delete(incident(world))

    with pytest.raises(NotFoundError, match=r"There is no issue OPS-1 at http.*, or this account may not see it\."):
        source(world)("OPS-1")


def test_credentials_that_jira_ignores_are_an_error_and_no_empty_list(world):
    incident(world)
    world.fault("GET /myself", "silent-200")

    with pytest.raises(UnauthorisedError):
        source(world, missing="project = OPS").listed()
    world.fault("POST /search**", "silent-200")
    with pytest.raises(UnauthorisedError):
        source(world, missing="project = OPS").listed()


def test_an_expired_token_stops_before_anything_is_read(world):
    incident(world)
    world.expired = True

    with pytest.raises(UnauthorisedError):
        source(world)("OPS-1")
    assert [one.path.rpartition("/")[2] for one in world.requests] == ["myself"]


def test_linked_work_becomes_follow_ups_with_owner_date_and_state(world):
    key = incident(world)
    fields = {"type": "Task", "assignee": "amara.okafor", "duedate": "2026-06-01"}
    done = world.add_issue("OPS", summary="Alert on refusals", status="Done", **fields)
    open_ = world.add_issue("OPS", summary="Size the pool", **fields)
    never = world.add_issue("OPS", summary="Rewrite it", status="Done", resolution="Won't Do", **fields)
    for other in (done, open_, never):
        world.link("Relates", key, other)

    found = only(source(world)(key))

    name = world.user("amara.okafor")["displayName"]
    assert [(one.title, one.owner, one.due, one.status) for one in found.follow_ups] == [
        ("Alert on refusals", name, "2026-06-01", "Done"),
        ("Size the pool", name, "2026-06-01", "To Do"),
        ("Rewrite it", name, "2026-06-01", "Won't Do"),
    ]


def test_an_archives_own_word_for_work_that_will_not_be_done_is_understood(world):
    key = incident(world)
    other = world.add_issue("OPS", type="Task", summary="Rewrite it", status="Done", resolution="Done")
    world.link("Relates", key, other)

    (follow_up,) = only(source(world, wont_do=("done",))(key)).follow_ups

    assert isinstance(follow_up, FollowUp)
    assert follow_up.status == "Won't Do"


def test_links_to_elsewhere_are_references(world):
    key = incident(world)
    world.put_remote_link(key, "https://wiki.example.com/runbook", "Runbook")

    found = only(source(world)(key))

    assert [(one.url, one.title) for one in found.references] == [("https://wiki.example.com/runbook", "Runbook")]


def test_the_clocks_of_a_service_desk_are_told(world):
    world.add_project("DESK", screens={"Incident": ["summary", "description", "priority"]}, kind="service_desk")
    ended = {"iso8601": "2026-05-04T10:20:00+0000", "epochMillis": 1777890000000}
    cycle = {
        "startTime": ended,
        "stopTime": ended,
        "breached": True,
        "goalDuration": {"millis": 900_000, "friendly": "15m"},
        "elapsedTime": {"millis": 1_320_000, "friendly": "22m"},
        "remainingTime": {"millis": -420_000, "friendly": "-7m"},
    }
    key = world.add_issue("DESK", sla=[{"id": "1", "name": "Time to first response", "completedCycles": [cycle]}])

    found = only(source(world)(key))

    assert found.metrics == {"Time to first response": "22m of 15m, breached"}
    assert "Time to first response: 22m of 15m, breached" in [event.text for event in found.events]
    assert found.notes == ()


def test_the_field_of_the_severity_is_configuration(world):
    field = world.add_field("Wirkung", "select", options=("Hoch", "Tief"))
    changes = [
        {
            "created": "2026-05-04T10:05:00.000+0000",
            "items": [{"field": "Wirkung", "fieldId": field, "fromString": "Tief", "toString": "Hoch"}],
        }
    ]
    key = incident(world, fields={field: {"value": "Hoch"}, "customfield_10100": {"value": "SEV3"}}, changelog=changes)

    for wanted in (field, "wirkung"):
        found = only(source(world, severity_field=wanted)(key))
        assert found.severity == "Hoch"
        assert [event.text for event in found.events if event.kind is EventKind.SEVERITY] == ["Severity: Tief → Hoch"]
    assert only(source(world)(key)).severity == "SEV3"


def test_a_severity_field_without_a_value_leaves_the_field_called_severity(world):
    field = world.add_field("Wirkung", "select", options=("Hoch",))

    assert only(source(world, severity_field=field)(incident(world))).severity == "SEV1"


def test_a_severity_field_that_is_not_there_is_told_with_what_may_be_meant(world):
    with pytest.raises(
        UsageError, match=r"Jira has no field 'Severty' that this account can see\. Did you mean 'Severity'"
    ):
        source(world, severity_field="Severty")(incident(world))


SUBFETCHES = [
    ("GET /issue/*/comment", "comments: incomplete"),
    ("GET /issue/*/remotelink", "links: incomplete"),
    ("GET /rest/servicedeskapi/**", "service levels: incomplete"),
    ("GET /field", "custom fields: their names are not known"),
]


@pytest.mark.parametrize(("match", "said"), SUBFETCHES)
@pytest.mark.parametrize("do", ["503", "html", "403", "429-quota", "empty"])
def test_a_part_that_fails_is_said_to_be_missing_and_the_rest_is_there(world, match, said, do):
    key = incident(world, comments=["It began with the release."])
    world.fault(match, do, times=9)

    found = only(source(world)(key))

    assert found.title == "Checkout answers 503"
    assert any(note.startswith(said) for note in found.notes), found.notes
    assert "It began with the release." in [event.text for event in found.events]


def test_a_history_that_fails_is_said_to_be_missing(world):
    key = long_history(world)
    match = "GET /issue/*/changelog" if world.dialect == "cloud" else "GET /issue/*"
    world.fault(match, "503", times=9, skip=0 if world.dialect == "cloud" else 1)

    found = only(source(world)(key))

    (note,) = found.notes
    assert note.startswith("changelog: incomplete, so changes of status, priority and assignee may be missing; look at")


def test_linked_issues_that_fail_keep_what_the_issue_says_of_them(world):
    key = incident(world)
    world.link("Relates", key, world.add_issue("OPS", type="Task", summary="Size the pool"))
    world.fault("POST /issue/bulkfetch" if world.dialect == "cloud" else "POST /search", "503", times=9)

    found = only(source(world)(key))

    assert [one.title for one in found.follow_ups] == ["Size the pool"]
    assert any(note.startswith("linked issues: incomplete") for note in found.notes)


def test_once_the_credentials_are_refused_no_further_part_is_asked_for(world):
    key = incident(world, comments=["A remark"])
    world.fault("GET /issue/*/comment", "401")

    found = only(source(world)(key))

    assert [note.partition(":")[0] for note in found.notes] == ["comments", "changelog", "links", "service levels"]
    assert world.requests[-1].path.endswith("/comment")


def test_the_issue_itself_must_come(world):
    key = incident(world)
    world.fault(f"GET /issue/{key}", "403")

    with pytest.raises(RefusedError):
        source(world)(key)


def test_fields_that_are_hidden_are_said_to_be(world):
    key = incident(world)
    shown = {"id": "10001", "key": key, "fields": {"summary": "Checkout answers 503", "status": {"name": "Done"}}}
    world.fault(f"GET /issue/{key}", "200", body=shown)

    found = only(source(world)(key))

    hidden = [note.partition(":")[0] for note in found.notes if "does not show" in note]
    assert hidden == ["comments", "attachments", "linked issues"]


def test_comments_that_not_everybody_may_read_stay_in_jira(world):
    key = incident(world)
    world.comment(key, "Rolled back.")
    world.comment(key, "The customer is Heron.", visibility={"type": "role", "value": "Administrators"})
    if world.dialect == "cloud":
        world.comment(key, "The customer is Heron.", jsdPublic=False)

    found = only(source(world)(key))

    assert [event.text for event in found.events if event.kind is EventKind.MESSAGE] == ["Rolled back."]
    assert "Heron" not in str(found)
    told = "2 are internal and stay" if world.dialect == "cloud" else "1 is internal and stays"
    assert found.notes == (f"comments: {told} in Jira; nothing of it was copied",)


def test_rich_text_of_any_depth_and_shape_is_read(world):
    if world.dialect != "cloud":
        pytest.skip("Data Center has no documents")
    deep = {"type": "text", "text": "the bottom"}
    for _ in range(400):
        deep = {"type": "blockquote", "content": [deep]}
    strange = {
        "type": "starfield",
        "attrs": None,
        "content": [{"type": "text", "text": "unknown words", "marks": None}],
    }
    body = {"type": "doc", "version": 1, "content": [strange, deep]}
    key = incident(world)
    comment = {"id": "1", "created": "2026-05-04T10:00:00.000+0000", "body": body, "author": None}
    world.fault("GET /issue/*/comment", "200", body={"comments": [comment], "total": 1, "startAt": 0})

    (remark,) = [event for event in only(source(world)(key)).events if event.kind is EventKind.MESSAGE]

    assert "unknown words" in remark.text
    assert "the bottom" in remark.text


def test_an_answer_too_deep_for_json_is_a_part_that_is_missing(world):
    key = incident(world)
    world.fault("GET /issue/*/comment", "200", body='{"comments":' + "[" * 200_000 + "]" * 200_000 + "}", times=9)

    found = only(source(world)(key))

    assert any(note.startswith("comments: incomplete") for note in found.notes)


def test_resolved_incidents_are_listed_newest_first_with_their_severity(world):
    for day, status in (("03", "Done"), ("09", "Done"), ("05", "In Progress")):
        incident(world, summary=f"On day {day}", status=status, resolved=f"2026-05-{day}T13:00:00.000+0000")

    found = source(world, missing="project = OPS AND issuetype = Incident").listed()

    assert [(one.title, one.severity, one.ref) for one in found] == [
        ("On day 09", "SEV1", "OPS-2"),
        ("On day 03", "SEV1", "OPS-1"),
    ]


def test_without_a_query_an_example_is_shown(world):
    with pytest.raises(UsageError, match="project = OPS AND issuetype = Incident AND statusCategory = Done"):
        source(world).listed()


def test_a_query_that_jira_does_not_understand_is_refused_in_its_words(world):
    with pytest.raises(RefusedError):
        source(world, missing="projct = OPS").listed()


def test_the_registry_opens_it_once_with_the_archives_connection(world, tmp_path, monkeypatch):
    key = incident(world)
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").touch()
    opened = Sources(load(tmp_path))

    read, ref = opened.find(f"jira:{world.url}/browse/{key}")

    assert isinstance(read, IncidentSource)
    assert read is opened.find("jira:OPS-2")[0]
    assert only(read(ref)).ref == key
    assert only(sources.fetch(f"jira:{key}", load(tmp_path))).ref == key


def test_without_a_connection_what_is_not_set_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"JIRA_BASE_URL.*JIRA_EMAIL and JIRA_API_TOKEN.*JIRA_PAT"):
        sources.fetch("jira:OPS-1", Config(tmp_path, Settings(jira=JiraSettings())))
    with pytest.raises(UsageError, match="`jira` alone names no incident; write jira:REF"):
        sources.fetch("jira", Config(tmp_path, Settings()))


def test_no_message_holds_the_token(world):
    incident(world)
    world.fault("GET /issue/**", "503", times=99, body=json.dumps({"errorMessages": [f"no {world.token} here"]}))

    with pytest.raises(RemoteError) as caught:
        source(world)("OPS-1")
    assert world.token not in f"{caught.value!r} {caught.value}"
    assert world.token not in repr(connection(world))
