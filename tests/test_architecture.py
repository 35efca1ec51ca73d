"""ARCHITECTURE.md says what is so: its drawing is that of the layers, and every path that it names exists."""

import re
import tomllib
from itertools import accumulate

import pytest

from tests.folders import REPOSITORY

TEXT = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+)?|[\w-]+\.(?:md|toml|yml|lock))`")
NEW = {"generator/draft/sources/rootly.py"}  # what a row asks for and is not there yet
CODE = re.compile(
    r"a new (?:`[^`]+`|file in `[^`]+`|folder `[^`]+`)|the file of its kind in `[^`]+`|`(?:\w+/)+\w+\.(?:py|yml)`|a rule"
)


def layers() -> list[list[str]]:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    return [re.findall(r"\w+", line) for line in contract["layers"]]


def starts() -> list[int]:
    """How many rooms stand above each layer."""
    return list(accumulate([0, *(len(layer) for layer in layers()[:-1])]))


def rows(heading: str) -> list[tuple[str, str]]:
    part = re.split(r"^## ", TEXT.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| (?!Question|Request)([^|-][^|]*) \| ([^|]+) \|$", part, re.MULTILINE)


def test_the_drawing_has_every_room_once_and_in_the_order_of_the_layers():
    drawing = re.search(r"```mermaid\n(.*?)```", TEXT, re.DOTALL)[1]
    rooms = [room for layer in layers() for room in layer]
    drawn = [word for word in re.findall(r"^ *(?:\w+.* --> )?(\w+)(?:\[\"|$)", drawing, re.MULTILINE) if word in rooms]
    drawn = ["cli", *drawn] if 'cli["' in drawing else drawn

    assert len(drawn) == len(set(drawn))
    assert [sorted(layer) for layer in layers()] == [
        sorted(drawn[start : start + len(layer)]) for start, layer in zip(starts(), layers(), strict=True)
    ]
    assert sorted(drawn) == sorted(rooms)


def test_every_room_is_a_layer():
    homes = {
        path.stem
        for path in (REPOSITORY / "generator").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert homes - {"__init__", "__main__"} == {room for layer in layers() for room in layer}


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "SECURITY.md"])
def test_every_path_that_is_named_exists(page):
    named = set(PATH.findall((REPOSITORY / page).read_text(encoding="utf-8"))) - NEW

    assert named
    assert [path for path in sorted(named) if not (REPOSITORY / path).exists()] == []


def test_a_question_has_one_answer_and_stands_once():
    questions = [question for question, _ in rows("One question, one answer")]

    assert len(questions) > 10
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize(("request_", "files"), rows("What to touch"), ids=lambda one: one[:30])
def test_no_request_touches_more_than_three_files(request_, files):
    assert 1 <= len(CODE.findall(files)) <= 3, request_
