"""GitHub as a place where action items are kept: issues of one or more repositories."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from generator.clients.github.issues import GitHubIssues
from generator.errors import NotFoundError, RefusedError
from generator.settings.model import Settings
from generator.sync.github import body, find, lock
from generator.sync.github.repositories import Repositories
from generator.sync.github.write import GitHubWriter
from generator.sync.plan.base import Base
from generator.sync.plan.changes import IssueQuery, Push, Ref, Remote, Snapshot
from generator.sync.plan.tracker import ClaimLostError, Made
from generator.sync.plan.trackers import GITHUB

_NONE = "Issues of GitHub have nothing of this kind."


class GitHubTarget:
    """Repositories on GitHub; see `plan.target.Target` for what its methods are for. A key is `owner/name#12`."""

    name = GITHUB.name

    def __init__(self, clients: Iterable[GitHubIssues], settings: Settings) -> None:
        self._hubs, self._settings = Repositories(clients), settings
        self._told: dict[str, str] = {}
        self._writer = GitHubWriter(self._hubs, settings, self._told)
        self._homes: dict[str, str] = {}
        self._run = uuid.uuid4().hex
        self._grace = timedelta(seconds=settings.jira.grace)

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""
        return self._hubs.requests_made

    def start(self) -> str:
        """Ask who we are; the token of a workflow is nobody's, which is fine."""
        return self._hubs.all[0].me()

    def browse(self, key: str) -> str:
        """Where people open an issue."""
        return self._hubs.browse(key)

    def snapshot(self, wishes: Sequence[IssueQuery], tell: Callable[[str], None]) -> Snapshot:
        """What GitHub has of what is asked for."""
        for wish in sorted(wishes, key=lambda one: not one.key):  # where one without a key would be made counts
            self._homes[wish.ref[0]] = wish.project
        return find.snapshot(self._hubs, self._settings, wishes, tell)

    def newest(self, wishes: Sequence[IssueQuery], projects: Iterable[str], before: Snapshot) -> Snapshot:  # noqa: ARG002 - each wish says where
        """The snapshot with what no list of action items has yet."""
        return find.newest(self._hubs, self._settings, wishes, before)

    def words(self, asked: Mapping[Ref, tuple[Remote, Sequence[str]]]) -> Mapping[Ref, Mapping[str, str]]:
        """The words that texts have on GitHub now."""

        def told(one: tuple[Ref, tuple[Remote, Sequence[str]]]) -> tuple[Ref, Mapping[str, str]]:
            ref, (remote, names) = one
            hub, number = self._hubs.split(remote.key)
            try:
                self._told[remote.key] = body.words(hub.issue(number).body)
            except NotFoundError:
                return ref, {}  # it is gone since it was looked for, and writing says so
            return ref, dict.fromkeys(names, self._told[remote.key])

        with ThreadPoolExecutor(find.AT_ONCE) as pool:
            return dict(pool.map(told, asked.items()))

    def claim(self, id: str) -> lock.GitHubClaim | None:  # noqa: A002 - the field's name
        """Claim the right to create the issues of a postmortem."""
        return lock.take(self._hubs.of(self._homes[id]), id, self._run, self._grace)

    def release(self, claim: Any) -> None:
        """Give a claim back."""
        lock.release(claim)

    def create(self, push: Push, claim: Any | None) -> Made:
        """Create an issue with its labels and its state in one request."""
        if claim is None:
            raise RefusedError(
                f"No issue was created in {push.project}: the token may not make labels there, by which issues are found"
                " again. Give it the permission to write issues.",
                403,
            )

        def hold() -> None:
            if not lock.renew(claim, self._grace):
                raise ClaimLostError(f"Another run has taken over {claim.id}.")

        return self._writer.create(push, hold)

    def update(self, remote: Remote, push: Push) -> Made:
        """Change an issue and its recorded state in one request."""
        return self._writer.update(remote, push)

    def move(self, remote: Remote, category: str, *, given_up: bool = False) -> Remote:
        """Close an issue, as done or as not planned, or open it again."""
        hub, number = self._hubs.split(remote.key)
        reason = "not_planned" if given_up else "completed"
        sent = {"state": "closed", "state_reason": reason} if category == "done" else {"state": "open"}
        return find.remote_of(remote.key, hub.change_issue(number, sent), self._settings)

    def link(self, key: str, kind: str, other: str) -> None:
        """Refuse: the plan for GitHub has no links."""
        raise RefusedError(f"{key} was not linked to {other} ({kind}). {_NONE}", 0)

    def page(self, remote: Remote, ref: Ref, address: str, title: str) -> None:  # noqa: ARG002 - the protocol's
        """Refuse: the page stands in the text."""
        raise RefusedError(f"{address} was not linked to {remote.key}. {_NONE}", 0)

    def record(self, remote: Remote, base: Base) -> None:
        """Keep the state of an issue in it."""
        self._writer.record(remote, base)
