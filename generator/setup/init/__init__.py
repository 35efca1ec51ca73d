"""A new archive on disk: answers of a person, texts filled with them, and nothing of a person lost."""
