"""Keeping postmortems in step with Jira, GitHub and Confluence: look, plan, and only when told so, do."""
