"""Commits made beside the working tree: its files, branches and index stay as they are."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generator.clients.git.running import attempt, git, run, said
from generator.errors import UsageError

# The account that GitHub shows for what a workflow does.
NAME, EMAIL = "github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"
_IDENTITY = {
    "GIT_AUTHOR_NAME": NAME,
    "GIT_AUTHOR_EMAIL": EMAIL,
    "GIT_COMMITTER_NAME": NAME,
    "GIT_COMMITTER_EMAIL": EMAIL,
}
_LITERAL = {"GIT_LITERAL_PATHSPECS": "1"}  # a file's name is never a pattern


def modified(root: Path, folder: str) -> tuple[str, ...]:
    """The tracked files of a folder of the archive that are not as in the last commit, relative to the archive."""
    why = "git could not say what was changed here"
    told = run(
        root,
        *("diff", "--name-only", "-z", "--relative", "--no-renames", "--diff-filter=M", "--no-ext-diff"),
        *("HEAD", "--", folder),
        why=why,
        more=_LITERAL,
    )
    return tuple(os.fsdecode(name) for name in told.split(b"\0") if name)


def commit(root: Path, paths: Sequence[str], message: str, parent: str = "HEAD") -> str:
    """A commit on top of `parent` with these files (relative to the archive) as they are now; no branch leads to it."""
    why = "git could not make the commit"
    with tempfile.TemporaryDirectory(prefix="postmortem-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index"), **_LITERAL}
        run(root, "read-tree", parent, why=why, more=index)
        run(root, "add", "--", *paths, why=why, more=index)
        tree = run(root, "write-tree", why=why, more=index).decode().strip()
    return _commit(root, tree, parent, message)


def merged(root: Path, tip: str, ours: str, message: str) -> str | None:
    """Our commit on top of `tip`: `tip` itself where it adds nothing, None where both changed the same lines."""
    ran = git(root, ("merge-tree", "--write-tree", tip, ours))
    if ran.returncode == 1:
        return None
    if ran.returncode:
        raise UsageError(f"git could not merge: {said(ran)} (git 2.38 or newer is needed.)")
    tree = ran.stdout.decode().split()[0]
    return tip if tree == tree_of(root, tip) else _commit(root, tree, tip, message)


def contains(root: Path, tip: str, revision: str) -> bool:
    """Whether a commit and all before it are part of what `tip` leads to."""
    return attempt(root, "merge-base", "--is-ancestor", revision, tip) is not None


def tree_of(root: Path, revision: str) -> str:
    """The name of a revision's tree: equal names mean equal files."""
    why = f"git knows no revision {revision!r}"
    return run(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{tree}}", why=why).decode().strip()


def message_of(root: Path, revision: str) -> str:
    """The message of a commit."""
    told = attempt(root, "log", "-1", "--format=%B", "--end-of-options", revision)
    return (told or b"").decode("utf-8", "replace")


def _commit(root: Path, tree: str, parent: str, message: str) -> str:
    why = "git could not make the commit"
    parts = ("commit-tree", tree, "-p", parent, "-F", "-")
    return run(root, *parts, why=why, given=message.encode(), more=_IDENTITY).decode().strip()
