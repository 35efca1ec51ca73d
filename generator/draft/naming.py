"""What a draft is called: its id, its file name and folder, and the year and title that they come from."""

import re
from datetime import datetime

from generator.document.file_names import slug
from generator.document.schema import ID
from generator.draft.incident import Incident
from generator.draft.times import Times
from generator.errors import PostmortemError


def path_of(id: str, title: str, year: int) -> str:  # noqa: A002 - the field's name
    """Where a new document lies in the archive: `postmortems/2026/INC-2026-0042-checkout-errors.md`."""
    return f"postmortems/{year:04}/{id}-{slug(title)}.md"


def year_of(incident: Incident, times: Times, now: datetime) -> int:
    """The year of the incident, else the present one."""
    when = times.occurrence(one.at for one in incident.events)
    return (when.day if when else now).year


def checked_id(id: str) -> str:  # noqa: A002 - the field's name
    """The id, if it can be a file name and an address; raises `PostmortemError` where it cannot."""
    if not ID.fullmatch(id) or len(id) > 64:
        raise PostmortemError(
            f"{id!r} cannot be an id: it becomes a file name and an address. "
            "Use letters, digits and single hyphens, such as INC-2026-0042, at most 64 characters.",
        )
    return id


def reference_for_id(ref: str) -> str:
    """A record's own id as a part of ours: `Q2/abc` gives `Q2-abc`."""
    return re.sub(r"[^A-Za-z0-9]+", "-", ref).strip("-")
