"""What people are told in Slack: which messages are due today, and what they say; a pure room."""
