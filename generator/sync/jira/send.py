"""One request that creates or changes an issue, without those optional fields that Jira does not take."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from generator.clients.jira import FieldMeta, Jira
from generator.clients.jira.fields import explain, is_rich, shape
from generator.errors import RefusedError
from generator.markup.fitting import MORE, fit
from generator.markup.plain import words_of
from generator.settings.jira import JiraSettings
from generator.sync.plan.base import PROPERTY, Base, to_property
from generator.sync.plan.changes import Sections
from generator.sync.plan.texts import pushed
from generator.sync.plan.tracker import LeftOut

NO_PAGE = "The text is longer than Jira takes; all of it is in the postmortem's file."
_LIMIT = re.compile(r"limit of ([0-9][0-9., ]*) characters")
CATEGORY = "category"
_TRIES = 12
_T = TypeVar("_T")


@dataclass(slots=True)
class Letter:
    """What is sent: fields by id, what each stands for in the base, and what may be left out.

    `before` is what was recorded until now; `texts` are the parts by field id, with the part's name; `later` are the
    fields that the create screen lacks and that the edit screen may have, with what is said if it lacks them too.
    """

    base: Base
    where: str
    before: Base | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, tuple[str, Sections]] = field(default_factory=dict)
    metas: Mapping[str, FieldMeta] = field(default_factory=dict)
    update: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    must: frozenset[str] = frozenset({"summary", "project", "issuetype"})
    notices: list[LeftOut] = field(default_factory=list)
    later: dict[str, LeftOut] = field(default_factory=dict)

    def leave_out(self, id: str, code: str, message: str) -> None:  # noqa: A002 - the field's name
        """Take a field out of the letter and of what will be recorded, and say so."""
        self.fields.pop(id, None)
        self.update.pop(id, None)
        name, _ = self.texts.pop(id, ("", ()))
        gone = [self.values.pop(id, ""), name]
        self.base = self.base.without((one for one in gone if one), self.before)
        if CATEGORY in gone:
            self.base = replace(self.base, category=self.before.category if self.before else "")
        if id == "issuelinks":
            self.base = replace(self.base, linked="")
        if id == "labels":
            self.base = replace(self.base, labels=self.before.labels if self.before else ())
        self.notices.append(LeftOut(code, message))


def send(
    jira: Jira, settings: JiraSettings, letter: Letter, page: str, post: Callable[[Letter, dict[str, Any]], _T]
) -> _T:
    """Send a letter by `post`, which gets all its fields, again and again without what is refused.

    A refusal means that nothing was done, so that sending again is safe. Raises RefusedError for what must be there.
    """
    limit = settings.text_limit
    for _ in range(_TRIES):
        rendered = {one: _rendered(jira, letter, one, limit, page) for one in letter.texts}
        known = {letter.texts[one][0]: (letter.texts[one][1], words_of(value)) for one, value in rendered.items()}
        complete = replace(letter.base, texts=pushed(letter.base, known))
        try:
            sent = replace(letter, base=complete)
            answer = post(sent, {**letter.fields, **rendered})
        except RefusedError as error:
            smaller = _smaller(error, limit)
            if smaller and rendered:
                limit = smaller
                continue
            _without_refused(letter, error)
        else:
            letter.base = complete
            return answer
    raise RefusedError(f"{letter.where}: Jira refused {_TRIES} times, each time for another reason.", 400)


def property_of(letter: Letter) -> dict[str, Any]:
    """The property that goes along: the state of the issue once it has taken the letter."""
    return {PROPERTY: to_property(letter.base)}


def _rendered(jira: Jira, letter: Letter, id: str, limit: int, page: str) -> Any:  # noqa: A002 - the field's name
    sections = letter.texts[id][1]
    if not sections:
        return None  # its section is gone from the file
    meta = letter.metas.get(id)
    found = fit(sections, limit, jira.render, link=page, more=MORE if page else NO_PAGE).value
    if meta is not None and not is_rich(meta):
        return shape(meta, words_of(found))
    return found


def _smaller(error: RefusedError, limit: int) -> int:
    """A limit to try where Jira says that a text is too long: the one it names, else three quarters of the last."""
    said = " ".join([*error.messages, *error.fields.values()])
    named = _LIMIT.search(said)
    if named:
        found = int(re.sub(r"[^0-9]", "", named[1]) or 0)
        return found if 0 < found < limit else limit * 3 // 4
    return limit * 3 // 4 if "CONTENT_LIMIT_EXCEEDED" in said and limit > 1000 else 0


def _without_refused(letter: Letter, error: RefusedError) -> None:
    """Leave out what was refused, or raise the refusal with the fields' names and what helps."""
    if error.status != 400:
        raise error
    names = {one: meta.name for one, meta in letter.metas.items()}
    project, _, issue_type = letter.where.partition(" / ")
    told = dict(zip(error.fields, explain(error.fields, names, project, issue_type, letter.metas), strict=True))
    in_it = [one for one in error.fields if one in letter.fields or one in letter.texts or one in letter.update]
    if not in_it and "issuelinks" in letter.update:
        letter.leave_out("issuelinks", "link-refused", f"The link could not be made along with the issue: {error}")
        return
    needed = [one for one in error.fields if one in letter.must]
    if needed or not in_it:
        words = " ".join([*told.values(), *error.messages]) or str(error)
        raise RefusedError(words, error.status, error.messages, error.fields) from None
    for one in in_it:
        letter.leave_out(one, "field-refused", f"{told[one]} It was left out; the next run tries again.")
