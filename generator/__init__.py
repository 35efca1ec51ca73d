"""Postmortems as Markdown in Git: drafted, checked, synced and published."""

__version__ = "0.1.0"
