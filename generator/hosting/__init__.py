"""What workflows do on GitHub: reviews, drafts, what comes back from Jira, and reminders.

Each looks first, tells its plan, and does it only with `apply`; what is there already is left as it is.
"""

from generator.change_log import Told
from generator.clients.github.repository import Home

__all__ = ["Home", "Told"]
