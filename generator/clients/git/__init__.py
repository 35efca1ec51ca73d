"""The only room that runs git: what an archive was like at another revision, and commits that leave the working tree alone."""

from generator.clients.git.reading import BaseRevision, Old, added, base, contents, default_branch, place
from generator.clients.git.remote import Access, Pushed, push, tip, tips
from generator.clients.git.writing import commit, contains, merged, message_of, modified, tree_of

__all__ = [
    "Access",
    "BaseRevision",
    "Old",
    "Pushed",
    "added",
    "base",
    "commit",
    "contains",
    "contents",
    "default_branch",
    "merged",
    "message_of",
    "modified",
    "place",
    "push",
    "tip",
    "tips",
    "tree_of",
]
