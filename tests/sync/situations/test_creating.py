"""Issues are made once: whatever went wrong with the run that made them, and whatever their names are."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.sync.archives import DOCUMENT, ROWS, Run
from tests.sync.situations.synced import HEAD, SUMMARY, SyncedArchive, cell, put, row


@pytest.mark.parametrize("behind", [False, True])
def test_a_create_that_was_done_without_an_answer_is_found_and_not_repeated(
    synced: SyncedArchive, behind: bool
) -> None:
    synced.set(JIRA_GRACE="0")
    synced.jira.lag_until_release = behind
    path = synced.write()
    synced.jira.fault("POST /issue", "reset", when="after")
    run = synced.sync()
    assert run.code in {0, 75}
    assert len([one for one in synced.created() if "Post-mortem" in type_of(synced, one.body)]) == 1
    synced.calm()
    assert [one["key"] for one in synced.jira.issues()] == ["INCIDENT-1", "OPS-1", "OPS-2"]
    assert "jira: INCIDENT-1" in path.read_text(encoding="utf-8")
    assert synced.sync().rows == []


def type_of(synced: SyncedArchive, body: dict[str, Any]) -> str:
    """The issue type that a request names."""
    return str(synced.jira.site.of("issuetype", body["fields"]["issuetype"]["id"])["name"])


def test_a_key_that_never_reached_the_file_is_found_by_its_marks(synced: SyncedArchive) -> None:
    path = synced.write()
    before = path.read_bytes()
    synced.calm()
    after = path.read_bytes()
    path.write_bytes(before)
    synced.calm()
    assert len(synced.jira.issues()) == 3
    assert path.read_bytes() == after


def test_a_search_that_lags_behind_creates_nothing_twice(synced: SyncedArchive) -> None:
    synced.jira.lag_until_release = True
    path = synced.write()
    before = path.read_bytes()
    synced.calm()
    path.write_bytes(before)
    synced.calm()
    assert len(synced.jira.issues()) == 3
    assert cell(path, 2, "Ticket") == "OPS-2"


def test_a_run_that_broke_off_is_finished_and_nothing_is_doubled(synced: SyncedArchive) -> None:
    synced.set(JIRA_GRACE="0")
    path = synced.write(rows="".join(row(number) for number in range(1, 8)))
    synced.jira.fault("POST /issue", "503", skip=4)
    run = synced.sync()
    assert run.code == 75
    synced.calm()
    assert len(synced.jira.issues("OPS")) == 7
    assert len(synced.jira.issues("INCIDENT")) == 1
    assert len({cell(path, number, "Ticket") for number in range(1, 8)}) == 7


def test_two_runs_at_once_make_one_issue(synced: SyncedArchive, tmp_path: Path) -> None:
    synced.write()
    shutil.copytree(synced.archive.root, tmp_path / "other")
    archives = [synced.archive, replace(synced.archive, root=tmp_path / "other")]

    def run(number: int) -> Run:
        return archives[number].sync("--apply", JIRA_GRACE="5")

    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(run, range(2)))
    assert {one.code for one in runs} <= {0, 1}, runs  # 1: the other one has written a text in the same moment
    assert len(synced.jira.issues()) == 3
    assert {one.code for one in (run(0), run(1))} == {0}
    assert len(synced.jira.issues()) == 3
    texts = [next(one.root.rglob("INC-*.md")).read_text(encoding="utf-8") for one in archives]
    assert texts[0] == texts[1]


def test_a_renamed_file_with_another_title_keeps_its_issue(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "title: Checkout errors after a migration", "title: Orders lost")
    path.rename(path.with_name(f"{HEAD}-orders-lost.md"))
    synced.calm()
    assert len(synced.jira.issues("INCIDENT")) == 1
    assert synced.head()["fields"]["summary"] == f"#{HEAD} (SEV1) Orders lost"


def test_a_file_that_lost_its_key_in_a_merge_gets_it_back(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "jira: INCIDENT-1\n", "")
    synced.calm()
    assert "jira: INCIDENT-1\n" in path.read_text(encoding="utf-8")
    assert len(synced.jira.issues("INCIDENT")) == 1


def test_one_id_in_two_files_is_refused_before_anything_is_asked(synced: SyncedArchive) -> None:
    path = synced.write()
    shutil.copy(path, path.with_name(f"{HEAD}-copy.md"))
    run = synced.sync()
    assert run.code == 1
    assert HEAD in run.err
    assert path.name in run.err
    assert synced.jira.requests == []


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ('"Checkout\\nerrors\\u202e \\u0007here"', "Checkout errors here"),
        ('"' + "payments " * 60 + '"', "payments payments"),
        ('"' + "\\U0001F525" * 300 + '"', "\U0001f525\U0001f525"),
    ],
)
def test_a_title_of_any_shape_becomes_one_line_that_fits(synced: SyncedArchive, title: str, shown: str) -> None:
    text = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    synced.settled(text=text.replace("title: Checkout errors after a migration", f"title: {title}"))
    summary = synced.head()["fields"]["summary"]
    assert summary.startswith(f"#{HEAD} (SEV1) {shown}")
    assert len(summary.encode("utf-16-le")) // 2 <= 255
    assert not {"\n", "\u202e", "\u0007"} & set(summary)
    assert synced.sync().rows == []


def test_an_action_of_nothing_to_see_makes_no_ticket(synced: SyncedArchive) -> None:
    synced.write(rows=row(1, action="\u200b\u2060") + row(2, action="Write " + "a very long runbook " * 30))
    synced.calm()
    assert len(synced.jira.issues("OPS")) == 1
    assert len(synced.item(2)["fields"]["summary"]) <= 255


def test_labels_of_any_words_are_made_into_labels(synced: SyncedArchive) -> None:
    synced.archive.settings(f'  labels: ["Team Checkout, EU", "Störung", "{"x" * 300}"]\n')
    synced.settled()
    labels = synced.head()["fields"]["labels"]
    assert {"Team-Checkout-EU", "Störung", "x" * 255} <= set(labels)
    assert all(" " not in one and len(one) <= 255 for one in labels)
    assert synced.sync().rows == []


def test_ids_that_differ_in_their_joints_alone_have_issues_of_their_own(synced: SyncedArchive) -> None:
    for number, name in enumerate(("INC-1", "INC-1-2", "INC_1-2"), 1):
        synced.write(id=f"file-{number}", text=DOCUMENT.format(id=name, rows=row(2) + "\n", status="draft"))
    synced.calm()
    assert len(synced.jira.issues("INCIDENT")) == 3
    assert len(synced.jira.issues("OPS")) == 3
    assert synced.sync().rows == []


@pytest.mark.parametrize("name", ['INC" OR project = OPS OR labels = "x', "INC\\", "INC' OR 1=1", "Outage März"])
def test_an_id_that_could_be_read_otherwise_is_told_and_nothing_is_asked_for_it(
    synced: SyncedArchive, name: str
) -> None:
    synced.jira.add_issue("OPS", summary="Somebody else's", key="OPS-50", labels=["x"])
    quoted = name.replace("'", "''")
    path = synced.write(id="file-1", text=DOCUMENT.format(id=f"'{quoted}'", rows=row(1) + "\n", status="draft"))
    run = synced.sync()
    assert path.name in run.err
    assert synced.jira.writes == []
    assert not [one for one in synced.jira.requests if "search" in one.path]


def test_labels_of_the_settings_and_projects_are_no_part_of_a_query(synced: SyncedArchive) -> None:
    synced.jira.add_issue("OPS", summary="Somebody else's", key="OPS-50", labels=["x"])
    synced.archive.settings("""  labels: ['a" OR labels = "x', 'b\\']\n""")
    synced.settled()
    assert synced.jira.issue("OPS-50")["properties"] == {}
    assert synced.sync().rows == []


def test_what_is_refused_for_one_item_leaves_the_others_alone(synced: SyncedArchive) -> None:
    path = synced.write(rows=row(1) + row(2) + row(3))
    refusal = {"errorMessages": ["Not this one."], "errors": {}}
    synced.jira.fault("POST /issue", "400", skip=2, body=refusal)
    run = synced.sync()
    failed = [one for one in run.rows if one["code"] == "create-failed"]
    assert run.code == 1
    assert [(one["item"], one["done"]) for one in failed] == [(2, False)]
    assert [cell(path, number, "Ticket") for number in (1, 2, 3)] == ["OPS-1", "", "OPS-2"]
    synced.calm()
    assert cell(path, 2, "Ticket") == "OPS-3"
    assert synced.item(2)["key"] == "OPS-3"


def test_a_second_run_after_our_own_write_writes_nothing_and_leaves_the_file(synced: SyncedArchive) -> None:
    """Situation 66 for `sync`: what we wrote ourselves comes back as nothing to do."""
    path = synced.write()
    synced.calm()
    before = path.read_bytes()
    synced.jira.forget_requests()
    run = synced.calm()
    assert run.rows == []
    assert synced.jira.writes == []
    assert path.read_bytes() == before


def test_a_plan_asks_and_writes_nothing_anywhere(synced: SyncedArchive) -> None:
    path = synced.write(status="published")
    before = path.read_bytes()
    run = synced.plan()
    assert run.code == 0
    assert {one["done"] for one in run.rows} == {None}
    assert ("create", None) in run.actions()
    assert synced.jira.writes == []
    assert path.read_bytes() == before
    assert synced.jira.issues() == []


def test_the_rows_of_a_run_have_the_names_that_scripts_know(synced: SyncedArchive) -> None:
    synced.write()
    for run in (synced.plan(), synced.sync()):
        for one in run.rows:
            assert set(one) == {
                "postmortem", "item", "target", "action", "key", "path", "changes", "code", "message", "done",
            }  # fmt: skip
    first = next(one for one in run.rows if one["action"] == "create" and one["item"] is None)
    assert first["changes"][0] == {"name": "summary", "before": "", "after": SUMMARY}  # type: ignore[index]
    assert first["path"] == f"postmortems/2026/{HEAD}-checkout.md"


def test_paths_limit_what_a_run_touches(synced: SyncedArchive) -> None:
    here, there = synced.write(), synced.write("INC-2026-0043")
    before = there.read_bytes()
    synced.calm(str(here))
    assert len(synced.jira.issues("INCIDENT")) == 1
    assert there.read_bytes() == before
    synced.calm(str(here.parent))
    assert len(synced.jira.issues("INCIDENT")) == 2


def test_a_path_outside_of_the_archive_is_a_usage_error(synced: SyncedArchive, tmp_path: Path) -> None:
    synced.write()
    run = synced.sync(str(tmp_path / "nowhere.md"))
    assert run.code == 2
    assert synced.jira.writes == []
