"""What a postmortem's issue and its items' tickets hold."""

import json

import pytest

from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.synced import HEAD, SUMMARY, SyncedArchive, cell, put, row

PAGE = f"https://postmortems.fernway.example/postmortems/{HEAD}/"
CANARY = "xylophone-canary"


def text(**more: str) -> str:
    """A postmortem with more lines in its front matter."""
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    lines = "".join(f"{name}: {value}\n" for name, value in more.items())
    return known.replace("audience: internal\n", f"audience: internal\n{lines}")


def test_the_issue_has_summary_labels_due_date_and_commander(synced: SyncedArchive) -> None:
    synced.settled()
    fields = synced.head()["fields"]
    assert fields["summary"] == SUMMARY
    assert {"postmortem", "sev1", "sev1-20260315", f"postmortem-{HEAD}"} <= set(fields["labels"])
    assert fields["duedate"] == "2026-03-22"  # seven days after it was resolved
    assert fields["assignee"] == "jane.smith"
    kind = synced.jira.site.of("issuetype", synced.head()["issuetype"])
    assert kind["name"] == "Post-mortem"


def test_each_part_is_in_its_field_and_the_rest_in_the_description(synced: SyncedArchive) -> None:
    synced.settled(text=text(category="Capacity"))
    head = synced.head()
    held = {part: synced.words(head, name) for part, (name, _, kind) in PARTS.items() if kind == "textarea"}
    assert "three in five customers" in held["incident_summary"]
    assert "The migration begins" in held["timeline"]
    assert "A query lost its index." in held["root_causes"]
    assert "1,204 orders" in held["impact"]
    assert "The index was put back." in held["mitigation_actions"]
    assert "OPS-1" in held["mitigation_actions"]  # the keys that this very run has made
    assert "It was a Sunday." in synced.words(head)
    assert "three in five" not in synced.words(head)
    assert "Capacity" in json.dumps(synced.jira.site.of("field", PARTS["incident_category"][0]))
    assert head["fields"][PARTS["incident_category"][0]]


def test_without_fields_all_parts_are_in_the_description(synced: SyncedArchive) -> None:
    synced.without_fields()
    synced.settled()
    head = synced.head()
    words = synced.words(head)
    for expected in ("three in five", "The migration begins", "A query lost", "1,204", "put back", "a Sunday"):
        assert expected in words
    assert not any(head["fields"].get(name) for name, _, _ in PARTS.values())


def test_what_is_still_to_be_done_can_be_seen(synced: SyncedArchive) -> None:
    synced.settled(text=text().replace("A query lost its index.", "TODO: ask the database team."))
    held = json.dumps(synced.head()["fields"][PARTS["root_causes"][0]])
    assert "TODO:" in held
    assert ("textColor" in held or "panel" in held) if synced.cloud else "{color" in held


def test_the_issue_is_linked_to_the_incident_and_to_its_page(synced: SyncedArchive) -> None:
    synced.jira.add_issue("OPS", summary="Checkout is down", key="OPS-1234", type="Incident")
    synced.settled(text=text(incident="OPS-1234"))
    (link,) = [one for one in synced.jira.links("OPS-1234") if synced.head()["id"] in one.values()]
    assert synced.jira.named("link_type", str(link["type"]))["name"] == "Relates"
    (remote,) = synced.jira.remote_links(synced.head()["key"])
    assert remote["globalId"] == f"postmortem:{HEAD}"
    assert remote["object"]["url"] == PAGE
    assert remote["object"]["title"] == SUMMARY


@pytest.mark.parametrize(("status", "name"), [("draft", "To Do"), ("in-review", "In Progress"), ("published", "Done")])
def test_the_status_of_the_issue_follows_the_documents(synced: SyncedArchive, status: str, name: str) -> None:
    synced.settled(status=status)
    assert synced.state(synced.head()) == name


def test_a_document_that_moves_on_takes_its_issue_along(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "status: draft", "status: in-review")
    synced.calm()
    assert synced.state(synced.head()) == "In Progress"
    put(path, "status: in-review", "status: published")
    synced.calm()
    assert synced.state(synced.head()) == "Done"
    assert synced.sync().rows == []


def test_a_ticket_has_owner_due_date_priority_text_and_link(synced: SyncedArchive) -> None:
    synced.settled()
    ticket = synced.item(1)
    fields = ticket["fields"]
    assert fields["summary"] == "Let migrations fail where an index is dropped"
    assert (fields["assignee"], fields["duedate"]) == ("ben.carter", "2026-04-01")
    assert synced.jira.named("priority", fields["priority"])["name"] == "Highest"
    assert f"Action item 1 of {HEAD}" in synced.words(ticket)
    assert PAGE in json.dumps(fields["description"])
    assert {"action-item", "sev1", f"postmortem-{HEAD}-1"} <= set(fields["labels"])
    (link,) = synced.jira.links(ticket["key"])
    assert synced.head()["id"] in link.values()
    assert ticket["properties"]["postmortem"]


def test_a_service_has_its_own_project_and_type(synced: SyncedArchive) -> None:
    synced.jira.add_project(
        "SHOP", screens={"Story": ["summary", "description", "labels", "assignee", "duedate", "priority"]}
    )
    services = "services:\n  - {name: checkout-api, jira_project: SHOP, jira_issue_type: Story}\n"
    settings = synced.archive.root / "site_config" / "archive.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + services, encoding="utf-8")
    path = synced.settled()
    assert [one["key"] for one in synced.jira.issues("SHOP")] == ["SHOP-1", "SHOP-2"]
    assert cell(path, 1, "Ticket") == "SHOP-1"
    assert synced.jira.issues("OPS") == []


def test_an_items_status_is_told_once_when_its_ticket_is_made(synced: SyncedArchive) -> None:
    synced.settled(rows=row(1, status="in progress") + row(2, status="completed") + row(3, status="won't do"))
    assert [synced.state(synced.item(number)) for number in (1, 2, 3)] == ["In Progress", "Done", "Done"]


def test_keys_are_written_by_span_and_every_other_byte_stays(synced: SyncedArchive) -> None:
    rows = "|1|Size the pool  |ben.carter|2026-04-01|open||\n|  2 | Say *why* \\| how  | jane.smith |  |  open  |        |\n"
    known = DOCUMENT.format(id=HEAD, rows=rows + "\n", status='draft   # not yet "done"')
    raw = "\ufeff" + known.replace("\n", "\r\n").replace("It was a Sunday.", "It was a\tSunday.  ")
    path = synced.write(text="x")
    path.write_bytes(raw.encode())
    synced.calm()
    after = path.read_bytes().decode()
    expected = (
        raw.replace("audience: internal\r\n", "audience: internal\r\njira: INCIDENT-1\r\n")
        .replace(
            "|1|Size the pool  |ben.carter|2026-04-01|open||", "|1|Size the pool  |ben.carter|2026-04-01|open| OPS-1 |"
        )
        .replace("|  open  |        |", "|  open  | OPS-2  |")
    )
    assert after == expected


def test_a_changed_text_is_pushed_where_it_belongs_and_nowhere_else(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "A query lost its index.", "A migration dropped the index.")
    run = synced.calm()
    assert [one["name"] for one in run.rows[0]["changes"]] == ["root causes"]  # type: ignore[attr-defined]
    assert len(synced.writes_to_issues()) == 1
    assert "dropped the index" in synced.words(synced.head(), PARTS["root_causes"][0])


def test_a_section_that_is_gone_leaves_the_issue(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "## Root cause\n\nA query lost its index.\n\n", "")
    synced.calm()
    assert synced.words(synced.head(), PARTS["root_causes"][0]) == ""
    assert synced.sync().rows == []


def test_a_changed_severity_changes_labels_and_keeps_those_of_others(synced: SyncedArchive) -> None:
    path = synced.settled()
    key = synced.head()["key"]
    synced.jira.set_fields(key, {"labels": [*synced.head()["fields"]["labels"], "of-the-team"]})
    put(path, "severity: SEV1", "severity: SEV2")
    synced.calm()
    labels = set(synced.head()["fields"]["labels"])
    assert {"postmortem", "sev2", "sev2-20260315", "of-the-team"} <= labels
    assert not {"sev1", "sev1-20260315"} & labels
    assert "(SEV2)" in synced.head()["fields"]["summary"]
    assert set(synced.item(1)["fields"]["labels"]) == {"action-item", "sev2", f"postmortem-{HEAD}-1"}
    assert synced.sync().rows == []


def test_a_ticket_of_another_tracker_is_left_alone(synced: SyncedArchive) -> None:
    address = "https://github.com/fernway/checkout/issues/7"
    path = synced.settled(rows=row(1, ticket=address) + row(2))
    assert cell(path, 1, "Ticket") == address
    assert [one["key"] for one in synced.jira.issues("OPS")] == ["OPS-1"]
    assert cell(path, 2, "Ticket") == "OPS-1"


def test_a_ticket_that_a_person_made_is_followed_and_its_words_are_left_alone(synced: SyncedArchive) -> None:
    synced.jira.add_issue(
        "OPS", key="OPS-7", type="Task", summary="Guard our indexes", description="In my words.", labels=["mine"]
    )
    path = synced.write(rows=row(1, ticket="OPS-7", owner="ben.carter"))
    run = synced.calm()
    assert ("adopt", 1) in run.actions()
    held = synced.jira.issue("OPS-7")["fields"]
    assert held["summary"] == "Guard our indexes"
    assert synced.words(synced.jira.issue("OPS-7")) == "In my words."
    assert "mine" in held["labels"]
    assert synced.jira.issues("OPS")[0]["key"] == "OPS-7"
    assert len(synced.jira.issues("OPS")) == 1
    put(path, "Do the thing number 1", "Another way of saying it")
    synced.calm()
    assert synced.jira.issue("OPS-7")["fields"]["summary"] == "Guard our indexes"
    synced.jira.set_status("OPS-7", "Done")
    synced.calm()
    assert cell(path, 1, "Status") == "completed"


def test_a_restricted_postmortem_tells_nothing_of_its_content(synced: SyncedArchive) -> None:
    synced.jira.add_issue("OPS", summary="Something", key="OPS-1234", type="Incident")
    known = text(incident="OPS-1234", category="Security").replace("audience: internal", "audience: restricted")
    for words in ("Checkout errors after a migration", "three in five", "1,204 orders", "The migration begins",
                  "A query lost", "The index was put back", "Let migrations fail", "Alert on", "a Sunday", "checkout-api"):  # fmt: skip
        assert words in known
        known = known.replace(words, CANARY)
    synced.settled(text=known)
    held = synced.everything()
    assert CANARY not in held
    assert synced.head()["fields"]["summary"] == f"#{HEAD} (SEV1) Restricted postmortem"
    assert synced.item(1)["fields"]["summary"] == "Action item 1 of a restricted postmortem"
    assert synced.jira.links("OPS-1234") == []


def test_a_postmortem_that_becomes_restricted_takes_its_words_back(synced: SyncedArchive) -> None:
    path = synced.settled(text=text().replace("three in five", CANARY).replace("Let migrations fail", CANARY))
    put(path, "audience: internal", "audience: restricted")
    synced.calm()
    held = json.dumps([one["fields"] for one in synced.jira.issues()])
    assert CANARY not in held
    assert CANARY not in json.dumps([synced.jira.remote_links(one["key"]) for one in synced.jira.issues()])
    assert synced.sync().rows == []
