"""Where a document leads: the permanent address of its page."""

from urllib.parse import quote


def page_of(id: str, site: str) -> str:  # noqa: A002 - the field's name
    """The permanent address of a postmortem's page, or empty where the site has no address."""
    return f"{site.rstrip('/')}/postmortems/{quote(id, safe='')}/" if site else ""
