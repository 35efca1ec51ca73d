"""Which issue a person means: its key, its id, or the address at which they read it."""

import re
from urllib.parse import parse_qs, urlsplit

from generator.errors import UsageError

_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,63}-[1-9][0-9]{0,11}", re.ASCII)


def reference(ref: str, site: str) -> str:
    """The key (in capitals) or id that `ref` names on the Jira at `site`.

    Raises UsageError for what is neither, and for an address anywhere else, of which this Jira knows nothing.
    """
    wanted = ref.strip()
    found = _of_address(wanted, site) if "://" in wanted else wanted.upper()
    if _KEY.fullmatch(found) or _ID.fullmatch(found):
        return found
    raise UsageError(f"{wanted[:120]!r} names no issue; write jira:OPS-123, or jira:{site}/browse/OPS-123.")


def _of_address(address: str, site: str) -> str:
    """The key in an address of the site: behind `browse/` and the like, or the one that a board has selected."""
    try:
        there, home = urlsplit(address), urlsplit(site)
        same = (there.hostname, there.port) == (home.hostname, home.port)
    except ValueError:
        same = False
    if not same or there.scheme not in {"http", "https"} or not f"{there.path}/".startswith(f"{home.path}/"):
        raise UsageError(f"{address[:120]} is not on the Jira that is set up here, which is {site}.")
    selected = parse_qs(there.query).get("selectedIssue", [])
    last = there.path.rstrip("/").rpartition("/")[2]
    return (selected[0] if selected else last).upper()
