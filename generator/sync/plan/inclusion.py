"""Which postmortems are kept elsewhere at all: live ones, history as far as the archive asks for it, samples never."""

from collections import Counter
from collections.abc import Collection, Iterable

from generator.document.model import ActionItem
from generator.document.scope import Scope
from generator.settings.model import Settings
from generator.sync.plan.facts import DocumentFacts

HOW = "`imported: all` below `jira:` or `confluence:` in site_config/archive.yml includes them"


def is_open(item: ActionItem) -> bool:
    """Whether somebody is still to do it, as far as the file says."""
    return item.status is None or not item.status.done


def included(facts: DocumentFacts, imported: str) -> bool:
    """Whether a postmortem is planned for; `imported` is what is set for history: never, open or all."""
    if facts.scope is not Scope.HISTORY:
        return facts.scope is Scope.LIVE
    return imported == "all" or (imported == "open" and any(is_open(item) for item in facts.stated.actions))


def only_open(facts: DocumentFacts, settings: Settings) -> bool:
    """Whether only the unfinished items of a postmortem become tickets, as history is kept that way."""
    return settings.jira.imported == "open" and facts.scope is Scope.HISTORY


def left_out(facts: Iterable[DocumentFacts], imported: Collection[str], only: Collection[str] | None = None) -> str:
    """One line on the postmortems with an id that no place plans for, and how to include them; empty without any.

    `imported` is what is set for history in the places that are asked, `only` the paths that are meant.
    """
    scopes = Counter(
        one.scope
        for one in facts
        if (only is None or one.path in only) and not any(included(one, setting) for setting in imported)
    )
    sentences = []
    if count := scopes[Scope.HISTORY]:
        words = "1 postmortem of history was" if count == 1 else f"{count:,} postmortems of history were"
        sentences.append(f"{words} left out (imported, or before `since`); {HOW}.")
    if count := scopes[Scope.SAMPLE]:
        words = "1 sample was left out; it is" if count == 1 else f"{count:,} samples were left out; they are"
        sentences.append(f"{words} never sent, unless the line `sample: true` is removed.")
    return " ".join(sentences)
