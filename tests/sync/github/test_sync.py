"""Action items as issues of a repository: what they hold, what comes back, and that nothing is done twice."""

import pytest

from generator.sync.github import body
from tests.clients.github import contract
from tests.clients.github.standin import HOME, OTHER, Hub, Repository
from tests.sync.archives import Archive
from tests.sync.forks import Forks
from tests.sync.github.archives import applied, change, in_step, issue_writes, marks, text, url


def test_items_become_issues_and_their_addresses_stand_in_the_file(hub: Hub, archive: Archive, forks: Forks) -> None:
    run = applied(forks, archive)
    assert run.actions() == [("create", 1), ("write", 1), ("create", 2), ("write", 2)]
    assert {row["target"] for row in run.rows} == {"github"}
    first = hub.issue(1)
    assert first["title"] == "Let migrations fail where an index is dropped"
    assert first["labels"] == ["action-item", "sev1", "postmortem-INC-2026-0042-1"]
    assert first["assignees"] == ["ben-fernway"]
    shown = body.visible(first["body"])
    assert "**Due:** 2026-04-01" in shown
    assert "**Priority:** Highest" in shown
    assert "https://postmortems.fernway.example/postmortems/INC-2026-0042/" in shown
    assert f"| open | {url(hub, 1)} |" in text(archive)
    assert f"| open | {url(hub, 2)} |" in text(archive)
    assert not [one for one in hub.repositories[HOME].labels if "claim" in one]
    in_step(forks, hub, archive)


def test_without_apply_nothing_is_written_anywhere(hub: Hub, archive: Archive, forks: Forks) -> None:
    before = text(archive)
    run = forks.sync(archive)
    assert (run.code, run.actions()) == (0, [("create", 1), ("create", 2)])
    assert {one.method for one in hub.exchanges} == {"GET"}
    assert text(archive) == before


@pytest.mark.contract
def test_every_exchange_is_as_github_describes_it(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.issue(1).update(state="closed", state_reason="completed")
    change(archive, ("Alert on the share", "Page on the share"), ("2026-04-01", "2026-04-03"))
    applied(forks, archive)
    described = [one for one in hub.exchanges if "/labels" not in one.path and "/assignees/" not in one.path]
    assert {one.method for one in described} == {"GET", "POST", "PATCH"}
    assert contract.violations([one for one in described if one.path != "/user"]) == []


def test_a_state_an_owner_and_a_title_that_people_change_come_back(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.issue(1).update(state="closed", state_reason="completed")
    hub.issue(2).update(state="closed", state_reason="not_planned", title="Page on failed payments")
    hub.issue(2)["assignees"] = ["BEN-fernway"]
    applied(forks, archive)
    assert "| ben.carter | 2026-04-01 | completed |" in text(archive)
    assert "| 2 | Page on failed payments | ben.carter | 2026-04-15 | won't do |" in text(archive)
    in_step(forks, hub, archive)


@pytest.mark.parametrize("reason", ["duplicate", "not_planned"])
def test_closed_undone_is_not_going_to_be_done(hub: Hub, archive: Archive, forks: Forks, reason: str) -> None:
    applied(forks, archive)
    hub.issue(1).update(state="closed", state_reason=reason)
    applied(forks, archive)
    assert "| 2026-04-01 | won't do |" in text(archive)


def test_an_open_issue_says_nothing_against_work_under_way(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    change(archive, ("2026-04-01 | open", "2026-04-01 | in progress"))
    in_step(forks, hub, archive)
    hub.issue(1).update(state="closed", state_reason="completed")
    applied(forks, archive)
    assert "| 2026-04-01 | completed |" in text(archive)
    hub.issue(1).update(state="open", state_reason="reopened")
    applied(forks, archive)
    assert "| 2026-04-01 | open |" in text(archive)


def test_a_status_in_the_file_alone_is_told(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    change(archive, ("2026-04-01 | open", "2026-04-01 | completed"))
    run = applied(forks, archive)
    assert run.codes() == {"status-in-file"}
    assert "GitHub's to say" in str(run.rows)
    assert hub.issue(1)["state"] == "open"


def test_what_is_done_in_the_file_before_there_is_an_issue_is_closed(hub: Hub, archive: Archive, forks: Forks) -> None:
    change(archive, ("2026-04-01 | open", "2026-04-01 | completed"), ("2026-04-15 | open", "2026-04-15 | won't do"))
    applied(forks, archive)
    assert [(hub.issue(n)["state"], hub.issue(n)["state_reason"]) for n in (1, 2)] == [
        ("closed", "completed"),
        ("closed", "not_planned"),
    ]
    in_step(forks, hub, archive)


def test_what_changes_in_the_file_is_pushed_in_one_request_each(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.exchanges.clear()
    change(
        archive,
        ("Alert on the share", "Page on the share"),
        ("2026-04-15", "2026-04-20"),
        ("jane.smith | 2026-04", "ben.carter | 2026-04"),
    )
    hub.issue(2)["labels"].append("help wanted")
    hub.issue(2)["assignees"].append("a-helper")
    applied(forks, archive)
    assert issue_writes(hub) == ["PATCH /issues/2"]
    assert hub.issue(2)["title"] == "Page on the share of failed payments"
    assert "2026-04-20" in hub.issue(2)["body"]
    assert hub.issue(2)["assignees"] == ["a-helper", "ben-fernway"]
    assert "help wanted" in hub.issue(2)["labels"]
    in_step(forks, hub, archive)


def test_both_changed_is_told_and_left_alone(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.issue(1)["title"] = "Somebody's title"
    change(archive, ("Let migrations fail", "Make migrations fail"))
    run = applied(forks, archive, code=1)
    assert "both-changed-summary" in run.codes()
    assert hub.issue(1)["title"] == "Somebody's title"
    assert "Make migrations fail" in text(archive)


def test_a_text_that_a_person_edited_stays_unless_forced(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.issue(1)["body"] = "- [x] looked at\r\n\r\n" + hub.issue(1)["body"].replace("\n", "\r\n")
    in_step(forks, hub, archive)
    change(archive, ("2026-04-01", "2026-04-03"))
    run = applied(forks, archive, code=1)
    assert run.codes() == {"edited-in-github"}
    assert "- [x] looked at" in hub.issue(1)["body"]
    assert "2026-04-03" not in hub.issue(1)["body"]
    applied(forks, archive, "--force")
    assert "looked at" not in hub.issue(1)["body"]
    assert "2026-04-03" in hub.issue(1)["body"]
    in_step(forks, hub, archive)


def test_recording_leaves_an_edited_text_as_it_is(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.issue(1)["body"] = "Written by a person.\r\n" + hub.issue(1)["body"]
    hub.issue(1).update(state="closed", state_reason="completed")
    applied(forks, archive)
    assert hub.issue(1)["body"].startswith("Written by a person.\r\n")
    in_step(forks, hub, archive)


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_what_is_gone_is_told_and_made_again_only_when_told_so(
    hub: Hub, archive: Archive, forks: Forks, how: str
) -> None:
    applied(forks, archive)
    getattr(hub, how).add((HOME, 1))
    run = applied(forks, archive, code=1)
    assert (run.actions(), run.codes()) == ([("missing", 1)], {"missing"})
    applied(forks, archive, "--recreate")
    assert url(hub, 3) in text(archive)
    in_step(forks, hub, archive)


def test_an_issue_that_was_moved_is_followed_to_another_repository_of_ours(
    hub: Hub, archive: Archive, forks: Forks
) -> None:
    applied(forks, archive)
    hub.repositories[OTHER].issues[7] = hub.repositories[HOME].issues.pop(1)
    hub.moved[HOME, 1] = (OTHER, 7)
    applied(forks, archive)
    assert url(hub, 7, OTHER) in text(archive)
    in_step(forks, hub, archive)


def test_an_issue_that_was_moved_elsewhere_is_missing(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    issues = {7: hub.repositories[HOME].issues.pop(1)}
    hub.repositories["fernway-example/elsewhere"] = Repository("fernway-example/elsewhere", issues=issues)
    hub.moved[HOME, 1] = ("fernway-example/elsewhere", 7)
    assert applied(forks, archive, code=1).codes() == {"missing"}


@pytest.mark.parametrize("form", ["#{n}", f"{HOME}#{{n}}", "{url}", "[the issue]({url})", "`#{n}`"])
def test_an_issue_that_a_person_made_is_adopted_and_followed(
    hub: Hub, archive: Archive, forks: Forks, form: str
) -> None:
    number = hub.add_issue("What a person wrote", "In their own words.")
    cell = form.format(n=number, url=url(hub, number))
    change(archive, ("| 2026-04-01 | open | |", f"| 2026-04-01 | open | {cell} |"))
    run = applied(forks, archive)
    assert ("adopt", 1) in run.actions()
    held = hub.issue(number)
    assert held["title"] == "What a person wrote"
    assert body.visible(held["body"]).strip() == "In their own words."
    assert "postmortem-INC-2026-0042-1" in held["labels"]
    assert f"| {cell} |" in text(archive)
    in_step(forks, hub, archive)
    change(archive, ("Let migrations fail", "Make migrations fail"), ("2026-04-01", "2026-04-09"))
    in_step(forks, hub, archive)
    held.update(state="closed", state_reason="completed")
    applied(forks, archive)
    assert "| 2026-04-09 | completed |" in text(archive)


@pytest.mark.parametrize(
    "cell",
    ["OPS-17", "a-stranger/project#1", "https://linear.example/fernway/issue/PAY-9", "https://github.com/a/b/issues/1"],
)
def test_tickets_of_other_trackers_and_repositories_are_left_alone(
    hub: Hub, archive: Archive, forks: Forks, cell: str
) -> None:
    change(archive, ("| 2026-04-01 | open | |", f"| 2026-04-01 | open | {cell} |"))
    assert {row["item"] for row in applied(forks, archive).rows} == {2}
    assert f"| {cell} |" in text(archive)


def test_a_pull_request_as_a_ticket_is_left_alone(hub: Hub, archive: Archive, forks: Forks) -> None:
    hub.add_issue("A change", pull=True)
    change(archive, ("| 2026-04-01 | open | |", "| 2026-04-01 | open | #1 |"))
    assert {row["item"] for row in applied(forks, archive).rows} == {2}
    assert hub.issue(1)["body"] == ""


def test_an_issue_of_another_item_is_not_taken(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    change(archive, (url(hub, 2), url(hub, 1)))
    assert applied(forks, archive, code=1).codes() == {"key-of-another"}


def test_two_issues_with_one_label_are_left_to_people(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.add_issue("A copy", hub.issue(1)["body"], labels=tuple(hub.issue(1)["labels"]))
    change(archive, (f" {url(hub, 1)} ", " "))
    run = applied(forks, archive, code=1)
    assert run.codes() == {"several-issues"}
    assert f"{HOME}#1, {HOME}#3" in str(run.rows)


def test_a_strangers_issue_with_our_comment_and_no_label_is_not_ours(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.add_issue("A stranger's", hub.issue(1)["body"])
    del hub.repositories[HOME].issues[1]
    change(archive, (f" {url(hub, 1)} ", " "))
    applied(forks, archive)
    assert url(hub, 4) in text(archive)
    assert marks(hub)["label", "postmortem-INC-2026-0042-1"] == 1


def test_who_has_no_login_or_no_access_is_told_and_no_write_is_tried_again(
    hub: Hub, archive: Archive, forks: Forks
) -> None:
    change(archive, ("ben.carter | 2026-04-01", "amy.lane | 2026-04-01"))
    hub.assignable = {"ben-fernway"}
    run = applied(forks, archive)
    assert run.codes() == {"assignee-unknown"}
    assert [hub.issue(n)["assignees"] for n in (1, 2)] == [[], []]
    hub.exchanges.clear()
    assert applied(forks, archive).rows == []
    assert issue_writes(hub) == []
    assert "| amy.lane | 2026-04-01 |" in text(archive)
    hub.assignable.add("jane-fernway")
    people = archive.root / "site_config" / "people.yml"
    people.write_text(people.read_text("utf-8").replace("name: Jane Smith", "name: Jane A. Smith"), encoding="utf-8")
    applied(forks, archive)
    assert hub.issue(2)["assignees"] == ["jane-fernway"]


def test_who_is_left_out_without_a_word_keeps_the_item_in_the_file(hub: Hub, archive: Archive, forks: Forks) -> None:
    hub.assignable, hub.dropped = {"ben-fernway"}, {"jane-fernway"}
    assert applied(forks, archive).codes() == {"assignee-unknown"}
    assert applied(forks, archive).rows == []
    assert "| jane.smith | 2026-04-15 |" in text(archive)


def test_a_new_owner_who_is_not_in_people_yml_is_told(hub: Hub, archive: Archive, forks: Forks) -> None:
    applied(forks, archive)
    hub.issue(1)["assignees"] = ["somebody-new"]
    run = applied(forks, archive)
    assert run.codes() == {"assignee-unknown"}
    assert "add `github:`" in str(run.rows)
    assert "| ben.carter | 2026-04-01 |" in text(archive)


def test_many_issues_cost_one_read(hub: Hub, archive: Archive, forks: Forks) -> None:
    rows = "".join(f"| {n} | Do thing number {n} | ben.carter | 2026-04-01 | open | |\n" for n in range(1, 31))
    archive.write(rows=rows)
    applied(forks, archive)
    before = len(hub.exchanges)
    in_step(forks, hub, archive)
    assert len(hub.exchanges) - before == 2
