"""The sandbox's clock: times are kept in UTC as Jira writes them, and shown in the site's time zone."""

import re
import time
from datetime import UTC, date, datetime, timedelta, timezone

_ZONE = re.compile(r"([+-]\d\d):?(\d\d)$")


def stamp_of(moment: datetime) -> str:
    """A moment as it is kept and compared: `2026-03-15T14:32:00.000+0000`, always UTC."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"


def moment_of(text: str) -> datetime:
    """A time in Jira's or any ISO form, or a day; without a zone it is UTC. Raises `ValueError`."""
    text = _ZONE.sub(r"\1:\2", text.strip())
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_of(text: str) -> str:
    """A day as `2026-03-15`. Raises `ValueError`."""
    return date.fromisoformat(text).isoformat()


class Clock:
    """The time of the site: `skew` seconds off the machine's, shown `offset` minutes east of Greenwich."""

    def __init__(self) -> None:
        self.skew = 0.0
        self.offset = 0

    def now(self) -> datetime:
        """The site's time, in UTC."""
        return datetime.fromtimestamp(time.time() + self.skew, UTC)

    def stamp(self) -> str:
        """The site's time as it is kept."""
        return stamp_of(self.now())

    def shown(self, stamp: str | None) -> str | None:
        """A kept time in the site's time zone."""
        if stamp is None or not self.offset:
            return stamp
        moment = moment_of(stamp).astimezone(timezone(timedelta(minutes=self.offset)))
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}{moment:%z}"
