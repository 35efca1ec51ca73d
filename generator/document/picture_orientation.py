"""Which way up a photograph is to be shown: the one word of EXIF that a viewer draws with."""

import struct

_ORIENTATION, _SHORT = 0x0112, 3
_ENTRY = 12  # bytes of one entry of a directory
_TURNED = range(2, 9)


def of_exif(block: bytes) -> int:
    """The orientation, 1 to 8, that a block of EXIF (a TIFF header and its directories) states; 1 where it states none."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (entries,) = struct.unpack_from(f"{order}H", block, start)
        for number in range(entries):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", block, start + 2 + number * _ENTRY)
            if (tag, kind, count) == (_ORIENTATION, _SHORT, 1):
                return value if value in _TURNED else 1
    except struct.error:  # broken EXIF turns no picture in a browser either
        return 1
    return 1


def tiff(orientation: int) -> bytes:
    """A block of EXIF that states this orientation and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
