"""Which postmortems are kept elsewhere at all: live ones, history as far as the archive asks for it, samples never."""

from collections import Counter
from collections.abc import Collection, Iterable

from generator.document.model import ActionItem
from generator.document.parse import Document
from generator.document.scope import Scope, scope_of
from generator.settings.model import Settings

HOW = "`imported: all` below `jira:` or `confluence:` in site_config/archive.yml includes them"


def is_open(item: ActionItem) -> bool:
    """Whether somebody is still to do it, as far as the file says."""
    return item.status is None or not item.status.done


def included(document: Document, settings: Settings, imported: str) -> bool:
    """Whether a postmortem is planned for; `imported` is what is set for history: never, open or all."""
    scope = scope_of(document, settings)
    if scope is not Scope.HISTORY:
        return scope is Scope.LIVE
    return imported == "all" or (imported == "open" and any(is_open(item) for item in document.postmortem.actions))


def only_open(document: Document, settings: Settings) -> bool:
    """Whether only the unfinished items of a postmortem become tickets, as history is kept that way."""
    return settings.jira.imported == "open" and scope_of(document, settings) is Scope.HISTORY


def left_out(
    documents: Iterable[Document], settings: Settings, imported: Collection[str], only: Collection[str] | None = None
) -> str:
    """One line on the postmortems with an id that no place plans for, and how to include them; empty without any.

    `imported` is what is set for history in the places that are asked, `only` the paths that are meant.
    """
    scopes = Counter(
        scope_of(one, settings)
        for one in documents
        if one.postmortem.id
        and (only is None or one.path in only)
        and not any(included(one, settings, setting) for setting in imported)
    )
    sentences = []
    if count := scopes[Scope.HISTORY]:
        words = "1 postmortem of history was" if count == 1 else f"{count:,} postmortems of history were"
        sentences.append(f"{words} left out (imported, or before `since`); {HOW}.")
    if count := scopes[Scope.SAMPLE]:
        words = "1 sample was left out; it is" if count == 1 else f"{count:,} samples were left out; they are"
        sentences.append(f"{words} never sent, unless the line `sample: true` is removed.")
    return " ".join(sentences)
