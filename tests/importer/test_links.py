"""Links to files are found, led to their new place, or turned into words."""

import base64

import pytest

from generator.importer import links


def found(text: str) -> list[tuple[str, bool]]:
    return [(place.target, place.picture) for place in links.places(text)]


def test_pictures_and_files_are_found_and_addresses_of_the_web_are_not():
    text = """\
![graph](img/a.png) and [log](./b.txt "the log") but [web](https://example.com/c.png) and [here](#there)
[![small](d.png)](e.png)
<img src="f.png" alt="x"> <a href="g.md">g</a> <a href="mailto:a@example.com">m</a>
`![code](no.png)`

```
![fence](no.png)
```

[ref]: <h i.png>
[^1]: A footnote
"""
    assert found(text) == [
        ("img/a.png", True), ("./b.txt", False), ("d.png", True), ("e.png", False), ("f.png", True), ("g.md", False), ("h i.png", False),
    ]  # fmt: skip


def test_a_file_that_came_along_is_linked_in_its_new_place():
    assert links.rewritten("![a](img/a.png)", {"img/a.png": "INC-1/img/a.png"}) == "![a](INC-1/img/a.png)"


def test_a_document_that_moved_keeps_its_old_name_as_the_title():
    assert links.rewritten("[a](old.md)", {"old.md": "../2026/new.md"}) == '[a](../2026/new.md "old.md")'
    assert links.rewritten("[a]: old.md", {"old.md": "../2026/new.md"}) == '[a]: ../2026/new.md "old.md"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [the plan](../plan.md) now", "see the plan (`../plan.md`) now"),
        ("![a graph](gone.png)", "a graph (picture not imported: `gone.png`)"),
        ('<img src="gone.png" alt="x">', '<img data-src="gone.png" alt="x">'),
        ("see [the plan][p]\n\n[p]: ../plan.md", "see the plan (`../plan.md`, p)\n\n<!-- [p]: ../plan.md -->"),
        ("`[code](gone.png)`", "`[code](gone.png)`"),
    ],
)
def test_a_file_that_is_not_there_becomes_words(text, expected):
    assert links.rewritten(text, {"../plan.md": None, "gone.png": None}) == expected


def test_a_picture_written_as_data_becomes_a_file():
    data = base64.b64encode(b"picture" * 9).decode()
    text, files = links.extracted(f"![a][i]\n\n[i]: <data:image/png;base64,{data}>\n", lambda name: f"pictures/{name}")

    assert text == "![a][i]\n\n[i]: <pictures/image1.png>\n"
    assert files == {"pictures/image1.png": b"picture" * 9}


def test_data_that_is_none_stays():
    text = "![a](data:image/png;base64,!!!)"

    assert links.extracted(text, str) == (text, {})
