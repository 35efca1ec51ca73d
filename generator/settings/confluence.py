"""What an archive sets for Confluence: values only."""

from dataclasses import dataclass

from generator.settings.field import setting

ARCHIVE_BY = ("quarter", "year", "nothing")
IMPORTED = ("never", "all")
STATUSES = ("draft", "in-review", "published")
LARGEST = 4_900_000  # bytes of a page's text as it is sent; Confluence Cloud takes 5 MB


@dataclass(frozen=True, slots=True)
class ConfluenceSettings:
    """Everything that is set below `confluence:`; without `space` nothing is sent to Confluence."""

    url: str = setting(
        "The address that people open: `https://example.atlassian.net/wiki`, or that of Data Center with its context"
        " path if there is one.",
        env="CONFLUENCE_BASE_URL",
    )
    api_url: str = setting(
        "The address of the API where it differs: `https://api.atlassian.com/ex/confluence/<cloudId>/wiki` for scoped"
        " tokens.",
        env="CONFLUENCE_API_URL",
    )
    deployment: str = setting(
        "cloud or data-center; `auto` is Data Center where `CONFLUENCE_PAT` is set, else Cloud.",
        "auto",
        "CONFLUENCE_DEPLOYMENT",
    )
    space: str = setting("The key of the space that the pages are written into.", env="CONFLUENCE_SPACE")
    parent: str = setting(
        "The page below which everything is put: its id (digits) or its title; else the space's home page.",
        env="CONFLUENCE_PARENT",
    )
    archive_by: str = setting(
        "What has a page of its own between the parent and the postmortems: quarter, year or nothing.", "quarter"
    )
    statuses: tuple[str, ...] = setting(
        "Which documents have a page, by their status: draft, in-review, published.", ("published",)
    )
    imported: str = setting(
        "Whether history (imported postmortems, and those before `since`) has pages: never or all. Samples never do.",
        "never",
    )
    labels: tuple[str, ...] = setting("More labels for the pages.", ())
    attachment_limit: int = setting("How many megabytes a picture or an attachment may have to be uploaded.", 25)
    text_limit: int = setting(
        "How many bytes a page's text may have as it is sent; a longer one is cut between sections, with a link.",
        LARGEST,
    )
