"""Running git: one process at a time, its words in English, none of a repository's own programs."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.errors import UsageError
from generator.settings.load import outer_environment

FAILED = "git could not say what changed"
# A repository's own settings must not start programs (fsmonitor, hooks) or change what is printed (quotepath).
SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.quotepath=off", "diff.renameLimit=20000")
_SETTINGS = [word for one in SETTINGS for word in ("-c", one)]


def attempt(root: Path, *arguments: str) -> bytes | None:
    """What git prints, or None where it fails."""
    ran = git(root, arguments)
    return ran.stdout if ran.returncode == 0 else None


def run(root: Path, *arguments: str, why: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
    """What git prints. Raises `UsageError` that begins with `why` where it fails."""
    ran = git(root, arguments, given, more)
    if ran.returncode:
        told = said(ran)
        raise UsageError(f"{why}: {told}" if why is FAILED or more is not None or "dubious" in told else why)
    return ran.stdout


def said(ran: subprocess.CompletedProcess[bytes]) -> str:
    """The first line of what git complains of."""
    return ran.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ").split("\n")[0]


def git(
    root: Path, arguments: Sequence[str], given: bytes = b"", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in the archive's folder; `more` is added to its environment."""
    try:
        return subprocess.run(
            ["git", "-C", str(root), *_SETTINGS, *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={**outer_environment(), "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **(more or {})},
        )
    except FileNotFoundError:
        raise UsageError("git is not installed, so --base cannot be used.") from None
