"""The build as a whole, with each engine that is installed."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.errors import PostmortemError, UsageError
from generator.settings.model import Settings
from generator.site.build import output as files
from tests.site.build.site import Staged, archive, builder, page, staged, tree

ENGINES = [
    pytest.param(name, marks=pytest.mark.skipif(find_spec(name) is None, reason=f"{name} is not installed"))
    for name in ("mkdocs", "properdocs", "zensical")
]


@pytest.fixture
def root(tmp_path):
    return archive(tmp_path / "archive")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site that was built once; tests only read it."""
    root = archive(tmp_path_factory.mktemp("built") / "archive")
    report = builder(root)(staged(70), jobs=2)
    return report, tree(root / "site")


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_builds_the_same_staged_folder(root, engine):
    report = builder(root)(staged(), engine=engine)
    site = tree(root / "site")

    assert (report.engine, report.pages_total, report.pages_built) == (engine, 5, 5)
    assert {"index.html", "404.html", "actions/index.html", "postmortems/INC-3/index.html"} <= site.keys()
    for number in (1, 2, 3):
        html = site[f"postmortems/INC-{number}/index.html"].decode()
        assert f"<p>The pool of service{number} ran dry.</p>" in html
        assert f"<title>Incident {number} - Test archive</title>" in html
        assert 'id="summary"' in html
        assert "data-hole" not in html
        assert "../../assets/" in html
        assert 'href="https://pm.example.com/' in html
    assert "Overview" in site["postmortems/INC-3/index.html"].decode()
    assert site["assets/own.css"] == b"h1 { color: teal }\n"
    assert site["postmortems.json"] == b"[]\n"
    assert site["postmortems/INC-1/graph.png"].startswith(b"\x89PNG")
    assert "pagefind/pagefind.js" in site
    assert not {"search.json", "sitemap.xml.gz"} & site.keys()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cached_build_gives_the_same_bytes_as_a_cold_one(root, tmp_path, engine):
    build = builder(root, engine=engine)
    build(staged())
    after = staged(4, INC_2="<p>Edited.</p>")
    edited = build(after)
    other = tmp_path / "elsewhere"
    cold = build(after, output=other / "site", cache=other / "cache")

    assert edited.pages_built == 2
    assert cold.pages_built == 6
    assert tree(root / "site") == tree(other / "site")


def test_two_processes_give_the_same_bytes_as_one(built, root):
    builder(root)(staged(70), jobs=1)

    assert tree(root / "site") == built[1]


def test_nothing_is_built_or_touched_when_nothing_changed(root):
    build = builder(root)
    build(staged())
    before = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")}
    report = build(staged())

    assert report.pages_built == 0
    assert {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")} == before


def test_an_edit_builds_one_page_and_a_block_of_html_needs_no_engine(root, monkeypatch):
    build = builder(root)
    build(staged())
    said = []
    report = build(staged(INC_2="<p>New words.</p>"), progress=said.append)

    assert report.pages_built == 1
    assert not [line for line in said if "MkDocs" in line]
    assert b"New words." in (root / "site/postmortems/INC-2/index.html").read_bytes()
    assert b"service1" in (root / "site/postmortems/INC-1/index.html").read_bytes()


def test_a_page_that_is_gone_leaves_nothing_behind(root):
    build = builder(root)
    build(staged(3))
    build(staged(2))

    assert not (root / "site/postmortems/INC-3").exists()
    assert b"INC-3" not in (root / "site/sitemap.xml").read_bytes()


def test_a_page_may_become_a_file_and_a_file_a_folder(root):
    build = builder(root)
    one = staged()
    build(Staged({**one.pages, "a.md": page("A", "<p>a</p>")}, {"b": b"b"}))
    build(Staged({**one.pages, "b/c.md": page("C", "<p>c</p>")}, {"a": b"a"}))

    assert (root / "site/a").read_bytes() == b"a"
    assert (root / "site/b/c/index.html").is_file()


def test_what_was_changed_by_hand_in_the_output_is_put_right(root):
    build = builder(root)
    build(staged())
    good = tree(root / "site")
    (root / "site/index.html").write_text("mine", encoding="utf-8")
    (root / "site/stray.txt").write_text("left over", encoding="utf-8")
    build(staged())

    assert tree(root / "site") == good


def test_a_changed_look_reaches_every_page(root):
    build = builder(root)
    build(staged())
    (root / "site_config/overrides/main.html").write_text(
        '{% extends "base.html" %}{% block content %}<b>hello</b>{{ page.content }}{% endblock %}', encoding="utf-8"
    )
    report = build(staged())

    assert report.pages_built == 5
    assert b"<b>hello</b>" in (root / "site/postmortems/INC-1/index.html").read_bytes()
    assert not (root / "site/pagefind").exists()


def test_a_changed_title_of_the_site_reaches_every_page(root):
    build = builder(root)
    build(staged())
    build(staged(), settings=Settings(title="Another name"))

    assert b"- Another name</title>" in (root / "site/postmortems/INC-1/index.html").read_bytes()
    assert not (root / "site/sitemap.xml").exists()


def test_a_failing_engine_leaves_the_old_site_and_names_the_reason(root):
    build = builder(root)
    build(staged())
    before = tree(root / "site")
    (root / "site_config/overrides/main.html").write_text("{{ nothing.at.all }}", encoding="utf-8")
    with pytest.raises(PostmortemError, match=r"MkDocs did not build the site:\n.*'nothing' is undefined.*main\.html"):
        build(staged())

    assert tree(root / "site") == before
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []


def test_a_lost_block_is_an_error_that_names_the_page(root):
    (root / "site_config/overrides/main.html").write_text("{{ page.title }}", encoding="utf-8")
    with pytest.raises(PostmortemError, match=r"left out a part of the page index\.md"):
        builder(root)(staged())


def test_a_warning_fails_a_strict_build_only(root):
    look = root / "site_config/mkdocs.yml"
    look.write_text(look.read_text(encoding="utf-8") + "frob: 3\n", encoding="utf-8")
    with pytest.raises(PostmortemError, match="Unrecognised configuration name: frob"):
        builder(root)(staged())
    report = builder(root)(staged(), strict=False)

    assert report.notes == ("Config value 'frob': Unrecognised configuration name: frob",)


def test_a_page_of_the_navigation_that_is_not_there_is_an_error_in_the_archives_own_look(root):
    site = Staged({"index.md": page("Overview", "<p>x</p>")})
    with pytest.raises(PostmortemError, match=r"'actions\.md' is included in the 'nav'"):
        builder(root)(site)


def test_a_page_of_the_built_in_navigation_that_is_not_there_is_left_out(root, tmp_path):
    built_in = shutil.copytree(root / "site_config", tmp_path / "built-in")
    report = builder(root)(Staged({"index.md": page("Overview", "<p>x</p>")}), site_config=built_in)

    assert report.notes == ("actions.md is in the navigation, but not in this site.",)


def test_an_output_folder_with_other_files_is_refused(root):
    mine = root / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(PostmortemError, match="holds files that this program did not write"):
        builder(root)(staged(), output=mine)

    assert tree(mine) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize("output", [".", "..", "site_config", "site_config/site", "postmortems/x", ".postmortem"])
def test_an_output_folder_that_would_harm_the_archive_is_refused(root, output):
    with pytest.raises(UsageError, match="cannot be the output folder"):
        builder(root)(staged(), output=root / output)


@pytest.mark.parametrize("source", ["../secret.txt", "link.txt", "gone.png", "postmortems"])
def test_a_copy_from_outside_of_the_archive_is_refused(root, source):
    (root.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    site = Staged(staged().pages, {}, {"x.txt": source})
    with pytest.raises(PostmortemError, match=r"leads out of the archive|no such file|This is a folder"):
        builder(root)(site)

    assert not (root / "site").exists()


@pytest.mark.parametrize("path", ["../x.json", "/etc/x", "a/../../x", "a\\b", "", "c:/x", "a//b"])
def test_a_path_that_leaves_the_site_is_refused(root, path):
    with pytest.raises(PostmortemError, match="only plain relative paths"):
        builder(root)(Staged(staged().pages, {path: b""}))


def test_two_things_at_one_address_are_refused(root):
    pages = {**staged().pages, "actions/index.md": page("Twice", "<p>x</p>")}
    with pytest.raises(PostmortemError, match=r"Both actions\.md and actions/index\.md"):
        builder(root)(Staged(pages))


def test_an_unknown_engine_is_a_usage_error(root):
    with pytest.raises(UsageError, match="choose one of mkdocs, properdocs, zensical"):
        builder(root)(staged(), engine="jekyll")


def test_an_engine_that_is_not_installed_is_named_with_its_cure(root, monkeypatch):
    monkeypatch.setattr("generator.site.build.engines.find_spec", lambda name: None)
    with pytest.raises(PostmortemError, match=r"Zensical is not installed; install it with: .* -m pip install"):
        builder(root)(staged(), engine="zensical")


def test_a_cache_that_is_no_database_is_made_anew(root):
    cache = root / ".postmortem/cache/mkdocs.sqlite"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"not a database at all" * 100)

    assert builder(root)(staged()).pages_built == 5


def test_only_pages_that_say_so_are_searched(built):
    html = built[1]
    fragments = [name for name in html if name.startswith("pagefind/fragment/")]

    assert len(fragments) == 70


def test_the_sitemap_has_every_page_and_nothing_else(built):
    sitemap = built[1]["sitemap.xml"].decode()

    assert sitemap.count("<loc>") == 72
    assert "<loc>https://pm.example.com/postmortems/INC-7/</loc>" in sitemap
    assert "<loc>https://pm.example.com/</loc>" in sitemap
    assert "404" not in sitemap
    assert built[1]["robots.txt"].endswith(b"Sitemap: https://pm.example.com/sitemap.xml\n")


def test_the_built_site_asks_no_other_host_for_anything(built):
    html = built[1]["postmortems/INC-1/index.html"].decode()

    assert "//fonts." not in html
    assert "cdn" not in html.lower()
    assert str(Path(sys.prefix)) not in html


def test_a_folder_left_by_a_killed_build_is_cleared_later(root):
    left = root / ".site.building-abc"
    left.mkdir()
    fresh = root / ".site.building-def"
    fresh.mkdir()
    import os

    os.utime(left, (0, 0))
    with files.beside(root / "site"):
        assert not left.exists()
        assert fresh.exists()
