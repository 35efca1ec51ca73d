"""What documents may bring along as HTML: what GitHub allows, and nothing that runs, frames or loads from elsewhere."""

import re
from typing import Protocol

import nh3

from generator.markup.inline_text import HIDDEN_ELEMENTS

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "title", "lang", "dir", "class"},
    "a": {"href", "name"},
    "abbr": {"title"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_CLASSES = {
    "contains-task-list",
    "task-list-item",
    "footnote-ref",
    "footnote-backref",
    "footnotes",
    "footnotes-list",
    "footnote-item",
    "pm-alert-title",
    "pm-table",
    *(f"pm-alert pm-alert-{kind}" for kind in ("note", "tip", "important", "warning", "caution")),
}
_INLINE = TAGS - {
    "blockquote",
    "details",
    "div",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
}
_INLINE -= {
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_INLINE -= {"caption"}
_SCHEMES = {"http", "https", "mailto", "tel"}
# Links and pictures as the cleaner writes them: every value in double quotes, which are escaped inside.
_LEADING = re.compile(r'<(?:a|img)(?: [\w-]+="[^"]*")*>')
_TITLE = re.compile(r' title="[^"]*"')
# Names that the site's own scripts and anchors live by.
_OURS = ("__", "pm-", "action-")


class Follow(Protocol):
    """Gives a link, or the source of a picture, its final address; None drops it."""

    def __call__(self, href: str, *, picture: bool = False) -> str | None:
        """The final address."""


def _without_dead_title(match: re.Match[str]) -> str:
    """A link or picture that leads nowhere loses its title, which may name what it led to."""
    return match[0] if ' href="' in match[0] or ' src="' in match[0] else _TITLE.sub("", match[0])


def clean(html: str, follow: Follow) -> str:
    """The allowed part of a fragment; `follow` gives each link and picture its final address, None drops it."""
    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(HIDDEN_ELEMENTS),
        attributes=_ATTRIBUTES,
        attribute_filter=lambda _tag, name, value: _filtered(name, value, follow),
        link_rel=None,
        url_schemes=_SCHEMES,
    )
    return _LEADING.sub(_without_dead_title, cleaned)


def clean_inline(html: str, follow: Follow) -> str:
    """The allowed part of a fragment that stands in a line, such as a table cell; pictures become their words."""
    attributes = {"a": {"href"}, "abbr": {"title"}, "time": {"datetime"}}
    return nh3.clean(
        html,
        tags=set(_INLINE),
        clean_content_tags=set(HIDDEN_ELEMENTS),
        attributes=attributes,
        attribute_filter=lambda _tag, name, value: _filtered(name, value, follow),
        link_rel=None,
        url_schemes=_SCHEMES,
    )


def _filtered(name: str, value: str, follow: Follow) -> str | None:
    if name == "href":
        return follow(value)
    if name == "src":
        return None if "//" in value[:8] or ":" in value.partition("/")[0] else follow(value, picture=True)
    if name == "class":
        return value if value in _CLASSES else None
    if name in {"id", "name"}:
        return None if value.casefold().startswith(_OURS) else value
    return value
