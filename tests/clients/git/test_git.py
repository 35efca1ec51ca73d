"""What git knows of an archive: asked of real repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from generator.clients import git
from generator.errors import UsageError

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}


def run(root: Path, *arguments: str) -> str:
    ran = subprocess.run(
        ["git", "-C", str(root), *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def commit(root: Path, message: str = "x") -> str:
    run(root, "add", "-A")
    run(root, "commit", "-q", "-m", message)
    return run(root, "rev-parse", "HEAD")


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def repository(tmp_path):
    run(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, "postmortems/a.md", "one\ntwo\nthree\nfour\nfive\nsix\n")
    write(tmp_path, "postmortems/b.md", "b\n")
    commit(tmp_path)
    return tmp_path


def text_of(root, base, path):
    old = base.changed[path]
    return git.contents(root, [old.blob])[old.blob].decode()


def test_without_changes_nothing_is_changed(repository):
    base = git.base(repository, "HEAD")

    assert (base.changed, base.present) == ({}, {"postmortems/a.md", "postmortems/b.md"})
    assert base.commit == run(repository, "rev-parse", "HEAD")


def test_a_changed_file_leads_to_its_old_text_committed_or_not(repository):
    first = run(repository, "rev-parse", "HEAD")
    write(repository, "postmortems/a.md", "one\nTWO\nthree\nfour\nfive\nsix\n")
    assert text_of(repository, git.base(repository, "HEAD"), "postmortems/a.md").startswith("one\ntwo\n")
    commit(repository)
    assert git.base(repository, "HEAD").changed == {}
    assert text_of(repository, git.base(repository, first), "postmortems/a.md").startswith("one\ntwo\n")


def test_a_new_file_is_neither_changed_nor_present(repository):
    write(repository, "postmortems/new.md", "x")
    base = git.base(repository, "HEAD")

    assert "postmortems/new.md" not in {*base.changed, *base.present}
    run(repository, "add", "-A")
    assert "postmortems/new.md" not in git.base(repository, "HEAD").changed


def test_a_renamed_file_leads_to_its_old_path(repository):
    run(repository, "mv", "postmortems/a.md", "postmortems/ü x.md")
    write(repository, "postmortems/ü x.md", "one\nTWO\nthree\nfour\nfive\nsix\n")
    run(repository, "add", "-A")
    base = git.base(repository, "HEAD")

    assert base.changed["postmortems/ü x.md"].path == "postmortems/a.md"
    assert text_of(repository, base, "postmortems/ü x.md").startswith("one\ntwo\n")


def test_what_others_changed_on_the_branch_meanwhile_is_not_part_of_the_change(repository):
    run(repository, "switch", "-q", "-c", "topic")
    write(repository, "postmortems/b.md", "B\n")
    commit(repository)
    run(repository, "switch", "-q", "main")
    write(repository, "postmortems/a.md", "all new\n")
    commit(repository)
    run(repository, "switch", "-q", "topic")

    assert set(git.base(repository, "main").changed) == {"postmortems/b.md"}


def test_an_archive_may_be_a_folder_of_a_repository(tmp_path):
    run(tmp_path, "init", "-q")
    inner = tmp_path / "docs" / "archive"
    write(inner, "postmortems/a.md", "one\n")
    write(tmp_path, "elsewhere.md", "x\n")
    commit(tmp_path)
    write(inner, "postmortems/a.md", "two\n")
    write(tmp_path, "elsewhere.md", "y\n")
    base = git.base(inner, "HEAD")

    assert set(base.changed) == set(base.present) == {"postmortems/a.md"}
    assert text_of(inner, base, "postmortems/a.md") == "one\n"


@pytest.mark.parametrize("name", ["a b.md", "tab\there.md", "new\nline.md", 'quo"te.md', "umläut.md", "-dash.md"])
def test_odd_names_are_found_under_their_own_name(repository, name):
    write(repository, f"postmortems/{name}", "one\n")
    commit(repository)
    write(repository, f"postmortems/{name}", "two\n")
    base = git.base(repository, "HEAD")

    assert text_of(repository, base, f"postmortems/{name}") == "one\n"


def test_bytes_are_given_back_as_they_are(repository):
    (repository / "postmortems" / "raw.md").write_bytes(b"\xff\x00\r\nblob 12\n")
    commit(repository)
    write(repository, "postmortems/raw.md", "x")
    old = git.base(repository, "HEAD").changed["postmortems/raw.md"]

    assert git.contents(repository, [old.blob, "0" * 40, old.blob]) == {old.blob: b"\xff\x00\r\nblob 12\n"}
    assert git.contents(repository, []) == {}


@pytest.mark.parametrize("revision", ["nothing", "--help", "-x", "main..topic", "", "HEAD:postmortems/a.md", "a\0b"])
def test_a_revision_that_nobody_knows_is_said(repository, revision):
    with pytest.raises(UsageError, match="git knows no revision"):
        git.base(repository, revision)


def test_a_shallow_clone_gets_a_hint(repository, tmp_path_factory):
    clone = tmp_path_factory.mktemp("clone") / "c"
    write(repository, "postmortems/a.md", "two\n")
    commit(repository)
    run(repository, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))

    with pytest.raises(UsageError, match="shallow clone: fetch the whole history"):
        git.base(clone, "HEAD~1")
    assert git.base(clone, "origin/main").changed == {}


def test_without_a_repository_it_is_said(tmp_path):
    with pytest.raises(UsageError, match="lies in no git repository, so --base cannot be used"):
        git.base(tmp_path, "HEAD")


def test_the_variables_of_a_running_hook_do_not_mislead_it(repository, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("GIT_DIR", str(tmp_path_factory.mktemp("other")))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")

    assert git.base(repository, "HEAD").changed == {}


def test_git_that_is_not_installed_is_said(repository, monkeypatch):
    monkeypatch.setenv("PATH", str(repository))

    with pytest.raises(UsageError, match="git is not installed"):
        git.base(repository, "HEAD")
