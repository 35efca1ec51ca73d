"""An interrupted run leaves whole files only, and the next run goes on where it ended."""

import pytest

from generator.errors import PostmortemError
from generator.setup.init.answering import Answers
from generator.setup.init.plan import look, plan
from generator.setup.init.write import carry_out
from tests.setup.init.running import files


def begin(root, decisions=None):
    return list(carry_out(root, decisions or plan(look(root), Answers())))


def whole(tmp_path):
    begin(tmp_path / "whole")
    return files(tmp_path / "whole")


@pytest.mark.parametrize("written", [1, 5, 13])
def test_a_run_that_ended_early_is_finished_by_the_next_one(tmp_path, written):
    root = tmp_path / "a"
    going = carry_out(root, plan(look(root), Answers()))
    for _ in range(written):
        next(going)
    going.close()
    expected = whole(tmp_path)

    assert files(root).items() <= expected.items()
    assert "site_config/archive.yml" not in files(root)
    begin(root)
    assert files(root) == expected


def test_what_a_killed_run_left_half_written_is_not_taken_for_a_file(tmp_path):
    root = tmp_path / "a"
    root.mkdir()
    (root / ".README.md.new").write_text("# Postm", encoding="utf-8")
    begin(root)

    assert files(root) == whole(tmp_path)


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    decisions = plan(look(tmp_path), Answers())
    (tmp_path / "README.md").write_text("Somebody else's\n", encoding="utf-8")

    with pytest.raises(PostmortemError, match="appeared while this ran"):
        begin(tmp_path, decisions)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "Somebody else's\n"
    assert not list(tmp_path.rglob("*.new"))


def test_a_link_in_the_place_of_the_file_to_be_is_not_followed(tmp_path):
    root, outside = tmp_path / "a", tmp_path / "outside"
    root.mkdir()
    outside.write_text("untouched\n", encoding="utf-8")
    (root / ".README.md.new").symlink_to(outside)

    with pytest.raises(PostmortemError, match=r"README\.md: cannot be written"):
        begin(root)
    assert outside.read_text(encoding="utf-8") == "untouched\n"
