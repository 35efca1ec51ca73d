"""The site as values: every page is staged here as Markdown, and an engine only puts it into the theme's frame."""

from generator.pages.site import Problem
from generator.pages.staging import Staged, stage

__all__ = ["Problem", "Staged", "stage"]
