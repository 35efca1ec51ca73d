"""Links in documents: from the paths of files in the archive to addresses on the site."""

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import quote, unquote, urlsplit

from generator.document.file_names import is_drawing, runs_in_browser
from generator.site.pages.html import relative

PICTURE = "!"  # before the source of a picture among links that were followed
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Fate(Enum):
    """What becomes of a link."""

    KEPT = "kept"  # leads elsewhere, as it was written
    LOCAL = "local"  # leads to a page or file of the site
    SILENT = "silent"  # leads to what this audience may not see; its words stay
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads: `href` as written into the page, `copy` (site path, archive path) where a file goes along."""

    fate: Fate
    href: str = ""
    copy: tuple[str, str] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """All that links may lead to.

    `pages` maps a Markdown file's path in the archive to its address, `hidden` are files that this site leaves out,
    `closed` are the folders of such files, with a slash at the end, `files` are the archive's other files (None where
    nobody looked: then each one is taken to be there), `withheld` says of some why they are not published, as the end of
    a sentence that begins with the file. `browse` is where the repository shows a file to its readers.
    """

    pages: Mapping[str, str]
    hidden: Collection[str] = ()
    files: Collection[str] | None = None
    closed: Collection[str] = ()
    browse: str = ""
    withheld: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, href: str, path: str, address: str, *, picture: bool = False) -> LinkTarget:
        """Follow a link, or the source of a `picture`, that stands in the file `path` and is shown at `address`."""
        if not href or href.startswith(("#", "//")) or _SCHEME.match(href):
            return LinkTarget(Fate.KEPT, href)
        try:
            parts = urlsplit(href)
        except ValueError:
            return LinkTarget(Fate.BROKEN, reason="is not an address")
        wanted = unquote(parts.path)
        if not wanted:
            return LinkTarget(Fate.KEPT, href)
        base = "" if wanted.startswith("/") else posixpath.dirname(path)
        place = posixpath.normpath(posixpath.join(base, wanted.lstrip("/") if not base else wanted))
        fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
        if place in self.pages:
            return LinkTarget(Fate.LOCAL, relative(address, self.pages[place] + fragment))
        if place in self.hidden or self._closed(place, path):
            return LinkTarget(Fate.SILENT)
        return self._no_page(place, path, address, fragment, folder=wanted.endswith("/"), picture=picture)

    def _no_page(
        self, place: str, path: str, address: str, fragment: str, *, folder: bool, picture: bool
    ) -> LinkTarget:
        if place.startswith("..") or "\0" in place or "\\" in place:
            return LinkTarget(Fate.BROKEN, reason="leads out of the archive")
        top = path.split("/", maxsplit=1)[0] + "/"
        if not place.startswith(top):
            return self._outside(place, fragment, top)
        if place.endswith(".md") or folder:
            return LinkTarget(Fate.BROKEN, reason="leads to a file that is not there")
        return self._file(place, path, address, picture=picture)

    def _outside(self, place: str, fragment: str, top: str) -> LinkTarget:
        if not self.browse:
            return LinkTarget(Fate.BROKEN, reason=f"leads out of {top}, which is all that the site shows")
        return LinkTarget(Fate.KEPT, f"{self.browse}/{quote(place)}{fragment}")

    def _closed(self, place: str, path: str) -> bool:
        """Whether a place lies in a folder of what this site leaves out; a document's own folder is open to it."""
        folders = (f"{place}/"[: end + 1] for end, character in enumerate(f"{place}/") if character == "/")
        return not place.startswith(path.removesuffix(".md") + "/") and any(one in self.closed for one in folders)

    def _file(self, place: str, path: str, address: str, *, picture: bool) -> LinkTarget:
        own = path.removesuffix(".md") + "/"
        if any(part.startswith(".") for part in place.split("/")):
            return LinkTarget(Fate.BROKEN, reason="leads to a hidden file")
        if runs_in_browser(posixpath.basename(place)) and not (picture and is_drawing(place)):
            return LinkTarget(
                Fate.BROKEN, reason="leads to a file that a browser would run, which the site does not publish"
            )
        if self.files is not None and place not in self.files:
            return LinkTarget(Fate.BROKEN, reason="leads to a file that is not there")
        if reason := self.withheld.get(place):
            return LinkTarget(Fate.BROKEN, reason=f"leads to a file that {reason}, so the site does not publish it")
        at = f"{address}files/{place.removeprefix(own)}" if place.startswith(own) else f"files/{place}"
        return LinkTarget(Fate.LOCAL, relative(address, at), (at, place))
