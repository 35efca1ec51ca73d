"""Commander and authors are known."""

import difflib
from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.document.parse import Document
from generator.settings.model import Settings


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each commander or author that `people.yml` does not have; nothing where there is no such file."""
    if not context.settings.people:
        return
    known = document.postmortem
    for key, names in (("commander", (known.commander,)), ("authors", known.authors)):
        for number, name in enumerate(names):
            if name and not name.startswith("TODO") and (hint := unknown(name, context.settings)):
                line = document.front.lines.get(f"{key}.{number}", document.front.lines.get(key, 1))
                yield Hit(line, f"`{key}` names {name!r}, whom site_config/people.yml does not know.", hint)


def unknown(name: str, settings: Settings) -> str:
    """What to do about somebody whom nobody knows; nothing where the name is known by its handle."""
    bare = name.strip().lstrip("@")
    handles = {person.handle for person in settings.people}
    if bare in handles:
        return ""
    person = settings.person(handle=bare, name=bare, email=bare)
    if person is not None:
        return (
            "" if bare.casefold() == person.handle.casefold() or bare in person.aliases else f"Write `{person.handle}`."
        )
    close = difflib.get_close_matches(bare.casefold().replace(" ", "."), handles, n=1, cutoff=0.6)
    return f"Did you mean `{close[0]}`?" if close else "Add the handle there, or name somebody who is in it."


RULE = Rule(
    id="people",
    title="Commander and authors are known",
    why="A handle connects a document with the person's page, ticket account and chat name. A mistyped one connects it with nobody.",
    before="commander: jane.smth",
    after="commander: jane.smith",
    check=check,
    **AT_MOST_WARNING,
)
