"""Whoever opens a file of the site by its own address runs nothing, in a real browser."""

import base64
import os
import subprocess
import sys
from urllib.parse import quote

import pytest

from generator.document.picture_metadata import without_metadata
from tests.conftest import environment
from tests.pictures import chunk, exif, segment
from tests.site.browser.conftest import served

RUN = "fetch('/ran')"
PAGE = f'<!DOCTYPE html><html><body onload="{RUN}"><script>{RUN}</script></body></html>'
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90"'
RECT = '<rect width="90" height="90" fill="#00f"/>'
DRAWINGS = {
    "script.svg": f"{OPEN}><script>{RUN}</script>{RECT}</svg>",
    "onload.svg": f'{OPEN} onload="{RUN}">{RECT}</svg>',
    "foreign.svg": f'{OPEN}>{RECT}<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="{RUN}"/></foreignObject></svg>',
    "link.svg": f'{OPEN}><a href="javascript:{RUN}">{RECT}</a></svg>',
    "animated.svg": f'{OPEN}><a id="a">{RECT}<animate attributeName="href" values="javascript:{RUN}"/></a></svg>',
    "set.svg": f'{OPEN}><a id="a" href="#x">{RECT}<set attributeName="xlink:href" to="javascript:{RUN}"/></a></svg>',
    "use.svg": f'{OPEN}><use href="/ran#x"/><image href="/ran" width="9" height="9"/>{RECT}</svg>',
    "style.svg": f"{OPEN}><style>@import '/ran'; rect {{ fill: url(/ran#x) }}</style>{RECT}</svg>",
    "stylesheet.svg": f'<?xml-stylesheet href="/ran" type="text/css"?>{OPEN}>{RECT}</svg>',
    "prefix.svg": f'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="90" height="90"><s:script>{RUN}</s:script><s:rect width="90" height="90" fill="#00f"/></s:svg>',
    "xhtml.svg": f'{OPEN}><script xmlns="http://www.w3.org/1999/xhtml">{RUN}</script>{RECT}</svg>',
    "begin.svg": f'{OPEN}>{RECT}<animate attributeName="x" onbegin="{RUN}" dur="1s"/></svg>',
}
WITHHELD = {
    "entity.svg": f'<!DOCTYPE svg [<!ENTITY e "&#60;script>{RUN}&#60;/script>">]>{OPEN}>&e;</svg>'.encode(),
    "page.svg": PAGE.encode(),
    "page.png": PAGE.encode(),
    "page.jpeg": PAGE.encode("utf-16"),
    "drawing.gif": DRAWINGS["script.svg"].encode(),
    "page.webp": b"\xef\xbb\xbf \n" + PAGE.encode(),
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.environ.get("POSTMORTEM_SKIP_BROWSER") == "1", reason="POSTMORTEM_SKIP_BROWSER=1"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A public site whose postmortem shows every file as a picture, and what the build said."""
    root = tmp_path_factory.mktemp("archive")
    folder = root / "postmortems/2026/INC-2026-0001-x"
    folder.mkdir(parents=True)
    (root / "site_config").mkdir()
    (root / "site_config/archive.yml").write_text("title: Test archive\n", encoding="utf-8")
    files = {name: text.encode() for name, text in DRAWINGS.items()} | WITHHELD
    for name, data in files.items():
        (folder / name).write_bytes(data)
    shown = "\n\n".join(f"![{name}]({folder.name}/{name})" for name in files)
    folder.with_suffix(".md").write_text(
        f"---\nid: INC-2026-0001\ntitle: Files\nstatus: published\nseverity: SEV2\naudience: public\n---\n\n## Summary\n\n{shown}\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "generator", "-C", root, "build", "--audience", "public", "--no-strict"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    return root / "site/postmortems/INC-2026-0001/files", folder, done.stderr


def requests(browser, folder, name):
    """Everything that is asked for when somebody opens a file by its address and clicks in the middle of it."""
    context = browser.new_context(viewport={"width": 90, "height": 90})
    with served(folder) as address:
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page.goto(address + quote(name))
        page.mouse.click(45, 45)
        page.wait_for_timeout(150)
        colour = page.screenshot()
    context.close()
    return [path for path in asked if path not in {name, "favicon.ico"}], colour


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_that_is_opened_by_its_address_runs_and_loads_nothing(browser, built, name):
    site, own, said = built
    blue = f"{OPEN}>{RECT}</svg>".encode()
    (own.parent / "blue.svg").write_bytes(blue)

    assert "ran" in "".join(requests(browser, own, name)[0]), "The file does no harm as it is, so it shows nothing."
    asked, colour = requests(browser, site, name)
    assert asked == []
    assert colour == requests(browser, own.parent, "blue.svg")[1]
    assert name == "stylesheet.svg" or f"{name}: The drawing is published without " in said


@pytest.mark.parametrize("name", WITHHELD)
def test_what_cannot_be_cleaned_is_not_published_and_named(built, name):
    site, _own, said = built

    assert not (site / name).exists()
    assert f"{name} leads to a file that " in said


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
def test_a_picture_is_the_same_picture_the_same_way_up(browser, kind):
    context = browser.new_context()
    page = context.new_page()
    drawn = page.evaluate(
        """kind => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 24, height: 8})
            const pen = canvas.getContext("2d")
            for (let x = 0; x < 24; x++) { pen.fillStyle = `rgb(${x * 10}, 80, ${200 - x * 5})`; pen.fillRect(x, 0, 1, x % 8 + 1) }
            return canvas.toDataURL("image/" + kind).split(",")[1]
        }""",
        kind,
    )
    data = base64.b64decode(drawn)
    turned = {
        "jpeg": lambda: data[:20] + segment(0xE1, b"Exif\0\0" + exif(6)) + segment(0xFE, b"Jane") + data[20:],
        "png": lambda: data[:33] + chunk(b"eXIf", exif(6)) + chunk(b"tEXt", b"Author\0Jane") + data[33:],
        "webp": lambda: data,
    }[kind]()
    cleaned = without_metadata(turned)
    pixels = [
        page.evaluate(
            """async address => {
                const image = new Image()
                image.src = address
                await image.decode()
                const canvas = Object.assign(document.createElement("canvas"), {width: image.naturalWidth, height: image.naturalHeight})
                canvas.getContext("2d").drawImage(image, 0, 0)
                return [canvas.width, canvas.height, ...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data]
            }""",
            f"data:image/{kind};base64,{base64.b64encode(one).decode()}",
        )
        for one in (turned, cleaned)
    ]
    context.close()

    assert pixels[0] == pixels[1]
    assert (kind == "webp") == (turned == cleaned)
    assert kind == "webp" or pixels[1][:2] == [8, 24]
    assert b"Jane" not in cleaned
