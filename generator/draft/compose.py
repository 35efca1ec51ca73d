"""Drafts: many sources' incidents become one, and one becomes a document. Values in, text out."""

from dataclasses import dataclass, replace
from datetime import datetime

from generator.draft.gaps import missing
from generator.draft.header import front_matter
from generator.draft.incident import Incident
from generator.draft.naming import path_of, year_of
from generator.draft.templating import Template, fill
from generator.draft.variables import known_of, metrics_of, unescaped, view_of
from generator.errors import PostmortemError
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Draft:
    """A new document: its text, its path in the archive, and what it lacks, a sentence each."""

    text: str
    path: str
    title: str
    missing: tuple[str, ...]


def compose(
    incident: Incident,
    template: Template,
    settings: Settings,
    *,
    id: str,  # noqa: A002 - the field's name
    now: datetime,
    type: str = "",  # noqa: A002 - the field's name
    title: str = "",
) -> Draft:
    """Draft a document of an incident; the same values give the same bytes.

    `title` replaces the one that the settings' pattern gives, `type` the template's. `now` dates only an incident
    without any time. Raises `PostmortemError` for an incident without a title, and for a faulty template.
    """
    if incident.partial and not title:
        raise PostmortemError(
            f"{incident.source or 'The data'} holds events but no incident of its own. "
            "Add the incident with another --from, or name it with --title.",
        )
    incident = replace(incident, title=incident.title or title)
    kind = type or str(template.values.get("type") or _name(template.path))
    known = known_of(incident, settings)
    view = view_of(incident, known, settings, id=id, type=kind, now=now)
    metrics = metrics_of(incident)
    if not title:
        pattern = Template("title_pattern", settings.title_pattern)
        title = " ".join(fill(pattern, unescaped(view, incident, known), metrics).split())
    body = fill(template, view, metrics)
    front = front_matter(incident, known, settings, template.values, id=id, title=title, type=kind)
    return Draft(
        text=f"{front}\n\n{body}\n",
        path=path_of(id, title, year_of(incident, known.times, now)),
        title=title,
        missing=missing(incident, known, settings),
    )


def render(incident: Incident, template: Template, settings: Settings, *, id: str, now: datetime) -> str:  # noqa: A002
    """The text of `compose`."""
    return compose(incident, template, settings, id=id, now=now).text


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".j2").removesuffix(".md")
