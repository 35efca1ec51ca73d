"""Bringing home what `sync` wrote into the files: one commit on the branch, or one pull request."""

from generator.clients import git
from generator.clients.git import Pushed
from generator.clients.github.repository import ALLOW, Home
from generator.document.archive import FOLDER
from generator.errors import PostmortemError, RefusedError
from generator.output import ChangeLog

BRANCH = "postmortem-write-back"
TRAILER = "Postmortem-Write-Back: true"
TITLE = "Record what Jira knows of postmortems"
BODY = """\
Keys of new Jira issues, and what people changed in tickets: states, owners, due dates.

Only single values and table cells are changed. A later run updates this pull request; merging it changes nothing in Jira.
"""
MESSAGE = f"{TITLE}\n\nKeys of issues and the state of tickets, as `postmortem sync` found them.\n\n{TRAILER}\n"
_TRIES = 3


def write_back(home: Home, *, pull_request: bool, apply: bool) -> ChangeLog:
    """Commit the changed postmortems on top of the branch as it is on the server, where others may have been quicker.

    A branch that takes no commits gets a pull request instead. Raises PostmortemError where the same lines were
    changed there meanwhile: then the whole run is repeated, which is always safe.
    """
    told = ChangeLog(apply)
    paths = [path for path in git.modified(home.root, FOLDER) if path.endswith(".md")]
    if not paths:
        told.same("nothing to write back")
        return told
    for path in paths:
        told.change(path)
    if not apply:
        told.create(f"a pull request to {home.base}" if pull_request else f"a commit on {home.base}")
        return told
    for _ in range(_TRIES):
        tip, made = _made(home, paths)
        if made == tip:
            told.same(f"{home.base} has it already")
            return told
        if pull_request:
            _propose(home, made, told)
            return told
        pushed = git.push(home.root, made, home.base, home.access)
        if pushed is Pushed.DONE:
            told.create(f"commit {made[:10]} on {home.base}")
            return told
        if pushed is Pushed.PROTECTED:
            told.warn(f"{home.base} is protected and takes no commit from this token, so there is a pull request")
            pull_request = True
    raise PostmortemError(
        f"{home.base} moved {_TRIES} times while it was written to, so nothing was. Run the same again."
    )


def _made(home: Home, paths: list[str]) -> tuple[str, str]:
    """The server's last commit of the branch, and ours on top of it; the same one where ours adds nothing."""
    tip = git.tip(home.root, home.base, home.access)
    if tip is None:
        raise PostmortemError(f"`origin` has no branch {home.base!r}; name the branch with --base.")
    if not git.contains(home.root, tip, "HEAD"):
        raise PostmortemError(
            f"The checkout holds commits that {home.base} does not have, and they would be written along. "
            f"Check {home.base} out as it is on the server, or name another branch with --base."
        )
    made = git.merged(home.root, tip, git.commit(home.root, paths, MESSAGE), MESSAGE)
    if made is None:
        raise PostmortemError(
            f"{home.base} was changed at the same lines meanwhile, so nothing was written. Run the whole workflow again."
        )
    return tip, made


def _propose(home: Home, made: str, told: ChangeLog) -> None:
    there = git.tip(home.root, BRANCH, home.access)
    if there and TRAILER not in git.message_of(home.root, there):
        raise PostmortemError(
            f"The branch {BRANCH} ends with a commit of somebody else, which is not thrown away. Merge or delete it."
        )
    if there and git.tree_of(home.root, there) == git.tree_of(home.root, made):
        told.same(f"branch {BRANCH}")
    elif git.push(home.root, made, BRANCH, home.access, instead_of=there or "") is Pushed.DONE:
        told.create(f"commit {made[:10]} on {BRANCH}")
    else:
        raise PostmortemError(
            f"The branch {BRANCH} cannot be written. Does a rule forbid it, or is another run at work?"
        )
    opened = [one for one in home.github.pulls(BRANCH) if one.state == "open"]
    if opened:
        told.same(f"pull request {opened[0].url}")
        return
    try:
        pull = home.github.open_pull(title=TITLE, branch=BRANCH, base=home.base, body=BODY, draft=False)
    except RefusedError as error:
        raise PostmortemError(f"{error} The branch {BRANCH} is there. {ALLOW}") from None
    told.create(f"pull request {pull.url}")
