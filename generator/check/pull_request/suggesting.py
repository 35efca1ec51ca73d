"""Suggestions for changed lines: what `check --fix` would do, and kinder words; each is checked before it is made."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.check import engine
from generator.check.fixes import fixed
from generator.check.pull_request.model import Suggestion
from generator.check.pull_request.rewriting import quoted, rewritten
from generator.check.rule import Context
from generator.document.finding import Finding
from generator.document.parse import Document, parse
from generator.document.secrets import secrets_in, with_lines
from generator.markup.github_text import line

MOST = 20
_LONGEST = 2_000


def suggestions(document: Document, findings: Iterable[Finding], context: Context) -> list[Suggestion]:
    """At most twenty for one document, a line at most once; lines that `context` says are unchanged are left alone."""
    found: dict[int, Suggestion] = {}
    holding = {number for number, _ in with_lines(document.text, secrets_in(document.text))}
    for one in (*_mechanical(document, context), *_kinder(document, findings, context)):
        changed = context.changed is None or one.line in context.changed
        # A line with a secret is told by its rule; here it would be quoted, and masked it could not be applied.
        if changed and one.line not in holding and one.before != one.after and len(one.before) <= _LONGEST:
            found.setdefault(one.line, one)
    return [found[number] for number in sorted(found)][:MOST]


def _mechanical(document: Document, context: Context) -> Iterator[Suggestion]:
    text, changes = fixed(document, context.settings, context.base)
    before, after = _lines(document.text), _lines(text)
    if len(before) != len(after):
        return
    for change in changes:
        at = change.line - 1
        if 0 <= at < len(before):
            yield Suggestion(document.path, change.line, before[at], after[at], line(change.what))


def _kinder(document: Document, findings: Iterable[Finding], context: Context) -> Iterator[Suggestion]:
    lines = _lines(document.text)
    for finding in findings:
        at = finding.line - 1
        if not finding.rule.startswith("blameless-") or finding.path != document.path or at >= len(lines):
            continue

        def objects(wording: str, at: int = at, finding: Finding = finding) -> bool:
            return _objects(document, context, at, wording, finding)

        after = rewritten(lines[at], finding.rule, quoted(finding.message), objects)
        if after is not None:
            yield Suggestion(document.path, finding.line, lines[at], after, line(f"{finding.message} {finding.hint}"))


def _objects(document: Document, context: Context, at: int, wording: str, finding: Finding) -> bool:
    """Whether the rule still says the same, or another language rule speaks of the line that did not before."""
    lines = document.text.split("\n")
    lines[at] = f"{wording}\r" if lines[at].endswith("\r") else wording
    only = [rule.id for rule in engine.rules() if rule.language]
    context = replace(context, changed=frozenset({at + 1}))
    was = {(one.rule, one.message) for one in engine.run(document, context, only)}
    told = {(one.rule, one.message) for one in engine.run(parse("\n".join(lines), document.path), context, only)}
    return (finding.rule, finding.message) in told or not told <= was


def _lines(text: str) -> list[str]:
    return [one.rstrip("\r") for one in text.split("\n")]
