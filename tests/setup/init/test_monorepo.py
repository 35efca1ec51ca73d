"""An archive in a subfolder of a repository: its workflows lie where GitHub runs them, and mean its folder."""

import subprocess

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.setup.init.monorepo import in_directory, means, workflow_path
from tests.folders import REPOSITORY
from tests.setup.init.running import files, run

PLACE = "services/archive"
STARTER = REPOSITORY / "starter" / "dot-github" / "workflows"
SHIPPED = {path.name: path.read_text(encoding="utf-8") for path in STARTER.glob("*.yml")}
TOOL = "fernway-example/postmortem-archive"


def repository(root, branch="main"):
    subprocess.run(["git", "init", "-q", "-b", branch, str(root)], check=True)
    return root


def begin(root, place=PLACE, *more):
    return run("init", place, "--yes", "--tool", TOOL, *more, cwd=root)


def test_workflows_lie_in_the_repositorys_own_folder_with_the_archives_directory(tmp_path):
    done = begin(repository(tmp_path))
    found = sorted(path.name for path in (tmp_path / ".github" / "workflows").iterdir())

    assert done.returncode == 0, done.stderr
    assert found == sorted(f"postmortem-services-archive-{name}" for name in SHIPPED)
    assert not (tmp_path / PLACE / ".github").exists()
    for name in found:
        jobs = yaml.safe_load((tmp_path / ".github" / "workflows" / name).read_text(encoding="utf-8"))["jobs"]
        assert [job["with"]["directory"] for job in jobs.values()] == [PLACE]
    sync = yaml.safe_load((tmp_path / ".github/workflows/postmortem-services-archive-sync.yml").read_text("utf-8"))
    assert sync[True]["push"]["paths"] == [f"{PLACE}/postmortems/**", f"{PLACE}/site_config/**"]
    assert "only from the repository's own .github/workflows/" in done.stderr
    assert f"https://github.com/{TOOL}" in done.stderr


def test_run_again_nothing_changes_and_an_edited_or_foreign_workflow_stays(tmp_path):
    begin(repository(tmp_path))
    before = files(tmp_path / ".github")
    assert "Everything is up to date" in begin(tmp_path).stderr
    assert files(tmp_path / ".github") == before

    edited = tmp_path / ".github/workflows/postmortem-services-archive-check.yml"
    edited.write_text("name: my own\n", encoding="utf-8")
    done = begin(tmp_path, PLACE, "--force", ".github/workflows/postmortem-services-archive-check.yml")
    assert edited.read_text(encoding="utf-8") == "name: my own\n"
    assert "left alone: .github/workflows/postmortem-services-archive-check.yml" in done.stdout


def test_a_second_archive_whose_name_reads_alike_takes_nothing_from_the_first(tmp_path):
    begin(repository(tmp_path), "a-b")
    before = files(tmp_path / ".github")
    done = begin(tmp_path, "a/b")

    assert files(tmp_path / ".github") == before
    assert "left alone: .github/workflows/postmortem-a-b-check.yml" in done.stdout


def test_in_a_repository_of_its_own_and_in_none_all_is_below_the_archive(tmp_path):
    begin(tmp_path)
    assert (tmp_path / PLACE / ".github/workflows/check.yml").is_file()

    begin(repository(tmp_path / "own"), ".")
    assert (tmp_path / "own/.github/workflows/check.yml").is_file()
    assert (tmp_path / "own/.pre-commit-config.yaml").is_file()


@pytest.mark.parametrize("branch", ["master", "trunk", "release/next"])
@pytest.mark.parametrize("place", [".", PLACE])
def test_workflows_listen_to_the_repositorys_own_default_branch(tmp_path, branch, place):
    begin(repository(tmp_path, branch), place)
    published = next((tmp_path / ".github/workflows").glob("*publish.yml"))

    assert yaml.safe_load(published.read_text(encoding="utf-8"))[True]["push"]["branches"] == [branch]


@given(st.lists(st.text("abz019-_. é[]*+!", min_size=1, max_size=8), min_size=1, max_size=3).map("/".join))
def test_any_folder_stays_the_folder_that_it_is(directory):
    for name, shipped in SHIPPED.items():
        text = in_directory(
            shipped.replace("__BRANCH__", "main").replace("__TOOL__", TOOL).replace("__REF__", "v1"), directory
        )
        read = yaml.safe_load(text)

        assert [job["with"]["directory"] for job in read["jobs"].values()] == [directory]
        assert means(text, directory)
        assert not means(text, f"{directory}x")
        assert "/" not in workflow_path(directory, name).removeprefix(".github/workflows/")
