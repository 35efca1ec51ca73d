"""Where links of a document lead, seen from Jira: absolute and harmless, or no link at all."""

import re
from urllib.parse import urljoin, urlsplit

_SAFE = re.compile(r"(?:https?|ftp)://[^\s/]|mailto:\S|tel:\S", re.IGNORECASE)
_HARMFUL = re.compile(r"\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def absolute(href: str, base: str) -> str:
    """The address that `href` means on the page `base`, or empty where there is none that Jira could follow."""
    href = "".join(href.split())
    if not href or _HARMFUL.match(href):
        return ""
    if not _SCHEME.match(href):
        href = f"https:{href}" if href.startswith("//") else _joined(base, href)
    return href if _SAFE.match(href) else ""


def shown(href: str) -> str:
    """What to tell a reader about an address that is no link: a path, but no anchor and no script."""
    return "" if not href or href.startswith("#") or _HARMFUL.match(href) else href


def name(href: str) -> str:
    """The last part of a path, for a picture without a description."""
    return href.split("?", maxsplit=1)[0].rstrip("/").rpartition("/")[2] or href


def _joined(base: str, href: str) -> str:
    try:
        found = urljoin(base, href) if base else ""
        urlsplit(found)
    except ValueError:  # such as a bracket that is no IPv6 address
        return ""
    return found
