"""What other packages add: sources, shapes, rules and pages work once the package is installed, and a broken one is named."""

import json
import os
import subprocess
import sys

import pytest

from generator.check import engine
from generator.draft import sources
from generator.draft.incident import Incident
from generator.errors import UsageError
from generator.site.pages import staging
from tests.folders import REPOSITORY
from tests.installed import package
from tests.site.pages.archive import staged, write

CODE = """
    from generator.check.rule import Hit, Rule
    from generator.draft.incident import Incident
    from generator.site.pages.front import front_matter

    LABEL = "Pager"

    def recognises(payload):
        return isinstance(payload, dict) and "pager_case" in payload

    def incidents_from(payload):
        return (Incident(source=LABEL, ref=payload["pager_case"], title=payload["what"]),)

    def make(config):
        return lambda ref: (Incident(source=str(config), ref=ref),)

    def check(document, context):
        yield Hit(1, "It is Friday.")

    FRIDAY = Rule(id="friday", title="t", why="w", before="b", after="a", check=check)
    TAKEN = Rule(id="todo", title="t", why="w", before="b", after="a", check=check)

    def pages(site):
        return {"years/index.md": front_matter({"title": "Years"}) + f"{len(site.entries)} postmortems"}

    def overview(site):
        return {"index.md": "mine"}
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a package of this module with the given entry points, for this test alone."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def put(**entries):
        package(tmp_path, "pager", CODE, {f"postmortem_archive.{group}": line for group, line in entries.items()})
        for cached in (sources.shapes, engine.rules, engine.by_id):
            cached.cache_clear()

    yield put
    sys.modules.pop("pager", None)
    for cached in (sources.shapes, engine.rules, engine.by_id):
        cached.cache_clear()


def test_a_source_is_named_on_the_command_line(install):
    install(sources="pager = pager:make")

    assert sources.fetch("pager:42", config="settings") == (Incident(source="settings", ref="42"),)
    with pytest.raises(UsageError, match="did you mean `pager:42`"):
        sources.fetch("pagr:42")


def test_a_shape_is_recognised_after_ours(install, tmp_path):
    install(shapes="pager = pager")
    path = tmp_path / "case.json"
    path.write_text('{"pager_case": "7", "what": "Pages do not arrive"}')

    assert [one.title for one in sources.fetch(f"file:{path}")] == ["Pages do not arrive"]
    assert sources.labels()[-1] == "Pager"


def test_a_rule_is_applied_beside_ours(install):
    install(rules="friday = pager:FRIDAY")

    assert engine.rules()[-1].id == "friday"
    assert "friday" in engine.by_id()


def test_a_page_is_in_the_site(install):
    install(pages="years = pager:pages")

    assert staged(write(), write("INC-2026-0002")).pages["years/index.md"].endswith("2 postmortems")


@pytest.mark.parametrize(
    ("entries", "ask", "words"),
    [
        ({"sources": "pager = pager:gone"}, lambda: sources.fetch("pager:1"), "`pager` of pager .* cannot be loaded"),
        ({"sources": "pager = nowhere:make"}, lambda: sources.fetch("pager:1"), "No module named 'nowhere'"),
        ({"shapes": "pager = pager:make"}, sources.shapes, "shape `pager` .* lacks LABEL"),
        ({"rules": "x = pager:check"}, engine.rules, "rule `x` .* is no Rule"),
        ({"rules": "x = pager:TAKEN"}, engine.rules, "has the id `todo`, which is taken"),
        ({"pages": "mine = pager:overview"}, lambda: staged(write()), "page index.md of the extension `mine`"),
    ],
)
def test_an_extension_that_does_not_fit_is_named_and_nothing_goes_on_without_it(install, entries, ask, words):
    install(**entries)

    with pytest.raises(UsageError, match=words):
        ask()


def test_two_packages_with_one_name_are_refused(install, tmp_path):
    install(rules="friday = pager:FRIDAY")
    package(tmp_path, "other", "from pager import FRIDAY", {"postmortem_archive.rules": "friday = other:FRIDAY"})

    with pytest.raises(UsageError, match="Two installed packages add a `friday`"):
        engine.rules()


def test_the_command_uses_what_is_installed(tmp_path):
    package(tmp_path, "pager", CODE, {"postmortem_archive.rules": "friday = pager:FRIDAY"})
    where = REPOSITORY / "postmortems" / "2026" / "INC-2026-0005-search-failover-and-dns.md"
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--format", "json", str(where)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "friday" in {finding["rule"] for finding in json.loads(ran.stdout)}


def test_every_page_that_is_made_of_all_postmortems_is_registered():
    pages = staged(write()).pages

    assert {"index.md", "postmortems/index.md", "actions/index.md", "services/index.md", "tags/index.md"} <= set(pages)
    assert len(staging.DERIVED) == len(set(staging.DERIVED))
