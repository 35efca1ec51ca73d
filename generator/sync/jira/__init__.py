"""Jira as a tracker of postmortems and their action items."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from generator.clients.jira import Jira, RemoteLink
from generator.errors import NotFoundError, RefusedError
from generator.markup.plain import words_of
from generator.settings.model import Settings
from generator.sync.jira import find, lock, transitions
from generator.sync.jira.rules import JiraRules
from generator.sync.jira.screens import Screens
from generator.sync.jira.write import JiraWriter
from generator.sync.plan.base import PROPERTY, Base, to_property
from generator.sync.plan.changes import Push
from generator.sync.plan.identity import global_id
from generator.sync.plan.snapshot import IssueQuery, Ref, Remote, Snapshot
from generator.sync.plan.tracker import Claim, Made

APPLICATION = "Postmortem archive"


class JiraTracker(JiraRules):
    """One Jira, Cloud or Data Center; see `Tracker` for what its methods are for."""

    def __init__(self, jira: Jira, settings: Settings, page_of: Callable[[str], str]) -> None:
        super().__init__(settings)
        self._jira, self._page_of = jira, page_of
        self._screens = Screens(jira, settings.jira)
        self._writer = JiraWriter(jira, self._screens, settings)
        self._run = uuid.uuid4().hex
        self._grace = timedelta(seconds=settings.jira.grace)

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""
        return self._jira.requests_made

    def start(self) -> str:
        """Ask who we are; nothing else is asked before."""
        return self._jira.myself().name

    def snapshot(self, queries: Sequence[IssueQuery], tell: Callable[[str], None]) -> Snapshot:
        """What Jira has of what is asked for."""
        return find.snapshot(self._jira, queries, tell)

    def newest(self, queries: Sequence[IssueQuery], projects: Iterable[str], before: Snapshot) -> Snapshot:
        """The snapshot with what the search does not know yet."""
        return find.newest(self._jira, queries, projects, before)

    def words(self, asked: Mapping[Ref, tuple[Remote, Sequence[str]]]) -> Mapping[Ref, Mapping[str, str]]:
        """The words that texts have in Jira now."""
        fields = {name: self._screens.field_of(name) for _, names in asked.values() for name in names}
        # With the property, as without one Data Center is asked by a search, which may know an older text.
        ids = [remote.id for remote, _ in asked.values()]
        issues = find.by_keys(self._jira, ids, sorted(set(fields.values())))
        return {
            ref: {name: words_of(issues[remote.id].fields.get(fields[name])) for name in names}
            for ref, (remote, names) in asked.items()
            if remote.id in issues
        }

    def visible(self, keys: Iterable[str], projects: Iterable[str] = ()) -> frozenset[str]:
        """Those whose project can be seen: one request for each project."""
        place_of = {key: key.rpartition("-")[0].upper() for key in keys} | {one: one for one in projects}
        seen = {place for place in set(place_of.values()) if place and self._sees(place)}
        return frozenset(name for name, place in place_of.items() if place in seen)

    def _sees(self, project: str) -> bool:
        try:
            self._jira.project(project)
        except (NotFoundError, RefusedError):
            return False
        return True

    def current(self, remotes: Sequence[Remote]) -> Mapping[str, Remote]:
        """Issues as they are now: one request for a hundred on Cloud, one for each on Data Center, past the search."""
        issues = find.by_keys(self._jira, [one.id for one in remotes])
        return {one: find.remote_of(issue) for one, issue in issues.items()}

    def claim(self, id: str) -> lock.JiraClaim | None:  # noqa: A002 - the field's name
        """Claim the right to create the issues of a postmortem."""
        return lock.take(self._jira, id, self._run, self._grace)

    def create(self, push: Push, claim: Claim | None) -> Made:
        """Create an issue with its marks, its texts and its link in one request."""
        return self._writer.create(push, self._page_of(push.base.id), claim)

    def update(self, remote: Remote, push: Push) -> Made:
        """Change an issue and its recorded state in one request."""
        return self._writer.update(remote, push, self._page_of(push.base.id))

    def move(self, remote: Remote, category: str, *, given_up: bool = False) -> Remote:
        """Move an issue where one step does it, and read where it is then."""
        transitions.move(self._jira, self._settings.jira, remote, category, given_up=given_up)
        moved = self._jira.issue(remote.id, fields=find.FIELDS, properties=(PROPERTY,))
        now = find.remote_of(moved)
        if now.category != category:
            raise RefusedError(f"{remote.key} took the step, but it is {now.status!r} ({now.category}) now.", 409)
        return now

    def link(self, key: str, kind: str, other: str) -> None:
        """Link an issue to another one."""
        self._jira.link(kind, key, other)

    def page(self, remote: Remote, ref: Ref, address: str, title: str) -> None:
        """Link a page to an issue, in place of the one that was linked before."""
        link = RemoteLink(global_id(*ref), address, title, application=APPLICATION)
        self._jira.put_remote_link(remote.id, link)

    def record(self, remote: Remote, base: Base) -> None:
        """Keep the state of an issue on it."""
        self._jira.set_property(remote.id, PROPERTY, to_property(base))
