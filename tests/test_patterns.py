"""No regular expression takes longer than in proportion to its text, whoever wrote the text."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.draft.sources.file.load import load
from generator.errors import InputError
from tests.conftest import environment
from tests.patterns import growth

ROOT = Path(__file__).parent.parent


def test_every_pattern_is_linear():
    done = subprocess.run(
        [sys.executable, "-m", "tests.patterns"],
        cwd=ROOT, capture_output=True, text=True, env=environment(), check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 500, done.stdout


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:\s*(?:#[^\n]*)?\n)*---",
        r"(?:\w+ly |partly )*guilty",
        r"# +(.*?) *#* *$",
        r"(a|a)*b",
        r"\*\*\s*([^*]+?)\s*:?\s*\*\*",
    ],
)
def test_a_pattern_that_grows_faster_is_seen(pattern):
    assert growth(re.compile(pattern))


@pytest.mark.parametrize("pattern", [r"(?:[^\S\n]*+(?:#[^\n]*+)?\n)*+---", r"\d+-\d+", r"\s*\w+", r"(?:ab|c)*+d"])
def test_a_linear_one_is_not(pattern):
    assert growth(re.compile(pattern)) is None


@pytest.mark.parametrize("blank", ["\n", " \n", "\t\n", "#\n", " # x\n"])
@pytest.mark.parametrize("end", ["x", "!", "", "\0"])
def test_many_blank_lines_in_front_of_what_is_no_data_are_refused_at_once(tmp_path, blank, end):
    path = tmp_path / "incident"
    path.write_text(blank * 50_000 + end, encoding="utf-8")

    with pytest.raises(InputError):
        load(path)
