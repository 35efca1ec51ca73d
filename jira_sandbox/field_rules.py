"""What a project's field configuration does to fields of an issue type: hides them, leaves them out, drops their values."""

from typing import Literal

from jira_sandbox.site import Site

Rule = Literal["hidden", "left-out", "dropped"]
# `hidden`: on no screen, refused, and no key in answers. `left-out`: taken, and no key in answers, as where an app or a
# permission of a field shows it to others only. `dropped`: taken with a 2xx, and never stored.
RULES: tuple[Rule, ...] = ("hidden", "left-out", "dropped")


def put_rule(site: Site, project: str, issuetype: str, field: str, rule: Rule, *, holds: bool) -> None:
    """Let a rule hold for a field of an issue type of a project, or no longer."""
    name = f"{project}/{issuetype}"
    kept = dict(site.store.get("field_rules", name) or {})
    fields = [one for one in kept.get(rule, []) if one != field]
    kept[rule] = [*fields, field] if holds else fields
    site.store.put("field_rules", name, kept)


def fields_with(site: Site, project: str, issuetype: str, *rules: Rule) -> set[str]:
    """The ids of the fields for which one of the rules holds."""
    kept = site.store.get("field_rules", f"{project}/{issuetype}") or {}
    return {field for rule in rules for field in kept.get(rule, [])}
