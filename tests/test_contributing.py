"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the repository, work; and paths that it names exist."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.folders import REPOSITORY

TEXT = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
RUFF = Path(sys.executable).with_name("ruff")
RECIPES = [title for title in re.findall(r"^## (.+)$", TEXT, re.MULTILINE) if title.startswith("Add a ")]
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w+)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([^`\s]+)`:\s*\Z")
LEFT_OUT = {".git", ".venv", "site", "build", "dist", ".hypothesis"}  # at the top only: `generator/site` is a room


@dataclass(frozen=True)
class Block:
    """A fenced block with its language, and the path that the words before it name."""

    language: str
    path: str
    text: str


def section(title: str) -> str:
    return re.split(r"^## ", TEXT.partition(f"## {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def blocks(title: str) -> list[Block]:
    text = section(title)
    return [
        Block(
            match["language"],
            name[1] if (name := NAMED.search(text[: match.start()])) else "",
            textwrap.dedent(match["body"]) if match["language"] != "diff" else unindented(match),
        )
        for match in FENCE.finditer(text)
    ]


def unindented(match: re.Match[str]) -> str:
    """The lines of a diff as they stand, as their first column has a meaning."""
    return "".join(line[len(match["indent"]) :] for line in match["body"].splitlines(keepends=True))


def patched(text: str, diff: str) -> str:
    """The text with a diff applied; the lines that it shows or takes away must stand there exactly once."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    assert text.count(before) == 1, f"these lines must stand there once:\n{before}"
    return text.replace(before, "".join(line[1:] for line in lines if line[0] in " +"))


def left_out(folder: str, names: list[str]) -> set[str]:
    """What a copy of a folder does not need: the names of what was made there and is no part of the repository."""
    made = {name for name in names if name == "__pycache__" or name.endswith("_cache")}
    return made | (LEFT_OUT.intersection(names) if Path(folder) == REPOSITORY else set())


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The repository as a newcomer has it after `make install`; the interpreter is the one that runs this test."""
    root = tmp_path_factory.mktemp("contribution") / "postmortem-archive"
    shutil.copytree(REPOSITORY, root, ignore=left_out)
    programs = root / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, words in (("python", ""), ("postmortem", " -m generator")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{words} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    (root / ".venv" / ".installed").touch()
    return root


@contextmanager
def answering(pages: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """A server with these answers: its address, and what the requests said of who asks."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Authorization"])
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(pages.get(self.path, b"{}"))

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def run(root: Path, command: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "GOLDEN"))}
    ran = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command],
        cwd=root,
        env={**environment, "PYTHONPATH": str(root), "SOURCE_DATE_EPOCH": "1795248000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"$ {command}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def follow(root: Path, title: str) -> dict[str, str]:
    """Do what a recipe says, step by step; the answer is what each of its commands printed."""
    printed = {}
    for block in blocks(title):
        if block.language == "console":
            for line in block.text.splitlines():
                command = line.removeprefix("$ ")
                printed[command] = run(root, command)
            continue
        path = root / block.path
        assert block.path, f"the words before this block name no file:\n{block.text}"
        assert path.exists() == (block.language == "diff"), block.path
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_text(encoding="utf-8") if block.language == "diff" else ""
        path.write_text(patched(old, block.text) if old else block.text, encoding="utf-8")
    changed = sorted({block.path for block in blocks(title) if block.path.endswith(".py")})
    run(root, f"{RUFF} check {' '.join(changed)} && {RUFF} format --check {' '.join(changed)}")
    return printed


def answer(printed: dict[str, str], word: str) -> str:
    return next(text for command, text in printed.items() if word in command)


def test_a_source_drafts_from_its_payload(copy):
    printed = follow(copy, "Add a source")
    draft = answer(printed, "new --from")

    assert "title: Receipts are not printed" in draft
    assert re.search(r"\| 2026-03-10 10:31 \| .*Driver rolled back to 4.1.* \| Beacon \|", draft)
    assert "2 passed" in answer(printed, "test_beacon")
    assert (copy / "tests" / "golden" / "drafts" / "beacon-case.md").is_file()

    with answering({"/cases/B-17": (copy / "tests/fixtures/beacon/case.json").read_bytes()}) as (base, asked):
        draft = run(
            copy, f"BEACON_URL={base} BEACON_TOKEN=sesame .venv/bin/postmortem new --from beacon:B-17 --dry-run"
        )

    assert "title: Receipts are not printed" in draft
    assert asked == ["Bearer sesame"]


def test_a_rule_finds_what_it_looks_for(copy):
    printed = follow(copy, "Add a rule")

    assert "2 passed" in answer(printed, "test_title_length")
    assert (copy / "docs" / "checks" / "title-length.md").is_file()
    assert "title-length" in (copy / "docs" / "checks.md").read_text(encoding="utf-8")


def test_a_tracker_keeps_action_items(copy):
    printed = follow(copy, "Add a tracker")

    assert "1 passed" in answer(printed, "test_board")


def test_a_page_is_in_the_site(copy):
    printed = follow(copy, "Add a page")
    page = (copy / "build" / "site" / "years" / "index.html").read_text(encoding="utf-8")

    assert "2 passed" in answer(printed, "test_years")
    assert "2026: " in page
    assert 'href="../years/"' in (copy / "build" / "site" / "tags" / "index.html").read_text(encoding="utf-8")


FIELD_LINE = '    Field("commander", Kind.TEXT,'
PROBE = """
from generator.document import parse, json_schema
document = parse.parse("---\\nid: A\\ntitle: T\\nstatus: draft\\nseverity: SEV1\\nregion: eu-west\\n---\\n")
print(document.postmortem.region, document.findings, "region" in str(json_schema.front_matter()))
"""


def patch(root: Path, name: str, line: str, new: str) -> None:
    """Put lines before one that stands once in a file."""
    path = root / "generator" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1
    path.write_text(text.replace(line, new + line), encoding="utf-8")


def test_a_front_matter_field_is_declared_in_two_files(copy):
    patch(copy, "document/schema.py", FIELD_LINE, '    Field("region", Kind.TEXT, "Where it was.", "eu-west"),\n')
    patch(copy, "document/model.py", '    commander: str = ""\n', '    region: str = ""\n')

    assert run(copy, f"{sys.executable} -c '{PROBE}'") == "eu-west () True\n"


AUDIENCE = """
from generator.document.audience import audience_of
from generator.document.model import Audience
from generator.document.parse import parse
from generator.settings.load.reading import reader
from generator.settings.model import Settings
reading = audience_of(parse("---\\nid: A\\naudience: partners\\n---\\n"), Settings())
print(reading.audience, reading.doubts, *(reading.readable_by(reader) for reader in Audience))
print(reader("audience")("partners", "archive.yml:1", "audience"))
"""


def test_an_audience_is_declared_in_two_files(copy):
    patch(copy, "document/model.py", '    INTERNAL = "internal"\n', '    PARTNERS = "partners"\n')
    path = copy / "generator" / "settings" / "load" / "reading.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('one_of("public", ', 'one_of("public", "partners", '), encoding="utf-8")

    assert run(copy, f"{sys.executable} -c '{AUDIENCE}'") == "partners () False True True True\npartners\n"
    assert "partners" in run(copy, ".venv/bin/postmortem build --help")


def test_each_recipe_names_its_contract_and_an_example_that_are_there():
    for title in RECIPES:
        contract = re.search(r"contract is `(\w+)` in\s+`([^`]+)`", section(title))
        examples = re.findall(r"`([^`]+)`", re.search(r"^To copy: (.+)$", section(title), re.MULTILINE)[1])

        assert f"class {contract[1]}" in (REPOSITORY / contract[2]).read_text(encoding="utf-8"), title
        assert examples
        assert [path for path in examples if not (REPOSITORY / path).is_file()] == []


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"(?:`|\$ )make ([a-z-]+)", TEXT)) - targets == set()
    assert {"install", "test"} <= targets
