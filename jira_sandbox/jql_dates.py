"""Moments in JQL: days, minutes, periods before now, and the functions for the beginning and end of a time."""

import re
from datetime import UTC, datetime, timedelta

from jira_sandbox.jql import Call, JqlError

_PERIOD = re.compile(r"([+-]?\d+)([yMwdhm])")
_UNITS = {"y": 365 * 86_400, "w": 7 * 86_400, "d": 86_400, "h": 3_600, "m": 60}
_FORMS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")
_SPAN = re.compile(r"(start|end)of(day|week|month|year)", re.IGNORECASE)


def moment(operand: str | Call, now: datetime, field: str) -> datetime:
    """The moment that an operand means. Raises `JqlError`."""
    if isinstance(operand, Call):
        return _function(operand, now)
    text = operand.strip()
    if re.fullmatch(r"(?:[+-]?\d+[yMwdhm]\s*)+", text):
        return now + _period(text)
    if re.fullmatch(r"\d{10,14}", text):
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise JqlError(
        f"Date value '{operand}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', "
        "'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
    )


def _period(text: str) -> timedelta:
    total = timedelta()
    for number, unit in _PERIOD.findall(text):
        total += timedelta(seconds=int(number) * (30 * 86_400 if unit == "M" else _UNITS[unit]))
    return total


def _function(call: Call, now: datetime) -> datetime:
    if call.name.lower() == "now":
        return now
    match = _SPAN.fullmatch(call.name)
    if match is None:
        raise JqlError(f"Unable to find JQL function '{call.name}({', '.join(call.arguments)})'.")
    edge, unit = match.group(1).lower(), match.group(2).lower()
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        start -= timedelta(days=(start.weekday() + 1) % 7)
    elif unit == "month":
        start = start.replace(day=1)
    elif unit == "year":
        start = start.replace(month=1, day=1)
    for argument in call.arguments:
        wanted = argument if argument[-1:].isalpha() else argument + {"day": "d", "week": "w"}.get(unit, "M")
        start += _period(wanted)
    if edge == "start":
        return start
    length = {"day": 1, "week": 7, "month": 32, "year": 366}[unit]
    end = start + timedelta(days=length)
    if unit == "month":
        end = end.replace(day=1)
    elif unit == "year":
        end = end.replace(month=1, day=1)
    return end - timedelta(seconds=1)
