"""Releases that several sources report, each once, and what one of them knows of a version given to all its rows."""

import re
from collections.abc import Iterable
from dataclasses import replace

from generator.draft.escape import one_line
from generator.draft.incident import Release
from generator.draft.times import clock, known


def version(name: str) -> str:
    """A release's name for comparing: `payment-service@v2.3.1` and `payment-service@2.3.1` are one."""
    return re.sub(r"(^|[@\s:/-])v(?=\d)", r"\1", one_line(name).casefold())


def merged_releases(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Each release once for each environment and minute; one without a time only where no other names its version."""
    found: dict[tuple[str, str, str], Release] = {}
    for release in releases:
        key = (version(release.name), release.environment.casefold(), clock(known(release.at)))
        first = found.get(key)
        found[key] = release if first is None else _filled(first, release)
    told: dict[str, str] = {}
    for release in found.values():
        if release.relationship:
            told.setdefault(version(release.name), release.relationship)
    dated = {name for name, _, time in found if time}
    return tuple(
        replace(release, relationship=told.get(name, ""))
        for (name, _, time), release in found.items()
        if time or name not in dated
    )


def related(releases: Iterable[Release], *relationships: str) -> tuple[Release, ...]:
    """The releases that are known to have caused or fixed it, each version once; of the named relationships only."""
    first: dict[tuple[str, str], Release] = {}
    for release in releases:
        if release.relationship and release.name and (not relationships or release.relationship in relationships):
            first.setdefault((version(release.name), release.relationship), release)
    return tuple(first.values())


def _filled(first: Release, second: Release) -> Release:
    return replace(
        first,
        service=first.service or second.service,
        url=first.url or second.url,
        author=first.author or second.author,
        relationship=first.relationship or second.relationship,
    )
