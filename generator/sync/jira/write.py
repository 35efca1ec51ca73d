"""Creating and changing an issue: the values of a push as the fields of Jira."""

from dataclasses import dataclass, replace
from typing import Any

from generator.clients.jira import Created, FieldMeta, Jira, JiraUser
from generator.clients.jira.fields import shape
from generator.document.people import person_of
from generator.errors import OutcomeUnknownError, RefusedError, RemoteError
from generator.settings.model import Settings
from generator.sync.jira import find
from generator.sync.jira.screens import Screen, Screens, refuse_unfilled
from generator.sync.jira.send import CATEGORY, Letter, property_of, send
from generator.sync.plan.changes import Push
from generator.sync.plan.snapshot import Remote
from generator.sync.plan.tracker import Claim, Made

_FIELD = {"summary": "summary", "due": "duedate", "assignee": "assignee", "priority": "priority"}
_PART = "incident_category"


@dataclass(frozen=True, slots=True)
class JiraWriter:
    """Sends what is pushed to one Jira."""

    jira: Jira
    screens: Screens
    settings: Settings

    def create(self, push: Push, page: str, claim: Claim | None) -> Made:
        """Create an issue: what the screen does not take is left out beforehand, what Jira refuses afterwards.

        The claim is held right before each request that may create, which raises ClaimLostError where another run has it.
        Raises UsageError for a project or type that is not there, RefusedError for what must be taken and is not, and
        OutcomeUnknownError where no answer came and the issue is not found either.
        """
        screen = self.screens.of(push.project, push.issue_type)
        letter = Letter(replace(push.base, linked=push.link_to), screen.name, metas=screen.fields)
        letter.fields = {
            "project": {"key": screen.project},
            "issuetype": {"id": screen.type_id},
            "labels": list(push.labels),
        }
        self._fill(push, letter)
        letter.fields = {n: v for n, v in letter.fields.items() if v is not None or n == "assignee"}
        if push.link_to:
            letter.update["issuelinks"] = [
                {"add": {"type": {"name": push.link_type}, "outwardIssue": {"key": push.link_to}}}
            ]
        _without_absent(screen, self.settings, letter)
        refuse_unfilled(screen, {**letter.fields, **letter.texts, **letter.update})

        def post(sent: Letter, fields: dict[str, Any]) -> Created:
            if claim is not None:
                claim.hold()
            return self.jira.create(fields, properties=property_of(sent), update=sent.update)

        try:
            made = send(self.jira, self.settings.jira, letter, page, post)
        except OutcomeUnknownError as error:
            late = self._late(push, error)
            made, letter.base = Created(late.id, late.key), late.base or letter.base
        return self._edited_afterwards(made, screen, letter, push, page)

    def _edited_afterwards(self, made: Created, screen: Screen, letter: Letter, push: Push, page: str) -> Made:
        """Put what only the edit screen has into an issue just created; what it lacks too is reported."""
        there = self.screens.editable(screen, made.id) if letter.later else frozenset()
        notices = [*letter.notices, *(notice for id_, notice in letter.later.items() if id_ not in there)]
        values = {name: value for name, value in push.values.items() if _FIELD.get(name) in there & letter.later.keys()}
        texts = {
            part: text
            for part, text in push.texts.items()
            if self.screens.field_of(part) in there & letter.later.keys()
        }
        labels = push.labels if "labels" in there & letter.later.keys() else ()
        if not (values or texts or labels):
            return Made(made.id, made.key, letter.base, tuple(notices))
        base = letter.base
        for name in values.keys() & push.base.values.keys():
            base = base.with_value(name, push.base.values[name].ours, push.base.values[name].theirs)
        base = replace(base, labels=labels or base.labels)
        edited = self.update(Remote(made.id, made.key, base=letter.base), Push(base, values, texts, labels), page)
        return replace(edited, notices=(*notices, *edited.notices))

    def update(self, remote: Remote, push: Push, page: str) -> Made:
        """Change an issue, and what is recorded of it, at once."""
        letter = Letter(push.base, f"{remote.key} / edit", before=remote.base)
        self._fill(push, letter)
        changes = [{"remove": label} for label in push.drop_labels] + [{"add": label} for label in push.labels]
        if changes:
            letter.update["labels"] = changes
        letter.must = frozenset({"summary"}) | frozenset(
            self.screens.field_of(part) for part in self.settings.jira.required
        )

        def put(sent: Letter, fields: dict[str, Any]) -> None:
            if not fields and not sent.update and sent.base == remote.base:
                return  # all of it was left out, as it was before
            self.jira.edit(remote.id, fields=fields, update=sent.update, properties=property_of(sent))

        send(self.jira, self.settings.jira, letter, page, put)
        return Made(remote.id, remote.key, letter.base, tuple(letter.notices))

    def _late(self, push: Push, error: OutcomeUnknownError) -> Remote:
        """The issue that was created without an answer. Raises that error where it is not found."""
        ref = (push.base.id, push.base.item)
        try:
            found = find.late(self.jira, ref, push.project, push.link_to, self.settings.jira.grace)
        except RemoteError as problem:
            raise error from problem
        if found is None:
            raise error
        return found

    def _fill(self, push: Push, letter: Letter) -> None:
        """Put a push's values and texts into a letter."""
        for name, value in push.values.items():
            if name == "assignee":
                self._assign(value, letter)
            elif name == CATEGORY:
                self._categorise(value, letter)
            elif name == "priority":
                if value:
                    _shaped(letter, "priority", value, FieldMeta("priority", "Priority", type="priority"))
            else:
                letter.fields[_FIELD[name]] = value or None
                letter.values[_FIELD[name]] = name
        for part, sections in push.texts.items():
            letter.texts[self.screens.field_of(part)] = (part, sections)

    def _assign(self, handle: str, letter: Letter) -> None:
        letter.values["assignee"] = "assignee"
        try:
            account = self._account(handle) if handle else None
        except RemoteError as error:
            if not isinstance(error, RefusedError):
                raise
            letter.leave_out("assignee", "assignee-unclear", f"Nobody was assigned: {error}")
            return
        if handle and account is None:
            letter.leave_out(
                "assignee",
                "assignee-unknown",
                f"Nobody was assigned: {handle} has no account that Jira shows. Add `jira:` or `email:` in people.yml.",
            )
            return
        letter.fields["assignee"] = self.jira.user(account) if account else None
        if account:
            letter.base = replace(letter.base, who={**letter.base.who, account.id: handle})

    def _account(self, handle: str) -> JiraUser | None:
        """The account of a handle: the one of people.yml, else that of the e-mail address, which must be exactly theirs."""
        person = person_of(handle, self.settings)
        if person and person.jira:
            return JiraUser(person.jira, person.name or handle)
        email = person.email if person else handle if "@" in handle.strip("@") else ""
        return self.jira.find_account(email) if email else None

    def _categorise(self, value: str, letter: Letter) -> None:
        if _PART not in self.settings.jira.fields.mapped():
            return
        id = self.screens.field_of(_PART)  # noqa: A001 - the field's name
        if not value:
            letter.fields[id] = None
            return
        letter.values[id] = CATEGORY
        _shaped(letter, id, value, FieldMeta(id, "Incident category", custom="select"))


def _shaped(letter: Letter, id: str, value: str, fallback: FieldMeta) -> None:  # noqa: A002 - the field's name
    """Put a value that is chosen from a list into a letter, in the list's own spelling."""
    try:
        letter.fields[id] = shape(letter.metas.get(id, fallback), value)
    except RefusedError as error:
        letter.leave_out(id, "value-refused", f"{error} It was left out.")


def _without_absent(screen: Screen, settings: Settings, letter: Letter) -> None:
    """Leave out what the create screen does not have; raise where it must be there."""
    must = letter.must | {one for one in (screen_id(screen, settings, part) for part in settings.jira.required) if one}
    letter.must = frozenset(must)
    given = [*letter.fields, *letter.texts, *letter.update]
    for id in given:  # noqa: A001 - the field's name
        if id in screen.fields or id in {"project", "issuetype"}:
            continue
        if id == "issuelinks" or letter.fields.get(id, "") is None:
            letter.leave_out(id, "", "")
            letter.notices.pop()  # it is linked afterwards, or there was nothing to say
            continue
        label = letter.texts[id][0].replace("_", " ") if id in letter.texts else id
        message = (
            f"{label} ({id}) is not on the create screen of {screen.name}: add it there, or leave it out of"
            " `jira: fields:`."
        )
        if id in letter.must or (id in letter.texts and letter.texts[id][0] in settings.jira.required):
            raise RefusedError(message, 400, (), {id: message})
        letter.leave_out(id, "field-not-on-screen", f"{message} It was left out.")
        letter.later[id] = letter.notices.pop()


def screen_id(screen: Screen, settings: Settings, part: str) -> str:
    """The id that a required part is configured by, where it is one of the screen's."""
    wanted = settings.jira.fields.mapped().get(part, "")
    return next((one for one, meta in screen.fields.items() if wanted in {one, meta.name}), "")
