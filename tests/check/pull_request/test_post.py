"""A pull request has one comment of ours, kept up to date, and each suggestion once."""

from pathlib import Path

import pytest

from generator.check.pull_request.comment import MARKER
from generator.check.pull_request.line_comments import note
from generator.check.pull_request.model import ChangedPostmortem, Review, Suggestion
from generator.check.pull_request.post import post
from generator.errors import OutcomeUnknownError, RefusedError
from tests.clients.github.clones import PATH
from tests.clients.github.standin import BOT, Hub

HEAD = "a" * 40
ONE = Suggestion(PATH, 34, "It was human error.", "TODO: why?", "“human error” is no cause.")
FOUND = Review((ChangedPostmortem(PATH, "INC-2026-0042", "Checkout errors", "draft"),), (), (ONE,))


@pytest.fixture
def number(hub: Hub) -> int:
    return hub.add_pull("topic", author="jane")


def say(client, number: int, found: Review = FOUND, *, preview: str = "", apply: bool = True) -> list[str]:
    return post(client, number, HEAD, found, preview=preview, apply=apply).lines


def test_one_comment_and_one_suggestion_however_often_it_runs(hub: Hub, client, number):
    first = say(client, number)
    writes = len(hub.writes)
    again = say(client, number)

    assert [line[0] for line in first] == ["+", "+"]
    assert [line[0] for line in again] == ["="]
    assert len(hub.writes) == writes
    assert [(one["path"], one["line"], one["side"]) for one in hub.archive.notes] == [(PATH, 34, "RIGHT")]
    assert hub.archive.notes[0]["body"].endswith("```suggestion\nTODO: why?\n```\n")
    assert "1 suggestion stands at the changed lines" in hub.archive.comments[0]["body"]
    sent = next(one.sent for one in hub.writes if one.path.endswith("/reviews"))
    assert (sent["commit_id"], sent["event"]) == (HEAD, "COMMENT")


def test_the_comment_is_edited_where_there_is_something_new(hub: Hub, client, number):
    say(client, number)
    say(client, number, Review((ChangedPostmortem(PATH, "INC-2026-0042", "Another title", "draft"),)))

    assert len(hub.archive.comments) == 1
    assert "Another title" in hub.archive.comments[0]["body"]


def test_what_github_does_to_line_ends_is_no_change(hub: Hub, client, number):
    say(client, number)
    hub.archive.comments[0]["body"] = hub.archive.comments[0]["body"].replace("\n", "\r\n").strip()

    assert say(client, number)[-1].startswith("= ")


def test_without_apply_nothing_is_written(hub: Hub, client, number):
    assert [line[0] for line in say(client, number, apply=False)] == ["+", "+"]
    assert hub.writes == []


def test_a_comment_of_somebody_else_with_our_mark_is_never_touched(hub: Hub, client, number):
    theirs = hub.add_comment(number, f"{MARKER}\nmine", "mallory")
    hub.archive.notes.append({"number": number, "body": note(ONE), "author": "mallory", "path": PATH})

    say(client, number)

    assert theirs["body"] == f"{MARKER}\nmine"
    assert len(hub.archive.comments) == 2
    assert [one["author"] for one in hub.archive.notes] == ["mallory", BOT]


def test_a_person_with_a_token_has_comments_of_their_own(hub: Hub, client, number):
    hub.login = "jane"
    hub.add_comment(number, f"{MARKER}\nof the bot", BOT)

    say(client, number)
    say(client, number)

    assert [one["author"] for one in hub.archive.comments] == [BOT, "jane"]


def test_a_line_that_left_the_change_is_shown_in_the_comment(hub: Hub, client, number):
    hub.lines = set()

    told = say(client, number)

    assert told[1].startswith("! GitHub does not take the suggestions at their lines")
    assert hub.archive.notes == []
    assert "- before: `It was human error.`" in hub.archive.comments[0]["body"]


def test_a_refusal_for_another_reason_is_an_error(hub: Hub, client, number):
    hub.fault("POST .*/reviews", 403, "Resource not accessible by integration")

    with pytest.raises(RefusedError):
        say(client, number)


def test_a_comment_whose_answer_got_lost_is_found_by_the_next_run(hub: Hub, client, number):
    hub.fault("POST .*/comments", 502, when="after")

    with pytest.raises(OutcomeUnknownError):
        say(client, number)
    say(client, number)

    assert len(hub.archive.comments) == 1


def test_a_change_without_postmortems_gets_no_comment_but_an_old_one_is_corrected(hub: Hub, client, number):
    assert say(client, number, Review()) == ["= no postmortem is changed, so there is nothing to say"]
    say(client, number)
    say(client, number, Review())

    assert "changes no postmortem" in hub.archive.comments[0]["body"]


def test_the_preview_is_linked_only_where_it_is_ours(hub: Hub, client, number):
    ours = f"{hub.home}/actions/runs/12/artifacts/34"

    assert say(client, number, preview=f"{ours}) [x](https://evil.example.com")[1].startswith("! ")
    assert "evil" not in hub.archive.comments[0]["body"]
    say(client, number, preview=ours)
    assert f"[Preview of the site]({ours})" in hub.archive.comments[0]["body"]


def test_the_whole_way_from_the_clone_to_the_pull_request(clone, hub: Hub, number, tmp_path: Path):
    base = clone.git("rev-parse", "HEAD")
    clone.git("checkout", "-q", "-b", "topic")
    text = (clone.root / PATH).read_text(encoding="utf-8")
    clone.write(PATH, text.replace("The pool was", "Due to human error, the pool was"))
    head = clone.commit()
    file = tmp_path / "review.json"

    said = clone.run("github", "comment", "--base", base, "--out", str(file), **hub.environment)
    post = ("github", "post-comment", str(file), "--pull", str(number), "--head", head)
    plan = clone.run(*post, **hub.environment)
    done = clone.run(*post, "--apply", **hub.environment)

    assert said.stdout.startswith(MARKER)
    assert plan.stderr == "Nothing was written. Do it with --apply.\n"
    assert done.returncode == 0, done.stderr
    assert "TODO: what in the system made this possible?" in hub.archive.notes[0]["body"]
    assert hub.archive.notes[0]["path"] == PATH


def test_a_file_that_is_no_review_is_refused(clone, hub: Hub, number, tmp_path: Path):
    file = tmp_path / "review.json"
    file.write_text('{"body": "@everybody"}', encoding="utf-8")

    ran = clone.run("github", "post-comment", str(file), "--pull", "1", "--head", HEAD, "--apply", **hub.environment)

    assert ran.returncode == 1
    assert "The file is not a review" in ran.stderr
    assert hub.writes == []
