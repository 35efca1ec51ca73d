"""Earlier postmortems that are like the changed ones."""

import posixpath
from collections.abc import Collection, Sequence

from generator.check.pull_request.model import Similar
from generator.document.audience import audience_of
from generator.document.parse import Document
from generator.document.related import Candidate, related
from generator.document.secrets import masked
from generator.document.spellings import spellings
from generator.document.times import occurrence, order
from generator.markup.github_text import line
from generator.settings.model import Settings

MOST_SUBJECTS = 10  # a change of very many files is an import or a move, and then nobody reads such lists


def similar(documents: Sequence[Document], changed: Collection[str], settings: Settings) -> list[Similar]:
    """At most three for each changed document, by its path: those that began before it, most alike first.

    Restricted ones are not named, as more people read the pull request than may read those.
    """
    candidates = _newest_first(documents, settings)
    found: list[Similar] = []
    for index, one in enumerate(candidates):  # what follows is earlier
        if one.document.path in changed and len({other.of for other in found}) < MOST_SUBJECTS:
            earlier = [
                other
                for other in candidates[index + 1 :]
                if other.document.path not in changed and not audience_of(other.document, settings).restricted
            ]
            found += [_similar(one, other, settings) for other in related([one, *earlier])[one.document.path]]
    return found


def _newest_first(documents: Sequence[Document], settings: Settings) -> list[Candidate]:
    readable = [d for d in documents if not any(finding.rule == "unreadable" for finding in d.findings)]
    services = spellings((d.postmortem.services for d in readable), settings)
    tags = spellings(d.postmortem.tags for d in readable)
    candidates = [
        Candidate(
            document,
            tuple(dict.fromkeys(services[name.casefold()] for name in document.postmortem.services)),
            tuple(dict.fromkeys(tags[name.casefold()] for name in document.postmortem.tags)),
        )
        for document in readable
    ]
    return sorted(candidates, key=lambda one: (-order(one.document.postmortem), one.document.path))


def _similar(one: Candidate, other: Candidate, settings: Settings) -> Similar:
    known, path = other.document.postmortem, other.document.path
    stem = posixpath.splitext(posixpath.basename(path))[0]
    when = occurrence(known)
    severity = settings.severity_of(known.severity) or known.severity
    return Similar(
        one.document.path,
        path,
        line(known.id or stem),
        line(masked(known.title or known.id or stem)),
        f"{when.day}{f' ({when.qualifier})' if when.qualifier else ''}" if when else "",
        line(severity),
    )
