"""The last line of each file that `init` writes: by which version, and a digest that tells whether somebody edited it.

It stands in the file itself, so that it is there on every machine and branch, and no other file has to agree with it.
"""

import hashlib
import re
from dataclasses import dataclass

_DIGITS = 12
# The line that `init` writes at the head of a file: the version that wrote it and the digest of what it wrote.
_MARK = re.compile(
    rf"^(?:#|<!--) postmortem init ([0-9][0-9A-Za-z.+-]*) ([0-9a-f]{{{_DIGITS}}}): [^\n]*\n?", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says about itself; `untouched` is whether its text is still what was written."""

    version: str
    untouched: bool

    def newer_than(self, version: str) -> bool:
        """Whether a later version than this one wrote the file."""
        return _order(self.version) > _order(version)


def marked(text: str, path: str, version: str) -> str:
    """The text with its mark as a comment, as the kind of file has them."""
    words = f"postmortem init {version} {digest(text)}: run again, it renews this file unless somebody edited it."
    comment = f"<!-- {words} -->" if path.endswith(".md") else f"# {words}"
    body = text.rstrip("\n")
    return f"{body}\n\n{comment}\n"


def split(text: str) -> tuple[str, Mark | None]:
    """A file's text without its mark, and the mark where it has one."""
    found = list(_MARK.finditer(text.replace("\r\n", "\n")))
    if not found:
        return plain(text), None
    body = plain(_MARK.sub("", text.replace("\r\n", "\n")))
    last = found[-1]
    return body, Mark(last[1], digest(body) == last[2])


def digest(text: str) -> str:
    """The digest of a text; line endings and the end of the file do not count, as Git and editors change them."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def plain(text: str) -> str:
    """The text as it is compared: without a byte order mark, with plain line breaks, ending in one of them."""
    tidy = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip()
    return f"{tidy}\n"


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version))
