"""The severity is one of the archive's."""

import difflib
from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Context, Hit, Rule
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """A severity that the archive does not declare, with the one that was probably meant."""
    written = document.postmortem.severity
    names = [severity.name for severity in context.settings.severities]
    if not written or written in names:
        return
    meant = context.settings.severity_of(written) or canonical(written, names)
    close = [meant] if meant else difflib.get_close_matches(written.upper(), names, n=1, cutoff=0.6)
    hint = f"Did you mean `{close[0]}`?" if close else f"One of {', '.join(names)}; see site_config/archive.yml."
    yield Hit(document.front.lines.get("severity", 1), f"`severity` cannot be {written!r}.", hint)


def canonical(written: str, names: list[str]) -> str:
    """The name that differs from what is written only in case and separators, else nothing."""
    bare = _bare(written)
    return next((name for name in names if _bare(name) == bare), "")


def _bare(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


RULE = Rule(
    id="schema-severity",
    title="The severity is one of the archive's",
    why="Lists, deadlines and the tracker sort by severity. A word of another tool sorts behind everything, where nobody looks for a SEV1.",
    before="severity: Critical",
    after="severity: SEV1",
    check=check,
    **ALWAYS_ERROR,
    fixable=True,
)
