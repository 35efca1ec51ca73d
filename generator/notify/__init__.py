"""What people hear in Slack: which messages are due today, and what they say; a pure room."""
