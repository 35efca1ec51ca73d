"""The repositories that an archive's action items lie in, and the names of issues in them."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from generator.clients.github.issues import GitHubIssues
from generator.sync.github.rules import KEY

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
        match = KEY.fullmatch(key)
        if not match:
            raise ValueError(key)
        return self.of(match[1]), int(match[2])

    def key_of(self, client: GitHubIssues, number: int, url: str) -> str:
        """The key of an issue that was asked for; of one that was moved the new one, empty where that is none of ours."""
        site = urlsplit(client.connection.site).path
        match = _PATH.fullmatch(urlsplit(url).path.removeprefix(site))
        if not match or match[1].casefold() == client.connection.repository.casefold():
            return f"{client.connection.repository}#{number}"
        home = self._clients.get(match[1].casefold())
        return f"{home.connection.repository}#{match[2]}" if home else ""
