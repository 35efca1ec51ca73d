"""Small pictures as bytes, with whatever metadata a test wants in them."""

import base64
import struct
import zlib

SECRET = b"GPS 48.2082N 16.3738E by Jane Smith"
# One pixel each, as cameras and programs write them.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQ"
    "CgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="
)
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
WEBP_PIXELS = base64.b64decode("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=")[12:]


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more, before_end=b""):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x10\x20\x30"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + pixels + before_end + chunk(b"IEND", b"")


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*more):
    return JPEG[:20] + b"".join(more) + JPEG[20:]


def riff(*chunks):
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for n, b in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def vp8x(flags):
    return b"VP8X", bytes([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])


PIXELS = (b"VP8 ", WEBP_PIXELS[8:])


def exif(orientation, order=">"):
    """EXIF as cameras write it: the orientation among other fields, and a place."""
    entries = struct.pack(f"{order}HHII", 0x010F, 2, len(SECRET), 38)
    entries += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    head = b"MM\0*" if order == ">" else b"II*\0"
    return head + struct.pack(f"{order}IH", 8, 2) + entries + bytes(4) + SECRET
