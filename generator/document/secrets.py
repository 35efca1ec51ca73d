"""Does this text hold a secret? Tokens by their shape, passwords by what stands before them; and what is said instead.

Every door asks here: what comes in is `redacted`, what is told in a log or message is `masked`, and what goes out is held
back by `document.secret_gate`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.document.secret_placeholders import is_password, is_placeholder, is_random


@dataclass(frozen=True, slots=True)
class FoundSecret:
    """A secret: what it is, its text, and the offset at which it begins."""

    kind: str
    value: str
    start: int


REDACTED = "REDACTED"
_PRIVATE_KEY = "a private key"
_LONGEST_KEY = 20_000  # characters; a key of 16,384 bits has 13,000 in PEM
_END = r"(?![A-Za-z0-9_])"
# What makes a shape worth trying, in lower case; the kind, as it stands in a sentence; the shape, its group 1 the secret.
_TOKENS = tuple(
    (hints, kind, re.compile(pattern))
    for hints, kind, pattern in (
        (
            ("akia", "asia", "abia", "acca"),
            "an AWS access key",
            rf"(?<![A-Za-z0-9])((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{{16}}){_END}",
        ),
        (
            ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
            "a GitHub token",
            rf"(?<![A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{{36,255}}){_END}",
        ),
        (("github_pat_",), "a GitHub token", rf"(github_pat_[A-Za-z0-9_]{{36,255}}){_END}"),
        (
            ("glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-", "glft-", "glimt-", "glagent-"),
            "a GitLab token",
            r"(?<![A-Za-z0-9])(gl(?:pat|dt|rt|ptt|cbt|soat|ft|imt|agent)-[A-Za-z0-9_.-]{20,255})",
        ),
        (
            ("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe", "xoxc-", "xoxd-"),
            "a Slack token",
            r"(?<![A-Za-z0-9])(xox(?:[abprsc]|e(?:\.xox[bp])?|d)-[A-Za-z0-9%-]{10,300})",
        ),
        (("xapp-",), "a Slack token", r"(xapp-\d-[A-Z0-9]{8,20}-\d{8,20}-[a-f0-9]{32,80})"),
        (
            ("hooks.slack.com",),
            "a Slack webhook",
            r"(https://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9]{6,}/[A-Za-z0-9]{6,}/[A-Za-z0-9]{12,60})",
        ),
        (
            ("k_live_", "k_test_", "k_prod_"),
            "a Stripe key",
            rf"(?<![A-Za-z0-9])([sr]k_(?:live|test|prod)_[A-Za-z0-9]{{16,255}}){_END}",
        ),
        (("whsec_",), "a webhook secret", rf"(whsec_[A-Za-z0-9+/]{{24,255}}){_END}"),
        (("aiza",), "a Google API key", rf"(?<![A-Za-z0-9])(AIza[A-Za-z0-9_-]{{35}}){_END}"),
        (("ya29.",), "a Google access token", r"(?<![A-Za-z0-9])(ya29\.[A-Za-z0-9_-]{20,400})"),
        (("gocspx-",), "a Google client secret", r"(GOCSPX-[A-Za-z0-9_-]{24,40})"),
        (("npm_",), "an npm token", rf"(?<![A-Za-z0-9])(npm_[A-Za-z0-9]{{36}}){_END}"),
        (("pypi-",), "a PyPI token", r"(?<![A-Za-z0-9])(pypi-[A-Za-z0-9_-]{50,400})"),
        (
            ("atatt3", "atctt3", "atbb"),
            "an Atlassian token",
            r"(?<![A-Za-z0-9])(AT(?:ATT3|CTT3)[A-Za-z0-9_=+/.-]{40,400}|ATBB[A-Za-z0-9]{24,60})",
        ),
        (
            ("eyj",),
            "a JSON web token",
            r"(?<![A-Za-z0-9])(eyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{10,2000})",
        ),
        (
            ("private key",),
            _PRIVATE_KEY,
            r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[ \t\r\n\\n\"',+>|]|(?:Proc-Type|DEK-Info|Comment|Version):[^\n]{0,200}\n){0,40}([A-Za-z0-9+/=]{16,80})",
        ),
        (("sg.",), "a SendGrid key", rf"(?<![A-Za-z0-9])(SG\.[A-Za-z0-9_-]{{22}}\.[A-Za-z0-9_-]{{43}}){_END}"),
        (("sk-",), "an API key", r"(?<![A-Za-z0-9_-])(sk-(?:proj-|ant-|svcacct-|or-v1-)?[A-Za-z0-9_-]{32,250})"),
        (("hvs.", "hvb."), "a Vault token", r"(?<![A-Za-z0-9])(hv[sb]\.[A-Za-z0-9_-]{24,300})"),
        (("dop_v1_", "doo_v1_", "dor_v1_"), "a DigitalOcean token", rf"(do[opr]_v1_[a-f0-9]{{64}}){_END}"),
        (("shpat_", "shpss_", "shppa_", "shpca_"), "a Shopify token", rf"(shp(?:at|ss|pa|ca)_[a-fA-F0-9]{{32}}){_END}"),
        (("dckr_pat_",), "a Docker token", r"(dckr_pat_[A-Za-z0-9_-]{20,60})"),
        (("glsa_",), "a Grafana token", rf"(glsa_[A-Za-z0-9]{{32}}_[A-Fa-f0-9]{{8}}){_END}"),
        (("glc_eyj",), "a Grafana token", r"(glc_eyJ[A-Za-z0-9+/=_-]{32,400})"),
        (("sntrys_", "sntryu_"), "a Sentry token", r"(sntry(?:s_eyJ[A-Za-z0-9+/=_-]{32,400}|u_[a-f0-9]{64}))"),
        (("nrak-",), "a New Relic key", rf"(NRAK-[A-Z0-9]{{27}}){_END}"),
        (("dapi",), "a Databricks token", rf"(?<![A-Za-z0-9])(dapi[a-f0-9]{{32}}){_END}"),
        (("lin_api_",), "a Linear key", rf"(lin_api_[A-Za-z0-9]{{40}}){_END}"),
        (("age-secret-key-",), "an age key", r"(AGE-SECRET-KEY-1[A-Z0-9]{50,60})"),
        (
            ("accountkey=", "sharedaccesskey="),
            "an Azure key",
            r"(?i:(?:AccountKey|SharedAccessKey)=)([A-Za-z0-9+/]{40,100}={0,2})",
        ),
        ((":aa",), "a Telegram token", rf"(?<![A-Za-z0-9])(\d{{8,10}}:AA[A-Za-z0-9_-]{{33}}){_END}"),
        (("twilio", "sk"), "a Twilio key", rf"(?<![A-Za-z0-9])(SK[0-9a-f]{{32}}){_END}"),
    )
)
_SHORTEST = 15
_SPREAD = frozenset({"private key", ":aa"})  # these do not stand inside one word
_HINTS = tuple((hint, number) for number, (hints, _, _) in enumerate(_TOKENS) for hint in hints)
# Each begins with a literal, so that the search is quick in texts that have none of it.
_IN_URL = re.compile(r"://([^\s/:@\"'<>]{0,100}):([^\s/@\"'<>]{1,200})@[^\s/@]")
_IN_QUERY = re.compile(
    r"[?&](?:access_token|auth_token|token|api_?key|apikey|secret|client_secret|password|passwd|pwd|sig|signature|x-amz-signature"
    r"|x-amz-security-token)=([^&\s#\"'<>)\]`]{6,2000})",
    re.IGNORECASE,
)
_HEADERS = ("authorization", "x-api-key", "x-auth-token", "private-token", "api-key")
_HEADER = re.compile(
    r"[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:(?:bearer|basic|token|apikey|genie ?key|splunk)\s+(?:token=)?)?[\"']?"
    r"([A-Za-z0-9._~+/=-]{12,4000})",
    re.IGNORECASE,
)
# What a name ends with that promises a secret, in lower case, and the sign behind it.
_STEMS = ("pass", "pwd", "secret", "token", "key", "credential")
_REST = {"pass": re.compile(r"word|wd|wort|phrase"), "credential": re.compile("s")}
_KEYS = re.compile(r"(?:api|access|secret|private|auth|encryption|signing|account|license)[ _-]?$")
_SIGN = re.compile(r"[\"']?[ \t]{0,5}(=>|:=|==?|:)[ \t]{0,5}")
_VALUE = re.compile(r"\"([^\"\n]{4,200})\"|'([^'\n]{4,200})'|`([^`\n]{4,200})`|([^\s\"'`,;<>|&]{4,200})")


@lru_cache(maxsize=4)
def secrets_in(text: str) -> tuple[FoundSecret, ...]:
    """Every secret of a text, by offset; of two that overlap, the one that says more about what it is."""
    low = _lower(text)
    taken = bytearray(len(text))  # 1 where a secret stands; so a dump of thousands takes no longer than its length
    secrets: list[FoundSecret] = []
    for secret in _candidates(text, low):
        end = secret.start + len(secret.value)
        if taken.find(1, secret.start, end) < 0:
            taken[secret.start : end] = b"\1" * len(secret.value)
            secrets.append(secret)
    return tuple(sorted(secrets, key=lambda secret: secret.start))


def with_lines(text: str, secrets: Iterable[FoundSecret]) -> Iterator[tuple[int, FoundSecret]]:
    """Each of a text's secrets, which are in order, with its line, 1-based."""
    line, position = 1, 0
    for secret in secrets:
        line += text.count("\n", position, secret.start)
        position = secret.start
        yield line, secret


def mask(value: str) -> str:
    """The first characters of a secret, at most four and at most a quarter of it."""
    return f"{value[: min(4, len(value) // 4)]}…"


def masked(text: str) -> str:
    """A text for a log or a message: of each secret only what `mask` leaves."""
    return _replaced(text, secrets_in(text), lambda secret: mask(secret.value))


class Masker:
    """Takes the secrets of one document out of messages about it, which quote what stands there."""

    def __init__(self, text: str) -> None:
        # A message is one line, and of a key that has many it may quote any.
        values = {part for secret in secrets_in(text) for part in secret.value.split("\n") if part.strip()}
        self._values = sorted(values, key=len, reverse=True)

    def __call__(self, message: str) -> str:
        """The message with each secret, the document's or one of its own, cut to what `mask` leaves of it."""
        for value in self._values:
            if value in message:
                message = message.replace(value, mask(value))
        return masked(message)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets, and the kinds of those that stood there, as in `a GitHub token`."""

    text: str
    kinds: tuple[str, ...] = ()


def redacted(text: str) -> Redacted:
    """A text that may be kept: each secret gives way to the word REDACTED, which is safe in YAML, Markdown and addresses."""
    kinds: dict[str, None] = {}
    while secrets := secrets_in(text):
        kinds |= dict.fromkeys(secret.kind for secret in secrets)
        text = _replaced(text, secrets, lambda _: REDACTED)
    return Redacted(text, tuple(kinds))


def _replaced(text: str, secrets: Iterable[FoundSecret], word: Callable[[FoundSecret], str]) -> str:
    pieces: list[str] = []
    position = 0
    for secret in secrets:
        pieces += [text[position : secret.start], word(secret)]
        position = secret.start + len(secret.value)
    return "".join([*pieces, text[position:]])


def _candidates(text: str, low: str) -> Iterator[FoundSecret]:
    yield from _tokens(text, low)
    yield from _in_addresses(text)
    yield from _in_headers(text, low)
    for stem in _STEMS:
        for end in _ends_of(stem, low):
            rest = _REST[stem].match(low, end) if stem in _REST else None
            if sign := _SIGN.match(text, rest.end() if rest else end):
                yield from _assigned(text, low, stem + (rest.group() if rest else ""), sign)


def _tokens(text: str, low: str) -> Iterator[FoundSecret]:
    # Every token stands in one long word, so only long words are searched for what its shape begins with.
    words = " ".join([word for word in low.split() if len(word) >= _SHORTEST])
    shapes = {number: None for hint, number in _HINTS if hint in words or (hint in _SPREAD and hint in low)}
    for _, kind, shape in (_TOKENS[number] for number in shapes):
        for match in shape.finditer(text):
            if not is_placeholder(match.group(1)):
                value = _whole_key(text, match) if kind == _PRIVATE_KEY else match.group(1)
                yield FoundSecret(kind, value, match.start(1))


def _whole_key(text: str, match: re.Match[str]) -> str:
    """A private key to its end, of which the shape knows the first line."""
    start, end = match.span(1)
    close = text.find("-----END", end, end + _LONGEST_KEY)
    return text[start : close if close > 0 else end].rstrip("\\nr \t\r\n\"',+>|") if close > 0 else match.group(1)


def _in_addresses(text: str) -> Iterator[FoundSecret]:
    if "@" in text and "://" in text:
        for match in _IN_URL.finditer(text):
            if not is_placeholder(match.group(2)) and match.group(2).casefold() != match.group(1).casefold():
                yield FoundSecret("a password in a URL", match.group(2), match.start(2))
    if "=" in text and ("?" in text or "&" in text):
        for match in _IN_QUERY.finditer(text):
            if not is_placeholder(match.group(1)) and is_random(match.group(1)):
                yield FoundSecret("a credential in a URL", match.group(1), match.start(1))


def _in_headers(text: str, low: str) -> Iterator[FoundSecret]:
    for header in _HEADERS:
        for end in _ends_of(header, low):
            value = _HEADER.match(text, end)
            if value and not is_placeholder(value.group(1)) and is_random(value.group(1)):
                yield FoundSecret("a credential in a header", value.group(1), value.start(1))


def _ends_of(word: str, low: str) -> Iterator[int]:
    position = low.find(word)
    while position >= 0:
        yield position + len(word)
        position = low.find(word, position + len(word))


def _assigned(text: str, low: str, word: str, sign: re.Match[str]) -> Iterator[FoundSecret]:
    value = _VALUE.match(text, sign.end())
    start = sign.start() - len(word)
    if value is None or (word == "key" and not _KEYS.search(low, max(0, start - 12), start)):
        return
    if word == "pass" and (sign.group(1) == ":" or low[start - 1 : start].isalnum()):
        return  # "tests pass: 12" and "bypass=..." promise nothing
    group = value.lastindex or 4
    content = value.group(group)
    content = content.rstrip(".)]}:!?") if group == 4 else content
    if word.startswith(("pass", "pwd")):
        if is_password(content, quoted=group != 4, sure=sign.group(1) != ":"):
            yield FoundSecret("a password", content, value.start(group))
    elif is_random(content) and not is_placeholder(content):
        yield FoundSecret("a secret", content, value.start(group))


def _lower(text: str) -> str:
    """The text in lower case with every offset in its place; a few letters become two and stay as they are."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
