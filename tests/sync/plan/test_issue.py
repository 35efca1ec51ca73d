"""A postmortem as an issue: every word of it in the part where it belongs, and none of a restricted one."""

import re
from dataclasses import replace
from datetime import date

import pytest

from generator.document.parse import parse
from generator.settings.jira import JiraFields, JiraSettings
from generator.settings.load import load
from generator.settings.model import Person, Settings
from generator.settings.policy import Policy
from generator.sync.jira.rules import JiraRules
from generator.sync.plan.facts import facts_of
from generator.sync.plan.issue import HEADINGS, wanted_issue
from generator.sync.plan.ticket import wanted_items
from tests.folders import REPOSITORY as HERE

EXAMPLES = sorted((HERE / "postmortems").rglob("*.md"))
URL = "https://postmortems.example.com/"
JIRA = "https://jira.example.com"
PAGE = f"{URL}postmortems/INC-2026-0007/"
SETTINGS = Settings(
    url=URL, people=(Person("mia.berg", "Mia Berg"),), jira=JiraSettings(url=JIRA, labels=("incident review",))
)
FRONT = {"id": "INC-2026-0007", "title": "Gates stay shut", "status": "draft", "severity": "SEV1"}


def wanted(document, settings=SETTINGS):
    return wanted_issue(facts_of(document, settings), settings)


def archive_settings():
    settings = load(HERE).settings
    return replace(settings, url=URL, jira=replace(settings.jira, url=JIRA))


def issue(body, settings=SETTINGS, more="", **front):
    lines = "\n".join(f"{key}: {value}" for key, value in {**FRONT, **front}.items())
    return wanted(parse(f"---\n{lines}\n{more}---\n\n{body}"), settings)


def parts(made):
    return {part.heading if part.name == "other" else part.name: part.markdown for part in made.parts}


@pytest.fixture(scope="module")
def example():
    path = next(path for path in EXAMPLES if path.name.startswith("INC-2026-0012"))
    return wanted(parse(path.read_text(encoding="utf-8"), path.name), archive_settings())


def test_an_example_becomes_an_issue(example):
    assert example.id == "INC-2026-0012"
    assert example.summary == "#INC-2026-0012 (SEV1) Checkout errors after the payments migration"
    assert example.labels[:4] == ("postmortem", "sev1", "sev1-20260317", "postmortem-INC-2026-0012")
    assert example.due == date(2026, 3, 24)
    assert (example.category, example.status, example.severity) == ("change", "published", "SEV1")
    assert (example.commander, example.incident, example.restricted) == ("jane.smith", "OPS-1187", False)
    assert [part.name for part in example.parts] == [*HEADINGS, "other", "other"]
    assert [part.heading for part in example.parts[5:]] == ["Lessons learned", "Supporting information"]


def test_the_incident_summary_begins_with_the_facts(example):
    text = parts(example)["incident_summary"]

    assert "- **Channel:** [fernway.slack.example/archives/C06INC0012](https://fernway.slack.example/" in text
    assert "- **Severity:** SEV1\n- **Priority:** Highest\n- **Status:** published\n" in text
    assert "- **Started:** 2026-03-17 14:32 UTC\n- **Detected:** 2026-03-17 14:35 UTC\n" in text
    assert "- **Commander:** Jane Smith\n- **Incident:** [OPS-1187](https://jira.example.com/browse/OPS-1187)\n" in text
    assert (
        f"- **Postmortem:** [INC-2026-0012]({URL}postmortems/INC-2026-0012/)\n\n### Summary\n\nOn Tuesday afternoon"
        in text
    )


def test_the_other_parts_hold_their_sections_and_facts(example):
    text = parts(example)

    assert text["timeline"].startswith("All times are UTC.\n\n| Time | Event | Source |")
    assert text["root_causes"].startswith("### Root cause\n\nWhile a customer")
    assert "\n\n### Contributing factors\n\n1. **The schema" in text["root_causes"]
    assert text["impact"].startswith(
        "- **Affected systems:** payment-service, checkout-api\n- **Opened:** 2026-03-17 14:32 UTC"
    )
    assert "- **Total duration:** 2 h 14 min\n\n### Description\n\n| What | Figure |" in text["impact"]
    assert (
        "| completed | [OPS-1191](https://jira.example.com/browse/OPS-1191) | prevent |" in text["mitigation_actions"]
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem[:13])
def test_no_line_of_an_example_is_lost_and_none_of_a_restricted_one_is_told(path):
    document = parse(path.read_text(encoding="utf-8"), path.name)
    settings = archive_settings()
    made = wanted(document, settings)
    facts = facts_of(document, settings)
    items = wanted_items(facts, JiraRules(settings), settings)
    told = "\n".join(part.markdown for part in made.parts)
    body = re.sub(r"<!--.*?-->", "", document.text[document.front.body :], flags=re.DOTALL)
    lines = [line.strip() for line in body.split("\n") if not line.startswith(("#", "| "))]
    lines = [line for line in lines if len(line) > 12]

    assert lines
    if made.restricted:
        sent = told + repr([(item.summary, item.markdown, item.labels) for item in items]) + made.summary
        assert not [line for line in lines if line in sent]
        assert document.postmortem.title not in sent
        assert made.category == made.incident == ""
    else:
        assert [line for line in lines if line not in told] == []
    assert len(facts.items) == sum("TODO:" not in item.action for item in document.postmortem.actions)


def test_labels_take_the_severity_the_day_and_the_settings():
    made = issue("", detected="2026-03-15T23:35:00Z", severity="p1")

    assert made.labels == ("postmortem", "sev1", "sev1-20260315", "postmortem-INC-2026-0007", "incident-review")
    assert issue("", severity='""').labels == ("postmortem", "postmortem-INC-2026-0007", "incident-review")


def test_a_long_title_is_cut_and_a_missing_severity_leaves_no_brackets():
    assert len(issue("", title="Gates " * 100).summary) <= 255
    assert issue("", severity='""').summary == "#INC-2026-0007 Gates stay shut"


def test_it_is_due_when_the_policy_says_so():
    resolved = {"resolved": "2026-03-30T23:59:00Z"}

    assert issue("", **resolved).due == date(2026, 4, 6)
    assert issue("").due is None
    assert issue("", replace(SETTINGS, policy=Policy({"published": None})), **resolved).due is None
    assert issue("", replace(SETTINGS, policy=Policy({}, {"SEV1": {"published": 2}})), **resolved).due == date(
        2026, 4, 1
    )


def test_an_empty_section_gives_no_part_and_a_part_may_be_of_facts_alone():
    made = parts(
        issue("## Impact\n\n<!-- say more -->\n\n## Timeline\n\n## Lessons learned\n\n### Luck\n", services="[gates]")
    )

    assert set(made) == {"incident_summary", "impact"}
    assert made["impact"] == "- **Affected systems:** gates"


def test_headings_within_a_part_are_below_its_own():
    body = "# Impact\n\nAll.\n\n## Ferries\n\nThree.\n\n### North\n\nOne.\n\n# Notes\n\nA\n\nB\n-\n\nC\n\n```\n# no heading\n```\n"
    made = parts(issue(body))

    assert made["impact"] == "All.\n\n### Ferries\n\nThree.\n\n#### North\n\nOne."
    assert made["Notes"] == "A\n\n### B\n\nC\n\n```\n# no heading\n```"


def test_known_sections_inside_others_go_to_their_own_part():
    body = "# Gates stay shut\n\nIntro.\n\n## Analysis\n\nWe looked.\n\n### Root cause\n\nRust.\n\n### Aside\n\nHm.\n\n## Timeline\n\n### Resolution\n\nOiled.\n"
    made = parts(issue(body))

    assert made["incident_summary"].endswith("### Description\n\nIntro.")
    assert made["root_causes"] == "Rust."
    assert made["Analysis"] == "We looked.\n\n### Aside\n\nHm."
    assert made["timeline"] == "### Resolution\n\nOiled."


def test_todo_marks_stay_as_they_are():
    assert parts(issue("## Root cause\n\nTODO: why?\n"))["root_causes"] == "TODO: why?"


def test_link_definitions_go_along_with_the_parts_that_use_them():
    body = "## Impact\n\nSee [the graph][g].\n\n## Timeline\n\nNone.\n\n## Lessons learned\n\nOil.\n\n[g]: https://example.com/g\n"
    made = parts(issue(body))

    assert made["impact"] == "See [the graph][g].\n\n[g]: https://example.com/g"
    assert made["timeline"] == "None."


def test_follow_up_tickets_and_action_items_from_elsewhere_are_beside_the_resolution():
    links = "links:\n  - {type: ticket, targetId: OPS-9, title: Paint}\n  - {type: page, targetId: 'https://example.com/a', relationship: follow_up}\n"
    table = "| # | Action | Owner | Status | Ticket |\n|---|---|---|---|---|\n| 1 | Oil \\| paint | mia.berg | done | OPS-3 |\n"
    made = parts(issue(f"## Resolution\n\nOiled.\n\n## What remains\n\n{table}", more=links))["mitigation_actions"]

    assert made.startswith(
        "- **Follow-up:** [OPS-9](https://jira.example.com/browse/OPS-9) (Paint), [example.com/a](https://example.com/a)\n\n### Resolution\n\nOiled.\n\n### Action items\n\n"
    )
    assert made.endswith(
        "| 1 | Oil \\| paint | mia.berg |  | completed | [OPS-3](https://jira.example.com/browse/OPS-3) |"
    )


def test_values_of_the_front_matter_are_shown_and_never_markup():
    made = parts(issue("", commander="'**x** [a](https://example.com/)'", incident="'<b>call</b>'"))["incident_summary"]

    assert "- **Commander:** \\*\\*x\\*\\* [a\\](<https://example.com/>)" in made
    assert "- **Incident:** &lt;b>call&lt;/b>" in made


@pytest.mark.parametrize(
    ("audience", "closed"),
    [
        ("audience: restricted", True),
        ("audience: Restricted", True),
        ("audience: restrikted", True),
        ("audience: [restricted]", True),
        ("audience: internal\naudience: restricted", True),
        ("Audience: restricted", True),
        ("audiance: restricted", True),
        ("audience: internal", False),
        ("audience: public", False),
        ("audience:", True),
        ("tags: [a]", False),
    ],
)
def test_in_doubt_a_document_is_restricted(audience, closed):
    made = issue("## Summary\n\nSecret.\n", more=f"{audience}\n", category="access", incident="SEC-1")

    assert made.restricted is closed
    assert ("Secret." in repr(made)) is not closed
    assert (made.category, made.incident) == (("", "") if closed else ("access", "SEC-1"))


def test_an_archive_whose_audience_is_restricted_tells_nothing_of_unlabelled_documents():
    closed = replace(SETTINGS, audience="restricted")

    assert issue("", closed).restricted
    assert not issue("", closed, audience="internal").restricted


def test_a_restricted_document_overwrites_every_field_that_may_hold_its_text():
    jira = JiraSettings(fields=JiraFields(timeline="customfield_1", impact="Impact", incident_category="Category"))
    made = issue("## Summary\n\nSecret.\n\n## Impact\n\nSecret.\n", replace(SETTINGS, jira=jira), audience="restricted")

    assert made.summary == "#INC-2026-0007 (SEV1) Restricted postmortem"
    assert [part.name for part in made.parts] == ["timeline", "impact", "other"]
    assert {part.markdown for part in made.parts} == {
        f"This postmortem is restricted. Those who may read it find it here: [INC-2026-0007]({PAGE})."
    }


def test_line_ends_of_another_system_make_no_other_text():
    body = "---\nid: A-1\n---\n\n## Impact\n\nOne.\n\nTwo.\n"
    same = [wanted(parse(text)).parts for text in (body, body.replace("\n", "\r\n"))]

    assert same[0] == same[1]
