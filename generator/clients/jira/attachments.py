"""Attachments: fetched whole or not at all, and added."""

from pathlib import Path

from generator.clients.jira.calls import JiraCalls, issue_reference
from generator.clients.jira.dialects import JiraDialect
from generator.clients.jira.reading import Raw
from generator.errors import RemoteError


class Attachments:
    """What is done with attachments."""

    site: str
    _calls: JiraCalls
    _dialect: JiraDialect

    def attach(self, id_: str, name: str, content: bytes, kind: str = "application/octet-stream") -> None:
        """Add a file to an issue. Adding it again makes a second one, so it is never repeated blindly."""
        self._calls.rest.upload(self._calls.path("issue", issue_reference(id_), "attachments"), name, content, kind)

    def download(self, attachment: Raw, into: Path, limit: int) -> Path:
        """Write an attachment, as an issue's `attachment` field describes it, to the file `into`, which it replaces.

        Nothing is written unless all of it came: at most `limit` bytes, as many as Jira says, and no page for a
        browser in its place. The address is Jira's own; another one is not asked. Raises RemoteError otherwise.
        """
        name, size = str(attachment.get("filename") or attachment.get("id")), attachment.get("size")
        if isinstance(size, int) and size > limit:
            raise RemoteError(f"{name} has {size:,} bytes, and the limit is {limit:,}; it was not fetched.")
        url = self._dialect.content_url(self._calls, self.site, attachment)
        kind = str(attachment.get("mimeType") or "application/octet-stream")
        part = into.with_name(f".{into.name}.part")
        part.unlink(missing_ok=True)
        try:
            got = 0
            with part.open("xb") as file:
                for chunk in self._calls.rest.download(url, limit=limit, hosts=self._dialect.hosts, kind=kind):
                    got += file.write(chunk)
            if isinstance(size, int) and got != size:
                raise RemoteError(f"{name} came with {got:,} bytes instead of {size:,}; it was not kept.")
            part.replace(into)
        finally:
            part.unlink(missing_ok=True)
        return into
