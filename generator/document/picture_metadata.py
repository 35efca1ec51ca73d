"""Pictures without what they say about people and places: the same pixels, none of the words, places and thumbnails.

Every format is a row of parts with a name and a length. The parts that a viewer draws with are kept as they are, byte by
byte; all others go, also those that nobody has heard of. Nothing is decoded, so nothing is lost.
"""

import struct

from generator.document import picture_chunks
from generator.document.picture_orientation import of_exif, tiff

# Markers without a length: restarts, start and end of the picture, and a byte of arithmetic coding.
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN, _END = 0xDA, 0xD9
# Frames, tables and scans by the JPEG standard (T.81, B.1.1.3): C0 to CF, DA to DF. All of them are needed to draw.
_DRAWN = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)})
_EXIF = b"Exif\0\0"
_JFIF_LENGTH = 18  # of its segment without a thumbnail

# How each format begins, and what a person calls it. Only the first ones are cleaned here.
_FORMATS = (
    (b"\xff\xd8\xff", "JPEG"),
    (picture_chunks.PNG, "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\1\0", "ICO"),
)


def format_of(head: bytes) -> str:
    """The picture format that a file's first bytes stand for, or nothing."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":  # MP4, AVIF, HEIC and others are boxes of one kind; which one says the brand
        return "AVIF or HEIC" if head[8:12] in {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"} else ""
    return next((name for start, name in _FORMATS if head.startswith(start)), "")


def without_metadata(data: bytes) -> bytes:
    """The same picture without metadata; which way up it is to be shown is kept.

    Raises ValueError, with why as the end of a sentence, for other formats and for pictures that break off.
    """
    name = format_of(data)
    try:
        if name == "JPEG":
            return _jpeg(data)
        if name == "PNG":
            return picture_chunks.png(data)
        if name == "WebP":
            return picture_chunks.webp(data)
        if name == "GIF":
            return picture_chunks.gif(data)
    except (IndexError, struct.error):
        reason = f"is a {name} that breaks off"
        raise ValueError(reason) from None
    reason = f"is a picture as {name}, whose metadata is not known" if name else "is no picture that can be read"
    raise ValueError(reason)


def _jpeg(data: bytes) -> bytes:
    """Marker by marker: comments, EXIF, XMP, IPTC, thumbnails and what follows the end go."""
    pieces, orientation, position = [], 1, 2
    while True:
        marker = data[position + 1]
        if data[position] != 0xFF or marker == 0:
            reason = "is a broken JPEG"
            raise ValueError(reason)
        if marker == 0xFF:  # filling
            position += 1
            continue
        if marker == _END:
            break
        if marker in _BARE:
            pieces.append(data[position : position + 2])
            position += 2
            continue
        end = position + 2 + struct.unpack_from(">H", data, position + 2)[0]
        if end > len(data) or end < position + 4:
            raise IndexError
        body = data[position + 4 : end]
        if marker == 0xE1 and body.startswith(_EXIF) and orientation == 1:
            orientation = of_exif(body[len(_EXIF) :])
        pieces.append(_segment(marker, body))
        position = end
        if marker == _START_OF_SCAN:
            position = _scan_end(data, end)
            pieces.append(data[end:position])
    kept = b"".join(pieces)
    if orientation != 1:  # behind JFIF's own segment, which must come first
        first = _JFIF_LENGTH if kept.startswith(b"\xff\xe0\0\x10JFIF\0") else 0
        exif = _EXIF + tiff(orientation)
        kept = kept[:first] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + kept[first:]
    return b"\xff\xd8" + kept + b"\xff\xd9"


def _segment(marker: int, body: bytes) -> bytes:
    """A segment as it is kept: JFIF without its thumbnail, colours (ICC, Adobe's transform) and everything that draws."""
    if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        body = body[:12] + b"\0\0"
    elif not (
        marker in _DRAWN
        or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and body.startswith(b"Adobe"))
    ):
        return b""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def _scan_end(data: bytes, position: int) -> int:
    """Where a scan's data ends: at the next marker that is neither a stuffed 0xFF nor a restart."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            raise IndexError
        following = data[position + 1]
        if following and following != 0xFF and following not in _BARE:
            return position
        position += 1 if following == 0xFF else 2
