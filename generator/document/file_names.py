"""Names from outside that become names of files: plain ASCII, short, never empty, never a path, never a secret."""

import hashlib
import posixpath
import re
import unicodedata

from generator.document.secrets import redacted

NAME_BYTES = 200
EVENT_LENGTH = 64
_READ = 1024  # of a longer name only both ends are looked at, so that no name is slow
_STEM, _ENDING = re.compile(r"[^A-Za-z0-9._-]+"), re.compile(r"\.([A-Za-z0-9]{1,12})\Z")
_PLAIN_ID = re.compile(r"\A(?:[0-9]{1,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z")
# Windows opens a device where a file has such a name, whatever its ending is.
_DEVICE = re.compile(r"\A(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
SLUG_LENGTH = 60
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "œ": "oe",
        "Œ": "oe",
        "þ": "th",
        "ı": "i",
    }
)

# What a browser runs, or renders as a page of the site's own origin, when somebody opens its address. A PDF is not among
# them: its viewer is a sandbox of its own. A name without an ending is, since then a host or a browser guesses.
_RUN_BY_BROWSERS = frozenset(
    {
        "",
        ".htm",
        ".html",
        ".js",
        ".mht",
        ".mhtml",
        ".mjs",
        ".rdf",
        ".shtml",
        ".svg",
        ".svgz",
        ".swf",
        ".wasm",
        ".xht",
        ".xhtml",
        ".xml",
        ".xsl",
        ".xslt",
    }
)
# Pictures that can say where and by whom they were taken.
_PICTURES = frozenset(
    [
        ".apng",
        ".avif",
        ".bmp",
        ".gif",
        ".heic",
        ".heif",
        ".ico",
        ".jfif",
        ".jpe",
        ".jpeg",
        ".jpg",
        ".jxl",
        ".pjp",
        ".pjpeg",
        ".png",
        ".tif",
        ".tiff",
        ".webp",
    ]
)
# In the lists of types that web servers come with; browsers never take text of a stated type for a page.
_PLAIN_TEXTS = frozenset([".conf", ".csv", ".json", ".log", ".text", ".tsv", ".txt"])


def runs_in_browser(name: str) -> bool:
    """Whether a browser may run a file of this name once its address is opened; what Windows drops at its end is no help."""
    bare = name.rstrip(". \t").casefold()
    return posixpath.splitext(bare)[1] in _RUN_BY_BROWSERS


def is_drawing(name: str) -> bool:
    """Whether a file is a drawing by its name: shown as a picture it runs nothing, opened as a page it does."""
    return name.casefold().endswith(".svg")


def is_picture(name: str) -> bool:
    """Whether a file is a picture of pixels by its name."""
    return posixpath.splitext(name.casefold())[1] in _PICTURES


def is_plain_text(name: str) -> bool:
    """Whether every web server serves a file of this name as text that no browser renders."""
    return posixpath.splitext(name.casefold())[1] in _PLAIN_TEXTS


def slug(title: str) -> str:
    """A title as a part of a file name: lower-case ASCII words and hyphens, at most 60 characters, never empty."""
    plain = unicodedata.normalize("NFKD", redacted(title).text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", plain.lower())).strip("-")
    if len(words) > SLUG_LENGTH:
        cut = words[: SLUG_LENGTH + 1].rpartition("-")[0]
        words = (cut or words)[:SLUG_LENGTH].strip("-")
    return words or "incident"


def safe_name(id: str, filename: str) -> str:  # noqa: A002 - the field's name
    """An attachment's name on disk: `<id>_<slug>`, ASCII, at most 200 bytes, the ending kept.

    Names are unique as the ids are: an id that is neither a number nor a UUID is replaced by its hash.
    """
    number = (
        id if _PLAIN_ID.match(id) else "x" + hashlib.sha256(id.encode("utf-8", "backslashreplace")).hexdigest()[:24]
    )
    filename = redacted(filename).text
    words = filename if len(filename) <= _READ else filename[: _READ // 2] + filename[-_READ // 2 :]
    visible = "".join(
        one for one in unicodedata.normalize("NFKD", words) if unicodedata.category(one) not in {"Mn", "Cf"}
    )
    plain = re.sub(r"\.{2,}", ".", _STEM.sub("-", visible)).strip("._-")
    ending = _ENDING.search(plain)
    stem = re.sub(r"-{2,}", "-", plain[: ending.start()] if ending else plain).strip("._-") or "attachment"
    tail = ending[0].lower() if ending else ""
    return f"{number}_{stem[: NAME_BYTES - len(number) - 1 - len(tail)].rstrip('._-')}{tail}"


def event_name(text: str) -> str:
    """An event's name as part of a file name: `jira:issue_updated` is `jira-issue_updated`; at most 64 characters."""
    plain = re.sub(r"[^a-z0-9_]+", "-", text[:_READ].lower()).strip("-")[:EVENT_LENGTH].strip("-")
    if _DEVICE.match(plain):
        return f"event-{plain}"
    return plain or "unknown"
