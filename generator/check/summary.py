"""What other documents need to know of one."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.check.rule import Summary
from generator.check.text import TextLink, reading
from generator.document.parse import Document
from generator.document.scope import is_imported

_KEYS = ("id", "incident", "jira")


def summary_of(document: Document) -> Summary:
    """The summary of a document, small enough to be sent between processes."""
    known = document.postmortem
    seen = reading(document)
    return Summary(
        path=document.path,
        id=known.id,
        title=known.title,
        incident=known.incident,
        jira=known.jira,
        status=known.status,
        lines={key: document.front.lines[key] for key in _KEYS if key in document.front.lines},
        anchors=seen.anchors,
        links=tuple(_into_others(document)),
        adopted=is_imported(document),
    )


def _into_others(document: Document) -> Iterator[tuple[int, str, str]]:
    for link in reading(document).links:
        if "#" in link.target and not link.image:
            place, anchor = local(link, document.path)
            if anchor and place.endswith(".md") and place != document.path:
                yield link.line, place, anchor


def local(link: TextLink, path: str) -> tuple[str, str]:
    """Where a link leads within the archive, as (path, anchor); both are empty where it leads elsewhere.

    The path is empty for an anchor of the document itself.
    """
    target = link.target
    if not target or target.startswith("//") or not _is_local(target):
        return "", ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "", ""
    wanted, anchor = unquote(parts.path), unquote(parts.fragment)
    if not wanted:
        return "", anchor
    base = "" if wanted.startswith("/") else posixpath.dirname(path)
    return posixpath.normpath(posixpath.join(base, wanted.lstrip("/") if not base else wanted)), anchor


def _is_local(target: str) -> bool:
    """Whether an address has no scheme such as `https:` or `mailto:`, and is no placeholder."""
    head = target.split("/", 1)[0].split("#", 1)[0].split("?", 1)[0]
    return ":" not in head and "{{" not in target and "<%" not in target
