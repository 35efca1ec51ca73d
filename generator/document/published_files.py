"""What of an archive's file is published: nothing that a browser runs, and of pictures no metadata."""

import re
from dataclasses import dataclass

from generator.document import file_names
from generator.document.picture_metadata import format_of, without_metadata
from generator.markup.svg import drawing

# As far as browsers look when a server states no type (MIME Sniffing, 7: 1,445 bytes).
SNIFFED = 1445
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Two bytes a letter without a mark: "<" with a zero beside it.
_BARE_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# A page, a drawing or XML begins with a tag, a comment, a declaration or an instruction.
_BEGINS = re.compile(r"[\s\0]*<[A-Za-z!?/]")
# What has no place at the beginning of a picture's bytes, wherever it stands there.
_TAGS = re.compile(r"<(?:!doctype|\?xml|html|head|body|svg|script|iframe)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """The bytes as they are published.

    `removed` names what was taken out of a drawing since it runs or loads something; `unclean` says, as the end of a
    sentence about the file, why a picture may still have its metadata.
    """

    data: bytes
    removed: tuple[str, ...] = ()
    unclean: str = ""


def is_active(name: str, head: bytes) -> bool:
    """Whether a browser may run a file, by the first `SNIFFED` bytes of its content, whatever its name promises."""
    if file_names.is_plain_text(name) or (format_of(head) and not file_names.is_drawing(name)):
        return False
    encoding = next(
        (code for mark, code in (*_MARKS, *_BARE_WIDE) if head.lstrip(b"\t\n\r ").startswith(mark)), "latin-1"
    )
    text = head[:SNIFFED].decode(encoding, "replace").lstrip("\ufeff")
    return bool(_BEGINS.match(text) or (file_names.is_picture(name) and _TAGS.search(text)))


def published(name: str, data: bytes) -> PublishedFile:
    """A file of this name as it is published.

    Raises ValueError, with why as the end of a sentence about the file, for what a browser would run.
    """
    if file_names.is_drawing(name):
        try:
            drawn = drawing(data, without_metadata)
        except ValueError as error:
            reason = f"{error}, and cannot be cleaned of what a browser would run"
            raise ValueError(reason) from error
        return PublishedFile(drawn.data, drawn.removed)
    if is_active(name, data[:SNIFFED]):
        reason = "holds a page or a drawing that a browser would run"
        raise ValueError(reason)
    if not file_names.is_picture(name) and not format_of(data):
        return PublishedFile(data)
    try:
        return PublishedFile(without_metadata(data))
    except ValueError as error:
        return PublishedFile(data, unclean=str(error))
