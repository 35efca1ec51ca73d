"""Findings as text for people, as annotations, as SARIF and as JSON; pure: values in, text out."""

from collections.abc import Iterable, Sequence

from generator.check.report.github import github
from generator.check.report.sarif import sarif
from generator.check.report.text import text
from generator.check.rule import Rule
from generator.document.finding import Finding, Level
from generator.output import as_json

__all__ = ["as_records", "github", "sarif", "summary", "text"]

_NAMES = {
    Level.ERROR: ("error", "errors"),
    Level.WARNING: ("warning", "warnings"),
    Level.ADVICE: ("piece of advice", "pieces of advice"),
}


def as_records(findings: Iterable[Finding]) -> str:
    """A JSON list of `{rule, severity, path, line, message, hint}`; the fields are a contract for scripts."""
    return as_json(
        [
            {
                "rule": finding.rule,
                "severity": str(finding.severity),
                "path": finding.path,
                "line": finding.line,
                "message": finding.message,
                "hint": finding.hint,
            }
            for finding in findings
        ]
    )


def rule_rows(rules: Sequence[Rule]) -> list[dict[str, object]]:
    """The rules as records for a table or JSON."""
    return [
        {
            "rule": rule.id,
            "draft": str(rule.draft),
            "in_review": str(rule.review),
            "published": str(rule.published),
            "fixable": rule.fixable,
            "title": rule.title,
        }
        for rule in rules
    ]


def summary(findings: Sequence[Finding], files: int) -> str:
    """One sentence about a run: how many files, how many findings of each kind."""
    checked = "1 postmortem" if files == 1 else f"{files:,} postmortems"
    if not findings:
        return f"{checked} checked: nothing to remark." if files else "There was nothing to check."
    counts = {level: sum(finding.severity is level for finding in findings) for level in Level}
    words = [f"{count:,} {_NAMES[level][count != 1]}" for level, count in counts.items() if count]
    places = len({finding.path for finding in findings})
    where = "" if files == 1 else f" in {places:,} of them"
    listed = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return f"{checked} checked: {listed}{where}."
