"""The project's own site in a real browser: phone and desktop, light and dark, nothing from elsewhere."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.conftest import environment
from tests.folders import REPOSITORY
from tests.site.browser.conftest import served

FAULTS = Path(__file__).with_name("faults.js").read_text(encoding="utf-8")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LINK = re.compile(r'(?:href|src)="([^"]*)"')

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.environ.get("POSTMORTEM_SKIP_BROWSER") == "1", reason="POSTMORTEM_SKIP_BROWSER=1"),
]


@pytest.fixture(scope="session")
def own(tmp_path_factory):
    """The repository's own archive, and a function that builds its site with an engine."""
    root = tmp_path_factory.mktemp("own")
    for name in ("postmortems", "site_config", "docs"):
        shutil.copytree(REPOSITORY / name, root / name)

    def build(engine):
        command = [
            sys.executable,
            "-m",
            "generator",
            "-C",
            root,
            "build",
            "--engine",
            engine,
            "--output",
            root / engine,
        ]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
        assert done.returncode == 0, done.stderr
        return root / engine

    return build


@pytest.fixture(scope="session")
def site(own):
    """The site, built once."""
    return own("mkdocs")


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served."""
    with served(site) as place:
        yield place


@pytest.fixture
def visit(browser, address):
    """A function that opens pages; in the end nothing may have been asked of another host or complained about."""
    contexts, complaints = [], []

    def watch(page):
        page.set_default_timeout(15_000)
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: "ABORTED" in request.failure or complaints.append(request.url))
        page.on(
            "request",
            lambda request: request.url.startswith((address, "data:", "blob:")) or complaints.append(request.url),
        )
        page.on("response", lambda answer: answer.status < 400 or complaints.append(f"{answer.status}: {answer.url}"))
        return page

    def visit(path="", size=DESKTOP, scheme="light", **options):
        context = browser.new_context(viewport=size, color_scheme=scheme, **options)
        contexts.append(context)
        page = watch(context.new_page())
        page.goto(address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def some_of_every_kind(site):
    """One page of each kind, the longest postmortem among them."""
    postmortems = sorted(site.glob("postmortems/*/index.html"), key=lambda path: path.stat().st_size)
    others = [next(iter(sorted(site.glob(f"{kind}/*/index.html")))) for kind in ("services", "tags", "guide")]
    pages = [
        site / "index.html",
        *(site / kind / "index.html" for kind in ("postmortems", "actions", "services", "tags", "guide")),
    ]
    return [
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in [*pages, *others, postmortems[-1], site / "404.html"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_kind_of_page_can_be_read_and_used_by_everyone(site, visit, size, scheme):
    faults = {}
    page = visit("", size, scheme)
    for path in some_of_every_kind(site):
        page.goto(urljoin(page.url, f"/{path}"))
        if found := page.evaluate(FAULTS):
            faults[path] = found

    assert faults == {}


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_the_other_engines_show_the_same_pages_and_find_the_same_words(own, site, browser, engine):
    if find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed")
    other = own(engine)
    pages = {path.relative_to(site) for path in site.rglob("*.html")}
    assert {path.relative_to(other) for path in other.rglob("*.html")} == pages
    path = max(site.glob("postmortems/*/index.html")).relative_to(site)
    complaints = []
    with served(other) as place:
        page = browser.new_page()
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.startswith((place, "data:", "blob:")) or complaints.append(request.url),
        )
        page.goto(f"{place}{path.parent.as_posix()}/")
        title = page.get_by_role("heading", level=1).inner_text().strip()
        assert page.get_by_role("heading", name="Timeline").is_visible()
        page.keyboard.press("/")
        dialog = page.get_by_role("dialog", name="Search")
        dialog.get_by_role("searchbox").fill(title)
        dialog.get_by_role("listitem").first.get_by_text(title).wait_for()
        page.close()
    assert complaints == []


def test_light_and_dark_follow_the_reader(visit):
    ground = (
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0)"
    )

    assert visit(scheme="light").evaluate(ground) > 600
    assert visit(scheme="dark").evaluate(ground) < 200


def test_the_search_finds_words_of_a_postmortem_and_leads_there(site, visit):
    path = max(site.glob("postmortems/*/index.html"))
    title = re.search(r"<title>(.*?) ·", path.read_text(encoding="utf-8"))[1]
    page = visit()
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("searchbox").fill(title)
    first = dialog.get_by_role("listitem").first.get_by_role("link")
    first.wait_for()

    assert title in first.inner_text()
    assert re.search(r"\d+ results?", dialog.get_by_role("status").inner_text())
    assert page.evaluate(FAULTS) == []
    first.click()
    page.wait_for_url(f"**/{path.parent.name}/**")
    assert page.get_by_role("heading", level=1).inner_text().strip() == title


def test_the_search_narrows_by_severity_and_says_when_nothing_is_found(visit):
    page = visit("actions/")
    page.get_by_role("button", name="Search").click()
    dialog = page.get_by_role("dialog", name="Search")
    words, status = dialog.get_by_role("searchbox"), dialog.get_by_role("status")
    words.fill("customers")
    dialog.get_by_role("listitem").first.wait_for()
    everything = dialog.get_by_role("listitem").count()
    dialog.get_by_label("Severity").select_option("SEV1")
    page.wait_for_function("before => document.querySelectorAll('#pm-found li').length < before", arg=everything)
    for item in dialog.get_by_role("listitem").all():
        assert "SEV1" in item.inner_text()
    words.fill("qwertyuiop")
    status.get_by_text("Nothing found").wait_for()
    words.focus()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_the_action_tracker_is_filtered_sorted_and_remembers_it_in_the_address(visit):
    page = visit("actions/")
    rows = page.locator("#pm-tracker tbody tr")
    total = rows.count()
    owner = rows.first.get_attribute("data-owner")
    page.get_by_label("Owner").select_option(owner)
    shown = [row.get_attribute("data-owner") for row in rows.all() if row.is_visible()]

    assert 0 < len(shown) < total
    assert set(shown) == {owner}
    assert page.locator("[data-count]").inner_text() == f"{len(shown)} of {total} shown"
    page.reload()
    assert page.get_by_label("Owner").input_value() == owner
    assert sum(row.is_visible() for row in rows.all()) == len(shown)
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_function("!location.search")
    assert sum(row.is_visible() for row in rows.all()) > len(shown)
    table = page.locator("#pm-tracker table").first
    before = table.locator("tbody tr").all_inner_texts()
    table.get_by_role("button", name="Action").click()
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert sorted(table.locator("tbody tr").all_inner_texts()) == sorted(before)
    column = [cell.lower() for cell in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]
    assert column == sorted(column)


def test_the_list_is_filtered_by_text(visit):
    page = visit("postmortems/")
    rows = page.locator("form[data-filters] ~ * tbody tr, tbody tr")
    word = rows.last.inner_text().split()[-1]
    page.locator("form[data-filters] input[name=q]").fill(word)
    shown = [row.inner_text() for row in rows.all() if row.is_visible()]

    assert 0 < len(shown) < rows.count()
    page.locator("form[data-filters] input[name=q]").fill("qwertyuiop")
    assert not [row for row in rows.all() if row.is_visible()]


def test_without_scripts_everything_is_there(site, visit):
    page = visit("actions/", java_script_enabled=False)
    assert page.locator("tbody tr").first.is_visible()
    page = visit("postmortems/", PHONE, java_script_enabled=False)
    assert page.locator("article tbody tr, article li").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("postmortems/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.url.endswith("#pm-content")


def test_the_menu_of_a_phone_leads_to_every_section(visit):
    page = visit("", PHONE)
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation", name="Menu")
    menu.get_by_role("link", name="Actions").click()
    page.wait_for_url("**/actions/")

    assert page.get_by_role("heading", level=1).inner_text().strip() == "Action items"


def test_every_link_inside_of_the_site_leads_somewhere(site):
    broken = []
    for path in site.rglob("*.html"):
        base = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        for link in set(LINK.findall(path.read_text(encoding="utf-8"))):
            parts = urlsplit(urljoin(base, link.replace("&amp;", "&")))
            if parts.scheme or parts.netloc:
                continue
            target = site / unquote(parts.path).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                broken.append(f"{base} -> {link}")
            elif parts.fragment and target.suffix == ".html":
                ids = re.findall(r'\b(?:id|name)="([^"]*)"', target.read_text(encoding="utf-8"))
                if unquote(parts.fragment) not in ids:
                    broken.append(f"{base} -> {link}")

    assert broken == []


def test_no_page_mentions_a_path_of_the_machine_that_built_it(site):
    offenders = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and str(site.parent).encode() in path.read_bytes()
    ]

    assert offenders == []
