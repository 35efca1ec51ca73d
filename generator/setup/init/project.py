"""Where this program's own repository is, whose workflows and hooks a new archive calls: here and nowhere else."""

import re

from generator import __version__
from generator.errors import UsageError

# The owner is only known where the program is published: whoever publishes it writes the owner here. Until then
# `init` says so, and `--tool` names the repository for one archive.
UNKNOWN_OWNER = "your-organisation"
REPOSITORY = f"{UNKNOWN_OWNER}/postmortem-archive"
REF = f"v{__version__}"

# `owner/name@ref` of the tool's repository, as GitHub allows names.
_TOOL = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\.\.?(?:@|$))[A-Za-z0-9._-]{1,100})(?:@([A-Za-z0-9][\w./-]{0,99}))?", re.ASCII
)
_CALL = re.compile(r"^\s*uses:\s*([^\s/@]+/[^\s/@]+)/\.github/workflows/[\w.-]+@(\S+)", re.ASCII | re.MULTILINE)
# Our hook in a pre-commit configuration, with where it comes from; other hooks of the entry may stand before it.
_HOOK = re.compile(
    r"^ *- repo: https://github\.com/(\S+)\n *rev: (\S+)\n(?:(?! *- repo:).*\n)*? *- id: postmortem-check\b",
    re.ASCII | re.MULTILINE,
)
_VERSION = re.compile(r"v[0-9][0-9.]*", re.ASCII)


def tool(text: str) -> tuple[str, str]:
    """The repository and the tag of `owner/name@tag`; without a tag that of this version. Raises UsageError."""
    found = _TOOL.fullmatch(text.strip())
    if not found:
        raise UsageError(f"{text!r} is no repository; write it as owner/name or owner/name@tag.")
    return found[1], found[2] or REF


def called(*texts: str) -> tuple[str, str]:
    """The repository that an archive's workflow or hook calls, and the tag to call it at; the usual ones if none does.

    A tag of an earlier version gives way to the one of this version; another one, such as a commit, stays.
    """
    for text in texts:
        for pattern in (_CALL, _HOOK):
            found = pattern.search(text.replace("\r\n", "\n"))
            if found and _TOOL.fullmatch(f"{found[1]}@{found[2]}"):
                return found[1], REF if _VERSION.fullmatch(found[2]) else found[2]
    return REPOSITORY, REF
