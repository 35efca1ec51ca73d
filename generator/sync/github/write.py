"""Creating and changing an issue: the values of a push as GitHub takes them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.clients.github import GitHubIssue
from generator.clients.github.issues import GitHubIssues
from generator.errors import OutcomeUnknownError, RefusedError, RemoteError
from generator.settings.model import Settings
from generator.sync.github import body, find
from generator.sync.github.repositories import Repositories
from generator.sync.plan.base import Base
from generator.sync.plan.changes import Push
from generator.sync.plan.snapshot import Remote
from generator.sync.plan.texts import DESCRIPTION, pushed
from generator.sync.plan.tracker import Claim, LeftOut, Made

INVALID = 422


@dataclass(frozen=True, slots=True)
class GitHubWriter:
    """Sends what is pushed; `read` holds the words of texts as they were when it was decided to push others."""

    hubs: Repositories
    settings: Settings
    read: Mapping[str, str]

    def create(self, push: Push, claim: Claim) -> Made:
        """Open an issue with its labels, its text and its state in one request.

        The claim is held right before it, which raises ClaimLostError where another run has it. Raises OutcomeUnknownError
        where no answer came and the issue is not found either.
        """
        hub = self.hubs.of(push.project)
        base = _with_text(push.base, push)
        login, notices = self._login(hub, push.values.get("assignee", ""))
        if notices:
            base = base.without(("assignee",))
        text = body.text_of(push.texts.get(DESCRIPTION, ()))
        claim.hold()
        try:
            made = hub.make_issue(
                push.values["summary"], body.with_base(text, base), push.labels, [login] * bool(login)
            )
        except OutcomeUnknownError as error:
            late = self._late(hub, push, error)
            return Made(late.id, late.key, late.base or base, tuple(notices))
        key = f"{hub.connection.repository}#{made.number}"
        base, more = self._assigned(hub, made, base, login)
        return Made(key, key, base, (*notices, *more), find.remote_of(key, made, self.settings))

    def update(self, remote: Remote, push: Push) -> Made:
        """Change an issue and its state in one request, which holds only what is not so already.

        It is read right before; raises RefusedError where a person has changed meanwhile what would be overwritten.
        """
        hub, number = self.hubs.split(remote.key)
        now = hub.issue(number)
        base, login = _with_text(push.base, push), ""
        notices: list[LeftOut] = []
        sent: dict[str, object] = {}
        if "summary" in push.values:
            _unchanged(remote, "title", now.title, {remote.summary, push.values["summary"]})
            sent["title"] = push.values["summary"]
        if "assignee" in push.values:
            login, notices = self._login(hub, push.values["assignee"])
            if notices:
                base = base.without(("assignee",), remote.base)
            else:
                sent["assignees"] = self._assignees(now, remote, login)
        if push.labels or push.drop_labels:
            sent["labels"] = _labels(now, push)
        sent["body"] = body.with_base(self._text(remote, now, push), base)
        there = {"title": now.title, "assignees": list(now.assignees), "labels": list(now.labels), "body": now.body}
        sent = {name: value for name, value in sent.items() if value != there[name]}
        if sent:
            changed = hub.change_issue(number, sent)
            base, more = self._assigned(hub, changed, base, login)
            notices = [*notices, *more]
        after = find.remote_of(remote.key, changed if sent else now, self.settings)
        return Made(remote.id, remote.key, base, tuple(notices), after)

    def record(self, remote: Remote, base: Base) -> None:
        """Keep the state of an issue in it; its text is as it is at this moment."""
        hub, number = self.hubs.split(remote.key)
        now = hub.issue(number)
        written = body.with_base(now.body, base)
        if written != now.body:
            hub.change_issue(number, {"body": written})

    def _text(self, remote: Remote, now: GitHubIssue, push: Push) -> str:
        if DESCRIPTION not in push.texts:
            return now.body
        text = body.text_of(push.texts[DESCRIPTION])
        if remote.key in self.read:
            _unchanged(remote, "text", body.words(now.body), {self.read[remote.key], body.words(text)})
        return text

    def _assignees(self, now: GitHubIssue, remote: Remote, login: str) -> list[str]:
        """The assignees with ours in the place of the one that was agreed on; the others are left."""
        before = remote.assignee.id.casefold() if remote.assignee else ""
        kept = [one for one in now.assignees if one.casefold() not in {before, login.casefold()}]
        same = next((one for one in now.assignees if login and one.casefold() == login.casefold()), login)
        return [*kept, same] if same else kept

    def _login(self, hub: GitHubIssues, handle: str) -> tuple[str, list[LeftOut]]:
        """The login to assign; where there is none, or GitHub would leave them out, what is reported."""
        if not handle:
            return "", []
        login = find.login_of(handle, self.settings)
        if not login:
            message = f"Nobody was assigned: {handle} has no account on GitHub. Add `github:` in people.yml."
        elif hub.assignable(login):
            return login, []
        else:
            message = _refused(login, hub)
        return "", [LeftOut("assignee-unknown", message)]

    def _assigned(self, hub: GitHubIssues, made: GitHubIssue, base: Base, login: str) -> tuple[Base, list[LeftOut]]:
        """What was agreed on once GitHub has answered: somebody whom it left out after all is not part of it."""
        if not login or login.casefold() in {one.casefold() for one in made.assignees}:
            return base, []
        base = base.without(("assignee",))
        hub.change_issue(made.number, {"body": body.with_base(made.body, base)})
        return base, [LeftOut("assignee-unknown", _refused(login, hub))]

    def _late(self, hub: GitHubIssues, push: Push, error: OutcomeUnknownError) -> Remote:
        """The issue that was created without an answer. Raises that error where it is not found."""
        try:
            found = find.late(hub, self.settings, (push.base.id, push.base.item), self.settings.jira.grace)
        except RemoteError as problem:
            raise error from problem
        if found is None:
            raise error
        return found


def _with_text(base: Base, push: Push) -> Base:
    rendered = {name: (sections, body.words_of(sections)) for name, sections in push.texts.items()}
    return replace(base, texts=pushed(base, rendered)) if rendered else base


def _labels(now: GitHubIssue, push: Push) -> list[str]:
    drop = {one.casefold() for one in push.drop_labels}
    held = [one for one in now.labels if one.casefold() not in drop]
    known = {one.casefold() for one in held}
    return [*held, *(one for one in push.labels if one.casefold() not in known)]


def _unchanged(remote: Remote, what: str, now: str, expected: set[str]) -> None:
    if now not in expected:
        raise RefusedError(f"Somebody changed the {what} of {remote.key} at this very moment; run again.", INVALID)


def _refused(login: str, hub: GitHubIssues) -> str:
    return (
        f"Nobody was assigned: GitHub assigns no issue of {hub.connection.repository} to {login}. Give them access to it,"
        " or correct `github:` in people.yml."
    )
