"""The sandbox in Python's hands: started, asked, disturbed and stopped."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from jira_sandbox import auth
from jira_sandbox.building import Building
from jira_sandbox.exchange import Exchange
from jira_sandbox.faults import Fault, When
from jira_sandbox.journal import Journal, Phase
from jira_sandbox.people import BOT
from jira_sandbox.server import GATEWAY, HOST, Controls, Server
from jira_sandbox.site import Site
from jira_sandbox.world import PARTS


class Sandbox(Building):
    """A running Jira; a context manager that stops it at the end."""

    def __init__(self, site: Site, *, port: int, log: Callable[[str], None] | None = None) -> None:
        super().__init__(site)
        self.journal = Journal()
        self.journal.echo = log
        self._server = Server(site, self.journal, port)
        site.base = f"http://{HOST}:{self._server.server_address[1]}{site.context}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="sandbox", daemon=True)
        self._thread.start()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def let_control(self, controls: Controls) -> None:
        """Answer below `/_sandbox` with `controls`."""
        self._server.controls = controls

    def stop(self) -> None:
        """Stop answering, and let go of the port and the file."""
        self._server.stopping.set()
        self.site.webhooks.stop()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.site.store.close()

    @property
    def dialect(self) -> str:
        """`cloud` or `data-center`."""
        return "cloud" if self.site.cloud else "data-center"

    @property
    def url(self) -> str:
        """The address that people open, with the context path."""
        return self.site.base

    @property
    def gateway(self) -> str:
        """The address of Cloud's API for scoped tokens."""
        return f"http://{HOST}:{self._server.server_address[1]}{GATEWAY}"

    @property
    def token(self) -> str:
        """The token of the bot."""
        return auth.TOKEN

    @property
    def email(self) -> str:
        """The e-mail that goes with the token on Cloud."""
        return str(self.user(BOT)["emailAddress"])

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make `postmortem` talk to this Jira, the fields of its project included."""
        found = {"JIRA_BASE_URL": self.url, "JIRA_POSTMORTEM_PROJECT_KEY": "INCIDENT"}
        if self.site.cloud:
            found |= {"JIRA_DEPLOYMENT": "cloud", "JIRA_EMAIL": self.email, "JIRA_API_TOKEN": self.token}
        else:
            found |= {"JIRA_DEPLOYMENT": "data-center", "JIRA_PAT": self.token}
        return found | {f"JIRA_FIELD_{part.upper()}": name for part, (name, _, _) in PARTS.items()}

    @property
    def requests(self) -> list[Exchange]:
        """Everything that was asked and answered, oldest first."""
        return self.journal.all()

    @property
    def writes(self) -> list[Exchange]:
        """The requests that mean to change something, done or not; searches by POST are none."""
        return [one for one in self.requests if not one.reads]

    def forget_requests(self) -> None:
        """Empty the log; the numbers go on."""
        self.journal.clear()

    @property
    def lag(self) -> float:
        """How many seconds the search index is behind."""
        return self.site.index.lag

    @lag.setter
    def lag(self, seconds: float) -> None:
        self.site.index.lag = seconds

    @property
    def lag_until_release(self) -> bool:
        """Whether the search index stands still until `release()`."""
        return self.site.index.lag_until_release

    @lag_until_release.setter
    def lag_until_release(self, still: bool) -> None:
        self.site.index.lag_until_release = still
        if not still:
            self.release()

    def release(self) -> None:
        """Let the search index catch up now."""
        self.site.index.release()

    @property
    def on_request(self) -> Callable[[int, Phase], None] | None:
        """Called with a request's number `before`, `after-write` and `after-answer`, by the thread that serves it."""
        return self.journal.on_request

    @on_request.setter
    def on_request(self, hook: Callable[[int, Phase], None] | None) -> None:
        self.journal.on_request = hook

    def request(self, number: int) -> Exchange:
        """The exchange with this number."""
        return next(one for one in self.requests if one.number == number)

    def fault(
        self,
        match: str,
        do: str,
        *,
        when: When = "before",
        times: int = 1,
        skip: int = 0,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        seconds: float = 60.0,
    ) -> None:
        """Order a fault for the next `times` requests that match, after `skip` of them; see `faults.Fault`."""
        self.site.faults.order(Fault(match, do, when, times, skip, headers or {}, body, seconds))

    def clear_faults(self) -> None:
        """Forget the faults that were ordered and not met."""
        self.site.faults.clear()

    def barrier(self, match: str, parties: int, *, seconds: float = 5.0) -> None:
        """Hold the requests that match until so many of them have arrived, or the time is over; once."""
        self.journal.gate(match, parties, seconds)

    @property
    def expired(self) -> bool:
        """Whether the token has expired: 200 with nothing in it where anybody may read, else 401."""
        return self.site.expired

    @expired.setter
    def expired(self, expired: bool) -> None:
        self.site.expired = expired

    def settle(self, seconds: float = 10.0) -> bool:
        """Wait until all webhooks are sent or given up; whether that was so in time."""
        return self.site.webhooks.settle(seconds)
