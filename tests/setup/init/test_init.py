"""`postmortem init` as a person meets it: the first run, the second one, an upgrade, and files of their own."""

import pytest

from generator import __version__
from generator.setup.init.marking import marked
from tests.setup.init.running import files, run

EXAMPLE = "postmortems/2025/INC-2025-0001-example-expired-certificate.md"


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_new_archive_passes_its_own_check_and_builds_at_once(tmp_path):
    root = tmp_path / "our archive"
    begun = run("init", "our archive", "--yes", cwd=tmp_path)
    checked = run("check", "--strict", cwd=root)
    built = run("build", "--strict", cwd=root)

    assert begun.returncode == 0, begun.stderr
    assert "written: site_config/archive.yml" in begun.stdout
    assert "cd 'our archive'" in begun.stderr
    assert "git init" in begun.stderr
    assert not (root / ".git").exists()
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout
    assert checked.stderr == "1 postmortem checked: nothing to remark.\n"
    assert built.returncode == 0, built.stderr
    assert (root / "site" / "postmortems" / "INC-2025-0001" / "index.html").is_file()
    assert run("new", "--title", "Disk full", cwd=root).returncode == 0


def test_questions_are_answered_on_stdin(tmp_path):
    answers = "Our: postmortems\nnowhere\nhttps://pm.example.com/\nexample/postmortems\nP1, P2\nops\nhttps://example.atlassian.net\ncheckout\n"
    ran = run("init", tmp_path / "a", answers=answers)
    text = (tmp_path / "a" / "site_config" / "archive.yml").read_text(encoding="utf-8")

    assert ran.returncode == 0, ran.stderr
    assert "'nowhere' is not an address" in ran.stderr
    assert 'title: "Our: postmortems"\n' in text
    assert "\nurl: https://pm.example.com/\n" in text
    assert "\nrepository: https://github.com/example/postmortems\n" in text
    assert "\n  - name: P1\n" in text
    assert "\njira:\n  url: https://example.atlassian.net\n  project: OPS\n" in text
    assert "\n  - name: checkout\n" in text
    assert run("check", "--strict", cwd=tmp_path / "a").returncode == 0


def test_enter_takes_the_defaults_and_options_are_not_asked_for(tmp_path):
    asked = run("init", tmp_path / "a", "--title", "Ours", "--url", "", answers="\n" * 4)
    run("init", tmp_path / "b", "--title", "Ours", "--yes")

    assert asked.returncode == 0, asked.stderr
    assert "called?" in asked.stderr
    assert "What is the archive called?" not in asked.stderr
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_without_answers_it_says_how_to_go_on(tmp_path):
    ran = run("init", tmp_path / "a", answers="")

    assert ran.returncode == 2
    assert "--yes" in ran.stderr
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(("option", "value"), [("--url", "nowhere"), ("--jira-project", "no key"), ("--tool", "x")])
def test_an_option_that_cannot_be_right_is_a_usage_error(tmp_path, option, value):
    ran = run("init", tmp_path / "a", "--yes", option, value)

    assert ran.returncode == 2
    assert repr(value).upper() in ran.stderr.upper()
    assert not (tmp_path / "a").exists()


def test_a_second_run_changes_nothing_and_says_so(tmp_path):
    run("init", tmp_path, "--yes", "--title", "NO", "--severities", "P1,P2", "--service", "a: b")
    before = files(tmp_path)
    for words in ([], ["--yes"]):
        again = run("init", *words, cwd=tmp_path)

        assert (again.returncode, again.stdout) == (0, "")
        assert "Everything is up to date" in again.stderr
    assert files(tmp_path) == before


def test_what_an_older_version_wrote_is_renewed_and_an_edited_file_is_shown_and_left(tmp_path):
    run("init", tmp_path, "--yes")
    fresh = files(tmp_path)
    for name in (".gitignore", "README.md"):
        (tmp_path / name).write_text(marked("an older text\n", name, "0.0.1"), encoding="utf-8")
    edit(tmp_path / "README.md", "an older text", "an older text, edited")
    mine = (tmp_path / "README.md").read_bytes()
    again = run("init", tmp_path, "--yes")

    assert again.returncode == 0
    assert "renewed: .gitignore (of 0.0.1)" in again.stdout
    assert "-an older text, edited\n" in again.stdout
    assert "+# Postmortems\n" in again.stdout
    assert "left alone: README.md (edited here)" in again.stdout
    assert "1 left alone" in again.stderr
    assert (tmp_path / ".gitignore").read_bytes() == fresh[".gitignore"]
    assert (tmp_path / "README.md").read_bytes() == mine


def test_line_ends_of_another_system_are_no_edit(tmp_path):
    run("init", tmp_path, "--yes")
    path = tmp_path / "templates" / "README.md"
    path.write_bytes(marked("older\n", path.name, "0.0.1").replace("\n", "\r\n").encode())

    assert "renewed: templates/README.md" in run("init", tmp_path).stdout


def test_what_a_newer_version_wrote_is_left_alone(tmp_path):
    run("init", tmp_path, "--yes")
    (tmp_path / ".gitignore").write_text(marked("/later/\n", ".gitignore", "99.0.0"), encoding="utf-8")
    again = run("init", tmp_path)

    assert "left alone: .gitignore (written by a newer version" in again.stdout
    assert "/later/" in (tmp_path / ".gitignore").read_text(encoding="utf-8")


def test_files_that_were_there_before_are_left_alone_with_a_diff(tmp_path):
    (tmp_path / "README.md").write_text("My notes\n", encoding="utf-8")
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").write_text("title: Mine\n", encoding="utf-8")
    ran = run("init", tmp_path, "--yes")

    assert ran.returncode == 0
    assert "-My notes\n" in ran.stdout
    assert "+# Mine\n" in ran.stdout, "the archive's own title is used"
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "My notes\n"
    assert (tmp_path / "site_config" / "archive.yml").read_text(encoding="utf-8") == "title: Mine\n"
    assert (tmp_path / ".gitignore").is_file()


def test_an_archive_with_documents_gets_no_example(tmp_path):
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems" / "mine.md").write_text("# Mine\n", encoding="utf-8")
    run("init", tmp_path, "--yes")

    assert not (tmp_path / EXAMPLE).exists()


def test_what_was_deleted_stays_deleted_until_it_is_named(tmp_path):
    run("init", tmp_path, "--yes")
    for name in (EXAMPLE, ".github/CODEOWNERS"):
        (tmp_path / name).unlink()
    again = run("init", tmp_path)

    assert "left out: .github/CODEOWNERS" in again.stdout
    assert not (tmp_path / EXAMPLE).exists()
    assert not (tmp_path / ".github" / "CODEOWNERS").exists()
    assert "written: .github/CODEOWNERS" in run("init", tmp_path, "--force", ".github").stdout
    assert (tmp_path / ".github" / "CODEOWNERS").is_file()


def test_force_replaces_the_named_file_alone_and_shows_what_was_there(tmp_path):
    run("init", tmp_path, "--yes")
    edit(tmp_path / "README.md", "## The program", "## Our program")
    edit(tmp_path / ".gitignore", "/site/", "/public/")
    forced = run("init", "--force", "README.md", cwd=tmp_path)

    assert forced.returncode == 0
    assert "-## Our program\n+## The program\n" in forced.stdout
    assert "replaced: README.md" in forced.stdout
    assert "## The program" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "/public/" in (tmp_path / ".gitignore").read_text(encoding="utf-8")


def test_force_knows_no_other_files(tmp_path):
    ran = run("init", tmp_path, "--yes", "--force", "../secrets.txt")

    assert ran.returncode == 2
    assert "../secrets.txt: is not one of the files" in ran.stderr
    assert "README.md" in ran.stderr
    assert files(tmp_path) == {}


def test_a_built_in_template_is_copied_only_where_it_is_named_and_then_belongs_to_the_archive(tmp_path):
    run("init", tmp_path, "--yes")
    copied = run("init", "--force", "templates/outage.md.j2", "--force", "site_config/overrides", cwd=tmp_path)
    path = tmp_path / "templates" / "outage.md.j2"
    edit(path, "## Summary", "## Summary\n\nOur own words.")
    again = run("init", tmp_path)
    draft = run("new", "--title", "Disk full", "--dry-run", cwd=tmp_path)

    assert "written: templates/outage.md.j2" in copied.stdout
    assert (tmp_path / "site_config" / "overrides" / "main.html").is_file()
    assert "Everything is up to date" in again.stderr
    assert "Our own words." in draft.stdout


def test_a_dry_run_shows_everything_and_writes_nothing(tmp_path):
    planned = run("init", tmp_path / "a", "--yes", "--dry-run")
    run("init", tmp_path / "b", "--yes")
    (tmp_path / "b" / ".gitignore").write_text(marked("/old/\n", ".gitignore", "0.0.1"), encoding="utf-8")
    before = files(tmp_path / "b")
    renewing = run("init", tmp_path / "b", "--dry-run")

    assert "would be written: README.md" in planned.stdout
    assert not (tmp_path / "a").exists()
    assert "-/old/\n" in renewing.stdout
    assert "would be renewed: .gitignore (of 0.0.1)" in renewing.stdout
    assert files(tmp_path / "b") == before


def test_no_github_leaves_out_what_only_github_reads(tmp_path):
    ran = run("init", tmp_path, "--yes", "--no-github")

    assert not (tmp_path / ".github").exists()
    assert (tmp_path / ".pre-commit-config.yaml").is_file()
    assert ".github" not in ran.stdout
    assert "Everything is up to date" in run("init", tmp_path, "--no-github").stderr


def test_the_tools_repository_is_asked_for_once_and_remembered_where_it_is_used(tmp_path):
    first = run("init", tmp_path, "--yes")
    second = run("init", tmp_path, "--tool", "example/tool")
    third = run("init", tmp_path)
    caller = (tmp_path / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")

    assert "--tool OWNER/NAME" in first.stderr
    assert "renewed: .github/workflows/check.yml" in second.stdout
    assert "--tool" not in second.stderr
    assert f"uses: example/tool/.github/workflows/check.yml@v{__version__} " in caller
    assert "Everything is up to date" in third.stderr


def test_a_commit_that_was_chosen_stays(tmp_path):
    commit = "0123456789abcdef0123456789abcdef01234567"
    run("init", tmp_path, "--yes", "--no-github", "--tool", f"example/tool@{commit}")

    assert "Everything is up to date" in run("init", tmp_path, "--no-github").stderr
    assert f"rev: {commit}" in (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["site_config", "site_config/archive.yml", "README.md", ".github"])
def test_links_that_lead_out_are_refused_before_anything_is_written(tmp_path, name):
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    (outside / "file").write_text("untouched\n", encoding="utf-8")
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(outside / "file" if "." in name[1:] else outside)
    ran = run("init", root, "--yes")

    assert ran.returncode == 1
    assert "out" in ran.stderr
    assert files(outside) == {"file": b"untouched\n"}
    assert not (root / ".gitignore").exists()


def test_a_link_inside_the_archive_is_read_and_left_alone_also_by_force(tmp_path):
    (tmp_path / "NOTES.md").write_text("Notes\n", encoding="utf-8")
    (tmp_path / "README.md").symlink_to("NOTES.md")
    ran = run("init", tmp_path, "--yes")
    forced = run("init", tmp_path, "--force", "README.md")

    assert "left alone: README.md" in ran.stdout
    assert forced.returncode == 1
    assert "is a link" in forced.stderr
    assert (tmp_path / "NOTES.md").read_text(encoding="utf-8") == "Notes\n"


@pytest.mark.parametrize("made", ["file", "folder"])
def test_what_stands_in_the_way_is_named(tmp_path, made):
    if made == "file":
        (tmp_path / ".github").write_text("", encoding="utf-8")
    else:
        (tmp_path / "README.md").mkdir()
    ran = run("init", tmp_path, "--yes")

    assert ran.returncode == 1
    assert "move it away" in ran.stderr
    assert not (tmp_path / ".gitignore").exists()


def test_the_folder_may_be_the_current_one_or_the_one_that_c_names(tmp_path):
    (tmp_path / "a").mkdir()
    run("init", "--yes", cwd=tmp_path / "a")
    run("-C", tmp_path, "init", "b", "--yes")

    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert "Example: postmortem init" in run("init", "--help").stdout


def test_a_file_where_the_archive_is_to_be_is_a_usage_error(tmp_path):
    (tmp_path / "a").write_text("", encoding="utf-8")
    ran = run("init", tmp_path / "a", "--yes")

    assert ran.returncode == 2
    assert "is not a folder" in ran.stderr


def test_a_file_that_is_no_text_is_left_alone(tmp_path):
    (tmp_path / "README.md").write_bytes(b"\xff\xfe\x00")
    run("init", tmp_path, "--yes")
    ran = run("init", tmp_path, "--force", "README.md")

    assert ran.returncode == 0
    assert "README.md (not written by postmortem init) The file is not UTF-8" in ran.stdout
    assert (tmp_path / "README.md").read_bytes() == b"\xff\xfe\x00"


def test_a_broken_configuration_is_named_with_its_line(tmp_path):
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").write_text("titel: x\n", encoding="utf-8")
    ran = run("init", tmp_path, "--yes")

    assert ran.returncode == 2
    assert "site_config/archive.yml:1: `titel` is not a setting" in ran.stderr
    assert not (tmp_path / "README.md").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("init", tmp_path / "file" / "a", "--yes")

    assert ran.returncode == 1
    assert "cannot be written: Not a directory." in ran.stderr


def test_inside_a_repository_nobody_is_told_to_make_one(tmp_path):
    (tmp_path / ".git").mkdir()
    ran = run("init", tmp_path / "a", "--yes")

    assert "git init" not in ran.stderr
    assert "git add" in ran.stderr
