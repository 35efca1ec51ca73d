"""Rich text of other systems, to Markdown and back."""
