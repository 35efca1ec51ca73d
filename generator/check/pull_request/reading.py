"""A review as a file between two jobs: written by one that nobody trusts, read again as if by a stranger."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from generator.check.pull_request.model import ChangedPostmortem, Item, Review, Similar, Suggestion, When
from generator.errors import InputError

LARGEST = 2_000_000  # bytes
FORMAT = "postmortem-review/1"
MOST = {"subjects": 200, "items": 1_000, "suggestions": 100, "similar": 200}
_LONGEST = 4_000
_PATH = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\x00-\x1f\x7f\\]{1,500}\.md")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_T = TypeVar("_T", ChangedPostmortem, Item, Suggestion, Similar)
_KINDS: dict[str, type[Any]] = {
    "subjects": ChangedPostmortem,
    "items": Item,
    "suggestions": Suggestion,
    "similar": Similar,
}


def dumped(review: Review) -> str:
    """The review as JSON; what would be refused on reading (a line that is too long) is left out and counted."""
    kept = {name: [one for one in getattr(review, name) if _fits(one)][:most] for name, most in MOST.items()}
    left = review.unread + len(review.items) - len(kept["items"])
    written = {name: [asdict(one) for one in found] for name, found in kept.items()}
    return json.dumps({"format": FORMAT, **written, "unread": left}, ensure_ascii=False, indent=1) + "\n"


def loaded(raw: bytes) -> Review:
    """The review that a file holds. Raises InputError for anything that `dumped` does not write."""
    if len(raw) > LARGEST:
        raise InputError(f"The review has {len(raw):,} bytes; more than {LARGEST:,} are not read.")
    try:
        found = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise InputError("The review is not JSON in UTF-8.") from None
    if not isinstance(found, Mapping) or found.get("format") != FORMAT:
        raise InputError(f"The file is not a review: its mark {FORMAT!r} is missing.")
    if set(found) != {"format", "unread", *_KINDS}:
        raise InputError("The review has other parts than a review has.")
    unread = found["unread"]
    if type(unread) is not int or not 0 <= unread < 10**6:
        raise InputError("The review's `unread` is no number.")
    return Review(
        _all(found, "subjects", ChangedPostmortem),
        _all(found, "items", Item),
        _all(found, "suggestions", Suggestion),
        _all(found, "similar", Similar),
        unread,
    )


def _all(found: Mapping[str, Any], name: str, kind: type[_T]) -> tuple[_T, ...]:
    listed = found[name]
    if not isinstance(listed, list) or len(listed) > MOST[name]:
        raise InputError(f"The review's `{name}` must be a list of at most {MOST[name]}.")
    return tuple(_one(raw, name, kind) for raw in listed)


def _one(raw: object, name: str, kind: type[_T]) -> _T:
    known = [field.name for field in fields(kind)]
    if not isinstance(raw, Mapping) or set(raw) != set(known):
        raise InputError(f"An entry of the review's `{name}` has other keys than {', '.join(known)}.")
    values = {key: _READ.get(key, _text)(raw[key], key) for key in known}
    return kind(**values)


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or _CONTROL.search(value):
        raise InputError(f"A `{key}` of the review is not one line of at most {_LONGEST:,} characters.")
    return value


def _path(value: object, key: str) -> str:
    if not isinstance(value, str) or not _PATH.fullmatch(value):
        raise InputError(f"A `{key}` of the review is not the path of a Markdown file in the repository.")
    return value


def _number(value: object, key: str) -> int:
    if type(value) is not int or not 1 <= value <= 10**6:
        raise InputError(f"A `{key}` of the review is no line number.")
    return value


def _when(value: object, key: str) -> When:
    if value not in list(When):
        raise InputError(f"A `{key}` of the review is not one of {', '.join(When)}.")
    return When(str(value))


def _fits(one: Any) -> bool:
    try:
        _one(asdict(one), "", type(one))
    except InputError:
        return False
    return True


_READ: dict[str, Callable[[object, str], Any]] = {
    "path": _path,
    "of": _path,
    "line": _number,
    "when": _when,
}
