"""Findings as annotations of a GitHub workflow."""

from collections.abc import Iterable

from generator.document.finding import Finding, Level

MOST = 10  # GitHub shows as many of each kind for one step and drops the others without a word
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}
_LEVELS = list(Level)


def github(findings: Iterable[Finding]) -> str:
    """Workflow commands, the most serious first, with a last line that says how many more there are."""
    ordered = sorted(findings, key=lambda finding: (_LEVELS.index(finding.severity), finding))
    lines, left = [], 0
    for level in Level:
        of_level = [finding for finding in ordered if finding.severity is level]
        lines += [_command(finding) for finding in of_level[:MOST]]
        left += max(0, len(of_level) - MOST)
    if left:
        lines.append(
            f"{left} more {'finding is' if left == 1 else 'findings are'} not shown here; run `postmortem check` to see all."
        )
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding) -> str:
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    where = f"file={_property(finding.path)},line={finding.line},title={_property(finding.rule)}"
    return f"::{_COMMANDS[finding.severity]} {where}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
