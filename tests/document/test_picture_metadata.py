"""Pictures lose what they say about people and places, and not a byte of what is drawn."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document import picture_orientation
from generator.document.picture_metadata import format_of, without_metadata
from tests.pictures import GIF, JPEG, PIXELS, SECRET, chunk, exif, jpeg, png, riff, segment, vp8x

SHORT = st.binary(max_size=30).map(lambda noise: SECRET + noise)


@given(st.lists(st.tuples(st.sampled_from([0xE1, 0xE2, 0xE3, 0xEC, 0xED, 0xFE]), SHORT), max_size=4))
def test_a_jpeg_is_the_same_without_its_metadata(segments):
    result = without_metadata(jpeg(*(segment(marker, body) for marker, body in segments)) + SECRET)

    assert result == JPEG


@given(
    st.lists(
        st.tuples(st.sampled_from([b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"caBX", b"prVt"]), SHORT), max_size=4
    )
)
def test_a_png_is_the_same_without_its_metadata(chunks):
    rows = [chunk(name, body) for name, body in chunks]

    assert without_metadata(png(*rows[:2], before_end=b"".join(rows[2:])) + SECRET) == png()


@given(st.lists(st.tuples(st.sampled_from([b"EXIF", b"XMP ", b"UNKN"]), SHORT), max_size=4))
def test_a_webp_is_the_same_without_its_metadata(chunks):
    assert without_metadata(riff(vp8x(0x0C), PIXELS, *chunks) + SECRET) == riff(vp8x(0), PIXELS)
    assert without_metadata(riff(PIXELS, *chunks)) == riff(PIXELS)


def extension(kind, *blocks):
    return bytes([0x21, kind]) + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"


@given(
    st.lists(
        st.one_of(
            SHORT.map(lambda body: extension(0xFE, body)),
            SHORT.map(lambda body: extension(0xFF, b"XMP DataXMP", body)),
            SHORT.map(lambda body: extension(0xFF, b"NOTEOFAPP01", body, body)),
        ),
        max_size=4,
    )
)
def test_a_gif_is_the_same_without_its_metadata(extensions):
    assert without_metadata(GIF[:19] + b"".join(extensions) + GIF[19:] + SECRET) == GIF


def test_a_gif_goes_on_repeating():
    loop = extension(0xFF, b"NETSCAPE2.0", b"\x01\0\0")
    animated = GIF[:19] + loop + GIF[19:]

    assert without_metadata(animated) == animated
    assert without_metadata(GIF[:19] + loop[:-1] + bytes([len(SECRET)]) + SECRET + b"\0" + GIF[19:]) == animated


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8, 0, 9])
def test_only_which_way_up_is_kept(order, orientation):
    block = exif(orientation, order)
    valid = orientation in range(2, 9)
    short = picture_orientation.tiff(orientation)
    made = {
        "JPEG": (jpeg(segment(0xE1, b"Exif\0\0" + block)), jpeg(*([segment(0xE1, b"Exif\0\0" + short)] * valid))),
        "PNG": (png(chunk(b"eXIf", block)), png(chunk(b"eXIf", short) * valid)),
        "WebP": (
            riff(vp8x(0x08), PIXELS, (b"EXIF", block)),
            riff(vp8x(0x08 * valid), PIXELS, *([(b"EXIF", short)] * valid)),
        ),
    }
    for name, (before, after) in made.items():
        assert format_of(before) == name
        assert without_metadata(before) == after
        assert without_metadata(after) == after


def test_the_thumbnail_of_a_jpeg_goes_and_its_colours_stay():
    icc, adobe = segment(0xE2, b"ICC_PROFILE\0\1\1colours"), segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
    thumbnail = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1" + b"pix")
    with_all = JPEG[:2] + thumbnail + icc + adobe + segment(0xE0, b"JFXX\0" + SECRET) + JPEG[20:]

    assert without_metadata(with_all) == JPEG[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + icc + adobe + JPEG[20:]


def test_comments_between_the_scans_of_a_jpeg_go_and_stuffed_bytes_stay():
    scan = segment(0xDA, b"\1\1\0\0\0\0") + b"\x12\xff\0\x34\xff\xd0\x56\xff\0"

    assert without_metadata(b"\xff\xd8" + scan + segment(0xFE, SECRET) + b"\xff\xff" + scan + b"\xff\xd9") == (
        b"\xff\xd8" + scan + scan + b"\xff\xd9"
    )


def test_frames_of_an_animated_webp_are_cleaned_too():
    frame = bytes(16) + PIXELS[0] + struct.pack("<I", len(PIXELS[1])) + PIXELS[1]
    note = b"UNKN" + struct.pack("<I", len(SECRET) + 1) + SECRET + b"\0"

    assert without_metadata(riff(vp8x(2), (b"ANIM", bytes(6)), (b"ANMF", frame + note))) == riff(
        vp8x(2), (b"ANIM", bytes(6)), (b"ANMF", frame)
    )


@pytest.mark.parametrize("picture", [JPEG, png(), GIF, riff(vp8x(0), PIXELS)], ids=["jpeg", "png", "gif", "webp"])
def test_a_picture_that_breaks_off_is_refused_wherever_it_does(picture):
    for length in range(len(picture)):
        with pytest.raises(ValueError, match=r"^is "):
            without_metadata(picture[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"II*\0" + SECRET,
        b"\0\0\0\x18ftypavif" + SECRET,
        b"\0\0\0\x18ftypheic" + SECRET,
        png().replace(b"IDAT", b"CgBI"),
        png(chunk(b"CgBI", b"")),
        png()[:40] + b"?" + png()[41:],
        b"GIF89a\1\0\1\0\0\0\0\x99",
        b"\xff\xd8\xff\0\0\2",
    ],
)
def test_what_is_unknown_or_broken_is_refused(data):
    with pytest.raises(ValueError, match=r"^is "):
        without_metadata(data)


@given(st.sampled_from([JPEG, GIF, png(), riff(vp8x(0x0C), PIXELS)]), st.data())
def test_broken_bytes_give_a_picture_or_a_refusal(picture, data):
    place = data.draw(st.integers(0, len(picture) - 1))
    broken = bytearray(picture)
    broken[place] = data.draw(st.integers(0, 255))
    try:
        cleaned = without_metadata(bytes(broken))
    except ValueError:
        return
    assert without_metadata(cleaned) == cleaned
