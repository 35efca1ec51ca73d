"""The docs say what the program does."""

import importlib.util
import re

import pytest

from generator.cli.main import COMMANDS
from generator.document.audience import audience_of
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.folders import REPOSITORY


def generated():
    spec = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


def test_generated_pages_are_up_to_date():
    stale = [
        path.name for path, text in generated().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]

    assert stale == [], "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_docs(command):
    text = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "docs").glob("*.md"))

    assert f"postmortem {command}" in text


def test_every_command_that_the_docs_or_readme_name_exists():
    pages = [*(REPOSITORY / "docs").glob("*.md"), REPOSITORY / "README.md"]
    named = {
        word
        for page in pages
        for word in re.findall(r"(?:`|^\$? ?)postmortem ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert named - set(COMMANDS) == set()


def test_the_readme_names_the_make_targets_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(
        re.findall(r"(?:^|`)make ([a-z]+)", (REPOSITORY / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )

    assert named
    assert named <= targets


@pytest.mark.parametrize("path", sorted((REPOSITORY / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_everybody_may_read_the_guide(path):
    page = parse(path.read_text(encoding="utf-8"), path.name)

    assert audience_of(page, Settings(audience="restricted")).audience == "public"
