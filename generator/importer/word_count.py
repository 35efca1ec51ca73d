"""The words of a text, counted, so that nothing of a source can be lost unseen."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=%]*", re.IGNORECASE)


def counted(text: str) -> Counter[str]:
    """Every run of letters and digits, without case, with how often it stands; line breaks and pictures written as data are no words."""
    return Counter(_WORD.findall(_BREAK.sub(" ", _DATA.sub(" ", text)).casefold()))


def missing(source: str, result: str) -> Counter[str]:
    """The words of `source` that `result` has not, or has less often."""
    return counted(source) - counted(result)
