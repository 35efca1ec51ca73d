"""Another wording for a line that judges: only what can be left out or asked, never a fact that nobody gave."""

import re
from collections.abc import Callable

_ADVERBS = (
    "carelessly|recklessly|negligently|sloppily|irresponsibly|unprofessionally|complacently|clumsily|thoughtlessly"
    "|absent-mindedly|foolishly|stupidly|lazily|hastily"
)
_SEEN = "TODO: what could people see of it at the time?"
_ERROR = r"(?:a |an )?(?:simple |plain )?(?:human|operator|manual|user) (?:error|mistake)s?"
_CAUSED = r"(?:due to|because of|caused by|as a result of|the result of|the consequence of)"
_WHY = "TODO: what in the system made this possible?"
_GUARD = "TODO: which check, default or guard would make this harmless?"

# Rule → what is replaced by what; the first that fits is taken.
_Instead = str | Callable[[re.Match[str]], str]
_WAYS: dict[str, tuple[tuple[re.Pattern[str], _Instead], ...]] = {
    "blameless-character": ((re.compile(rf"\s*\b(?:{_ADVERBS})\b", re.IGNORECASE), ""),),
    "blameless-hindsight": (
        (
            re.compile(r"\b(?:it |that |this )?(?:was|is) (?:\w+ly )?obvious that (?P<rest>[^.|]+)\.", re.IGNORECASE),
            rf"\g<rest>. {_SEEN}",
        ),
    ),
    "blameless-human-error": (
        (re.compile(rf"^{_CAUSED} {_ERROR}, (?P<rest>[^.]+)\.", re.IGNORECASE), rf"\g<rest>. {_WHY}"),
        (
            re.compile(rf"^(?P<what>[^.,|]{{3,80}}?) (?:was|is) {_CAUSED} {_ERROR}\.", re.IGNORECASE),
            lambda found: f"TODO: what in the system made {_inner(found['what'])} possible?",
        ),
        (re.compile(rf",? {_CAUSED} {_ERROR}\.", re.IGNORECASE), f". {_WHY}"),
        (re.compile(rf"\b(?:the )?(?:root )?cause (?:was|is) {_ERROR}\.", re.IGNORECASE), _WHY),
    ),
    "blameless-remedy": (
        (
            re.compile(
                r"\b(?:we |everyone |the team )?(?:will |must |should |shall |need to )?be more careful[^.|]*\.?",
                re.IGNORECASE,
            ),
            _GUARD,
        ),
    ),
}
_SENTENCE = re.compile(r"(?:(?<=[.!?] )|^(?:[-*+] |\d+[.)] |> )?)(?=\S)")


def rewritten(text: str, rule: str, quoted: str, stands: Callable[[str], bool]) -> str | None:
    """The line with the judgement left out, or None; `stands` says whether a rule still objects to a wording.

    `quoted` are the words that the finding names; only the sentence that holds them is touched.
    """
    for pattern, instead in _WAYS.get(rule, ()):
        for start, end in _sentences(text):
            sentence = text[start:end]
            if quoted.rstrip("…").casefold() not in sentence.casefold():
                continue
            changed, count = pattern.subn(instead, sentence, count=1)
            if not count:
                continue
            changed = _capital(changed) if sentence[:1].isupper() else changed
            whole = f"{text[:start]}{changed}{text[end:]}"
            if changed.strip() and not stands(whole):
                return whole
    return None


def quoted(message: str) -> str:
    """The words that a finding names, between “ and ”."""
    found = re.search("“([^”]*)”", message)
    return found[1] if found else ""


def _sentences(text: str) -> list[tuple[int, int]]:
    starts = sorted({found.end() for found in _SENTENCE.finditer(text)}) or [0]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _inner(words: str) -> str:
    """Words of the begin of a sentence as they stand inside of one."""
    return re.sub(r"^(?:The|This|That|An?|Our|It)\b", lambda found: found[0].lower(), words)


def _capital(text: str) -> str:
    lead = len(text) - len(text.lstrip())
    return f"{text[:lead]}{text[lead : lead + 1].upper()}{text[lead + 1 :]}"
