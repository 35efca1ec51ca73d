"""The repositories that an archive's action items lie in, and the names of issues in them."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from generator.clients.github.issues import GitHubIssues

_KEY = re.compile(r"([^/#\s]+/[^/#\s]+)#([1-9][0-9]*)", re.ASCII)
_PATH = re.compile(r"/([^/]+/[^/]+)/issues/([1-9][0-9]*)", re.ASCII)


class Repositories:
    """One client for each repository, found by its name in any case."""

    def __init__(self, clients: Iterable[GitHubIssues]) -> None:
        self._clients = {one.connection.repository.casefold(): one for one in clients}

    @property
    def all(self) -> tuple[GitHubIssues, ...]:
        """The clients, in the order in which they were given."""
        return tuple(self._clients.values())

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""
        return sum(one.requests_made for one in self.all)

    def of(self, name: str) -> GitHubIssues:
        """The client of a repository, which must be one of the archive's."""
        return self._clients[name.casefold()]

    def split(self, key: str) -> tuple[GitHubIssues, int]:
        """The client and the number for a key such as `fernway/checkout#12`."""
        found = _KEY.fullmatch(key)
        if not found:
            raise ValueError(key)
        return self.of(found[1]), int(found[2])

    def browse(self, key: str) -> str:
        """Where people open an issue; empty for what is no issue of ours, such as a key of Jira."""
        found = _KEY.fullmatch(key)
        client = self._clients.get(found[1].casefold()) if found else None
        return f"{client.url}/issues/{found[2]}" if client and found else ""

    def key_of(self, client: GitHubIssues, number: int, url: str) -> str:
        """The key of an issue that was asked for; of one that was moved the new one, empty where that is none of ours."""
        site = urlsplit(client.connection.site).path
        found = _PATH.fullmatch(urlsplit(url).path.removeprefix(site))
        if not found or found[1].casefold() == client.connection.repository.casefold():
            return f"{client.connection.repository}#{number}"
        home = self._clients.get(found[1].casefold())
        return f"{home.connection.repository}#{found[2]}" if home else ""
