"""The body of a delivery as a JSON object, or a refusal: nothing that two readers may understand differently."""

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

from generator.mirror.webhook.rejection import Rejected

NUMBER_LENGTH = 40  # longer numbers are quadratic to read, and none of Jira's has more than 19 digits


def read(body: bytes) -> Mapping[str, Any]:
    """The JSON object in `body`.

    Raises `Rejected(400)` for an empty body, text that is not UTF-8 or not JSON, repeated keys, numbers that are not
    finite or absurdly long, nesting too deep to read, and for anything but an object.
    """
    if not body:
        raise Rejected(400, "The body is empty: switch off “Exclude body” at the webhook in Jira.")
    try:
        found = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_repeats,
            parse_constant=_not_a_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except UnicodeDecodeError:
        raise Rejected(400, "The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Rejected(400, f"The body is not JSON: see line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise Rejected(400, "The body is nested too deeply.") from None
    if not isinstance(found, dict):
        raise Rejected(400, "The body is JSON, but not an object.")
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; a repeated key would let the last one win here and the first one elsewhere."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Rejected(400, "The body has an object with the same key twice.")
    return found


def _not_a_number(_: str) -> NoReturn:
    """Refuses NaN and Infinity, which are JavaScript's and not JSON's."""
    raise Rejected(400, "The body has a number that JSON does not know.")


def _finite(digits: str) -> float:
    """A fraction; refused where it is too large to be one, such as 1e999."""
    number = float(digits)
    if not math.isfinite(number):
        raise Rejected(400, "The body has a number that is too large.")
    return number


def _whole(digits: str) -> int:
    """A whole number of reasonable length."""
    if len(digits) > NUMBER_LENGTH:
        raise Rejected(400, "The body has a number that is too long.")
    return int(digits)
