"""The pages about checks, one for each rule, from the rules' own declarations."""

from collections.abc import Mapping

from generator.check import engine
from generator.check.rule import Rule
from generator.document.model import Status

INTRODUCTION = """\
# Checks

`postmortem check` finds what a good reviewer would, and says it kindly and exactly.
What a rule means depends on the document: a draft is advised, one in review is warned, a published one is held to it.
An imported document (one with `x-source`) is advised only; remove that key to hold it to the rules.

```sh
postmortem check                       # the whole archive
postmortem check --base origin/main    # language is judged on changed lines only
postmortem check --format github       # annotations in a pull request; also json and sarif
postmortem check --fix                 # what is safe to mend is mended and listed
```

The command ends with 1 when there is an error, with `--strict` also for warnings.

## To silence a rule

Say why, on the line or on the line above it; in the first five lines of the body it holds for the whole file:

```markdown
<!-- check: ignore RULE: the reason -->
```

In front matter write `# check: ignore RULE: the reason` behind the value.
A silence without a reason is a finding itself, and so is one that is no longer needed.

Several rules may be named (`check: ignore action-owner, action-due: decided in the review`).

## Deadlines

The `policy` of `site_config/archive.yml` says which severities must have a postmortem, and by when:

```yaml
policy:
  default: {review: 5, published: 7, follow_up: 14}
  SEV1: {postmortem: true, actions: 90}
  SEV4: {postmortem: false, review: , published: }
  holidays: [2026-12-25, 2027-01-01]
  weekend: [saturday, sunday]
```

| Key | What it means | Default |
|---|---|---|
| `postmortem` | Whether every incident of this severity must have one; then a missed day is a warning, else advice | true for the two highest severities |
| `review` | Working days from the end of the incident to the review | 5 |
| `published` | Days from the end of the incident to publication | 7 |
| `follow_up` | Days from the review to the day on which somebody looks at the open action items | 14 |
| `actions` | Days from the end of the incident to the latest due date of an action item | 90 for the highest severity, else none |

A severity takes what it does not say from `default`, and that from the built-in values.
An empty value means that there is no limit.

## Before each commit

```yaml
# .pre-commit-config.yaml
repos:
  - repo: https://github.com/your-organisation/postmortem-archive
    rev: v0.1.0
    hooks:
      - id: postmortem-check
```

## All rules

| Rule | What it asks for | Draft | In review | Published |
|---|---|---|---|---|
"""


def pages() -> Mapping[str, str]:
    """The text of each page by its path below docs/."""
    rules = engine.rules()
    rows = "".join(f"| [{rule.id}](checks/{rule.id}.md) | {cell(rule.title)} | {levels(rule)} |\n" for rule in rules)
    return {"checks.md": INTRODUCTION + rows} | {f"checks/{rule.id}.md": page(rule) for rule in rules}


def levels(rule: Rule) -> str:
    """The rule's severity for each status, as table cells."""
    return " | ".join(str(rule.level(status)) for status in (Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED))


def cell(text: str) -> str:
    """A sentence as a table cell."""
    return text.replace("|", "\\|")


def page(rule: Rule) -> str:
    """What the rule asks for, why, and an example before and after."""
    parts = [f"# {rule.id}", f"{rule.title}.", rule.why]
    parts += ["## Before", fenced(rule.before), "## After", fenced(rule.after)] if rule.before or rule.after else []
    parts += ["## How serious it is", f"| Draft | In review | Published |\n|---|---|---|\n| {levels(rule)} |"]
    parts += ["`postmortem check --fix` mends it where that is safe."] if rule.fixable else []
    if rule.silenceable:
        parts += ["## To silence it", f"```markdown\n<!-- check: ignore {rule.id}: the reason -->\n```"]
    return "\n\n".join([*parts, "[All checks](../checks.md)"]) + "\n"


def fenced(example: str) -> str:
    """An example of Markdown in a fence longer than any inside it."""
    marks = "`" * max(3, 1 + max((len(run) for run in example.split() if set(run) == {"`"}), default=0))
    marks = "````" if "```" in example and len(marks) < 4 else marks
    return f"{marks}markdown\n{example.rstrip()}\n{marks}"
