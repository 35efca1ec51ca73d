"""What Jira refuses, asks for or mistakes: said plainly, never taken for an empty answer, and nothing half-made."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.synced import HEAD, SyncedArchive, put

TIMELINE = PARTS["timeline"][0]


def search(synced: SyncedArchive) -> str:
    """The request that searches."""
    return "POST /search/jql" if synced.cloud else "POST /search"


def test_an_expired_token_ends_the_run_before_any_write(synced: SyncedArchive) -> None:
    path = synced.write()
    before = path.read_bytes()
    synced.jira.expired = True
    run = synced.sync()
    assert run.code == 1
    assert "token" in run.err
    assert synced.jira.writes == []
    assert path.read_bytes() == before


def test_a_search_that_was_not_logged_in_is_no_empty_search(synced: SyncedArchive) -> None:
    synced.write()
    synced.jira.fault(search(synced), "silent-200", times=99)
    run = synced.sync()
    assert run.code == 1
    assert synced.writes_to_issues() == []


@pytest.mark.parametrize("fault", ["401", "403", "captcha"])
def test_wrong_credentials_are_said_once_and_not_tried_again(synced: SyncedArchive, fault: str) -> None:
    synced.write()
    synced.jira.fault("GET /myself", fault, times=99)
    run = synced.sync()
    assert run.code == 1
    assert len(synced.jira.requests) == 1
    assert len([line for line in run.err.splitlines() if line.startswith("postmortem:")]) == 1
    assert synced.naps == []


def test_a_create_that_came_too_fast_waits_as_asked_and_is_sent_again(synced: SyncedArchive) -> None:
    synced.write()
    synced.jira.fault("POST /issue", "429", times=2)
    synced.calm()
    assert len(synced.naps) == 2
    assert min(synced.naps) >= 1
    assert len(synced.jira.issues()) == 3


def test_there_is_an_end_to_asking_again(synced: SyncedArchive) -> None:
    synced.write()
    synced.jira.fault("POST /issue", "429", times=99)
    run = synced.sync()
    assert run.code == 75
    assert len(synced.created()) == 4
    synced.jira.clear_faults()
    synced.set(JIRA_GRACE="0")
    synced.calm()
    assert len(synced.jira.issues()) == 3


def test_a_used_up_quota_ends_the_run_which_can_be_resumed(synced: SyncedArchive) -> None:
    synced.set(JIRA_GRACE="0")
    synced.write()
    synced.jira.fault("POST /issue", "429-quota", skip=1, times=99)
    run = synced.sync()
    assert run.code == 75
    assert "31 minutes" in run.err
    assert synced.naps == []
    assert len(synced.created()) == 2
    synced.jira.clear_faults()
    synced.calm()
    assert len(synced.jira.issues()) == 3


@pytest.mark.parametrize(
    ("asked", "code", "least", "most"),
    [
        ("date", 0, 5, 12),
        ("-5", 0, 0.5, 30),
        ("soon", 0, 0.5, 30),
        ("\u0663", 0, 0.5, 30),
        ("1000000000", 75, 0, 0),
    ],
)
def test_any_retry_after_is_understood_or_replaced(
    synced: SyncedArchive, asked: str, code: int, least: float, most: float
) -> None:
    synced.write()
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)
    value = later if asked == "date" else asked.encode().decode("latin-1")
    synced.jira.fault("GET /myself", "429", headers={"Retry-After": value})
    assert synced.sync().code == code
    assert all(least <= one <= most for one in synced.naps)
    assert len(synced.naps) == (0 if code else 1)


def test_one_issue_that_is_written_too_often_does_not_hold_up_the_others(synced: SyncedArchive) -> None:
    paths = [synced.write(), synced.write("INC-2026-0043")]
    synced.calm()
    for path in paths:
        put(path, "A query lost its index.", "A migration dropped it.")
    synced.jira.forget_requests()
    one = synced.head()["id"]
    synced.jira.fault(f"PUT /issue/{one}", "429-issue")
    synced.calm()
    assert sorted(path for _, path in synced.writes_to_issues()).count(f"/issue/{one}") == 2
    assert len(synced.writes_to_issues()) == 3
    assert len(synced.naps) == 1  # of that issue alone


@pytest.mark.parametrize("request_", ["GET /myself", "search", "POST /issue"])
def test_a_page_for_a_browser_is_never_an_empty_answer(synced: SyncedArchive, request_: str) -> None:
    synced.set(JIRA_GRACE="0")
    synced.write()
    synced.jira.fault(search(synced) if request_ == "search" else request_, "html", times=99)
    run = synced.sync()
    assert run.code in {1, 75}
    assert synced.jira.issues() == []
    assert len(synced.created()) == (1 if request_ == "POST /issue" else 0)
    synced.jira.clear_faults()
    synced.calm()
    assert len(synced.jira.issues()) == 3


def test_a_field_that_is_not_on_the_screen_is_named_and_left_out(synced: SyncedArchive) -> None:
    synced.jira.remove_field_from_screen(TIMELINE)
    path = synced.write()
    run = synced.sync()
    assert run.code == 0
    (told,) = [one for one in run.rows if one["code"] == "field-not-on-screen"]
    assert "timeline" in str(told["message"])
    assert TIMELINE in str(told["message"])
    assert "INCIDENT / Post-mortem" in str(told["message"])
    assert len(synced.created()) == 3  # the first was not sent to be refused
    assert synced.head()["key"] in path.read_text(encoding="utf-8")
    synced.jira.add_field_to_screen(TIMELINE, project="INCIDENT")
    synced.sync()
    assert "The migration begins" in synced.words(synced.head(), TIMELINE)


def test_a_field_that_is_refused_all_the_same_is_left_out(synced: SyncedArchive) -> None:
    synced.write()
    words = f"Field '{TIMELINE}' cannot be set. It is not on the appropriate screen, or unknown."
    synced.jira.fault("POST /issue", "400", body={"errorMessages": [], "errors": {TIMELINE: words}})
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"field-refused"})
    assert len(synced.jira.issues()) == 3
    synced.calm()
    assert "The migration begins" in synced.words(synced.head(), TIMELINE)


def test_a_field_that_must_be_there_stops_the_issue(synced: SyncedArchive) -> None:
    synced.archive.settings("  required: [timeline]\n")
    synced.jira.remove_field_from_screen(TIMELINE)
    path = synced.write()
    before = path.read_bytes()
    run = synced.sync()
    assert run.code == 1
    assert "create-failed" in run.codes()
    assert TIMELINE in str(run.rows)
    assert synced.jira.issues() == []
    assert path.read_bytes() == before


def test_a_required_field_that_we_do_not_set_is_found_before_the_create(synced: SyncedArchive) -> None:
    synced.jira.add_field_to_screen("Incident channel", project="INCIDENT")
    synced.jira.require_field("Incident channel", project="INCIDENT")
    synced.write()
    run = synced.sync()
    assert run.code == 1
    (told,) = [one for one in run.rows if one["code"] == "create-failed"]
    assert "Incident channel" in str(told["message"])
    assert synced.created() == []


def test_a_field_name_that_two_fields_have_is_refused_with_their_ids(synced: SyncedArchive) -> None:
    other = synced.jira.add_field("Timeline", "textarea")
    synced.set(JIRA_FIELD_TIMELINE="Timeline")
    synced.write()
    run = synced.sync()
    told = str(run.rows) + run.err
    assert run.code in {1, 2}
    assert TIMELINE in told
    assert other in told
    assert synced.created() == []


def test_a_choice_that_is_missing_is_told_with_those_that_there_are(synced: SyncedArchive) -> None:
    text = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    synced.write(text=text.replace("type: outage\n", "type: outage\ncategory: Gremlins\n"))
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"value-refused"})
    (told,) = [one for one in run.rows if one["code"]]
    assert "Gremlins" in str(told["message"])
    assert "Capacity, Dependency" in str(told["message"])
    assert len(synced.jira.issues("INCIDENT")) == 1
    name = PARTS["incident_category"][0]
    with synced.jira.site.store.transaction():
        synced.jira.site.store.edit("field", name)["options"].append({"id": "999", "value": "Gremlins", "children": []})
    synced.calm()
    assert synced.head()["fields"][name]
    assert synced.sync().rows == []


def test_an_issue_that_cannot_be_changed_is_told_and_the_others_go_on(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.archive(synced.item(1)["key"])
    put(path, "2026-04-01", "2026-04-02")
    put(path, "2026-04-15", "2026-04-16")
    run = synced.sync()
    assert run.code == 1
    assert [(one["item"], one["done"]) for one in run.rows if one["code"] == "update-failed"] == [(1, False)]
    assert synced.item(2)["fields"]["duedate"] == "2026-04-16"
    assert synced.item(1)["fields"]["duedate"] == "2026-04-01"
    synced.jira.archive(synced.item(1)["key"], archived=False)
    synced.calm()
    assert synced.item(1)["fields"]["duedate"] == "2026-04-02"


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ({"JIRA_POSTMORTEM_PROJECT_KEY": "NOWHERE"}, "NOWHERE"),
        ({"JIRA_POSTMORTEM_ISSUE_TYPE": "Postmortem"}, "Post-mortem"),
        ({"JIRA_POSTMORTEM_ISSUE_TYPE": "Sub-task"}, "Post-mortem"),
    ],
)
def test_a_wrong_project_or_type_is_told_before_anything_is_made(
    synced: SyncedArchive, lines: dict[str, str], known: str
) -> None:
    synced.set(**lines)
    path = synced.write()
    before = path.read_bytes()
    run = synced.sync()
    assert run.code in {1, 2}
    assert known in str(run.rows) + run.err
    assert synced.created() == []
    assert path.read_bytes() == before


def test_a_search_without_an_end_is_an_error_and_not_an_answer(synced: SyncedArchive) -> None:
    synced.write()
    issue = synced.jira.add_issue("OPS", labels=[f"postmortem-{HEAD}"])
    shown = {"id": synced.jira.issue(issue)["id"], "key": issue, "fields": {}}
    page = {"issues": [shown], "nextPageToken": "again", "isLast": False, "startAt": 0, "maxResults": 1, "total": 1000}
    synced.jira.fault(search(synced), "200", times=9999, body=page)
    run = synced.sync()
    assert run.code == 1
    assert len(synced.jira.requests) < 50
    assert synced.writes_to_issues() == []


def test_an_empty_page_with_a_token_is_not_the_end(synced: SyncedArchive) -> None:
    if not synced.cloud:
        pytest.skip("Data Center has no tokens")
    path = synced.write()
    before = path.read_bytes()
    synced.calm()
    path.write_bytes(before)
    synced.jira.fault(search(synced), "200", body={"issues": [], "nextPageToken": "again", "isLast": False})
    run = synced.sync()
    assert len(synced.jira.issues()) == 3
    assert run.code in {0, 1}
