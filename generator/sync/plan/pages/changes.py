"""What is to be done about one postmortem's page."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from generator.sync.plan.changes import Action, Conflict, Difference, PlannedChange, PlanWarning
from generator.sync.plan.pages.model import TARGET, PagePush, PageSnapshot, RemotePage, WantedPage
from generator.sync.plan.pages.state import pushed


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePage(PlannedChange):
    """A page is made."""

    action: ClassVar[Action] = Action.CREATE
    push: PagePush
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePage(PlannedChange):
    """A page gets what has changed in the file; `message` is what else is to be known."""

    action: ClassVar[Action] = Action.UPDATE
    page: RemotePage
    push: PagePush
    differences: tuple[Difference, ...]
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage(PlannedChange):
    """Nothing changes but what is recorded of the page."""

    action: ClassVar[Action] = Action.NOTE
    page: RemotePage
    push: PagePush


PageChange: TypeAlias = CreatePage | UpdatePage | RecordPage | Conflict | PlanWarning


@dataclass(frozen=True, slots=True)
class PageCase:
    """One postmortem in a run: its file, the page it wants, and whether its status gives it one."""

    path: str
    wanted: WantedPage
    shown: bool


def outdated(case: PageCase, page: RemotePage, *, force: bool) -> bool:
    """Whether the text of a page would be written: with `force` also where only a person's edit is in the way."""
    if case.wanted.closed:  # no comment keeps a text from being taken back
        return False
    return case.shown and (_differs(case.wanted, page) or (force and edited(page)))


def edited(page: RemotePage) -> bool:
    """Whether a person has written the newest version of a page.

    One without a state is what a run left that died right after it created the page: then it has its first version.
    """
    ours = page.version == page.state.version if page.state else page.version == 1
    return not ours and not pushed(page.message)


def plan(case: PageCase, snapshot: PageSnapshot, comments: int, *, force: bool) -> list[PageChange]:
    """The changes of one postmortem's page; `comments` is how many are open at words of it."""
    id_ = case.wanted.id.casefold()
    if id_ in snapshot.doubles:
        return [_several(case, snapshot.doubles[id_])]
    page = snapshot.pages.get(id_)
    if case.wanted.closed:
        return _restricted(case, page, force=force)
    if not case.shown:
        return [_kept(case, page)] if page and not _is_closed(page) else []
    if page is None:
        return [_taken(case, snapshot.taken[id_])] if id_ in snapshot.taken else [_create(case)]
    return _keep_up(case, page, comments, force=force)


# Branches: one comparison for each thing that a page has; they share what is pushed and stay in the order of the report.
def _keep_up(case: PageCase, page: RemotePage, comments: int, *, force: bool) -> list[PageChange]:
    wanted = case.wanted
    text = outdated(case, page, force=force)
    if edited(page) and not force:
        return [_edited(case, page, left=text)]
    if text and comments and not force:
        return [_commented(case, page, comments)]
    state = page.state
    known = state.files if state else {}
    files = tuple(one for one in wanted.files if known.get(one.name) != one.digest)
    labels = tuple(one for one in wanted.labels if one not in page.labels)
    drop = tuple(one for one in (state.labels if state else ()) if one not in wanted.labels and one in page.labels)
    move = state is None or state.group != wanted.group
    push = PagePush(wanted, text, move, labels, drop, files, force)
    differences = []
    if page.title != wanted.title:
        differences.append(Difference("title", page.title, wanted.title))
    if text:
        differences.append(Difference("text", "…", "changed"))
    if state and move:
        differences.append(Difference("parent", state.group, wanted.group))
    if labels or drop:
        differences.append(Difference("labels", " ".join(drop), " ".join(labels)))
    if files:
        differences.append(Difference("attachments", "", " ".join(one.name for one in files)))
    if differences:
        return [_update(case, page, push, tuple(differences))]
    if state is None or state.version != page.version:
        ref = (wanted.id, None)
        return [RecordPage(ref=ref, path=case.path, key=page.id, target=TARGET, page=page, push=push)]
    return []


def _differs(wanted: WantedPage, page: RemotePage) -> bool:
    """Whether what was last pushed is not what is wanted; a version's note is newer than the state, if there is one."""
    state = page.state
    shows = pushed(page.message) or (state.digest if state else "")
    return shows != wanted.digest or (state is not None and state.group != wanted.group)


def _is_closed(page: RemotePage) -> bool:
    return page.state is not None and page.state.closed


def _update(
    case: PageCase, page: RemotePage, push: PagePush, differences: tuple[Difference, ...], message: str = ""
) -> UpdatePage:
    return UpdatePage(
        ref=(case.wanted.id, None),
        path=case.path,
        key=page.id,
        target=TARGET,
        page=page,
        push=push,
        differences=differences,
        message=message,
    )


def _create(case: PageCase) -> CreatePage:
    wanted = case.wanted
    differences = [Difference("title", "", wanted.title)]
    differences += [Difference("parent", "", wanted.group)] if wanted.group else []
    differences += [Difference("labels", "", " ".join(wanted.labels))]
    if wanted.files:
        differences.append(Difference("attachments", "", " ".join(one.name for one in wanted.files)))
    push = PagePush(wanted, labels=wanted.labels, files=wanted.files)
    ref = (wanted.id, None)
    return CreatePage(ref=ref, path=case.path, target=TARGET, push=push, differences=tuple(differences))


def _restricted(case: PageCase, page: RemotePage | None, *, force: bool) -> list[PageChange]:
    if page is None or _is_closed(page):
        return []
    wanted = case.wanted
    if not force:
        message = (
            f"{wanted.id} is restricted, but {page.address} still shows what was pushed before, to everybody who may see"
            " the space. --force puts one sentence with a link in its place; its older versions and attachments stay, so"
            " rather delete the page."
        )
        return [_conflict(case, page, message, code="page-restricted")]
    drop = tuple(one for one in (page.state.labels if page.state else ()) if one not in wanted.labels)
    push = PagePush(wanted, True, False, (), tuple(one for one in drop if one in page.labels), (), force=True)
    message = f"Its older versions and attachments stay; delete them at {page.address}."
    title = Difference("title", page.title, wanted.title)
    return [_update(case, page, push, (title, Difference("text", "…", "one sentence with a link")), message)]


def _edited(case: PageCase, page: RemotePage, *, left: bool) -> Conflict | PlanWarning:
    who = f"A person changed {page.address} since it was last pushed"
    if left:
        message = f"{who}, and the postmortem changed too. Nothing was overwritten: carry what is worth keeping into the file, then run with --force."
        return _conflict(case, page, message, code="page-edited")
    message = f"{who}. It is left alone; --force writes the postmortem's text again."
    return _warning(case, page, message, code="page-edited")


def _commented(case: PageCase, page: RemotePage, comments: int) -> Conflict:
    many = "comment stands" if comments == 1 else "comments stand"
    message = (
        f"{comments} open {many} at words of {page.address}, which would be lost with a new text. Nothing was overwritten:"
        " answer and resolve them there, then run again; or run with --force."
    )
    return _conflict(case, page, message, code="page-has-comments")


def _kept(case: PageCase, page: RemotePage) -> PlanWarning:
    message = f"Documents of this status have no page, but {page.address} is there; it is left as it is."
    return _warning(case, page, message, code="page-kept")


def _taken(case: PageCase, address: str) -> Conflict:
    message = (
        f"There is a page {case.wanted.title!r} already ({address}) that does not carry our marks, and a title is there"
        f" once in a space. Rename that page, or give it the label {case.wanted.labels[1]} to have it taken over with --force."
    )
    return _conflict(case, None, message, code="page-title-taken")


def _several(case: PageCase, addresses: tuple[str, ...]) -> Conflict:
    message = (
        f"Several pages carry the mark of {case.wanted.id}: {', '.join(addresses)}. Decide which one stays, and delete the"
        " others."
    )
    return _conflict(case, None, message, code="several-pages")


def _conflict(case: PageCase, page: RemotePage | None, message: str, *, code: str) -> Conflict:
    key = page.id if page else ""
    return Conflict(ref=(case.wanted.id, None), path=case.path, key=key, target=TARGET, code=code, message=message)


def _warning(case: PageCase, page: RemotePage, message: str, *, code: str) -> PlanWarning:
    ref = (case.wanted.id, None)
    return PlanWarning(ref=ref, path=case.path, key=page.id, target=TARGET, code=code, message=message)
