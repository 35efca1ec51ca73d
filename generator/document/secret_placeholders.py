"""Telling real secrets from what stands for them."""

import re
from math import log2

_PLACEHOLDER = re.compile(
    r"[\W_]*|.*(?:\*{3,}|x{4,}|\.{3}|…|\$\{|\$\(|\{\{|<[a-z]|%\(|\[redacted).*|\$\w+.*|%\w+%|@\w+.*",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(
    r"example|redacted|removed|placeholder|dummy|sample|change[_-]?me|your[_-]?|insert|hidden|masked|censored"
    r"|(?:secret|token|password|key)[_-]?here|fake|todo",
    re.IGNORECASE,
)
_PLAIN_WORDS = frozenset(
    """
    password passwd pass pwd passphrase passwort secret token key apikey credential credentials user username admin root guest
    string str text value required optional missing empty unset set none null nil true false yes no default unknown invalid wrong
    incorrect expired changed reset rotated revoked leaked exposed stored hashed encrypted plaintext plain same authentication
    authorization failed failure error denied accepted rejected prompt input env environment vault file path name field property
    param parameter variable var const argument type format length policy manager rotation based auth login the and was is for
    """.split()  # noqa: SIM905 - a text is easier to read and to extend
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_CODE = re.compile(
    r"[()\[\]{}]|::|->|^[a-z_]\w*(?:\.[a-z_]\w*)+$|^/|^\./|^~/|^https?://|^[\w.-]+/[\w./-]+$", re.IGNORECASE
)
_HYPHENED = re.compile(r"[a-z]+(?:[-_.][a-z]+)+(?:[-_.]?v?\d{1,4})?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_PRINTF = re.compile(r"%[sdvq]")


def is_placeholder(value: str) -> bool:
    """Whether a value only stands for a secret: stars, `<token>`, `${VAR}`, `example`, or one of the usual words."""
    bare = value.strip("\"'`")
    if _PLACEHOLDER.fullmatch(bare[:300]) or _PRINTF.search(bare[:20]):
        return True
    return (
        len(set(bare)) < 2
        or bool(_WORDS.search(bare))
        or bare.casefold() in _PLAIN_WORDS
        or bool(_UUID.fullmatch(bare))
    )


def is_password(value: str, *, quoted: bool, sure: bool) -> bool:
    """Whether a value behind `password` is one; `sure` where an equals sign stands between them and no colon."""
    if is_placeholder(value) or len(value) < 4:
        return False
    return _is_quoted_password(value, sure=sure) if quoted else _is_bare_password(value, sure=sure)


def _is_quoted_password(value: str, *, sure: bool) -> bool:
    if " " in value.strip():
        return sure and len(value) >= 12 and len(value.split()) <= 6 and not value[0].isupper()
    return not (_CODE.search(value) and not any(c.isdigit() for c in value)) and not _names_something(value)


def _is_bare_password(value: str, *, sure: bool) -> bool:
    if _CODE.search(value) or value.startswith("-"):
        return False
    if value.isalpha():
        return sure and len(value) >= 8 and not _names_something(value)
    if value.isdigit():
        return sure and len(value) >= 4
    return not _HYPHENED.fullmatch(value) and (sure or len(value) >= 6) and any(c.isalnum() for c in value)


def is_random(value: str) -> bool:
    """Whether a value looks made by a machine: long, letters and digits mixed, no words joined by hyphens, no path."""
    bare = value.strip("\"'`")
    if (
        len(bare) < 12
        or not _DIGIT.search(bare)
        or " " in bare
        or _UUID.fullmatch(bare)
        or _CODE.search(bare)
        or _HYPHENED.fullmatch(bare)
    ):
        return False
    letters, digits = sum(c.isalpha() for c in bare), sum(c.isdigit() for c in bare)
    return letters >= 3 and digits >= 2 and entropy(bare[:200]) >= 3.0


def entropy(text: str) -> float:
    """The bits of surprise in each character of a text."""
    total = len(text)
    return -sum(n / total * log2(n / total) for n in (text.count(c) for c in set(text))) if total else 0.0


def _names_something(value: str) -> bool:
    """Whether the value is a name in a program, such as `user_password` or `getPassword`."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", value)
    return any(part.casefold() in _PLAIN_WORDS for part in parts)
