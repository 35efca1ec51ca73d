"""GitHub as a tracker of action items: issues of one or more repositories."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from generator.clients.github.issues import GitHubIssues
from generator.errors import NotFoundError, RefusedError
from generator.settings.model import Settings
from generator.sync.github import body, find, lock
from generator.sync.github.repositories import Repositories
from generator.sync.github.rules import GitHubRules
from generator.sync.github.write import GitHubWriter
from generator.sync.plan.base import Base
from generator.sync.plan.changes import Push
from generator.sync.plan.snapshot import IssueQuery, Ref, Remote, Snapshot
from generator.sync.plan.tracker import Claim, Made

_NONE = "Issues of GitHub have nothing of this kind."


class GitHubTracker(GitHubRules):
    """Repositories on GitHub; see `Tracker` for what its methods are for."""

    def __init__(self, clients: Iterable[GitHubIssues], settings: Settings) -> None:
        super().__init__(settings)
        self._hubs = Repositories(clients)
        self._words: dict[str, str] = {}
        self._writer = GitHubWriter(self._hubs, settings, self._words)
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

    def snapshot(self, queries: Sequence[IssueQuery], tell: Callable[[str], None]) -> Snapshot:
        """What GitHub has of what is asked for."""
        for query in sorted(queries, key=lambda one: not one.key):  # where one without a key would be made counts
            self._homes[query.ref[0]] = query.project
        return find.snapshot(self._hubs, self._settings, queries, tell)

    def newest(self, queries: Sequence[IssueQuery], projects: Iterable[str], before: Snapshot) -> Snapshot:  # noqa: ARG002 - each query says where
        """The snapshot with what no list of action items has yet."""
        return find.newest(self._hubs, self._settings, queries, before)

    def words(self, asked: Mapping[Ref, tuple[Remote, Sequence[str]]]) -> Mapping[Ref, Mapping[str, str]]:
        """The words that texts have on GitHub now."""

        def words_of(one: tuple[Ref, tuple[Remote, Sequence[str]]]) -> tuple[Ref, Mapping[str, str]]:
            ref, (remote, names) = one
            hub, number = self._hubs.split(remote.key)
            try:
                self._words[remote.key] = body.words(hub.issue(number).body)
            except NotFoundError:
                return ref, {}  # it is gone since it was looked for, and writing says so
            return ref, dict.fromkeys(names, self._words[remote.key])

        with ThreadPoolExecutor(find.AT_ONCE) as pool:
            return dict(pool.map(words_of, asked.items()))

    def visible(self, keys: Iterable[str], projects: Iterable[str] = ()) -> frozenset[str]:
        """Those whose repository can be seen: one request for each repository."""
        place_of = {key: key.partition("#")[0].casefold() for key in keys} | {one: one.casefold() for one in projects}
        seen = {place for place in set(place_of.values()) if self._sees(place)}
        return frozenset(name for name, place in place_of.items() if place in seen)

    def _sees(self, repository: str) -> bool:
        try:
            self._hubs.of(repository).default_branch()
        except (NotFoundError, RefusedError):
            return False
        return True

    def current(self, remotes: Sequence[Remote]) -> Mapping[str, Remote]:
        """Issues as they are now, one request each; what was written was answered already."""
        issues: dict[str, Remote] = {}
        for one in remotes:
            hub, number = self._hubs.split(one.key)
            try:
                issues[one.id] = find.remote_of(one.key, hub.issue(number), self._settings)
            except NotFoundError:
                continue
        return issues

    def claim(self, id: str) -> lock.GitHubClaim | None:  # noqa: A002 - the field's name
        """Claim the right to create the issues of a postmortem."""
        return lock.take(self._hubs.of(self._homes[id]), id, self._run, self._grace)

    def create(self, push: Push, claim: Claim | None) -> Made:
        """Create an issue with its labels and its state in one request."""
        if claim is None:
            raise RefusedError(
                f"No issue was created in {push.project}: the token may not make labels there, by which issues are found"
                " again. Give it the permission to write issues.",
                403,
            )
        return self._writer.create(push, claim)

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
