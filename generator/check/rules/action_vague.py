"""An action item says what will be there when it is done."""

import re
from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.document.parse import Document
from generator.markup.inline_text import text_of

_CAREFUL = "What in the system would catch it next time? Such as “Refuse a release whose configuration does not parse”."
_NUMBER = "Which number moves, from what to what? Such as “Bring the restore time from 4 hours to 30 minutes”."
_DECIDE = "What will be there when it is done? Such as “Write down why the pool fills up, and file the fix”."
_SIGNAL = "Which signal, which threshold, who is told? Such as “Alert when 80 % of the pool is used for two minutes”."
_PROOF = (
    "How does somebody see that it is done? Such as “Run the restore every night and alert when it does not succeed”."
)
_RUNBOOK = "Which page, with which step? Such as “Add the rollback after the first write to the migration runbook”."

# What an item begins with or consists of, and the question that gives it a better shape. An item that names a figure,
# a command or a page is measured by that, so only the words of `_CAREFUL` speak in spite of one.
_VAGUE = tuple(
    (re.compile(pattern, re.IGNORECASE), question, always)
    for pattern, question, always in (
        (
            r"\b(?:be|being|take) (?:\w+ )?(?:care(?:ful)?|vigilant|attentive|cautious|mindful|diligent)\b(?! of\b)|\bpay (?:\w+ )?attention\b|\btr(?:y|ying) harder\b|\bremember to\b|\braise awareness\b|\bremind (?:\w+ ){0,3}(?:to|about|of)\b|\bdouble[- ]check\b",
            _CAREFUL,
            True,
        ),
        (
            r"^(?:better|more|improved?|increase[ds]?|enhanced?|additional|add(?: more| better)?|set ?up(?: better)?)\s+(?:\w+\s+){0,2}?(?:monitoring|alert(?:s|ing)|observability|logging|visibility|metrics|dashboards?)\b(?!.*\b(?:for|on|when|of|that|which|above|below)\b)",
            _SIGNAL,
            False,
        ),
        (
            r"^(?:better|more|improved?|increase[ds]?|enhanced?|add(?: more| better)?)\s+(?:\w+\s+){0,2}?(?:documentation|docs|runbooks?|playbooks?)\b(?!.*\b(?:for|on|when|of|that|which|with|how)\b)",
            _RUNBOOK,
            False,
        ),
        (r"^(?:better|more)\s+\w+", _PROOF, False),
        (
            r"^(?:(?:let'?s|we (?:should|will|need to|could)|need to|try to|should|to)\s+)?(?:improve|enhance|optimi[sz]e|strengthen|harden|increase|reduce|minimi[sz]e|streamline|tidy|clean ?up)\b",
            _NUMBER,
            False,
        ),
        (
            r"^(?:(?:let'?s|we (?:should|will|need to|could)|need to|try to|should|to)\s+)?(?:look(?:ing)? (?:in)?to|look at|investigat(?:e|ing)|consider(?:ing)?|explor(?:e|ing)|think about|evaluat(?:e|ing)|research|discuss|assess|revisit|understand|check (?:if|whether|out)|see (?:if|whether)|follow[- ]up (?:on|with))\b",
            _DECIDE,
            False,
        ),
        (
            r"^(?:(?:let'?s|we (?:should|will|need to|could)|need to|should|to)\s+)?(?:make sure|ensure|try to)\b",
            _PROOF,
            False,
        ),
    )
)
_MEASURED = re.compile(r"\d|`[^`]+`|\]\(|https?://")
# A second verb that names a result: `investigate the leak and write a test` can be done, `investigate the leak` cannot.
_OUTCOME = re.compile(
    r"\b(?:and|then|,)\s+(?:\w+\s+){0,2}?(?:write|document|decide|report|publish|file|propose|record|list|open|agree|fix|add|remove|switch|replace|implement|announce)\b",
    re.IGNORECASE,
)


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each open item that one cannot see to be done."""
    for item in document.postmortem.actions:
        if item.status is not None and item.status.done:
            continue
        words = text_of(item.action)[:600]
        measured = bool(_MEASURED.search(item.action[:600]) or _OUTCOME.search(words))
        for pattern, question, always in _VAGUE:
            if (always or not measured) and (found := pattern.search(words)):
                message = f"“{' '.join(found.group().split())}” does not say what will be there when it is done."
                yield Hit(item.line, message, f"Verb, thing, and an end that can be seen. {question}")
                break


RULE = Rule(
    id="action-vague",
    title="An action item says what will be there when it is done",
    why="“Improve monitoring” is never done, and never not done. A verb, a thing and an end that can be seen make an item that one person can finish and another one can check.",
    before="| 2 | Improve monitoring | jose.alvarez | 2026-03-31 | open |  |",
    after="| 2 | Alert when 80 % of the pool's connections are used for two minutes | jose.alvarez | 2026-03-31 | open |  |",
    check=check,
    **AT_MOST_WARNING,
)
