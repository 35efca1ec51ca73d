"""The remote `origin`: where a branch stands there, and moving it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from subprocess import CompletedProcess

from generator.clients.git.running import git, run, said
from generator.errors import RemoteError, UsageError
from generator.settings.jira import Secret
from generator.settings.load import outer_environment

_PROTECTED = ("protected branch", "GH006", "GH013", "rule violations", "hook declined")
_MOVED = ("[rejected]", "cannot lock ref", "failed to update ref", "incorrect old value")


@dataclass(frozen=True, slots=True)
class Access:
    """Who we are to the server of `origin`; the token goes through git's environment, never its command line."""

    server: str
    token: Secret

    def environment(self) -> dict[str, str]:
        """The variables that make git send the token to this server alone."""
        settings = {"GIT_TERMINAL_PROMPT": "0"}
        if not self.token:
            return settings
        pair = base64.b64encode(f"x-access-token:{self.token.reveal()}".encode()).decode()
        count = int(outer_environment().get("GIT_CONFIG_COUNT", "0") or 0)
        key = f"http.{self.server}/.extraheader"
        # The first, empty one forgets a header that the checkout may have left, as two of them are refused.
        for number, value in enumerate(("", f"AUTHORIZATION: basic {pair}"), count):
            settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return settings | {"GIT_CONFIG_COUNT": str(count + 2)}


class Pushed(Enum):
    """What became of a push."""

    DONE = auto()
    MOVED = auto()  # somebody was quicker
    PROTECTED = auto()  # the branch takes pull requests alone


def tip(root: Path, branch: str, access: Access) -> str | None:
    """The commit that a branch of `origin` is at, fetched; None where there is no such branch."""
    ref = _ref(root, branch)
    listed = _talk(root, ("ls-remote", "origin", ref), access)
    found = [line.split("\t")[0] for line in listed.stdout.decode().splitlines() if line.endswith(f"\t{ref}")]
    if not found:
        return None
    _talk(root, ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "origin", ref), access)
    return run(root, "rev-parse", "FETCH_HEAD", why="git could not fetch").decode().strip()


def tips(root: Path, prefix: str, access: Access) -> dict[str, str]:
    """The commits that the branches of `origin` are at whose names begin with `prefix`, by branch; all are fetched."""
    start = _ref(root, f"{prefix}x").removesuffix("x")
    listed = _talk(root, ("ls-remote", "origin", f"{start}*"), access)
    found = {ref: commit for commit, _, ref in (line.partition("\t") for line in listed.stdout.decode().splitlines())}
    if found:
        _talk(root, ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "origin", *found), access)
    return {ref.removeprefix("refs/heads/"): commit for ref, commit in found.items()}


def push(root: Path, commit: str, branch: str, access: Access, *, instead_of: str | None = None) -> Pushed:
    """Move a branch of `origin` forward to a commit.

    With `instead_of` (a commit, or empty for a new branch) it is moved there whatever it holds, if it is still there.
    Raises `RemoteError` where neither is possible.
    """
    ref = _ref(root, branch)
    lease = () if instead_of is None else (f"--force-with-lease={ref}:{instead_of}",)
    ran = git(root, ("push", "--porcelain", *lease, "origin", f"{commit}:{ref}"), more=access.environment())
    if ran.returncode == 0:
        return Pushed.DONE
    told = f"{ran.stdout.decode('utf-8', 'replace')}\n{ran.stderr.decode('utf-8', 'replace')}"
    if any(word in told for word in _PROTECTED):
        return Pushed.PROTECTED
    if any(word in told for word in _MOVED):
        return Pushed.MOVED
    raise RemoteError(f"git could not push to {branch}: {said(ran)}. May the token write contents?")


def _talk(root: Path, arguments: Sequence[str], access: Access) -> CompletedProcess[bytes]:
    ran = git(root, arguments, more=access.environment())
    if ran.returncode:
        raise RemoteError(f"git could not ask `origin`: {said(ran)}. Is it reachable, and may the token read it?")
    return ran


def _ref(root: Path, branch: str) -> str:
    ref = f"refs/heads/{branch}"
    if git(root, ("check-ref-format", ref)).returncode:
        raise UsageError(f"{branch!r} cannot be the name of a branch.")
    return ref
