"""Drawings from files of strangers: what draws stays, what runs or loads does not."""

import base64
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.svg import drawing

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def same(data):
    return data


def cleaned(inner):
    return drawing(SVG.format(inner).encode(), same)


@pytest.mark.parametrize(
    "inner",
    [
        '<rect width="9" height="9" fill="url(#g)"/>',
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>',
        '<a href="https://example.com/x?a=1&amp;b=2"><text x="1">a &lt; b &amp; c</text></a>',
        "<style>.a { fill: url(#g); font: 12px sans-serif }</style>",
        "<style>@font-face { font-family: x; src: url(data:font/woff2;base64,AAAA) }</style>",
        '<circle r="2"><animate attributeName="r" from="1" to="2" dur="1s"/></circle>',
        '<use href="#a"/>',
        '<text xml:space="preserve">  two  </text>',
    ],
)
def test_what_draws_is_kept(inner):
    result = cleaned(inner)

    assert result.removed == ()
    assert ElementTree.canonicalize(result.data.decode()) == ElementTree.canonicalize(
        SVG.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").format(inner)
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<script href="evil.js"/>',
        '<x:script xmlns:x="http://www.w3.org/2000/svg">evil</x:script>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">evil</h:script>',
        '<rect onload="evil()"/>',
        '<rect ONCLICK="evil()"/>',
        '<a href="javascript:evil()"><text>x</text></a>',
        '<a xlink:href=" java&#10;script:evil()"><text>x</text></a>',
        '<a href="data:text/html,evil"><text>x</text></a>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="evil()"/></foreignObject>',
        '<use href="evil.svg#x"/>',
        '<use xlink:href="data:image/svg+xml;base64,evil"/>',
        '<image href="https://evil.example/x.png"/>',
        '<image href="data:image/svg+xml;base64,ZXZpbA=="/>',
        '<a><animate attributeName="href" to="javascript:evil()"/></a>',
        '<a><set attributeName="xlink:href" to="javascript:evil()"/></a>',
        '<rect><set attributeName="onclick" to="evil()"/></rect>',
        '<rect><animate attributeName=" href" values="evil"/></rect>',
        '<rect fill="url(https://evil.example/)"/>',
        '<rect style="fill: u\\72l(//evil.example/)"/>',
        "<style>@import 'evil.css';</style>",
        "<style>rect { background: image-set('evil.png' 1x) }</style>",
        "<style>rect { fill: url( /**/ 'evil' ) }</style>",
        '<style><script xmlns="http://www.w3.org/1999/xhtml">evil</script></style>',
        '<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">evil()</handler>',
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="evil"/>',
        '<animateMotion href="evil"/>',
        '<?xml-stylesheet href="evil.xsl"?>',
    ],
)
def test_what_runs_or_loads_is_not(inner):
    data = cleaned(inner).data.lower()

    assert not any(word in data for word in (b"evil", b"alert", b"javascript", b"onload", b"onclick", b"zxzp"))
    ElementTree.fromstring(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"<html><script>evil()</script></html>",
        b"<svg><script>no namespace</script></svg>",
        b'<!DOCTYPE svg [<!ENTITY e "<script/>">]><svg xmlns="http://www.w3.org/2000/svg">&e;</svg>',
        b'<!DOCTYPE svg [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<!DOCTYPE svg SYSTEM "evil.dtd"><svg xmlns="http://www.w3.org/2000/svg"><text>&e;</text></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect a="1" a="2"/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"/><script/>',
        b'<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"\x1f\x8b\x08\x00 a packed drawing",
    ],
)
def test_what_cannot_be_read_strictly_is_refused(data):
    with pytest.raises(ValueError, match=r"^(is|declares|names) "):
        drawing(data, same)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_every_encoding_is_written_as_utf_8(encoding):
    declaration = '<?xml version="1.0" encoding="ISO-8859-1"?>' if encoding == "latin-1" else ""
    source = declaration + SVG.format("<text>Größe</text><script>evil()</script>")

    data = drawing(source.encode(encoding), same).data

    assert "<text>Größe</text>" in data.decode("utf-8")
    assert b"evil" not in data


def test_notes_of_editors_go_without_a_word():
    inner = (
        '<!-- by jane --><metadata><x>jane</x></metadata><g xmlns:i="http://www.inkscape.org/" i:label="jane"'
        ' data-owner="jane" content="jane"><i:guide name="jane"/><desc>A chart</desc></g>'
    )

    result = cleaned(inner)

    assert (result.removed, b"jane" in result.data, b"A chart" in result.data) == ((), False, True)


def test_a_plain_doctype_is_left_out():
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'

    result = drawing(doctype + SVG.format("<g/>").encode(), same)

    assert result.data == b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g></g></svg>'


def test_a_picture_in_a_drawing_is_cleaned_as_every_other():
    def shortened(data):
        if data != b"pixels and place":
            raise ValueError
        return b"pixels"

    def href(data):
        return f'<image href="data:image/png;base64,{base64.b64encode(data).decode()}"/>'

    assert (
        href(b"pixels").replace("/>", "></image>").encode()
        in drawing(SVG.format(href(b"pixels and place")).encode(), shortened).data
    )
    broken = drawing(SVG.format(href(b"other")).encode(), shortened)
    assert (broken.removed, b"data:" in broken.data) == (("a picture in it that cannot be read",), False)


@given(
    st.lists(
        st.sampled_from(
            [
                "<g>",
                "</g>",
                "<script>",
                "</script>",
                " onload='evil'",
                "<style>",
                "</style>",
                "<![CDATA[",
                "]]>",
                "&lt;script>",
                "<a href='javascript:evil'>",
                "</a>",
                "<rect",
                "/>",
                "evil",
                "<!--",
                "-->",
            ]
        ),
        max_size=12,
    )
)
def test_no_row_of_tags_gets_through(parts):
    try:
        data = drawing(SVG.format("".join(parts)).encode(), same).data
    except ValueError:
        return
    for element in ElementTree.fromstring(data).iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "style", "a", "rect"}
        assert not element.keys() or element.tag.endswith("svg")
