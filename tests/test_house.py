"""The house stays one to live in: small files, plain functions, one meaning for a name, no circles, no hidden inputs."""

import ast
from collections import defaultdict
from collections.abc import Iterator

import grimp
import pytest
from radon.complexity import cc_visit_ast
from radon.visitors import Function

from tests.folders import REPOSITORY

ROOTS = ("generator", "jira_sandbox")
LARGEST = 300  # lines; above it a file has two subjects
GENERIC = {"values", "utils", "util", "common", "helpers", "misc", "shared"}

# Cyclomatic complexity, as radon counts it. Above PLAIN a function wants names for its steps, above REASONED it says
# beside its definition why its branches stay together (`# Branches: ...`), above WORST nobody can hold it in mind.
PLAIN, REASONED, WORST = 15, 20, 30
NOT_PLAIN = 97  # how many functions are above PLAIN; the number may only shrink

# Rooms whose modules take values and return values; what reads the clock or the environment is beside them.
PURE = (
    "generator.markup",
    "generator.document",
    "generator.settings",
    "generator.check",
    "generator.draft",
    "generator.importer",
    "generator.sync",
    "generator.notify",
    "generator.site.pages",
    "generator.mirror",
)
CLOCKS = {
    "generator.settings.load",  # the one place that reads the present, or what SOURCE_DATE_EPOCH fixes as it
    "generator.sync.jira.lock",  # the server's clock, by which the age of a claim is measured
    "generator.sync.github.lock",  # as above
}


def modules() -> Iterator[tuple[str, str]]:
    for root in ROOTS:
        for path in sorted((REPOSITORY / root).rglob("*.py")):
            if "_data" not in path.parts:
                name = ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
                yield name, path.read_text(encoding="utf-8")


MODULES = dict(modules())
TREES = {name: ast.parse(text) for name, text in MODULES.items()}


def functions() -> Iterator[tuple[str, Function]]:
    """Every function and method with the module that it stands in."""
    for name, tree in TREES.items():
        for block in cc_visit_ast(tree):
            if isinstance(block, Function):
                yield name, block


def test_no_file_is_so_long_that_nobody_reads_it():
    assert {name: text.count("\n") for name, text in MODULES.items() if text.count("\n") > LARGEST} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [name for name in MODULES if name.rpartition(".")[2] in GENERIC] == []


@pytest.mark.parametrize("root", ROOTS)
def test_a_name_of_a_class_means_one_thing(root):
    places = defaultdict(list)
    for name, tree in TREES.items():
        if name.split(".")[0] == root:
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(name)

    assert {name: homes for name, homes in places.items() if len(homes) > 1} == {}


@pytest.mark.parametrize("root", ROOTS)
def test_no_two_modules_need_each_other(root):
    graph = grimp.build_graph(root, cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    done = set()

    def circle(module, trail):
        if module in trail:
            return [*trail[trail.index(module) :], module]
        if module in done:
            return None
        for other in sorted(needs.get(module, ())):
            if way_back := circle(other, [*trail, module]):
                return way_back
        done.add(module)
        return None

    assert [way_back for module in sorted(graph.modules) if (way_back := circle(module, []))] == []


def test_pure_modules_never_ask_the_time_and_only_settings_read_the_environment():
    offenders = {}
    for name, tree in TREES.items():
        read = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in {"environ", "getenv"}}
        called = {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}
        pure = f"{name}.".startswith(tuple(f"{room}." for room in PURE))
        hidden = set() if name.startswith("generator.settings.load") else read
        hidden |= called & {"now", "today", "utcnow"} if pure and name not in CLOCKS else set()
        if hidden:
            offenders[name] = hidden

    assert offenders == {}


def test_a_function_of_many_branches_says_why_and_none_is_a_maze():
    silent, mazes = {}, {}
    for name, function in functions():
        place = f"{name}.{function.fullname}"
        if function.complexity > WORST:
            mazes[place] = function.complexity
        elif function.complexity > REASONED and not gives_a_reason(name, function):
            silent[place] = function.complexity

    assert (mazes, silent) == ({}, {})


def gives_a_reason(module: str, function: Function) -> bool:
    """Whether `# Branches:` and a reason stand on the line above the definition or between it and the first statement."""
    lines = MODULES[module].split("\n")
    node = next(n for n in ast.walk(TREES[module]) if getattr(n, "lineno", 0) == function.lineno and hasattr(n, "body"))
    documented = len(node.body) > 1 and ast.get_docstring(node) is not None
    above = min([function.lineno, *(d.lineno for d in node.decorator_list)]) - 2
    around = [lines[above], *lines[function.lineno - 1 : node.body[1 if documented else 0].lineno - 1]]
    reasons = [line.strip().removeprefix("# Branches:").strip() for line in around if "# Branches:" in line]
    return any(len(reason.split()) >= 3 for reason in reasons)


def test_functions_that_want_names_for_their_steps_become_fewer():
    assert len([function for _, function in functions() if function.complexity > PLAIN]) <= NOT_PLAIN
