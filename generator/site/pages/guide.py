"""The guide: the archive's own `docs/`, with a first page that explains what a reader meets here."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.document.audience import audience_of
from generator.document.model import Audience
from generator.document.parse import Document, first_title
from generator.settings.model import Settings
from generator.site.pages import data, prose
from generator.site.pages.front import front_matter
from generator.site.pages.html import esc, link, relative, severity
from generator.site.pages.links import LinkTargets
from generator.site.pages.prose import DocumentBody
from generator.site.pages.site import GUIDE, Problem, Site

_STATUSES = (
    ("draft", "Draft", "Being written. Facts may be missing; places marked TODO: are open."),
    ("in-review", "In review", "Complete, and being discussed with everyone who took part."),
    ("published", "Published", "Agreed on. Action items are followed until they are done."),
)


@dataclass(frozen=True, slots=True)
class Guide:
    """The pages of the guide that an audience may see, and what it may not.

    `addresses` is where each one is shown by its path, `hidden` are the paths of the others, `hidden_addresses` where
    those would be shown, `closed` the folders (with a slash at the end) that belong to those alone.
    """

    documents: tuple[Document, ...]
    addresses: Mapping[str, str]
    hidden: frozenset[str]
    hidden_addresses: frozenset[str]
    closed: frozenset[str]


def gather(documents: Iterable[Document], settings: Settings, audience: Audience) -> Guide:
    """Choose what the audience may see of the guide."""
    pages = sorted(documents, key=lambda document: document.path)
    shown = [page for page in pages if audience_of(page, settings).readable_by(audience)]
    paths = [page.path for page in shown]
    hidden = frozenset(page.path for page in pages) - frozenset(paths)
    closed = {path.removesuffix(".md") + "/" for path in hidden}
    # A folder whose pages are all hidden is theirs with everything in it.
    for path in hidden:
        for folder in _folders(path):
            if not any(other.startswith(folder) for other in paths):
                closed.add(folder)
    places = addresses(paths)
    # The first page of the guide is made where the archive has none to show.
    unseen = frozenset(addresses(hidden).values()) - {GUIDE, *places.values()}
    return Guide(tuple(shown), places, hidden, unseen, frozenset(closed))


def _folders(path: str) -> Iterator[str]:
    """The folders that a file lies in, with a slash at the end, without the outermost."""
    parts = path.split("/")[:-1]
    for end in range(2, len(parts) + 1):
        yield "/".join(parts[:end]) + "/"


def addresses(paths: Iterable[str]) -> dict[str, str]:
    """Where each file of the guide is shown, by its path in the archive (`docs/setup.md` becomes `guide/setup/`)."""
    found = {}
    for path in paths:
        inner = path.partition("/")[2] or path
        stem = inner.removesuffix(".md")
        folder = posixpath.dirname(stem) if posixpath.basename(stem) in {"index", "README"} else stem
        found[path] = f"{GUIDE}{folder}/" if folder else GUIDE
    return found


def pages(guide: Guide, links: LinkTargets, site: Site) -> tuple[dict[str, str], dict[str, str], list[Problem]]:
    """The staged pages, the files that go along with them, and links that lead nowhere."""
    found: dict[str, str] = {}
    copies: dict[str, str] = {}
    problems: list[Problem] = []
    places = guide.addresses
    titles = {document.path: _title(document) for document in guide.documents}
    for document in guide.documents:
        path, text, front = document.path, document.text, document.front
        writer = DocumentBody(path, places[path], links)
        parts = writer.parts(text[front.body :], front.body_line, drop_title=titles[path])
        blocks = [
            f'<header class="pm-head">\n<p class="pm-over"><span>Guide</span></p>\n<h1>{esc(titles[path])}</h1>\n</header>'
        ]
        blocks.append(prose.staged(parts))
        if places[path] == GUIDE:
            blocks += [_contents(places, titles), _legend(site)]
        meta = {"title": titles[path], "kind": "guide", "search": True, "hide": ["navigation"]}
        found[f"{places[path]}index.md"] = front_matter(meta) + "\n\n".join(b for b in blocks if b.strip()) + "\n"
        copies |= writer.copies
        problems += writer.problems(text)
    if f"{GUIDE}index.md" not in found:
        found[f"{GUIDE}index.md"] = _first(places, titles, site)
    return found, copies, problems


def _first(places: Mapping[str, str], titles: Mapping[str, str], site: Site) -> str:
    meta = {"title": "Guide", "description": "How to read this archive.", "kind": "guide", "hide": ["navigation"]}
    about = (
        "A postmortem says what happened, why it could happen, and what was changed. It looks for causes in systems and never"
        " for somebody to blame: people acted on what they knew at the time."
    )
    head = f'<header class="pm-head">\n<h1>Guide</h1>\n<p>{about}</p>\n</header>'
    return front_matter(meta) + "\n\n".join(b for b in (head, _contents(places, titles), _legend(site)) if b) + "\n"


def _contents(places: Mapping[str, str], titles: Mapping[str, str]) -> str:
    others = sorted((titles[path], place) for path, place in places.items() if place != GUIDE)
    if not others:
        return ""
    items = "\n".join(f"<li>{link(relative(GUIDE, place), esc(title))}</li>" for title, place in others)
    return f'## Contents {{#contents}}\n\n<ul class="pm-links">\n{items}\n</ul>'


def _legend(site: Site) -> str:
    """What severities and statuses mean here, and where the data lie."""
    severities = "\n".join(
        f"<div><dt>{severity(s.name, rank)}</dt><dd>{esc(s.description)}</dd></div>"
        for rank, s in enumerate(site.settings.severities)
    )
    statuses = "\n".join(
        f'<div><dt><span class="chip d-{key}">{word}</span></dt><dd>{about}</dd></div>'
        for key, word, about in _STATUSES
    )
    files = "\n".join(
        f"<div><dt>{link(relative(GUIDE, f'{name}.json'), f'{name}.json')}, {link(relative(GUIDE, f'{name}.csv'), 'csv')}</dt>"
        f"<dd>{' '.join(f'<code>{field}</code>' for field in fields)}</dd></div>"
        for name, fields in (("postmortems", data.POSTMORTEM_FIELDS), ("actions", data.ACTION_FIELDS))
    )
    return (
        f'## Severities {{#severities}}\n\n<dl class="pm-legend">\n{severities}\n</dl>\n\n'
        f'## Status of a postmortem {{#status}}\n\n<dl class="pm-legend">\n{statuses}\n</dl>\n\n'
        f"## Data {{#data}}\n\n<p>Everything on this site as files for scripts and dashboards. The names of the fields do not change.</p>\n\n"
        f'<dl class="pm-legend pm-data">\n{files}\n</dl>'
    )


def _title(document: Document) -> str:
    if isinstance(named := document.front.values.get("title"), str):
        return named
    path, first = document.path, first_title(document.outline)
    return first or posixpath.basename(path).removesuffix(".md").replace("-", " ").replace("_", " ").capitalize()
