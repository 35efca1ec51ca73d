"""What a site is made of, as staging hands it over."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from generator.errors import PostmortemError
from generator.settings.model import Settings
from generator.site.build import sitemap
from generator.site.build.addresses import checked, output_path
from generator.site.build.cache import key
from generator.site.build.copies import copied
from generator.site.build.output import SiteFile, of_bytes


class StagedFiles(Protocol):
    """Markdown pages, files that are written as they are, and copies of the archive's own files."""

    @property
    def pages(self) -> Mapping[str, str]:
        """The path of a page below the engine's docs folder, to its Markdown with front matter."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The path of a file in the site, to its content."""

    @property
    def copies(self) -> Mapping[str, str]:
        """The path of a file in the site, to the path of its source in the archive."""

    @property
    def hidden(self) -> Collection[str]:
        """The paths of pages that this site leaves out, so that no navigation names them."""

    @property
    def public(self) -> bool:
        """Whether everybody may read the site, and search engines may list it."""


def refuse_conflicts(staged: StagedFiles) -> None:
    """Raise an error where a path is not plain or two things want to be the same file."""
    owners: dict[str, str] = {}
    wanted = [(output_path(checked(page)), page) for page in staged.pages]
    wanted += [(checked(path), path) for path in (*staged.files, *staged.copies)]
    for path, owner in wanted:
        other = owners.setdefault(path, owner)
        if other is not owner:
            msg = f"Both {other} and {owner} would be the site's {path}; rename one of them."
            raise PostmortemError(msg)


def other_pieces(staged: StagedFiles, settings: Settings, archive_root: Path) -> Iterator[SiteFile]:
    """Everything that no engine makes: the staged files and copies, and what search engines are told."""
    own = dict(staged.files)
    if not staged.public:
        own.setdefault("robots.txt", sitemap.CLOSED)
    elif settings.url:
        own.setdefault("sitemap.xml", sitemap.sitemap(settings.url, map(output_path, staged.pages)))
        if robots := sitemap.robots(settings.url):
            own.setdefault("robots.txt", robots)
    for path, data in own.items():
        yield of_bytes(path, key(data), data)
    for path, source in staged.copies.items():
        yield copied(path, source, archive_root, public=staged.public)
