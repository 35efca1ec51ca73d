"""What an archive was like at another revision, and where in its repository it lies."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.clients.git.running import FAILED, attempt, run
from generator.errors import UsageError


@dataclass(frozen=True, slots=True)
class Old:
    """A file as it was at the base revision: its path then, relative to the archive, and the name of its content."""

    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class BaseRevision:
    """The base revision of an archive: `commit` is its full name.

    `changed` holds every file whose content or path is another one since then, by its path of today; `present` the
    paths that were there. A path in neither is new.
    """

    commit: str
    changed: Mapping[str, Old] = field(default_factory=dict)
    present: frozenset[str] = frozenset()


def base(root: Path, revision: str) -> BaseRevision:
    """The state that a change began from: the last common commit of `revision` and the present one.

    Raises `UsageError` where `root` lies in no git repository, git is missing, or nobody knows the revision.
    """
    prefix = place(root, f"{root} lies in no git repository, so --base cannot be used")
    named = _commit(root, revision)
    if named is None:
        shallow = run(root, "rev-parse", "--is-shallow-repository", why="").strip() == b"true"
        hint = " This is a shallow clone: fetch the whole history (fetch-depth: 0)." if shallow else ""
        raise UsageError(f"git knows no revision {revision!r}.{hint or ' Is it fetched? Try `git fetch origin`.'}")
    # A branch may have moved on since; what others changed there is not part of this change.
    common = attempt(root, "merge-base", named, "HEAD")
    commit = common.decode().split()[0] if common else named
    below = ["--", prefix] if prefix else []
    present = run(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, *below, why=FAILED)
    return BaseRevision(commit, _changed(root, commit, prefix), frozenset(_inside(present.split(b"\0"), prefix)))


def place(root: Path, why: str = "") -> str:
    """Where in its repository the archive lies: empty, or a folder with a slash at its end."""
    why = why or f"{root} lies in no git repository"
    return os.fsdecode(run(root, "rev-parse", "--show-prefix", why=why)).rstrip("\n")


def default_branch(root: Path) -> str:
    """The branch that a repository's changes end in: that of `origin`, else the usual one that is there, else this one.

    `main` where git is missing or nothing can be told.
    """
    try:
        heads = [
            attempt(root, "symbolic-ref", "--quiet", "--short", one) for one in ("refs/remotes/origin/HEAD", "HEAD")
        ]
        present = (attempt(root, "for-each-ref", "--format=%(refname:short)", "refs/heads") or b"").decode().split()
    except UsageError:
        return "main"
    remote, here = ((one or b"").decode("utf-8", "replace").strip() for one in heads)
    usual = next((name for name in ("main", "master", "trunk") if name in present), "")
    return remote.removeprefix("origin/") or usual or here or "main"


def contents(root: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each blob, all of them read by one process; unknown ones are left out."""
    wanted = list(dict.fromkeys(blobs))
    if not wanted:
        return {}
    names = "".join(f"{blob}\n" for blob in wanted).encode()
    answer = run(root, "cat-file", "--batch", why=FAILED, given=names)
    found: dict[str, bytes] = {}
    position = 0
    for blob in wanted:
        end = answer.index(b"\n", position)
        header = answer[position:end].split()
        position = end + 1
        if len(header) == 3 and header[1] == b"blob":  # else "<name> missing"
            size = int(header[2])
            found[blob] = answer[position : position + size]
            position += size + 1
    return found


def added(root: Path, since: str, revision: str, folder: str) -> dict[str, bytes]:
    """The files of a folder that a revision has and `since` has not: content by path in the archive."""
    told = run(
        root,
        *("diff", "--raw", "-z", "--no-abbrev", "--relative", "--no-renames", "--diff-filter=A", *_NO_DIFF),
        *(since, revision, "--", folder),
        why=FAILED,
    )
    fields = told.split(b"\0")
    blobs = {os.fsdecode(path): meta.split()[3].decode() for meta, path in zip(fields[::2], fields[1::2], strict=False)}
    found = contents(root, blobs.values())
    return {path: found[blob] for path, blob in blobs.items() if blob in found}


_NO_DIFF = ("--no-ext-diff", "--no-textconv", "--no-color")


def _changed(root: Path, commit: str, prefix: str) -> dict[str, Old]:
    """The changes up to the working tree, which is what a person is about to commit or what CI checked out."""
    answer = run(root, "diff", "--raw", "-z", "--no-abbrev", "-M", *_NO_DIFF, commit, why=FAILED)
    fields = answer.split(b"\0")
    found: dict[str, Old] = {}
    position = 0
    while position < len(fields) - 1:
        # ":<mode> <mode> <blob> <blob> <status>", then one path, or two where it was renamed or copied
        meta = fields[position].decode("ascii", "replace").split()
        two = meta[-1][0] in "RC"
        old, new = fields[position + 1], fields[position + 2 if two else position + 1]
        position += 3 if two else 2
        names = list(_inside([new], prefix))
        if names and meta[-1][0] != "A":
            was = os.fsdecode(old)
            found[names[0]] = Old(was.removeprefix(prefix), meta[2])
    return found


def _inside(paths: Iterable[bytes], prefix: str) -> Iterable[str]:
    """The paths below the archive, relative to it; git gives them relative to the repository."""
    for path in paths:
        name = os.fsdecode(path)
        if name and name.startswith(prefix):
            yield name[len(prefix) :]


def _commit(root: Path, revision: str) -> str | None:
    if "\0" in revision:
        return None
    found = attempt(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return found.decode().strip() if found else None
