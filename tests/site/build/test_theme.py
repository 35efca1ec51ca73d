"""The archive's look, completed for an engine."""

import pytest
import yaml

from generator.errors import InputError
from generator.settings.model import Settings
from generator.site.build import theme
from generator.site.build.search_shards import stubs
from tests.site.build.site import LOOK, archive, page

PAGES = {"index.md": page("Overview", "<p>1</p>"), "actions.md": page("Actions", "<p>2</p>")}


def read(root, text=LOOK, *, own=True, settings=None, pages=PAGES):
    (root / "site_config" / "mkdocs.yml").write_text(text, encoding="utf-8")
    return theme.read(root / "site_config", settings or Settings(), pages, own=own)


@pytest.fixture
def root(tmp_path):
    return archive(tmp_path)


def test_settings_and_absolute_paths_are_filled_in(root):
    found = read(root, settings=Settings(title="A: b", url="https://x.example/pm", repository="https://git.example/pm"))
    values = yaml.safe_load(found.config)

    assert values["site_name"] == "A: b"
    assert values["site_url"] == "https://x.example/pm/"
    assert values["repo_url"] == "https://git.example/pm"
    assert values["edit_uri"] == ""
    assert values["theme"]["custom_dir"] == str(root / "site_config" / "overrides")
    assert values["plugins"] == []
    assert found.nav == {"index.md": "Overview", "actions.md": None}


def test_tags_of_the_engine_are_carried_along_and_not_acted_on(root):
    found = read(root, LOOK + "extra: {a: !!python/name:os.system '', b: !ENV [HOME, none]}\n")

    assert "!!python/name:os.system" in found.config
    assert "!ENV" in found.config


def test_without_a_look_there_is_one_and_the_sections_are_the_navigation(root, tmp_path):
    pages = {"postmortems/INC-1/index.md": "", "b.md": "", "index.md": "", "a/index.md": "", "a/b/index.md": ""}
    found = theme.read(tmp_path / "nowhere", Settings(), pages, own=True)

    assert yaml.safe_load(found.config)["theme"]["name"] == "material"
    assert list(found.nav) == ["index.md", "a/index.md", "b.md"]


def test_a_missing_page_is_taken_out_of_a_built_in_navigation_with_its_empty_heading(root):
    text = LOOK + "  - More:\n    - Guide: guide/index.md\n  - https://example.com\n"
    found = read(root, text, own=False)

    assert found.left_out == ("guide/index.md",)
    assert yaml.safe_load(found.config)["nav"] == [{"Overview": "index.md"}, "actions.md", "https://example.com"]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda root: (root / "site_config/overrides/assets/own.css").write_text("b {}"), False),
        (lambda root: (root / "site_config/overrides/new.html").write_text("x"), False),
        (lambda root: (root / "site_config/archive.yml").write_text("title: x\n"), True),
        (lambda root: (root / "site_config/people.yml").write_text("[]\n"), True),
    ],
)
def test_the_digest_follows_the_look_and_not_the_settings_files(root, change, same):
    before = read(root).digest
    change(root)

    assert (read(root).digest == before) is same


def test_the_digest_does_not_depend_on_where_the_archive_lies(root, tmp_path_factory):
    other = archive(tmp_path_factory.mktemp("other") / "archive")

    assert read(root).digest == read(other).digest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nav: [x\n", r"mkdocs\.yml:2: This is not valid YAML"),
        ("- a\n", r"mkdocs\.yml:1: The site's configuration must be"),
    ],
)
def test_a_broken_look_is_named_with_its_line(root, text, message):
    with pytest.raises(InputError, match=message):
        read(root, text)


def test_a_look_that_is_not_utf8_is_refused(root):
    (root / "site_config/mkdocs.yml").write_bytes(b"site_name: \xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        theme.read(root / "site_config", Settings(), PAGES, own=True)


def test_a_stub_has_what_the_navigation_shows_and_nothing_that_changes_with_the_text():
    front = "---\ntitle: Actions\nicon: material/check\ndescription: 12 open\n---\n\n"
    one = stubs(
        {"a.md": front + "# Actions\n\n12 open\n", "b.md": "# B\n"}, {"a.md": None, "b.md": "Named", "c.md": "C"}
    )
    two = stubs({"a.md": front.replace("12", "13") + "# Actions\n", "b.md": "# Bee\n"}, {"a.md": None, "b.md": "Named"})

    assert (
        one == two == {"a.md": "---\nicon: material/check\ntitle: Actions\n---\n", "b.md": "---\ntitle: Named\n---\n"}
    )


def test_a_stub_without_a_title_takes_the_first_heading():
    assert stubs({"a.md": "\n# Heading\n"}, {"a.md": None}) == {"a.md": "---\ntitle: Heading\n---\n"}
