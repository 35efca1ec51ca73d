"""What Jira refuses, asks for or mistakes: said plainly, never taken for an empty answer, and nothing half-made."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.places import HEAD, Place, put

TIMELINE = PARTS["timeline"][0]


def search(place: Place) -> str:
    """The request that searches."""
    return "POST /search/jql" if place.cloud else "POST /search"


def test_situation_04_an_expired_token_ends_the_run_before_any_write(place: Place) -> None:
    path = place.write()
    before = path.read_bytes()
    place.jira.expired = True
    run = place.sync()
    assert run.code == 1
    assert "token" in run.err
    assert place.jira.writes == []
    assert path.read_bytes() == before


def test_situation_04_a_search_that_was_not_logged_in_is_no_empty_search(place: Place) -> None:
    place.write()
    place.jira.fault(search(place), "silent-200", times=99)
    run = place.sync()
    assert run.code == 1
    assert place.writes_to_issues() == []


@pytest.mark.parametrize("fault", ["401", "403", "captcha"])
def test_situation_05_wrong_credentials_are_said_once_and_not_tried_again(place: Place, fault: str) -> None:
    place.write()
    place.jira.fault("GET /myself", fault, times=99)
    run = place.sync()
    assert run.code == 1
    assert len(place.jira.requests) == 1
    assert len([line for line in run.err.splitlines() if line.startswith("postmortem:")]) == 1
    assert place.naps == []


def test_situation_06_a_create_that_came_too_fast_waits_as_asked_and_is_sent_again(place: Place) -> None:
    place.write()
    place.jira.fault("POST /issue", "429", times=2)
    place.calm()
    assert len(place.naps) == 2
    assert min(place.naps) >= 1
    assert len(place.jira.issues()) == 3


def test_situation_06_there_is_an_end_to_asking_again(place: Place) -> None:
    place.write()
    place.jira.fault("POST /issue", "429", times=99)
    run = place.sync()
    assert run.code == 75
    assert len(place.created()) == 4
    place.jira.clear_faults()
    place.set(JIRA_GRACE="0")
    place.calm()
    assert len(place.jira.issues()) == 3


def test_situation_07_a_used_up_quota_ends_the_run_which_can_be_resumed(place: Place) -> None:
    place.set(JIRA_GRACE="0")
    place.write()
    place.jira.fault("POST /issue", "429-quota", skip=1, times=99)
    run = place.sync()
    assert run.code == 75
    assert "31 minutes" in run.err
    assert place.naps == []
    assert len(place.created()) == 2
    place.jira.clear_faults()
    place.calm()
    assert len(place.jira.issues()) == 3


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
def test_situation_08_any_retry_after_is_understood_or_replaced(
    place: Place, asked: str, code: int, least: float, most: float
) -> None:
    place.write()
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)
    value = later if asked == "date" else asked.encode().decode("latin-1")
    place.jira.fault("GET /myself", "429", headers={"Retry-After": value})
    assert place.sync().code == code
    assert all(least <= one <= most for one in place.naps)
    assert len(place.naps) == (0 if code else 1)


def test_situation_09_one_issue_that_is_written_too_often_does_not_hold_up_the_others(place: Place) -> None:
    paths = [place.write(), place.write("INC-2026-0043")]
    place.calm()
    for path in paths:
        put(path, "A query lost its index.", "A migration dropped it.")
    place.jira.forget_requests()
    one = place.head()["id"]
    place.jira.fault(f"PUT /issue/{one}", "429-issue")
    place.calm()
    assert sorted(path for _, path in place.writes_to_issues()).count(f"/issue/{one}") == 2
    assert len(place.writes_to_issues()) == 3
    assert len(place.naps) == 1  # of that issue alone


@pytest.mark.parametrize("request_", ["GET /myself", "search", "POST /issue"])
def test_situation_11_a_page_for_a_browser_is_never_an_empty_answer(place: Place, request_: str) -> None:
    place.set(JIRA_GRACE="0")
    place.write()
    place.jira.fault(search(place) if request_ == "search" else request_, "html", times=99)
    run = place.sync()
    assert run.code in {1, 75}
    assert place.jira.issues() == []
    assert len(place.created()) == (1 if request_ == "POST /issue" else 0)
    place.jira.clear_faults()
    place.calm()
    assert len(place.jira.issues()) == 3


def test_situation_12_a_field_that_is_not_on_the_screen_is_named_and_left_out(place: Place) -> None:
    place.jira.remove_field_from_screen(TIMELINE)
    path = place.write()
    run = place.sync()
    assert run.code == 0
    (told,) = [one for one in run.rows if one["code"] == "field-not-on-screen"]
    assert "timeline" in str(told["message"])
    assert TIMELINE in str(told["message"])
    assert "INCIDENT / Post-mortem" in str(told["message"])
    assert len(place.created()) == 3  # the first was not sent to be refused
    assert place.head()["key"] in path.read_text(encoding="utf-8")
    place.jira.add_field_to_screen(TIMELINE, project="INCIDENT")
    place.sync()
    assert "The migration begins" in place.words(place.head(), TIMELINE)


def test_situation_12_a_field_that_is_refused_all_the_same_is_left_out(place: Place) -> None:
    place.write()
    words = f"Field '{TIMELINE}' cannot be set. It is not on the appropriate screen, or unknown."
    place.jira.fault("POST /issue", "400", body={"errorMessages": [], "errors": {TIMELINE: words}})
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"field-refused"})
    assert len(place.jira.issues()) == 3
    place.calm()
    assert "The migration begins" in place.words(place.head(), TIMELINE)


def test_situation_12_a_field_that_must_be_there_stops_the_issue(place: Place) -> None:
    place.archive.settings("  required: [timeline]\n")
    place.jira.remove_field_from_screen(TIMELINE)
    path = place.write()
    before = path.read_bytes()
    run = place.sync()
    assert run.code == 1
    assert "create-failed" in run.codes()
    assert TIMELINE in str(run.rows)
    assert place.jira.issues() == []
    assert path.read_bytes() == before


def test_situation_13_a_required_field_that_we_do_not_set_is_found_before_the_create(place: Place) -> None:
    place.jira.add_field_to_screen("Incident channel", project="INCIDENT")
    place.jira.require_field("Incident channel", project="INCIDENT")
    place.write()
    run = place.sync()
    assert run.code == 1
    (told,) = [one for one in run.rows if one["code"] == "create-failed"]
    assert "Incident channel" in str(told["message"])
    assert place.created() == []


def test_situation_14_a_field_name_that_two_fields_have_is_refused_with_their_ids(place: Place) -> None:
    other = place.jira.add_field("Timeline", "textarea")
    place.set(JIRA_FIELD_TIMELINE="Timeline")
    place.write()
    run = place.sync()
    told = str(run.rows) + run.err
    assert run.code in {1, 2}
    assert TIMELINE in told
    assert other in told
    assert place.created() == []


def test_situation_15_a_choice_that_is_missing_is_told_with_those_that_there_are(place: Place) -> None:
    text = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    place.write(text=text.replace("type: outage\n", "type: outage\ncategory: Gremlins\n"))
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"value-refused"})
    (told,) = [one for one in run.rows if one["code"]]
    assert "Gremlins" in str(told["message"])
    assert "Capacity, Dependency" in str(told["message"])
    assert len(place.jira.issues("INCIDENT")) == 1
    name = PARTS["incident_category"][0]
    with place.jira.site.store.transaction():
        place.jira.site.store.edit("field", name)["options"].append({"id": "999", "value": "Gremlins", "children": []})
    place.calm()
    assert place.head()["fields"][name]
    assert place.sync().rows == []


def test_situation_19_an_issue_that_cannot_be_changed_is_told_and_the_others_go_on(place: Place) -> None:
    path = place.settled()
    place.jira.archive(place.item(1)["key"])
    put(path, "2026-04-01", "2026-04-02")
    put(path, "2026-04-15", "2026-04-16")
    run = place.sync()
    assert run.code == 1
    assert [(one["item"], one["done"]) for one in run.rows if one["code"] == "update-failed"] == [(1, False)]
    assert place.item(2)["fields"]["duedate"] == "2026-04-16"
    assert place.item(1)["fields"]["duedate"] == "2026-04-01"
    place.jira.archive(place.item(1)["key"], archived=False)
    place.calm()
    assert place.item(1)["fields"]["duedate"] == "2026-04-02"


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ({"JIRA_POSTMORTEM_PROJECT_KEY": "NOWHERE"}, "NOWHERE"),
        ({"JIRA_POSTMORTEM_ISSUE_TYPE": "Postmortem"}, "Post-mortem"),
        ({"JIRA_POSTMORTEM_ISSUE_TYPE": "Sub-task"}, "Post-mortem"),
    ],
)
def test_situation_39_a_wrong_project_or_type_is_told_before_anything_is_made(
    place: Place, lines: dict[str, str], known: str
) -> None:
    place.set(**lines)
    path = place.write()
    before = path.read_bytes()
    run = place.sync()
    assert run.code in {1, 2}
    assert known in str(run.rows) + run.err
    assert place.created() == []
    assert path.read_bytes() == before


def test_situation_40_a_search_without_an_end_is_an_error_and_not_an_answer(place: Place) -> None:
    place.write()
    issue = place.jira.add_issue("OPS", labels=[f"postmortem-{HEAD}"])
    shown = {"id": place.jira.issue(issue)["id"], "key": issue, "fields": {}}
    page = {"issues": [shown], "nextPageToken": "again", "isLast": False, "startAt": 0, "maxResults": 1, "total": 1000}
    place.jira.fault(search(place), "200", times=9999, body=page)
    run = place.sync()
    assert run.code == 1
    assert len(place.jira.requests) < 50
    assert place.writes_to_issues() == []


def test_situation_40_an_empty_page_with_a_token_is_not_the_end(place: Place) -> None:
    if not place.cloud:
        pytest.skip("Data Center has no tokens")
    path = place.write()
    before = path.read_bytes()
    place.calm()
    path.write_bytes(before)
    place.jira.fault(search(place), "200", body={"issues": [], "nextPageToken": "again", "isLast": False})
    run = place.sync()
    assert len(place.jira.issues()) == 3
    assert run.code in {0, 1}
