"""The source `jira:KEY`: an issue as Jira has it now, with its whole history and everything attached to it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from generator.clients.jira import RetryPolicy, connect
from generator.clients.jira.fields import resolve
from generator.draft.incident import Attachment, Incident
from generator.draft.sources.jira import issue as jira_issue
from generator.draft.sources.jira.fields import NAMES, normal
from generator.draft.sources.jira.live import Gathering, rated, shell
from generator.draft.sources.jira.reference import reference
from generator.errors import NotFoundError, RemoteError, UsageError
from generator.settings.jira import Connection
from generator.settings.model import Settings

EXAMPLE = "project = OPS AND issuetype = Incident AND statusCategory = Done AND resolved >= -30d"
_MEGABYTE = 1024 * 1024
_LISTED = ("summary", "status", "priority", "issuetype", "created", "resolutiondate", "statuscategorychangedate")


class ArchiveFacts(Protocol):
    """What the source needs to know of the archive that it is asked for."""

    @property
    def settings(self) -> Settings:
        """What is set for it."""

    def connection(self) -> Connection:
        """Where its Jira is. Raises UsageError where none is set up."""


def make(config: ArchiveFacts) -> "JiraSource":
    """The source of an archive's Jira; nothing is asked before it is used. Raises UsageError."""
    return JiraSource(config.connection(), config.settings)


class JiraSource:
    """Issues of one Jira as incidents; `say` gets a sentence when it has to wait."""

    def __init__(self, connection: Connection, settings: Settings, *, waits: RetryPolicy | None = None) -> None:
        self.say: Callable[[str], None] = lambda _: None
        self._jira = connect(connection, waits=waits, log=self._tell)
        self._settings = settings
        self._names: dict[str, str] | None = None
        self._severity = ""
        self._notes: list[str] = []

    def __call__(self, ref: str) -> tuple[Incident, ...]:
        """The issue with this key, id or address, with everything that can be read of it.

        What cannot be read is said in its notes. Raises UsageError, and RemoteError where the issue itself cannot be.
        """
        wanted = reference(ref, self._jira.site)
        self._prepare()
        try:
            issue = self._jira.issue(wanted, fields=("*all",))
        except NotFoundError:
            raise NotFoundError(
                f"There is no issue {wanted} at {self._jira.site}, or this account may not see it. If it was not "
                "deleted, let the account browse its project."
            ) from None
        gathering = Gathering(self._jira, issue, self._settings.jira.wont_do)
        payload = gathering.payload(self._names or {}, self._severity)
        payload["fields"] = rated(payload["fields"], self._severity)
        incident, *_ = jira_issue.incidents_from(payload)
        return (replace(incident, notes=(*self._notes, *gathering.notes)),)

    def listed(self) -> tuple[Incident, ...]:
        """The resolved incidents that `jira: missing:` finds, newest first, as far as a search tells them."""
        jql = self._settings.jira.missing.strip()
        if not jql:
            raise UsageError(
                "Which incidents want a postmortem is not set; in site_config/archive.yml, below `jira:`, set "
                f'`missing: "{EXAMPLE}"`.'
            )
        self._prepare()
        names = self._names or {}
        severities = [id_ for id_, name in names.items() if normal(name) in NAMES["severity"]]
        asked = tuple(dict.fromkeys([*_LISTED, *severities, self._severity or "priority"]))
        # The category decides: a status may have any name, and not everybody sets a resolution.
        done = [
            shell(self._jira, issue, rated(issue.fields, self._severity))
            for issue in self._jira.search(jql, fields=asked)
            if issue.status and issue.status.category == "done"
        ]
        found = jira_issue.incidents_from({"issues": done, "names": names}) if done else ()
        return tuple(sorted(found, key=lambda one: -one.resolved.timestamp() if one.resolved else 0.0))

    def save(self, attachment: Attachment, into: Path) -> None:
        """Write an attachment of an issue to a new file, all of it or nothing. Raises RemoteError, saying why not."""
        described = {
            "id": attachment.uid,
            "filename": attachment.name,
            "content": attachment.url,
            "size": attachment.size,
            "mimeType": attachment.media_type,
        }
        self._jira.download(described, into, self._settings.jira.attachment_limit * _MEGABYTE)

    def _tell(self, words: str) -> None:
        self.say(words)

    def _prepare(self) -> None:
        """Ask once who we are, before an empty answer could be believed, and what the fields are called."""
        if self._names is not None:
            return
        self._jira.myself()
        wanted = self._settings.jira.severity_field.strip()
        try:
            fields = self._jira.fields()
        except RemoteError as error:
            self._severity = wanted
            self._notes.append(
                f"custom fields: their names are not known, so Severity and the like may be missing ({str(error).rstrip('.')})"
            )
            self._names = {}
            return
        self._severity = resolve(wanted, fields).id if wanted else ""
        self._names = {field.id: field.name for field in fields}
