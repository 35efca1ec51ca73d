"""Which files are checked, and that several processes find what one does."""

import os
from datetime import date
from pathlib import Path

import pytest

from benchmarks import corpus
from generator.check import run as running
from generator.check.paths import select
from generator.check.run import Job, cores
from generator.clients import git
from generator.settings.load import load
from tests.check.sample import GOOD, TODAY, changed
from tests.clients.git.test_git import commit, run, write

PLACE = "postmortems/2026/INC-2026-0042-checkout-errors.md"


@pytest.fixture
def root(tmp_path):
    write(tmp_path, "site_config/archive.yml", "title: Test\n")
    write(tmp_path, PLACE, GOOD)
    return tmp_path


def check(root, *paths, base=None, jobs=1, only=(), fix=False, today=TODAY):
    loaded = load(root)
    job = Job(loaded.root, loaded.settings, today, frozenset(only), fix)
    selection = select(loaded.root, [Path(path) for path in paths])
    return running.run(job, selection.paths, git.base(root, base) if base else None, jobs)


def found(root, *paths, **more):
    return [(f.path, f.line, f.rule) for f in check(root, *paths, **more).findings]


def names(root, *paths):
    selection = select(root.resolve(), [Path(path) for path in paths])
    return [path.name for path in selection.paths], [note.split(": ", 1)[-1] for note in selection.notes]


def test_without_paths_the_whole_archive_is_checked(root):
    write(root, "postmortems/README.md", "# About\n")
    write(root, "notes.md", "x")

    assert names(root) == (["INC-2026-0042-checkout-errors.md"], [])


def test_a_folder_stands_for_the_postmortems_below_it(root):
    write(root, "postmortems/2025/INC-2025-0001.md", GOOD)

    assert names(root, root / "postmortems" / "2025")[0] == ["INC-2025-0001.md"]
    assert len(names(root, root)[0]) == 2
    (root / "empty").mkdir()
    assert names(root, root / "empty") == ([], ["there are no postmortems in this folder."])


def test_paths_count_from_the_current_folder_or_from_the_archive(root, monkeypatch):
    monkeypatch.chdir(root / "postmortems")

    assert names(root, "2026/INC-2026-0042-checkout-errors.md")[0] == ["INC-2026-0042-checkout-errors.md"]
    assert names(root, PLACE, root / PLACE, "2026/../2026/INC-2026-0042-checkout-errors.md")[0] == [
        "INC-2026-0042-checkout-errors.md"
    ]


@pytest.mark.parametrize(
    ("name", "text", "note"),
    [
        ("logo.png", "x", "this is not a Markdown file, so it was not checked."),
        ("README.md", "# About\n", "this is no postmortem (it has no front matter with an id), so it was not checked."),
        (
            "docs/page.md",
            "---\ntitle: x\n---\n",
            "this is no postmortem (it has no front matter with an id), so it was not checked.",
        ),
        (
            "postmortems/README.md",
            "# About\n",
            "this file is about the folder and no postmortem, so it was not checked.",
        ),
    ],
)
def test_what_is_no_postmortem_is_skipped_with_a_kind_word(root, name, text, note):
    assert names(root, write(root, name, text)) == ([], [note])


def test_a_postmortem_that_lies_elsewhere_is_checked_too(root, tmp_path_factory):
    path = write(tmp_path_factory.mktemp("else"), "draft.md", GOOD.replace("severity: SEV2", "severity: SEV9"))

    assert found(root, path, only=["schema-severity"]) == [(str(path), 5, "schema-severity")]


def test_files_that_cannot_be_read_get_one_finding_each(root):
    folder = root / "postmortems"
    (folder / "latin.md").write_bytes(b"---\nid: A\n---\ncaf\xe9\n")
    (folder / "big.md").write_bytes(b"x" * 50_000_000)
    (folder / "folder.md").mkdir()
    (folder / "out.md").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe.md")
    paths = [folder / name for name in ("latin.md", "big.md", "folder.md", "out.md", "pipe.md", "missing.md")]

    assert found(root, *paths) == [
        ("postmortems/big.md", 1, "unreadable"),
        ("postmortems/folder.md", 1, "unreadable"),
        ("postmortems/latin.md", 4, "unreadable"),
        ("postmortems/missing.md", 1, "unreadable"),
        ("postmortems/out.md", 1, "unreadable"),
        ("postmortems/pipe.md", 1, "unreadable"),
    ]
    assert [rule for _, _, rule in found(root, *paths, only=["todo"])] == ["unreadable"] * 6


def test_links_are_looked_for_on_the_disk_in_just_these_letters(root):
    write(root, "runbooks/a b.md", "x")
    write(root, f"{PLACE[:-3]}/rate.png", "x")
    text = changed(
        (
            "Building the index",
            "[a](../../runbooks/a%20b.md) ![The rate, with a plateau](INC-2026-0042-checkout-errors/rate.png) Building the index",
        )
    )
    write(root, PLACE, text)
    assert found(root) == []
    write(root, PLACE, text.replace("runbooks/a%20b", "Runbooks/a%20b").replace("/rate.png", "/Rate.png"))
    assert [rule for _, _, rule in found(root)] == ["link-target", "link-target"]


def test_attachments_are_looked_for_on_the_disk(root):
    write(root, f"{PLACE[:-3]}/evidence/id_rsa", "x")

    assert found(root) == [(PLACE, 1, "secret-attachment")]


def test_a_file_that_is_checked_alone_still_meets_its_double(root):
    other = "postmortems/2025/INC-2026-0042-b.md"
    write(root, other, GOOD)

    assert found(root, root / PLACE) == [(PLACE, 2, "duplicate-id")]
    assert found(root) == [(other, 2, "duplicate-id"), (PLACE, 2, "duplicate-id")]


def test_a_file_that_is_checked_alone_knows_the_headings_of_those_it_leads_to(root):
    write(root, "postmortems/2025/INC-2025-0001.md", GOOD.replace("INC-2026-0042", "INC-2025-0001"))
    link = "[x](../2025/INC-2025-0001.md#{}) Building the index"
    write(root, PLACE, changed(("Building the index", link.format("impact"))))
    assert found(root, root / PLACE) == []
    write(root, PLACE, changed(("Building the index", link.format("impcat"))))
    assert [rule for _, _, rule in found(root, root / PLACE)] == ["link-anchor"]


@pytest.fixture
def repository(root):
    run(root, "init", "-q", "-b", "main")
    blame = changed(
        ("The new schema lacked", "It was human error.\nThe new schema lacked"),
        ("Building the index", "TODO: x\nBuilding the index"),
    )
    write(root, PLACE, blame)
    commit(root)
    return root


def test_against_a_base_language_is_judged_on_touched_lines_and_all_else_everywhere(repository):
    text = (repository / PLACE).read_text(encoding="utf-8")

    assert [rule for _, _, rule in found(repository)] == ["blameless-human-error", "todo"]
    assert [rule for _, _, rule in found(repository, base="HEAD")] == ["todo"]
    write(repository, PLACE, text.replace("It was human error.", "It was, again, human error."))
    assert [rule for _, _, rule in found(repository, base="HEAD")] == ["blameless-human-error", "todo"]


def test_in_a_new_file_every_line_is_touched_and_in_a_renamed_one_none(repository):
    new = "postmortems/2026/INC-2026-0043-b.md"
    run(repository, "mv", PLACE, "postmortems/2026/INC-2026-0042-c.md")
    write(
        repository,
        new,
        changed(("INC-2026-0042", "INC-2026-0043"), ("The new schema", "It was human error. The new schema")),
    )

    assert [(path, rule) for path, _, rule in found(repository, base="HEAD")] == [
        ("postmortems/2026/INC-2026-0042-c.md", "todo"),
        (new, "blameless-human-error"),
    ]


def test_against_a_base_a_number_that_is_used_again_is_noticed(repository):
    text = (repository / PLACE).read_text(encoding="utf-8")
    write(
        repository,
        PLACE,
        text.replace("Retry payment requests at most once", "Alert on saturation").replace("OPS-2", "OPS-9"),
    )

    assert [rule for _, _, rule in found(repository, base="HEAD", only=["action-number-reused"])] == [
        "action-number-reused"
    ]
    assert found(repository, only=["action-number-reused"]) == []


def test_fixing_writes_the_file_once_and_says_what_it_did(root):
    write(root, PLACE, changed(("severity: SEV2", "severity: sev2"), ("| 2 | Retry", "|  | Retry")))
    result = check(root, fix=True)

    assert (root / PLACE).read_text(encoding="utf-8") == GOOD
    assert [(path, change.line, change.what) for path, change in result.changes] == [
        (PLACE, 5, "`severity`: sev2 → SEV2"),
        (PLACE, 60, "action item without a number → 2"),
    ]
    assert result.findings == ()
    before = (root / PLACE).stat().st_mtime_ns
    assert check(root, fix=True).changes == ()
    assert (root / PLACE).stat().st_mtime_ns == before


def test_fixing_against_a_base_gives_no_number_that_was_used_there(repository):
    text = (repository / PLACE).read_text(encoding="utf-8")
    write(
        repository,
        PLACE,
        text.replace("| 2 | Retry payment requests at most once", "|  | Alert on saturation").replace("OPS-2", "OPS-9"),
    )
    check(repository, fix=True, base="HEAD")

    assert "| 3 | Alert on saturation" in (repository / PLACE).read_text(encoding="utf-8")


def test_several_processes_find_what_one_does(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "FEWEST", 2)
    monkeypatch.setattr(running, "CHUNK", 7)
    archive = corpus.write(tmp_path, 30)
    for number, path in enumerate(sorted(archive.rglob("INC-*.md"))):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("---\n\n", "incident: OPS-1\n---\n\n" if number % 9 == 0 else "---\n\n", 1), encoding="utf-8"
        )
    one, two = found(archive, today=date(2026, 11, 20)), found(archive, today=date(2026, 11, 20), jobs=2)

    assert one == two
    assert sum(rule == "duplicate-incident" for _, _, rule in one) == 4
    assert cores() >= 1
