"""Slack's Web API, as far as notices need it; only `client` and `wire` need the library, which is optional."""
