"""Checking an archive as a good reviewer would: rules, blameless language, reports, and the pull request's comment."""
