"""PNG, WebP and GIF without metadata: the chunks and blocks that draw are kept, all others go."""

import struct
import zlib

from generator.document.picture_orientation import of_exif, tiff

PNG = b"\x89PNG\r\n\x1a\n"
# Pixels, palette, transparency, colours, size of a pixel, and the frames of an animation.
_PNG_DRAWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_WEBP_DRAWN = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_FRAME = 16  # bytes before the chunks of one frame
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
# Blocks of a GIF: a picture, an extension, the end; and kinds of extensions.
_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})


def png(data: bytes) -> bytes:
    """A PNG without text, time, EXIF (but for the orientation) and private chunks. Raises ValueError for a broken one."""
    pieces, position, name = [PNG], len(PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        (check,) = struct.unpack_from(">I", data, end - 4)
        if check != zlib.crc32(data[position + 4 : end - 4]) or (len(pieces) == 1) != (name == b"IHDR"):
            raise _broken("PNG")
        if name == b"eXIf":  # in its place, since browsers heed it before the pixels only
            orientation = of_exif(data[position + 8 : end - 4])
            pieces += [_png_chunk(name, tiff(orientation))] * (orientation != 1)
        elif name in _PNG_DRAWN:
            pieces.append(data[position:end])
        elif not name[0] & 0x20:  # a critical chunk that no standard names: without it there is no picture
            raise _broken("PNG")
        position = end
    return b"".join(pieces)


def webp(data: bytes) -> bytes:
    """A WebP without EXIF (but for the orientation), XMP and unknown chunks. Raises ValueError for a broken one."""
    size = 8 + struct.unpack_from("<I", data, 4)[0]
    if size > len(data):
        raise IndexError
    orientation, kept = 1, []
    for name, body in _riff(data[12:size]):
        if name == b"EXIF":
            orientation = of_exif(body.removeprefix(b"Exif\0\0"))
        elif name == b"ANMF":
            frame = b"".join(_riff_chunk(*chunk) for chunk in _riff(body[_FRAME:]) if chunk[0] in _WEBP_DRAWN)
            kept.append((name, body[:_FRAME] + frame))
        elif name in _WEBP_DRAWN:
            kept.append((name, body))
    if not kept:
        raise _broken("WebP")
    if kept[0][0] == b"VP8X":
        flags = kept[0][1][0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if orientation != 1 else 0)
        kept[0] = (b"VP8X", bytes([flags]) + kept[0][1][1:])
        if orientation != 1:
            kept.append((b"EXIF", tiff(orientation)))
    body = b"WEBP" + b"".join(_riff_chunk(*chunk) for chunk in kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif(data: bytes) -> bytes:
    """A GIF without comments, texts and what applications wrote, but for how often it repeats. Raises ValueError."""
    position = 13 + _colours(data[10])
    pieces, control = [data[:position]], b""
    while data[position] != _TRAILER:
        start = position
        if data[position] == _IMAGE:
            position = _sub_blocks(data, position + 11 + _colours(data[position + 9]))
            pieces += [control, data[start:position]]
            control = b""
        elif data[position] == _EXTENSION:
            kind = data[position + 1]
            position = _sub_blocks(data, position + 2)
            if kind == _CONTROL:
                control = data[start:position]
            elif kind == _APPLICATION:
                pieces.append(_loop(data[start:position]))
            elif kind == 0x01:  # a text that is drawn by no browser; what controls it goes with it
                control = b""
        else:
            raise _broken("GIF")
    return b"".join([*pieces, b"\x3b"])


def _loop(extension: bytes) -> bytes:
    """How often an animation repeats, or nothing of any other application's extension."""
    if extension[2] == 11 and extension[3:14] in _LOOPS and extension[14:16] == b"\x03\x01":
        return extension[:18] + b"\0"
    return b""


def _colours(flags: int) -> int:
    """Bytes of a table of colours, by the byte of flags that announces it."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: bytes, position: int) -> int:
    """Where a row of sub-blocks ends; an empty one is the last."""
    while length := data[position]:
        position += 1 + length
    return position + 1


def _riff(data: bytes) -> list[tuple[bytes, bytes]]:
    chunks, position = [], 0
    while position < len(data):
        name, length = struct.unpack_from("<4sI", data, position)
        if position + 8 + length > len(data):
            raise IndexError
        chunks.append((name, data[position + 8 : position + 8 + length]))
        position += 8 + length + length % 2
    return chunks


def _riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _broken(name: str) -> ValueError:
    return ValueError(f"is a broken {name}")
