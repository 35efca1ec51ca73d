"""A third tracker in a folder of its own, registered by one line, keeps every promise that the built-in ones keep."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.sync import trackers
from generator.sync.plan.tracker import Tracker
from tests.sync.archives import DOCUMENT, PEOPLE, ROWS, Run
from tests.sync.memory import tracker as memory
from tests.sync.memory.tracker import BOARD, SITE, Board, MemoryTracker

ID = "INC-2026-0042"
ENTRY_POINTS = "[postmortem_archive.trackers]\nmemory = tests.sync.memory.tracker:open_tracker\n"


@dataclass(frozen=True)
class Archive:
    """An archive whose action items are cards."""

    root: Path
    read: Callable[[], tuple[str, str]]

    @property
    def file(self) -> Path:
        """The one postmortem."""
        return self.root / "postmortems" / f"{ID}.md"

    def text(self) -> str:
        """Its text."""
        return self.file.read_text("utf-8")

    def change(self, before: str, after: str) -> None:
        """Change its text at one place."""
        assert self.text().count(before) == 1
        self.file.write_text(self.text().replace(before, after), encoding="utf-8")

    def sync(self, *arguments: str) -> Run:
        """Run the command."""
        self.read()
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(self.root), "sync", "--format", "json", *arguments])
        out, err = self.read()
        return Run(int(ended.value.code or 0), json.loads(out) if out.strip() else [], err)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Archive:
    """An archive, and a distribution that registers the tracker by one line."""
    installed = tmp_path / "installed" / "memory_tracker-1.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: memory-tracker\nVersion: 1\n", encoding="utf-8")
    (installed / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(installed.parent))
    for name in ("JIRA_BASE_URL", "CONFLUENCE_BASE_URL", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JIRA_GRACE", "0")
    BOARD.__dict__.update(Board().__dict__)
    root = tmp_path / "archive"
    for folder in ("site_config", "postmortems"):
        (root / folder).mkdir(parents=True)
    (root / "site_config" / "archive.yml").write_text("tracker: memory\n", encoding="utf-8")
    (root / "site_config" / "people.yml").write_text(PEOPLE, encoding="utf-8")
    made = Archive(root, capsys.readouterr)
    made.file.write_text(DOCUMENT.format(id=ID, rows=ROWS + "\n", status="draft"), encoding="utf-8")
    return made


def test_it_is_a_tracker() -> None:
    opened: Tracker = MemoryTracker(Board(), memory.Settings())
    assert opened.parse_ticket(opened.render_ticket("CARD-7"), ()) == "CARD-7"


def test_each_item_becomes_a_card_and_the_second_run_has_nothing_to_do(archive: Archive) -> None:
    plan = archive.sync()
    assert [(row["action"], row["item"], row["target"]) for row in plan.rows] == [
        ("create", 1, "memory"),
        ("create", 2, "memory"),
    ]
    assert BOARD.writes == 0
    assert archive.sync("--apply").code == 0
    assert f"| [CARD-1]({SITE}1) |" in archive.text()
    assert [card.assignee.id for card in BOARD.cards.values() if card.assignee] == [
        "ben.carter@fernway.example",
        "jane.smith@fernway.example",
    ]
    before, text = BOARD.writes, archive.text()
    again = archive.sync("--apply")
    assert (again.code, again.rows, BOARD.writes, archive.text()) == (0, [], before, text)


def test_a_card_that_is_done_and_has_another_day_comes_back_into_the_file(archive: Archive) -> None:
    archive.sync("--apply")
    BOARD.edit("CARD-1", category="done", due="2026-05-05")
    run = archive.sync("--apply")
    assert (run.code, [row["action"] for row in run.rows]) == (0, ["pull", "update"])
    assert "| ben.carter | 2026-05-05 | completed |" in archive.text()
    assert archive.sync("--apply").rows == []


def test_what_both_sides_changed_is_told_and_nothing_is_overwritten(archive: Archive) -> None:
    archive.sync("--apply")
    BOARD.edit("CARD-1", due="2026-05-05")
    archive.change("2026-04-01", "2026-06-06")
    run = archive.sync("--apply")
    assert (run.code, run.codes()) == (1, {"both-changed-due"})
    assert (BOARD.cards["CARD-1"].due, "2026-06-06" in archive.text()) == ("2026-05-05", True)


def test_two_cards_of_one_item_are_left_to_people(archive: Archive) -> None:
    archive.sync("--apply")
    BOARD.cards["CARD-3"] = BOARD.cards["CARD-1"]
    archive.change(f" [CARD-1]({SITE}1) ", " ")
    run = archive.sync("--apply")
    assert (run.code, run.codes()) == (1, {"several-issues"})
    assert len(BOARD.cards) == 3


def test_a_run_that_dies_after_it_created_a_card_leaves_one_that_the_next_run_finds(archive: Archive) -> None:
    class Killed(BaseException):
        """The end of the process."""

    def kill() -> None:
        raise Killed

    BOARD.after_create = kill
    with pytest.raises(Killed):
        main(["-C", str(archive.root), "sync", "--apply"])
    assert "CARD-1" not in archive.text()
    BOARD.after_create, BOARD.claims = lambda: None, set()
    assert archive.sync("--apply").code == 0
    assert sorted(BOARD.cards) == ["CARD-1", "CARD-2"]
    assert f"| [CARD-1]({SITE}1) |" in archive.text()
    assert archive.sync("--apply").rows == []


def test_a_text_that_somebody_edited_there_is_not_overwritten(archive: Archive) -> None:
    archive.sync("--apply")
    BOARD.texts["CARD-1"] = "What somebody wrote there."
    archive.change("SEV1", "SEV2")
    run = archive.sync("--apply")
    assert run.codes() == {"edited-in-memory"}
    assert BOARD.texts["CARD-1"] == "What somebody wrote there."


def test_an_owner_whom_people_yml_does_not_have_is_told_with_the_key_to_add(archive: Archive) -> None:
    archive.sync("--apply")
    BOARD.edit("CARD-1", assignee=memory.TrackerAccount("guest@fernway.example", email="guest@fernway.example"))
    run = archive.sync("--apply")
    assert run.codes() == {"assignee-unknown"}
    assert "add `email:`" in str(run.rows)


def test_where_it_is_not_installed_its_name_is_refused_with_those_that_are(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trackers.names() == ("jira", "github", "memory")
    (archive.root / "site_config" / "archive.yml").write_text("tracker: memori\n", encoding="utf-8")
    run = archive.sync()
    assert (run.code, "did you mean `memory`?" in run.err) == (2, True)


def test_a_bug_in_one_postmortem_leaves_the_others_and_the_report(archive: Archive) -> None:
    other = archive.file.with_name("INC-2026-0043.md")
    other.write_text(archive.text().replace(ID, "INC-2026-0043"), encoding="utf-8")
    fails = iter([True])

    def fail_once() -> None:
        if next(fails, False):
            raise KeyError("a bug")

    BOARD.after_create = fail_once
    run = archive.sync("--apply")
    assert run.code == 3
    assert "bug" in run.codes()
    assert sum(row["action"] == "create" and row["done"] is True for row in run.rows) >= 2
    assert BOARD.claims == set()
