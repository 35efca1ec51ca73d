"""The list of all pages for search engines, and the note that leads them there."""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from generator.site.build.addresses import address

# The robots.txt of a site that is not for everybody.
CLOSED = b"User-agent: *\nDisallow: /\n"


def sitemap(url: str, outputs: Iterable[str]) -> bytes:
    """A sitemap of the written pages; `url` is where the site's root is published."""
    base = url.rstrip("/") + "/"
    places = "".join(f"<url><loc>{escape(base + quote(address(path)))}</loc></url>\n" for path in sorted(outputs))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{places}</urlset>\n".encode()


def robots(url: str) -> bytes | None:
    """The robots.txt that names the sitemap; None where the site is not at its host's root, since nobody reads it there."""
    if urlsplit(url).path.strip("/"):
        return None
    return f"User-agent: *\nAllow: /\nSitemap: {url.rstrip('/')}/sitemap.xml\n".encode()
