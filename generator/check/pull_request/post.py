"""Telling a pull request: one comment that is kept up to date, and each suggestion once, at its line."""

import re
from collections.abc import Sequence

from generator.check.pull_request.comment import MARKER, body
from generator.check.pull_request.line_comments import SUGGESTION, mark_of, note
from generator.check.pull_request.model import Review, Suggestion
from generator.clients.github import Comment, GitHub, Remark, ReviewComment
from generator.errors import RefusedError
from generator.output import ChangeLog


def post(github: GitHub, number: int, head: str, found: Review, *, preview: str, apply: bool) -> ChangeLog:
    """Bring the comments of pull request `number`, whose last commit is `head`, up to date."""
    told = ChangeLog(apply)
    me = github.me()
    there = {
        mark[1] for one in github.notes(number) if _mine(one, me) and (mark := SUGGESTION.match(one.body)) is not None
    }
    posted = [one for one in found.suggestions if mark_of(one) in there]
    fresh = [one for one in found.suggestions if one not in posted]
    posted += _suggest(github, number, head, fresh, told)
    if preview and not _is_ours(github, preview):
        told.warn("The address of the preview leads elsewhere, so it is left out.")
        preview = ""
    text = body(found, lambda path, line: github.file_url(path, head, line), preview=preview, posted=posted)
    comments = [one for one in github.comments(number) if _mine(one, me) and one.body.startswith(MARKER)]
    if comments or found.subjects:
        _keep(github, number, comments, text, told)
    else:
        told.same("no postmortem is changed, so there is nothing to say")
    return told


def _suggest(
    github: GitHub, number: int, head: str, fresh: Sequence[Suggestion], told: ChangeLog
) -> Sequence[Suggestion]:
    """Put suggestions at their lines; the ones that stand there afterwards."""
    if not fresh:
        return ()
    told.create(f"{len(fresh)} suggestion{'s' if len(fresh) > 1 else ''} at changed lines of pull request {number}")
    if told.apply:
        try:
            github.review(number, head, [Remark(one.path, one.line, note(one)) for one in fresh])
        except RefusedError as error:
            if error.status != 422:
                raise
            # A line may have left the change since; then they are shown in the comment.
            told.warn(f"GitHub does not take the suggestions at their lines, so they are in the comment: {error}")
            return ()
    return fresh


def _keep(github: GitHub, number: int, comments: Sequence[Comment], text: str, told: ChangeLog) -> None:
    where = f"the comment on pull request {number}"
    if not comments:
        told.create(where)
        if told.apply:
            github.comment(number, text)
    elif comments[0].body.replace("\r\n", "\n").strip() == text.strip():
        told.same(where)
    else:
        told.change(where)
        if told.apply:
            github.edit_comment(comments[0].id, text)


def _mine(one: Comment | ReviewComment, me: str) -> bool:
    """Whether we wrote it: nobody else's words are ever changed, whatever marks they carry."""
    return one.author == me if me else one.bot


def _is_ours(github: GitHub, preview: str) -> bool:
    return re.fullmatch(rf"{re.escape(github.url)}/actions/runs/[0-9]+/artifacts/[0-9]+", preview) is not None
