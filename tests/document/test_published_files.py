"""Which files of an archive a browser may run, by name and by content, and what of them is published."""

import pytest

from generator.document.published_files import is_active, published
from tests.pictures import JPEG, png

PAGE = "<html><body onload=alert(1)></body></html>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect/></svg>'


@pytest.mark.parametrize(
    "name", ["a.png", "A.JPG", "b.gif", "c.webp", "d.bin", "e.pdf", "f.docx", "g.svg.png", "h.unknown"]
)
@pytest.mark.parametrize(
    "content",
    [
        PAGE.encode(),
        SVG.encode(),
        b"\xef\xbb\xbf" + PAGE.encode(),
        b"\n \t\r\n" + SVG.encode(),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-le"),
        SVG.encode("utf-16-be"),
        b"<?xml version='1.0'?>" + SVG.encode(),
        b"<!-- a comment --><script>alert(1)</script>",
        b"<!DOCTYPE html><p>",
        b"<ScRiPt>alert(1)</script>",
        b"</x><iframe src=x>",
    ],
)
def test_a_page_by_another_name_is_not_published(name, content):
    assert is_active(name, content)
    with pytest.raises(ValueError, match=r"^holds a page or a drawing that a browser would run$"):
        published(name, content)


@pytest.mark.parametrize("content", [b"no magic <script>alert(1)</script>", b"\x01\x02<SVG onload=alert(1)>"])
def test_a_picture_holds_no_tags(content):
    with pytest.raises(ValueError, match=r"^holds a page"):
        published("a.png", content)


@pytest.mark.parametrize("name", ["answer.html.txt", "gateway.log", "rows.csv", "body.json"])
def test_text_that_is_served_as_text_is_published_as_it_is(name):
    assert published(name, PAGE.encode()).data == PAGE.encode()


@pytest.mark.parametrize("content", [b"%PDF-1.7 <html", b"PK\x03\x04", b"", b"a < b"])
def test_other_files_are_published_as_they_are(content):
    assert published("report.pdf", content).data == content


def test_a_picture_by_any_name_loses_its_metadata():
    comment = b"\xff\xfe\0\x06Jane"

    for name in ("a.jpg", "a.png", "camera.bin"):
        assert published(name, JPEG[:20] + comment + JPEG[20:]).data == JPEG


def test_a_picture_that_cannot_be_cleaned_says_so():
    assert published("a.heic", b"\0\0\0\x18ftypheic").unclean == (
        "is a picture as AVIF or HEIC, whose metadata is not known"
    )
    assert published("a.png", png()[:-3]).unclean == "is a PNG that breaks off"
    assert published("a.tiff", b"?").unclean == "is no picture that can be read"


def test_a_drawing_is_cleaned_and_says_of_what():
    result = published("a.SVG", SVG.encode())

    assert (b"alert" in result.data, b"<rect>" in result.data, result.removed) == (False, True, ("<script>",))
    with pytest.raises(ValueError, match=r"^is no well-formed XML, and cannot be cleaned"):
        published("a.svg", b"<svg onload=alert(1)>")
