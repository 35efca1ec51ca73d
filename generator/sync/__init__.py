"""Keeping postmortems in step with Jira, GitHub and Confluence: look, plan, and only with --apply, do."""
