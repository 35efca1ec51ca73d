"""Issues are made once: whatever went wrong with the run that made them, and whatever their names are."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.sync.archives import DOCUMENT, ROWS, Run
from tests.sync.situations.places import HEAD, SUMMARY, Place, cell, put, row


@pytest.mark.parametrize("behind", [False, True])
def test_situation_01_a_create_that_was_done_without_an_answer_is_found_and_not_repeated(
    place: Place, behind: bool
) -> None:
    place.set(JIRA_GRACE="0")
    place.jira.lag_until_release = behind
    path = place.write()
    place.jira.fault("POST /issue", "reset", when="after")
    run = place.sync()
    assert run.code in {0, 75}
    assert len([one for one in place.created() if "Post-mortem" in type_of(place, one.body)]) == 1
    place.calm()
    assert [one["key"] for one in place.jira.issues()] == ["INCIDENT-1", "OPS-1", "OPS-2"]
    assert "jira: INCIDENT-1" in path.read_text(encoding="utf-8")
    assert place.sync().rows == []


def type_of(place: Place, body: dict[str, Any]) -> str:
    """The issue type that a request names."""
    return str(place.jira.site.of("issuetype", body["fields"]["issuetype"]["id"])["name"])


def test_situation_02_a_key_that_never_reached_the_file_is_found_by_its_marks(place: Place) -> None:
    path = place.write()
    before = path.read_bytes()
    place.calm()
    after = path.read_bytes()
    path.write_bytes(before)
    place.calm()
    assert len(place.jira.issues()) == 3
    assert path.read_bytes() == after


def test_situation_03_a_search_that_lags_behind_creates_nothing_twice(place: Place) -> None:
    place.jira.lag_until_release = True
    path = place.write()
    before = path.read_bytes()
    place.calm()
    path.write_bytes(before)
    place.calm()
    assert len(place.jira.issues()) == 3
    assert cell(path, 2, "Ticket") == "OPS-2"


def test_situation_10_a_run_that_broke_off_is_finished_and_nothing_is_doubled(place: Place) -> None:
    place.set(JIRA_GRACE="0")
    path = place.write(rows="".join(row(number) for number in range(1, 8)))
    place.jira.fault("POST /issue", "503", skip=4)
    run = place.sync()
    assert run.code == 75
    place.calm()
    assert len(place.jira.issues("OPS")) == 7
    assert len(place.jira.issues("INCIDENT")) == 1
    assert len({cell(path, number, "Ticket") for number in range(1, 8)}) == 7


def test_situation_26_two_runs_at_once_make_one_issue(place: Place, tmp_path: Path) -> None:
    place.write()
    shutil.copytree(place.archive.root, tmp_path / "other")
    places = [place.archive, replace(place.archive, root=tmp_path / "other")]

    def run(number: int) -> Run:
        return places[number].sync("--apply", JIRA_GRACE="5")

    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(run, range(2)))
    assert {one.code for one in runs} <= {0, 1}, runs  # 1: the other one has written a text in the same moment
    assert len(place.jira.issues()) == 3
    assert {one.code for one in (run(0), run(1))} == {0}
    assert len(place.jira.issues()) == 3
    texts = [next(one.root.rglob("INC-*.md")).read_text(encoding="utf-8") for one in places]
    assert texts[0] == texts[1]


def test_situation_27_a_renamed_file_with_another_title_keeps_its_issue(place: Place) -> None:
    path = place.settled()
    put(path, "title: Checkout errors after a migration", "title: Orders lost")
    path.rename(path.with_name(f"{HEAD}-orders-lost.md"))
    place.calm()
    assert len(place.jira.issues("INCIDENT")) == 1
    assert place.head()["fields"]["summary"] == f"#{HEAD} (SEV1) Orders lost"


def test_situation_27_a_file_that_lost_its_key_in_a_merge_gets_it_back(place: Place) -> None:
    path = place.settled()
    put(path, "jira: INCIDENT-1\n", "")
    place.calm()
    assert "jira: INCIDENT-1\n" in path.read_text(encoding="utf-8")
    assert len(place.jira.issues("INCIDENT")) == 1


def test_situation_28_one_id_in_two_files_is_refused_before_anything_is_asked(place: Place) -> None:
    path = place.write()
    shutil.copy(path, path.with_name(f"{HEAD}-copy.md"))
    run = place.sync()
    assert run.code == 1
    assert HEAD in run.err
    assert path.name in run.err
    assert place.jira.requests == []


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ('"Checkout\\nerrors\\u202e \\u0007here"', "Checkout errors here"),
        ('"' + "payments " * 60 + '"', "payments payments"),
        ('"' + "\\U0001F525" * 300 + '"', "\U0001f525\U0001f525"),
    ],
)
def test_situation_30_a_title_of_any_shape_becomes_one_line_that_fits(place: Place, title: str, shown: str) -> None:
    text = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    place.settled(text=text.replace("title: Checkout errors after a migration", f"title: {title}"))
    summary = place.head()["fields"]["summary"]
    assert summary.startswith(f"#{HEAD} (SEV1) {shown}")
    assert len(summary.encode("utf-16-le")) // 2 <= 255
    assert not {"\n", "\u202e", "\u0007"} & set(summary)
    assert place.sync().rows == []


def test_situation_30_an_action_of_nothing_to_see_makes_no_ticket(place: Place) -> None:
    place.write(rows=row(1, action="\u200b\u2060") + row(2, action="Write " + "a very long runbook " * 30))
    place.calm()
    assert len(place.jira.issues("OPS")) == 1
    assert len(place.item(2)["fields"]["summary"]) <= 255


def test_situation_31_labels_of_any_words_are_made_into_labels(place: Place) -> None:
    place.archive.settings(f'  labels: ["Team Checkout, EU", "Störung", "{"x" * 300}"]\n')
    place.settled()
    labels = place.head()["fields"]["labels"]
    assert {"Team-Checkout-EU", "Störung", "x" * 255} <= set(labels)
    assert all(" " not in one and len(one) <= 255 for one in labels)
    assert place.sync().rows == []


def test_situation_31_ids_that_differ_in_their_joints_alone_have_issues_of_their_own(place: Place) -> None:
    for number, name in enumerate(("INC-1", "INC-1-2", "INC_1-2"), 1):
        place.write(id=f"file-{number}", text=DOCUMENT.format(id=name, rows=row(2) + "\n", status="draft"))
    place.calm()
    assert len(place.jira.issues("INCIDENT")) == 3
    assert len(place.jira.issues("OPS")) == 3
    assert place.sync().rows == []


@pytest.mark.parametrize("name", ['INC" OR project = OPS OR labels = "x', "INC\\", "INC' OR 1=1", "Outage März"])
def test_situation_34_an_id_that_could_be_read_otherwise_is_told_and_nothing_is_asked_for_it(
    place: Place, name: str
) -> None:
    place.jira.add_issue("OPS", summary="Somebody else's", key="OPS-50", labels=["x"])
    quoted = name.replace("'", "''")
    path = place.write(id="file-1", text=DOCUMENT.format(id=f"'{quoted}'", rows=row(1) + "\n", status="draft"))
    run = place.sync()
    assert path.name in run.err
    assert place.jira.writes == []
    assert not [one for one in place.jira.requests if "search" in one.path]


def test_situation_34_labels_of_the_settings_and_projects_are_no_part_of_a_query(place: Place) -> None:
    place.jira.add_issue("OPS", summary="Somebody else's", key="OPS-50", labels=["x"])
    place.archive.settings("""  labels: ['a" OR labels = "x', 'b\\']\n""")
    place.settled()
    assert place.jira.issue("OPS-50")["properties"] == {}
    assert place.sync().rows == []


def test_situation_35_what_is_refused_for_one_item_leaves_the_others_alone(place: Place) -> None:
    path = place.write(rows=row(1) + row(2) + row(3))
    refusal = {"errorMessages": ["Not this one."], "errors": {}}
    place.jira.fault("POST /issue", "400", skip=2, body=refusal)
    run = place.sync()
    failed = [one for one in run.rows if one["code"] == "create-failed"]
    assert run.code == 1
    assert [(one["item"], one["done"]) for one in failed] == [(2, False)]
    assert [cell(path, number, "Ticket") for number in (1, 2, 3)] == ["OPS-1", "", "OPS-2"]
    place.calm()
    assert cell(path, 2, "Ticket") == "OPS-3"
    assert place.item(2)["key"] == "OPS-3"


def test_a_second_run_after_our_own_write_writes_nothing_and_leaves_the_file(place: Place) -> None:
    """Situation 66 for `sync`: what we wrote ourselves comes back as nothing to do."""
    path = place.write()
    place.calm()
    before = path.read_bytes()
    place.jira.forget_requests()
    run = place.calm()
    assert run.rows == []
    assert place.jira.writes == []
    assert path.read_bytes() == before


def test_a_plan_asks_and_writes_nothing_anywhere(place: Place) -> None:
    path = place.write(status="published")
    before = path.read_bytes()
    run = place.plan()
    assert run.code == 0
    assert {one["done"] for one in run.rows} == {None}
    assert ("create", None) in run.actions()
    assert place.jira.writes == []
    assert path.read_bytes() == before
    assert place.jira.issues() == []


def test_the_rows_of_a_run_have_the_names_that_scripts_know(place: Place) -> None:
    place.write()
    for run in (place.plan(), place.sync()):
        for one in run.rows:
            assert set(one) == {
                "postmortem", "item", "target", "action", "key", "path", "changes", "code", "message", "done",
            }  # fmt: skip
    first = next(one for one in run.rows if one["action"] == "create" and one["item"] is None)
    assert first["changes"][0] == {"name": "summary", "before": "", "after": SUMMARY}  # type: ignore[index]
    assert first["path"] == f"postmortems/2026/{HEAD}-checkout.md"


def test_paths_limit_what_a_run_touches(place: Place) -> None:
    here, there = place.write(), place.write("INC-2026-0043")
    before = there.read_bytes()
    place.calm(str(here))
    assert len(place.jira.issues("INCIDENT")) == 1
    assert there.read_bytes() == before
    place.calm(str(here.parent))
    assert len(place.jira.issues("INCIDENT")) == 2


def test_a_path_outside_of_the_archive_is_a_usage_error(place: Place, tmp_path: Path) -> None:
    place.write()
    run = place.sync(str(tmp_path / "nowhere.md"))
    assert run.code == 2
    assert place.jira.writes == []
