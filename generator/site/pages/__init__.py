"""Pages as values: every page is staged here as Markdown, and an engine only puts it into the theme's frame."""
