"""What a good reviewer would find, one module per rule; pure: values in, findings out."""

import importlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from generator import extensions
from generator.check import parse_rules, suppressions
from generator.check.rule import Context, Hit, Rule, Summary, SummaryIndex
from generator.check.summary import summary_of
from generator.check.suppressions import Silence
from generator.check.text import reading
from generator.document.finding import Finding, Level
from generator.document.parse import Document
from generator.document.secrets import Masker
from generator.errors import UsageError

# An adopted document is advised only: it was written by other rules. These are wrong in it all the same.
_ALWAYS = ("unreadable", "front-matter", "yaml-", "duplicate-", "secret", "audience-unclear")
_SERIOUS = [Level.ERROR, Level.WARNING, Level.ADVICE]

# Rule id → module. The order is that of the docs.
MODULES: dict[str, str] = {
    "schema-severity": "schema_severity",
    "time-utc": "time_utc",
    "time-order": "time_order",
    "time-future": "time_future",
    "file-name": "file_name",
    "audience": "audience",
    "audience-unclear": "audience_unclear",
    "people": "people",
    "duplicate-id": "duplicate_id",
    "duplicate-incident": "duplicate_incident",
    "duplicate-jira": "duplicate_jira",
    "sections-required": "sections_required",
    "sections-order": "sections_order",
    "section-empty": "section_empty",
    "summary-length": "summary_length",
    "summary-story": "summary_story",
    "summary-figures": "summary_figures",
    "abbreviation": "abbreviation",
    "impact-figures": "impact_figures",
    "timeline-table": "timeline_table",
    "timeline-time": "timeline_time",
    "timeline-order": "timeline_order",
    "timeline-first": "timeline_first",
    "key-times": "key_times",
    "timeline-key-events": "timeline_key_events",
    "timeline-agrees": "timeline_agrees",
    "timeline-source": "timeline_source",
    "contributing-factors": "contributing_factors",
    "lucky": "lucky",
    "actions-missing": "actions_missing",
    "actions-many": "actions_many",
    "action-number": "action_number",
    "action-number-twice": "action_number_twice",
    "action-number-reused": "action_number_reused",
    "action-owner": "action_owner",
    "action-due": "action_due",
    "action-status": "action_status",
    "action-vague": "action_vague",
    "action-late": "action_late",
    "blameless-human-error": "blameless_human_error",
    "blameless-counterfactual": "blameless_counterfactual",
    "blameless-person-fault": "blameless_person_fault",
    "blameless-blame": "blameless_blame",
    "blameless-character": "blameless_character",
    "blameless-remedy": "blameless_remedy",
    "blameless-hindsight": "blameless_hindsight",
    "checklist-open": "checklist_open",
    "todo": "todo",
    "link-target": "link_target",
    "link-anchor": "link_anchor",
    "link-reference": "link_reference",
    "image-alt": "image_alt",
    "secret": "secret",
    "secret-attachment": "secret_attachment",
    "policy-review": "policy_review",
    "policy-published": "policy_published",
    "policy-follow-up": "policy_follow_up",
}


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, imported once: those that reading the document finds already, ours, then those of other packages."""
    own = (importlib.import_module(f"generator.check.rules.{module}").RULE for module in MODULES.values())
    ours = (*parse_rules.RULES, *own, suppressions.REASON, suppressions.UNKNOWN, suppressions.UNUSED)
    return (*ours, *_added({rule.id for rule in ours}))


def _added(taken: Collection[str]) -> Iterator[Rule]:
    """The rules of other packages. Raises UsageError for one that is none or has the id of one of ours."""
    for name, rule in extensions.named(extensions.RULES).items():
        if not isinstance(rule, Rule) or rule.id in taken:
            fault = f"has the id `{rule.id}`, which is taken" if isinstance(rule, Rule) else "is no Rule"
            raise UsageError(f"The rule `{name}` of an installed package {fault}; update or uninstall the package.")
        yield rule


@cache
def by_id() -> Mapping[str, Rule]:
    """Every rule by its id."""
    return {rule.id: rule for rule in rules()}


@dataclass(frozen=True, slots=True)
class Examined:
    """What one document gave: its findings, what others need to know of it, and its silences with those in use."""

    summary: Summary
    findings: tuple[Finding, ...]
    silences: tuple[Silence, ...] = ()
    used: frozenset[Silence] = frozenset()


def run(document: Document, context: Context, only: Collection[str] = ()) -> tuple[Finding, ...]:
    """Every finding about one document, by line; `only` limits them to the rules with these ids."""
    examined = examine(document, context, only)
    return conclude([examined], context.others, only)[document.path]


def examine(document: Document, context: Context, only: Collection[str] = ()) -> Examined:
    """What the document alone shows; what it shares with others is judged by `conclude`."""
    found = suppressions.silences(document)
    quiet = suppressions.by_place(found)
    summary = summary_of(document)
    used: set[Silence] = set()
    masker = Masker(document.text)
    kept = []
    for rule, hit in _hits(document, context, only, quiet=bool(found)):
        quieting = quiet(rule, hit.line)
        used.update(quieting)
        if not quieting and not (rule.language and context.changed is not None and hit.line not in context.changed):
            kept.append(_finding(summary, rule, hit))
    last = reading(document).last_line if document.text else max([1, *(f.line for f in kept)])
    return Examined(summary, tuple(_safe(finding, last, masker) for finding in kept), found, frozenset(used))


def _safe(finding: Finding, last: int, masker: Masker) -> Finding:
    """The finding on a line that exists, and without any secret that its rule may have quoted."""
    line = min(max(finding.line, 1), last)
    message, hint = masker(finding.message), masker(finding.hint)
    if (line, message, hint) == (finding.line, finding.message, finding.hint):
        return finding
    return replace(finding, line=line, message=message, hint=hint)


def _hits(document: Document, context: Context, only: Collection[str], *, quiet: bool) -> Iterator[tuple[Rule, Hit]]:
    """What the rules say; where no line was touched, language rules need not look, unless a silence asks for them."""
    known = by_id()
    for finding in document.findings:
        if not only or finding.rule in only or finding.rule == "unreadable":
            yield known[finding.rule], Hit(finding.line, finding.message, finding.hint)
    if not document.text and document.findings:
        return  # nothing was read, so there is nothing to judge
    untouched = context.changed is not None and not context.changed and not quiet
    for rule in rules():
        if rule.check is not None and (not only or rule.id in only) and not (untouched and rule.language):
            for hit in rule.check(document, context):
                yield rule, hit


def _finding(summary: Summary, rule: Rule, hit: Hit) -> Finding:
    level = Level.ADVICE if summary.adopted and not rule.id.startswith(_ALWAYS) else rule.level(summary.status)
    if hit.level is not None:
        level = max(level, hit.level, key=_SERIOUS.index)
    return Finding(summary.path, hit.line, rule.id, level, hit.message, hit.hint)


def conclude(
    examined: Iterable[Examined], others: Iterable[Summary] = (), only: Collection[str] = ()
) -> dict[str, tuple[Finding, ...]]:
    """The findings of each document, by path, once all have been examined; `others` are known but not reported on."""
    documents = list(examined)
    index = SummaryIndex((*others, *(one.summary for one in documents)))
    across = [rule for rule in rules() if rule.across is not None and (not only or rule.id in only)]
    result = {}
    for one in documents:
        findings, used = list(one.findings), set(one.used)
        quiet = suppressions.by_place(one.silences)
        for rule in across:
            for hit in rule.across(one.summary, index) if rule.across else ():
                quieting = quiet(rule, hit.line)
                used.update(quieting)
                if not quieting:
                    findings.append(_finding(one.summary, rule, hit))
        if one.silences:
            judged = only or by_id()
            for rule, hit in suppressions.complaints(one.silences, used, by_id(), judged):
                if not only or rule.id in only:
                    findings.append(_finding(one.summary, rule, hit))
        result[one.summary.path] = tuple(sorted(dict.fromkeys(findings)))
    return result
