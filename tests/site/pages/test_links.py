"""Links between files become links between pages; what leads nowhere is said, with its line."""

import pytest

from generator.site.pages.links import Fate, LinkTargets
from tests.site.pages.archive import page, staged, write

LINKS = LinkTargets(
    pages={
        "postmortems/2026/a.md": "postmortems/A/",
        "postmortems/2025/b c.md": "postmortems/B/",
        "docs/x.md": "guide/x/",
    },
    hidden={"postmortems/2025/secret.md"},
    files={
        "postmortems/2026/a/plot 1.png",
        "postmortems/2025/b c/log.txt",
        "postmortems/2026/a/page.html",
        "postmortems/2026/.env",
    },
    closed={"postmortems/2025/secret/"},
)
HERE = ("postmortems/2026/a.md", "postmortems/A/")


@pytest.mark.parametrize(
    ("href", "final"),
    [
        ("../2025/b%20c.md", "../../postmortems/B/"),
        ("../2025/b c.md#Über-uns", "../../postmortems/B/#%C3%9Cber-uns"),
        ("/postmortems/2025/b%20c.md", "../../postmortems/B/"),
        ("a.md#summary", "#summary"),
        ("a/plot%201.png", "files/plot%201.png"),
        ("../2025/b%20c/log.txt", "../../files/postmortems/2025/b%20c/log.txt"),
    ],
)
def test_a_path_in_the_archive_becomes_an_address_of_the_site(href, final):
    target = LINKS.resolve(href, *HERE)

    assert (target.fate, target.href) == (Fate.LOCAL, final)


@pytest.mark.parametrize(
    "href", ["#there", "https://example.com/a.md", "mailto:a@example.com", "//example.com/x", "?q=1"]
)
def test_what_leads_elsewhere_stays_as_it_is(href):
    assert LINKS.resolve(href, *HERE).href == href


@pytest.mark.parametrize("href", ["../2025/secret.md", "../2025/secret/plot.png", "../2025/secret.md#title"])
def test_a_link_to_what_is_hidden_disappears_without_a_word(href):
    target = LINKS.resolve(href, *HERE)

    assert (target.fate, target.href, target.reason) == (Fate.SILENT, "", "")


@pytest.mark.parametrize(
    "href",
    [
        "nope.md",
        "a/nope.png",
        "../../../etc/passwd",
        "../../pyproject.toml",
        "a/page.html",
        "a/plan.svg",
        "a/plan.SVG.",
        "a/plan.svgz",
        "a/plan.xml%20",
        "a/plan.txt.xhtml",
        "a/plan.mjs",
        "a/plan",
        ".env",
        "http://[",
        "..%2f..%2f..%2fx",
        "a/",
    ],
)
def test_a_link_that_leads_nowhere_is_broken(href):
    target = LINKS.resolve(href, *HERE)

    assert target.fate in {Fate.BROKEN, Fate.KEPT}
    assert target.copy is None
    assert target.fate is Fate.BROKEN or href == "http://["


def test_a_file_outside_is_shown_by_the_repository_where_there_is_one():
    links = LinkTargets({}, browse="https://git.example.com/x/blob/main")

    assert links.resolve("../../runbooks/db.md", *HERE).href == "https://git.example.com/x/blob/main/runbooks/db.md"


def test_a_broken_link_is_a_problem_with_its_line_and_its_words_stay():
    site = staged(write(body="## Summary\n\nFirst.\n\nSee [the plan](plan.md) and ![plot](gone.png).\n"), files=())
    path = "postmortems/2026/INC-2026-0001-slug.md"

    assert [(p.path, p.line) for p in site.problems] == [(path, 17), (path, 17)]
    assert "plan.md leads to a file that is not there" in site.problems[0].message
    text = site.pages["postmortems/INC-2026-0001/index.md"]
    assert "the plan" in text
    assert "plan.md" not in text
    assert "gone.png" not in text
    assert site.copies == {}


def test_a_link_in_code_is_text_and_no_problem():
    site = staged(write(body="## Summary\n\n`[x](gone.md)`\n\n```\n[y](gone.md)\n```\n"), files=())

    assert site.problems == ()


def test_attachments_go_along_and_links_in_raw_html_are_followed_too():
    site = staged(
        write(
            body='## Impact\n\n<img src="INC-2026-0001-slug/plot.png" alt="plot"> <a href="INC-2026-0001-slug/log.txt">log</a>\n'
        )
    )

    assert site.copies == {
        "postmortems/INC-2026-0001/files/plot.png": "postmortems/2026/INC-2026-0001-slug/plot.png",
        "postmortems/INC-2026-0001/files/log.txt": "postmortems/2026/INC-2026-0001-slug/log.txt",
    }
    assert 'src="files/plot.png"' in site.pages["postmortems/INC-2026-0001/index.md"]


def test_a_picture_of_another_host_becomes_a_link_so_that_nothing_is_loaded_from_there():
    text = page('![chart](https://elsewhere.example/x.png)\n\n<img src="https://elsewhere.example/y.png" alt="raw">\n')

    assert '<a href="https://elsewhere.example/x.png">chart</a>' in text
    assert 'src="https' not in text


def test_two_documents_with_one_id_are_both_shown_and_it_is_said():
    site = staged(write(path="postmortems/2026/one.md"), write(path="postmortems/2026/two.md"))

    assert len([path for path in site.pages if path.startswith("postmortems/") and path.count("/") == 2]) == 2
    assert "INC-2026-0001 is taken by postmortems/2026/one.md" in site.problems[0].message


def test_a_rendered_text_is_used_again_until_a_link_in_it_leads_elsewhere():
    remembered = {}
    first = write(body="See [b](INC-2026-0002-slug.md).\n")
    calls = []

    def each(work, entries):
        calls.append([entry.name for entry in entries])
        return map(work, entries)

    both = staged(first, write("INC-2026-0002"), remembered=remembered, each=each)
    again = staged(first, write("INC-2026-0002"), remembered=remembered, each=each)
    moved = staged(
        first, write("INC-2026-0003", path="postmortems/2026/INC-2026-0002-slug.md"), remembered=remembered, each=each
    )

    assert again == both
    assert calls == [["INC-2026-0002", "INC-2026-0001"], [], ["INC-2026-0003", "INC-2026-0001"]] or calls[1] == []
    assert "../../postmortems/INC-2026-0003/" in moved.pages["postmortems/INC-2026-0001/index.md"]


def test_a_drawing_is_shown_as_a_picture_and_never_linked():
    text = "## Summary\n\n![plan](INC-2026-0001-slug/plan.svg) and [plan](INC-2026-0001-slug/plan.svg)\n"
    site = staged(write(body=text), files={"postmortems/2026/INC-2026-0001-slug/plan.svg"})

    shown = site.pages["postmortems/INC-2026-0001/index.md"]
    assert 'src="files/plan.svg"' in shown
    assert 'href="files/plan.svg"' not in shown
    assert "that a browser would run" in site.problems[0].message
