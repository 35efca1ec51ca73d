"""Times and days as front matter and tables write them: RFC 3339 and ISO 8601, read as UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

# RFC 3339, as people write it: a space for the `T`, seconds and zone optional, the zone's colon too.
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt]|[ \t]+)(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?[ \t]*(Z|z|UTC|[-+]\d\d:?\d\d)?",
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment(text: str) -> tuple[datetime | None, bool]:
    """Read an RFC 3339 time as UTC, and whether it said its zone; seconds may be missing, a naive time is taken for UTC."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None, False
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        date_and_clock = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}.{(fraction or '0').ljust(6, '0')[:6]}"
        at = datetime.fromisoformat(date_and_clock).replace(tzinfo=_offset(zone))
        return at.astimezone(UTC), zone is not None
    except (ValueError, OverflowError):
        return None, zone is not None


def _offset(zone: str | None) -> timezone:
    if zone is None or zone in {"Z", "z", "UTC"}:
        return UTC
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))


def day(text: str) -> date | None:
    """Read an ISO date."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
