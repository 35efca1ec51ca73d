"""Findings in the format of code scanning, SARIF 2.1.0."""

import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from generator import __version__
from generator.check.rule import Rule
from generator.document.finding import Finding, Level

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note"}


def sarif(findings: Iterable[Finding], rules: Sequence[Rule]) -> str:
    """One run with every rule and every finding; paths are relative to the archive."""
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    driver = {"name": "postmortem", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    results = [_result(finding, numbers) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    before, after = (f"```markdown\n{example}\n```" for example in (rule.before, rule.after))
    silence = (
        f"\n\nSilence it on one line with a reason: `<!-- check: ignore {rule.id}: why -->`."
        if rule.silenceable
        else ""
    )
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": f"{rule.why}\n\nBefore:\n{rule.before}\n\nAfter:\n{rule.after}",
            "markdown": f"{rule.why}\n\nBefore:\n\n{before}\n\nAfter:\n\n{after}{silence}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.published]},
        "properties": {"tags": ["language"] if rule.language else ["postmortem"]},
    }


def _result(finding: Finding, numbers: dict[str, int]) -> dict[str, object]:
    message = f"{finding.message} {finding.hint}" if finding.hint else finding.message
    place = {"artifactLocation": {"uri": quote(finding.path)}, "region": {"startLine": finding.line}}
    return {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
    }
