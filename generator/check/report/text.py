"""Findings for a person at a terminal."""

from collections.abc import Iterable
from itertools import groupby

from generator.document.finding import Finding, Level
from generator.output import cell

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.ADVICE: "36"}
_WIDTH = max(len(level) for level in Level)


def text(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """The findings grouped by file, each with its line, severity, message, rule, and the question that leads further."""
    parts = []
    for path, group in groupby(findings, key=lambda finding: finding.path):
        parts.append(_paint(cell(path), "1", colour=colour))
        for finding in group:
            level = _paint(f"{finding.severity:{_WIDTH}}", _COLOURS[finding.severity], colour=colour)
            rule = _paint(f"[{finding.rule}]", "2", colour=colour)
            parts.append(f"{finding.line:>6}  {level}  {cell(finding.message)}  {rule}")
            if finding.hint:
                parts.append(f"{'':{_WIDTH + 10}}{_paint(cell(finding.hint), '2', colour=colour)}")
        parts.append("")
    return "\n".join(parts)


def _paint(words: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words
