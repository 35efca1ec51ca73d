"""A Jira for one's own machine, true to the API of Cloud and of Data Center, for trying things out and for tests.

It shares no code with the client, so that the two cannot make the same mistake.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from jira_sandbox.clock import Clock
from jira_sandbox.control import Control
from jira_sandbox.exchange import Exchange
from jira_sandbox.faults import Fault, Faults
from jira_sandbox.index import Index
from jira_sandbox.limits import Limits
from jira_sandbox.people import BOT
from jira_sandbox.sample import sample_world
from jira_sandbox.sandbox import Sandbox
from jira_sandbox.site import Site
from jira_sandbox.store import Store
from jira_sandbox.webhooks import Webhooks
from jira_sandbox.world import make_world
from jira_sandbox.world_file import put_world, read_world

__all__ = ["Exchange", "Fault", "Sandbox", "start"]


def start(
    dialect: Literal["cloud", "data-center"] = "cloud",
    *,
    port: int = 0,
    data: Path | None = None,
    world: Mapping[str, Any] | Path | None = None,
    people: Iterable[Mapping[str, str]] | None = None,
    context: str = "",
    sample: bool = False,
    log: Callable[[str], None] | None = None,
) -> Sandbox:
    """Start a Jira on loopback, in threads of its own.

    `port` 0 takes a free one; `data` keeps it in a file, which wins over the other arguments when it is there already; `world` adds
    users, fields, projects, issues and links to the default world; `people` (handle, name, email, jira) replaces the default users;
    `sample` puts the issues there that the guide names; `context` is a context path such as `/jira`; `log` gets a line for each request. Raises `OSError` where the port is taken, `ValueError`.
    """
    if dialect not in {"cloud", "data-center"}:
        raise ValueError(f"{dialect!r} is no dialect; there are cloud and data-center.")
    cloud = dialect == "cloud"
    store = Store(data)
    site = Site(cloud, store, Index(store), Clock(), Faults(), Limits(), Webhooks(cloud), context=context.rstrip("/"))
    known = store.get("site", "site")
    if known and known["dialect"] != dialect:
        store.close()
        raise ValueError(f"{data} holds a sandbox of {known['dialect']}; start it as that, or name another file.")
    if known is None:
        with store.transaction():
            make_world(site, people)
            store.put("site", "site", {"dialect": dialect})
    sandbox = Sandbox(site, port=port, log=log)
    sandbox.let_control(Control(sandbox).answer)
    if known is None and (sample or world is not None):
        try:
            if sample:
                handles = [user["id"] for user in store.all("user") if user["id"] != BOT]
                put_world(sandbox, sample_world(handles or [BOT]))
            if world is not None:
                put_world(sandbox, read_world(world) if isinstance(world, Path) else world)
        except BaseException:
            sandbox.stop()
            raise
    return sandbox
