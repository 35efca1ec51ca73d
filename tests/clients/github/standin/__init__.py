"""GitHub on loopback: the endpoints that we use, with memory, pages, lists that lag, and refusals on order.

`start()` runs one, with three repositories: the archive's own, and two whose issues are action items.
"""

from tests.clients.github.standin.hub import ARCHIVE, BOT, HOME, OTHER, PHASES, TOKEN, Exchange, Hub, Repository
from tests.clients.github.standin.routes import ROUTES
from tests.clients.github.standin.server import start

__all__ = [
    "ARCHIVE",
    "BOT",
    "HOME",
    "OTHER",
    "PHASES",
    "ROUTES",
    "TOKEN",
    "Exchange",
    "Hub",
    "Repository",
    "start",
]
