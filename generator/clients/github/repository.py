"""Where an archive is at home: a clone here, a repository there."""

from dataclasses import dataclass
from pathlib import Path

from generator.clients.git import Access
from generator.clients.github import GitHub

ALLOW = "If workflows may not open pull requests, allow it in Settings, Actions, General, or give the workflow an app's token."


@dataclass(frozen=True, slots=True)
class Home:
    """The archive's folder in a clone, GitHub, what opens its git server, and the branch that is written to."""

    root: Path
    github: GitHub
    access: Access
    base: str
