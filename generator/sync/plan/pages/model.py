"""What a plan of pages is made of: the pages that are wanted, those that are there, and what is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.errors import RemoteError
from generator.sync.plan.pages.state import PageState
from generator.sync.plan.tracker import LeftOut

TARGET = "confluence"


class LeftAloneError(RemoteError):
    """A page was left as it is, because people must decide; `code` is the stable word for why."""

    def __init__(self, message: str, *, code: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes along: its name on the page, its path in the archive, and the fingerprint of its content."""

    name: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page as the document wants it.

    `group` is the title of the page that it lies below, empty for the common parent. `head` is storage format, `text`
    Markdown whose relative links are relative to `base`; `links` maps paths in it to names of `files` and to addresses. `closed` is
    whether it shows nothing of the document.
    """

    id: str
    title: str
    group: str
    labels: tuple[str, ...]
    head: str
    text: str
    base: str
    links: Mapping[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    closed: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A page that is looked for; `title` is empty where nothing of the document may be sent, even in a question."""

    id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class RemotePage:
    """A page of ours as it is; `address` is where people open it. `state` is None where a run died before it was kept."""

    id: str
    title: str
    version: int
    address: str
    message: str = ""
    labels: tuple[str, ...] = ()
    state: PageState | None = None


@dataclass(frozen=True, slots=True)
class PageSnapshot:
    """The pages that are there, by the id of their postmortem in small letters.

    `taken` are the addresses of pages that people made under a wanted title, `doubles` those of several pages that carry
    the mark of one postmortem.
    """

    pages: Mapping[str, RemotePage] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    doubles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PagePush:
    """What is sent to a page: its text where `text`, these labels and files; `move` is whether it is put elsewhere.

    `force` is whether what a person wrote meanwhile may be overwritten.
    """

    wanted: WantedPage
    text: bool = True
    move: bool = True
    labels: tuple[str, ...] = ()
    drop_labels: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    force: bool = False


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page that was created or changed; the notices say what was not done."""

    id: str
    notices: tuple[LeftOut, ...] = ()
