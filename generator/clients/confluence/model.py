"""What Confluence holds, as values; ids are digits as text."""

from dataclasses import dataclass

PROPERTY = "postmortem"  # the key of the content property that we keep on our pages


@dataclass(frozen=True, slots=True)
class Space:
    """A space; `home` is the id of its home page, empty where it has none."""

    id: str
    key: str
    home: str = ""


@dataclass(frozen=True, slots=True)
class Stub:
    """A page as a list of pages gives it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Property:
    """A content property: its id, any JSON, and the number of its version."""

    id: str
    value: object
    version: int


@dataclass(frozen=True, slots=True)
class ConfluencePage:
    """A page; `message` is what was noted with its newest version, `mark` our property, `body` is storage format.

    The body is there only where it was asked for.
    """

    id: str
    title: str
    version: int
    message: str = ""
    parent: str = ""
    labels: tuple[str, ...] = ()
    mark: Property | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written as a page, or as its next version: `parent` only where it is put there, `message` with a version."""

    title: str
    body: str
    parent: str = ""
    message: str = ""
