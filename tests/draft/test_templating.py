"""Templates: the promised variables, exact errors, and a sandbox that holds."""

from dataclasses import replace

import pytest

from generator.draft.compose import compose
from generator.draft.incident import Incident
from generator.draft.merge import merge
from generator.draft.templating import checked_name, read_template
from generator.errors import PostmortemError, UsageError
from generator.settings.model import Settings
from tests.draft.rich import NOW, PAGER, SENTRY, SETTINGS, at
from tests.folders import REPOSITORY

TWELVE = (
    "incident.title",
    "incident.id",
    "incident.severity",
    "incident.duration",
    "incident.services",
    "incident.commander",
    "incident.timeline",
    "incident.alerts",
    "incident.errors",
    "incident.releases",
    "metrics.errorRate",
    "metrics.latency",
)
RICH = merge([PAGER, SENTRY], SETTINGS)
BARE = Incident(source="Tool", title="Title")


def filled(text, incident=RICH, settings=SETTINGS, **more):
    template = read_template(text, "templates/own.md.j2")
    return compose(incident, template, settings, id="INC-2026-0042", now=NOW, **more)


def body(text, incident=RICH, **more):
    return filled(text, incident, **more).text.split("\n---\n", 1)[1].strip("\n")


def test_the_twelve_variables_print_what_the_incident_says():
    said = {name: body(f"{{{{ {name} }}}}") for name in TWELVE}

    assert said["incident.title"] == "Checkout: error rate above 5 %"
    assert said["incident.id"] == "INC-2026-0042"
    assert said["incident.severity"] == "SEV1"
    assert said["incident.duration"] == "2 h 14 min"
    assert said["incident.services"] == "payment-service"
    assert said["incident.commander"] == "Jane Smith"
    assert said["incident.timeline"].startswith("| Time | Event | Source |\n|---|---|---|\n| 2026-03-15 13:30 |")
    assert "| [CheckoutErrorRate](https://alerts.example.com/77)" in said["incident.alerts"]
    assert "18,402 events" in said["incident.errors"]
    assert "payment-service@v2.3.1" in said["incident.releases"]
    assert said["metrics.errorRate"] == "12 % at 14:41"
    assert said["metrics.latency"].startswith("TODO: ")


@pytest.mark.parametrize("name", TWELVE)
def test_the_twelve_variables_work_for_an_incident_that_says_nothing(name):
    assert body(f"{{{{ {name} }}}}", BARE)


def test_rows_can_be_walked_through():
    text = (
        "{% for entry in incident.timeline %}\n- {{ entry.time }} {{ entry.event }} ({{ entry.source }})\n{% endfor %}"
    )

    assert "- 2026-03-15 14:37 Acknowledged (Jane Smith) (PagerDuty)" in body(text).splitlines()
    assert body("{% for s in incident.services %}[{{ s }}]{% endfor %}") == "[payment-service]"
    assert body("{% for a in incident.alerts %}{{ a.title }} {{ a.time }}{% endfor %}").endswith("2026-03-15 14:32")
    assert "TimeoutError" in body("{% for e in incident.errors %}{{ e.title }}{{ e.stack }}{% endfor %}")
    assert "caused by" in body("{% for r in incident.releases %}{{ r.relation }}{% endfor %}")
    assert body("{{ incident.timeline | length }}") == str(len(RICH.events))


def test_what_a_tool_wrote_in_braces_is_never_evaluated():
    sly = replace(BARE, title="{{ 7 * 7 }}", description="{% for x in y %}{{ incident.id }}")

    assert "{{ 7 * 7 }}" in body("{{ incident.title }}", sly)
    assert body("{{ incident.description }}", sly) == "{% for x in y %}{{ incident.id }}"
    assert filled("x", sly).title == "{{ 7 * 7 }}"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n{{ incident.titel }}", 3, "Did you mean `incident.title`?"),
        ("{{ incidnt.title }}", 1, "`incidnt` is not a variable"),
        ("a\n{{ metrics.errorrate }}", 2, "Did you mean `metrics.errorRate`?"),
        ("{{ metrics.nonsense }}", 1, "`nonsense` is not a variable"),
        ("a\n{% if %}", 2, "Expected an expression"),
        ("a\nb\n{{ incident.title", 3, ""),
        ("{% for e in incident.timeline %}\n{{ e.tme }}{% endfor %}", 2, "`tme`"),
        ("---\ntype: own\n---\n\n{{ nothing }}", 5, "`nothing`"),
        ("a\n{{ 1 / 0 }}", 2, "cannot be filled in: division by zero"),
        ("a\n{% include 'x' %}", 2, "cannot be filled in"),
        ("a\n{{ 'x' | unknown }}", 2, "unknown"),
        ("a\n{{ 'x' | random }}", 2, "random"),
        ("a\n{{ lipsum() }}", 2, "lipsum"),
    ],
)
def test_a_mistake_is_named_by_template_and_line(text, line, words):
    with pytest.raises(PostmortemError, match=rf"^templates/own\.md\.j2:{line}: ") as raised:
        filled(text)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ incident.__class__ }}",
        "{{ incident.timeline.__class__.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(10**9) | list }}",
        "{{ '{0.__class__}'.format(incident) }}",
        "{% set x = [] %}{{ x.append(1) }}",
    ],
)
def test_the_sandbox_holds(text):
    with pytest.raises(PostmortemError, match=r"^templates/own\.md\.j2:1: .*(not allowed|too much|not a variable)"):
        filled(text)


@pytest.mark.parametrize("name", ["../outage", "a/b", "a\\b", "..", ".hidden", "", "a.md", "ä"])
def test_a_name_that_could_be_a_path_is_refused(name):
    with pytest.raises(UsageError, match="cannot be the name of a template"):
        checked_name(name)


def test_a_template_s_front_matter_is_merged_into_the_draft_s():
    front = filled("---\ntype: security\naudience: restricted\ntags: [security]\nx-form: short\n---\nBody").text

    assert "type: security\n" in front
    assert "audience: restricted\n" in front
    assert "tags: [security, eu-west-1]\n" in front
    assert "x-form: short\n" in front
    assert front.endswith("\n---\n\nBody\n")


def test_without_front_matter_the_type_is_the_template_s_name_and_an_option_wins():
    assert "type: own\n" in filled("Body").text
    assert "type: drill\n" in filled("---\ntype: security\n---\nBody", type="drill").text


def test_a_private_incident_is_restricted_whatever_the_template_says():
    private = replace(RICH, private=True)

    assert "audience: restricted\n" in filled("---\naudience: public\n---\nBody", private).text
    assert "audience: public\n" in filled("---\naudience: public\n---\nBody").text
    assert "audience: internal\n" in filled("Body").text


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("audiance: public", "Did you mean `audience`?"),
        ("audience: secret", "cannot be 'secret'"),
        ("id: INC-1", "cannot set `id`"),
        ("tags: [a", "not valid YAML"),
    ],
)
def test_a_template_s_faulty_front_matter_is_named(front, words):
    with pytest.raises(PostmortemError, match=r"^templates/own\.md\.j2:\d+: ") as raised:
        filled(f"---\n{front}\n---\nBody")
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("pattern", "title"),
    [
        ("{{incident.title}}", "Checkout: error rate above 5 %"),
        ("{{Incident Type}} {{Quarter}}: {{incident.title}}", "outage 2026-Q1: Checkout: error rate above 5 %"),
        (
            "{{ incident type }} in {{ incident.services }} ({{ incident.id }})",
            "outage in payment-service (INC-2026-0042)",
        ),
        ("{{ incident.severity }} by {{ incident.commander }}", "SEV1 by jane.smith"),
    ],
)
def test_a_title_pattern_may_use_the_variables_and_two_spoken_ones(pattern, title):
    settings = replace(SETTINGS, title_pattern=pattern)

    assert filled("---\ntype: outage\n---\nBody", settings=settings).title == title


def test_a_quarter_may_begin_in_another_month():
    settings = replace(SETTINGS, title_pattern="{{Quarter}}", quarter_start=4)

    assert filled("Body", settings=settings).title == "2025-Q4"


def test_a_given_title_is_taken_as_it_is():
    settings = replace(SETTINGS, title_pattern="{{Quarter}} {{incident.title}}")

    assert filled("Body", settings=settings, title="Mine").title == "Mine"


def test_a_mistake_in_the_title_pattern_is_named():
    with pytest.raises(PostmortemError, match=r"^title_pattern:1: "):
        filled("Body", settings=replace(SETTINGS, title_pattern="{{ incident.tilte }}"))


def test_events_without_an_incident_are_not_drafted_alone():
    with pytest.raises(PostmortemError, match="name it with --title"):
        filled("Body", Incident(source="Slack", started=at(0)))
    assert "# Mine" in filled("# {{ incident.title }}", Incident(source="Slack"), title="Mine").text


@pytest.mark.parametrize("path", sorted((REPOSITORY / "templates").glob("*.md.j2")))
def test_built_in_templates_hold_no_logic_but_loops_and_ifs(path):
    words = {
        line.split("{%", 1)[1].split()[0] for line in path.read_text(encoding="utf-8").splitlines() if "{%" in line
    }

    assert words <= {"if", "endif", "for", "endfor", "else"}


def test_a_draft_needs_no_settings_at_all():
    assert filled("{{ incident.severity }}", BARE, Settings()).text.endswith("SEV4, SEV5?\n")
