"""Every command answers alike where the archive is: -C, else the paths, else upwards from here; else exit 2."""

import json
import subprocess
from pathlib import Path

import pytest

from generator.cli.main import main
from tests.conftest import EXAMPLE

SETTINGS = "title: Operations\nseverities: [Alpha, Beta]\n"
DOCUMENT = EXAMPLE.replace("severity: SEV1", "severity: Alpha")
NAME = "postmortems/2026/INC-2026-0042-checkout.md"
READING = [
    ["list"],
    ["actions"],
    ["check"],
    ["sync"],
    ["build", "--audience", "public"],
    ["serve"],
    ["notify"],
    ["doctor"],
    ["github", "comment", "--base", "HEAD"],
    ["github", "draft", "--from", "jira:OPS-1"],
    ["github", "write-back"],
    ["github", "overdue"],
]


@pytest.fixture
def run(capsys, monkeypatch):
    """The command in a folder: its exit code, what it printed, and what it said."""

    def call(folder, *words):
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        return end.value.code, out, err

    return call


def make(root, settings=SETTINGS, document=DOCUMENT):
    for name, text in (("site_config/archive.yml", settings), (NAME, document)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def monorepo(tmp_path):
    """A repository with an archive in a subfolder, whose severities are its own."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "src").mkdir()
    make(tmp_path / "services" / "archive")
    return tmp_path


def files(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_outside_an_archive_what_reads_one_ends_with_2_and_the_next_step(run, monorepo, words):
    before = files(monorepo)
    code, out, err = run(monorepo, *words)

    assert (code, out) == (2, "")
    assert "There is one in services/archive: use `postmortem -C services/archive ...`." in err
    assert "postmortem init" in err
    assert files(monorepo) == before


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_folder_that_is_named_and_no_archive_is_refused_alike(run, monorepo, words):
    code, out, err = run(monorepo / "services" / "archive", "-C", monorepo / "src", *words)

    assert (code, out) == (2, "")
    assert f"There is no archive in {monorepo / 'src'}" in err


@pytest.mark.parametrize("form", ["relative", "absolute", "folder", "gone"])
def test_paths_lead_to_their_archive_and_its_settings(run, monorepo, form):
    path = {
        "relative": f"services/archive/{NAME}",
        "absolute": monorepo / "services" / "archive" / NAME,
        "folder": "services/archive/postmortems",
        "gone": "services/archive/postmortems/2026/gone.md",
    }[form]
    code, out, err = run(
        monorepo, "check", "--rule", "schema-severity", "--rule", "unreadable", "--format", "json", path
    )

    assert [one["rule"] for one in json.loads(out)] == (["unreadable"] if form == "gone" else [])
    assert code == (1 if form == "gone" else 0), err


def test_a_link_lies_where_the_link_is(run, monorepo):
    other = make(monorepo / "other", "severities: [Gamma]\n")
    link = other / "postmortems" / "linked.md"
    link.symlink_to(monorepo / "services" / "archive" / NAME)
    code, out, _ = run(monorepo, "check", "--format", "json", link)

    assert code == 1
    assert ["leads out of the archive" in one["message"] for one in json.loads(out)] == [True]


def test_sync_of_paths_reads_their_archive(run, monorepo):
    code, _, err = run(monorepo, "sync", f"services/archive/{NAME}")

    assert code == 2
    assert "Neither Jira nor Confluence is set up" in err


def test_check_takes_the_paths_of_several_archives_each_by_its_own_settings(run, monorepo):
    make(monorepo / "docs" / "ops", "severities: [Gamma]\n")
    paths = [f"services/archive/{NAME}", f"docs/ops/{NAME}"]
    code, out, err = run(monorepo, "check", "--rule", "schema-severity", "--format", "json", *paths)

    assert code == 1
    assert {one["path"] for one in json.loads(out)} == {f"docs/ops/{NAME}"}
    assert "2 postmortems checked" in err


def test_sync_of_several_archives_and_a_path_of_none_are_refused(run, monorepo):
    make(monorepo / "docs" / "ops")
    (monorepo / "src" / "x.md").touch()
    paths = [f"services/archive/{NAME}", f"docs/ops/{NAME}"]

    code, _, err = run(monorepo, "sync", *paths)
    assert code == 2
    assert "several archives: docs/ops, services/archive" in err

    code, _, err = run(monorepo, "check", *paths, "src/x.md")
    assert code == 2
    assert "src/x.md lies in no archive" in err


@pytest.mark.parametrize("words", [["new", "--title", "X"], ["import", "old.md", "--force"]], ids=["new", "import"])
@pytest.mark.parametrize("where", ["here", "named"])
def test_what_may_begin_an_archive_does_not_begin_one_above_another(run, monorepo, words, where):
    (monorepo / "old.md").write_text("# Outage\n", encoding="utf-8")
    before = files(monorepo)
    code, out, err = run(monorepo, *words) if where == "here" else run(monorepo, "-C", monorepo, *words)

    assert (code, out) == (2, "")
    assert "There is one in services/archive" in err
    assert files(monorepo) == before


def test_nor_below_another_where_a_folder_of_it_is_named(run, monorepo):
    folder = monorepo / "services" / "archive" / "postmortems"
    code, _, err = run(monorepo, "-C", folder, "new", "--title", "X")

    assert code == 2
    assert "There is one in services/archive" in err


@pytest.mark.parametrize("words", [["new", "--title", "X"], ["import", "old.md", "--force"]], ids=["new", "import"])
def test_what_begins_an_archive_says_so_and_every_command_finds_it(run, tmp_path, words):
    (tmp_path / "old.md").write_text("# Outage\n\nIt was down.\n", encoding="utf-8")
    code, out, err = run(tmp_path, *words)

    assert code == 0, err
    assert f"one was begun in {tmp_path}" in err
    assert (tmp_path / out.strip()).is_file()
    assert run(tmp_path / "postmortems", "list")[0] == 0
    assert "was begun" not in run(tmp_path, "new", "--title", "Y")[2]


def test_an_archive_that_was_begun_is_completed_by_init(run, tmp_path):
    run(tmp_path, "new", "--title", "X")
    code, out, _ = run(tmp_path, "init", "--yes", "--title", "Ours")

    assert code == 0
    assert "renewed: site_config/archive.yml" in out
    assert "written: .github/workflows/check.yml" in out
    assert "title: Ours" in (tmp_path / "site_config" / "archive.yml").read_text(encoding="utf-8")


def test_a_dry_run_begins_nothing_and_says_that_the_built_in_settings_hold(run, tmp_path):
    code, out, err = run(tmp_path, "new", "--title", "X", "--dry-run")

    assert code == 0
    assert "title: X" in out
    assert "The built-in settings hold." in err
    assert files(tmp_path) == set()


def test_the_schema_outside_an_archive_says_whose_severities_it_has(run, tmp_path):
    code, out, err = run(tmp_path, "schema")

    assert code == 0
    assert "SEV1" in out
    assert "The built-in settings hold." in err


def test_a_repository_ends_the_search_and_what_lies_above_is_only_named(run, tmp_path):
    make(tmp_path, "audience: public\n")
    clone = tmp_path / "clones" / "app"
    (clone / ".git").mkdir(parents=True)
    code, _, err = run(clone, "list")

    assert code == 2
    assert f"There is one in {tmp_path}" in err


def test_settings_that_cannot_be_looked_for_are_not_taken_for_none(run, tmp_path):
    make(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "site_config").symlink_to(tmp_path / "docs" / "site_config")
    code, _, err = run(tmp_path / "docs", "list")

    assert code == 2
    assert "Whether there is an archive is not known" in err


def test_a_real_repository_and_its_submodule_each_have_their_own_archive(run, tmp_path):
    subprocess.run(["git", "init", "-q", str(make(tmp_path))], check=True)
    inner = make(tmp_path / "vendor" / "ops", "severities: [Alpha]\ntitle: Inner\n")
    (inner / ".git").write_text("gitdir: ../../.git/modules/ops\n", encoding="utf-8")
    code, out, _ = run(inner / "postmortems", "list", "--format", "json")

    assert code == 0
    assert [one["path"] for one in json.loads(out)] == [NAME]
    assert Path.cwd() == inner / "postmortems"
