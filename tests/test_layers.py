"""The house rules: imports only ever go down the stairs, and each outside thing has one door."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "generator"

# A room may import only from floors below its own.
FLOORS = [
    {"errors", "incident", "postmortem", "finding", "declaring"},  # words, from here ...
    {"jira_settings"},
    {"slack_settings", "confluence_settings"},
    {"settings"},  # ... to here
    {"strict_yaml", "markdown", "markup"},  # text, from here ...
    {"frontmatter", "aliases"},
    {"schema"},
    {"document", "json_schema"},
    {"edit"},  # ... to here
    {"calendar"},  # thinking, from here ...
    {"tables", "query", "policy", "anchors"},
    {"metrics", "checks"},
    {"draft", "pages", "report", "plan", "webhook"},
    {"adopt", "notices", "review", "starter"},  # ... to here
    {"config"},
    {"archive", "git", "website", "example", "rest"},  # hands
    {"intake", "layouts", "checking"},
    {"jira", "github", "slack", "confluence"},  # one vendor's wire, shared by a source and a target
    {"sources", "targets"},  # doors
    {"syncing", "doctor", "drafting", "notifying", "hosting", "starting"},
    {"sandbox"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
WORDS = set().union(*FLOORS[:4])
PURE = set().union(*FLOORS[:14])

# Doors that stay shut although the stairs would allow them.
SHUT = {(door, other) for door in ("sources", "targets") for other in ("archive", "git", "checks", "website", "config")}
SHUT |= {("sandbox", other) for other in ("jira", "rest", "sources", "targets")}  # it must not share our mistakes

# Things of the outside world, and the only rooms that may touch them.
KEYS = {
    "subprocess": {"git", "website"},
    "requests": {"rest"},
    "urllib.request": set(),
    "socket": {"website", "sandbox"},
    "http": {"website", "sandbox", "slack"},  # slack: only the error that its library lets through
    "os": {"checking", "starting", "config", "archive", "git", "intake", "website", "cli", "sources", "rest"},
    "pathlib.Path": {
        "checking",
        "layouts",
        "config",
        "archive",
        "git",
        "intake",
        "website",
        "example",
        "cli",
        "sources",
        "rest",
        "jira",
        "sandbox",
        "drafting",
        "hosting",
        "commands",
        "syncing",
        "starting",
    },
    "shutil": {"intake", "website", "example"},
    "jinja2": {"draft"},
    "markdown_it": {"pages", "markup"},
    "click": {"cli", "commands"},
    "mkdocs": set(),
    "slack_sdk": {"slack"},
    "logging": {"slack"},  # to hush the library: it would print what it sends
}


def trees():
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        if "_data" not in parts and parts != ("__init__",):
            yield parts, ast.parse(path.read_text(encoding="utf-8"))


def imports():
    for parts, tree in trees():
        package = ["generator", *parts[:-1]]
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else []
                base = [*base, *([node.module] if node.module else [])]
                names = [".".join([*base, alias.name]) for alias in node.names]
            else:
                continue
            for name in names:
                yield parts[0], name


@pytest.mark.parametrize(("room", "name"), sorted(set(imports())))
def test_imports_go_down_the_stairs(room, name):
    if name.startswith("generator."):
        other = name.split(".")[1]
        if other in FLOOR and other != room:
            assert FLOOR[other] < FLOOR[room], f"{room} must not import {other}"
            assert (room, other) not in SHUT, f"{room} must not import {other}"
    for thing, rooms in KEYS.items():
        assert room in rooms or not f"{name}.".startswith(f"{thing}."), f"{room} must not import {thing}"


def test_words_import_nothing_but_the_standard_library():
    offenders = {
        (room, name)
        for room, name in imports()
        if room in WORDS and name.split(".")[0] not in sys.stdlib_module_names
        if not (name.startswith("generator.") and name.split(".")[1] in WORDS)
    }

    assert offenders == set()


def test_pure_rooms_never_ask_the_time_and_only_config_reads_the_environment():
    offenders = {}
    for parts, tree in trees():
        words = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        }
        words |= {
            node.func.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        forbidden = {"environ", "getenv"} if parts[0] != "config" else set()
        forbidden |= {"now", "today", "utcnow"} if parts[0] in PURE else set()
        calls = {"print", "open"} if parts[0] in PURE else set()
        if words & forbidden or names & calls:
            offenders[".".join(parts)] = words & forbidden | names & calls

    assert offenders == {}


def test_every_room_is_on_a_floor():
    rooms = {p.stem for p in HOUSE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}

    assert rooms - {"__init__"} - FLOOR.keys() == set()


def test_help_imports_nothing_heavy():
    code = "import sys\nfrom generator.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\nprint(sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.strip("'[] \n").split(".")[0] for name in ran.stderr.split(",")}

    assert "click" in loaded
    assert (
        loaded
        & {
            "requests",
            "jinja2",
            "yaml",
            "markdown_it",
            "pygments",
            "mkdocs",
            "frontmatter",
            "nh3",
            "pagefind",
            "slack_sdk",
        }
        == set()
    )
    assert "Commands:" in ran.stdout
