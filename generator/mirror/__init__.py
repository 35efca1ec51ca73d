"""Jira issues kept beside the archive; so far what a webhook delivery is worth."""
