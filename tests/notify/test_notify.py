"""`postmortem notify` says what is due, once, and never fails for Slack's sake."""

import json
import subprocess
import sys

import pytest

from tests.clients.slack.standin import BOT, CHANNEL, TOKEN

OVERDUE = (
    "| 1 | Size the pool from load | jane.smith | 2026-11-10 | open | OPS-7 |\n"
    "| 2 | Alert on pool saturation | @jane.smith | 2026-11-12 | in progress | |\n"
)


def texts(workspace, channel=CHANNEL):
    return [message["text"] for message in workspace.channels.get(channel, [])]


def test_without_apply_the_plan_is_printed_and_nothing_is_sent(archive, workspace):
    archive.write(rows=OVERDUE)
    ran = archive.notify()

    assert ran.code == 0
    assert "+ created:INC-2026-0042 to the channel" in ran.out
    assert "+ overdue:jane.smith:2026-11-16 to jane.smith in person" in ran.out
    assert "postmortem notify --apply" in ran.err
    assert workspace.writes() == []
    assert list(workspace.channels) == [CHANNEL], "not even a conversation was opened"


def test_the_first_run_sends_and_the_second_sends_nothing(archive, workspace):
    archive.write(rows=OVERDUE)
    first = archive.notify("--apply")
    sent = len(workspace.writes())
    second = archive.notify("--apply")

    assert (first.code, second.code, sent, len(workspace.writes())) == (0, 0, 2, 2)
    assert texts(workspace)[0].startswith("📝 Post-mortem created for incident OPS-1234: Checkout errors (SEV1)")
    assert "2 sent" in first.err
    assert "2 said already" in second.err
    assert second.out == ""


def test_a_changed_fact_updates_the_same_message(archive, workspace):
    archive.write()
    archive.notify("--apply")
    before = workspace.channels[CHANNEL][0]["ts"]
    archive.write(more="jira: INCIDENT-456\n")
    ran = archive.notify("--apply")

    assert [call.method for call in workspace.writes()] == ["chat.postMessage", "chat.update"]
    assert workspace.writes()[1].body["ts"] == before
    assert "<https://jira.fernway.example/browse/INCIDENT-456|INCIDENT-456>" in json.dumps(workspace.channels[CHANNEL])
    assert "1 brought up to date" in ran.err
    assert "1 said already" in archive.notify("--apply").err


def test_two_overdue_items_of_a_person_are_one_direct_message(archive, workspace):
    archive.write(rows=OVERDUE, day="2026-06-18")
    archive.notify("--overdue", "--apply")

    assert texts(workspace, "D0JANE") == ["⏰ 2 action items of yours are past their day"]
    blocks = json.dumps(workspace.channels["D0JANE"][0]["blocks"], ensure_ascii=False)
    assert "#1 Size the pool from load (due Tue 10 Nov 2026)" in blocks
    assert "#2 Alert on pool saturation" in blocks


def test_a_person_without_a_member_id_is_found_by_e_mail(archive, workspace):
    archive.write(rows="| 1 | Size the pool | ben.carter | 2026-11-10 | open | |\n", day="2026-06-18")
    archive.notify("--apply")

    assert texts(workspace, "D0BEN") == ["⏰ 1 action item of yours is past its day"]


def test_a_person_whom_slack_does_not_know_is_a_warning(archive, workspace):
    del workspace.members["U0BEN"]
    archive.write(rows="| 1 | Size the pool | ben.carter, li.wei | 2026-11-10 | open | |\n", day="2026-06-18")
    ran = archive.notify("--apply")

    assert ran.code == 0
    assert ran.err.count("[person-unknown]") == 2
    assert workspace.writes() == []


def test_closed_items_bring_this_weeks_message_up_to_date(archive, workspace):
    archive.write(rows=OVERDUE, day="2026-06-18")
    archive.notify("--apply")
    archive.write(rows=OVERDUE.replace("open", "completed").replace("in progress", "completed"), day="2026-06-18")
    archive.notify("--apply")

    assert texts(workspace, "D0JANE") == ["✅ Nothing of yours is past its day any more. Thank you!"]


def test_a_review_that_took_place_settles_its_reminder(archive, workspace):
    archive.write(day="2026-11-10")
    archive.notify("--overdue", "--apply")
    assert texts(workspace)[0].startswith("🗓️ The review of INC-2026-0042 was due on Tue 17 Nov 2026.")
    archive.write(day="2026-11-10", status="in-review", more="reviewed: 2026-11-19\n")
    archive.notify("--overdue", "--apply")

    assert texts(workspace)[0].startswith("✅ The review of INC-2026-0042 took place on Thu 19 Nov 2026.")
    assert len(workspace.called("chat.postMessage")) == 2, "the review and the publication, once each"


def test_one_postmortem_is_announced_by_name_however_old_it_is(archive, workspace):
    archive.write(day="2026-01-05", status="published")
    assert archive.notify("--apply").out == ""
    archive.notify("--created", "inc-2026-0042", "--apply")

    assert len(texts(workspace)) == 1
    assert archive.notify("--created", "INC-2026-0042", "--apply").out == ""


def test_an_unknown_id_is_wrong_usage(archive):
    ran = archive.notify("--created", "INC-2026-9999")

    assert ran.code == 2
    assert "INC-2026-9999" in ran.err


def test_apply_and_dry_run_exclude_each_other(archive):
    assert archive.notify("--apply", "--dry-run").code == 2


def test_a_dry_run_asks_slack_nothing(archive, workspace):
    archive.write()
    ran = archive.notify("--dry-run", "--format", "json")

    assert [row["action"] for row in json.loads(ran.out)] == ["send"]
    assert set(json.loads(ran.out)[0]) == {"key", "to", "action", "done", "text", "code", "message"}
    assert workspace.calls == []


@pytest.mark.parametrize("missing", ["SLACK_BOT_TOKEN", "channel"])
def test_where_slack_is_not_set_up_the_run_says_so_and_is_fine(archive, workspace, monkeypatch, missing):
    archive.write()
    if missing == "channel":
        (archive.root / "site_config" / "archive.yml").write_text("title: A\n", encoding="utf-8")
    else:
        monkeypatch.delenv(missing)
    ran = archive.notify("--apply")

    assert ran.code == 0
    assert "Slack is not set up, nothing was sent." in ran.err
    assert workspace.calls == []


def test_what_others_say_with_the_same_metadata_is_not_taken_for_ours(archive, workspace):
    archive.write()
    archive.notify("--apply")
    ours = workspace.channels[CHANNEL][0]
    workspace.channels[CHANNEL] = [{**ours, "bot_id": "B0OTHER"}]
    archive.notify("--apply")

    assert [message["bot_id"] for message in workspace.channels[CHANNEL]] == ["B0OTHER", BOT]


def test_a_message_below_many_others_is_found_page_by_page(archive, workspace):
    archive.write()
    archive.notify("--apply")
    workspace.page = 10
    workspace.chatter(35)
    archive.notify("--apply")

    assert len(workspace.writes()) == 1
    assert len(workspace.called("conversations.history")) == 1 + 4


def test_where_the_history_is_too_long_to_be_certain_nothing_is_sent_twice(archive, workspace):
    archive.write()
    archive.notify("--apply")
    workspace.page = 2
    workspace.chatter(80)
    ran = archive.notify("--apply")

    assert ran.code == 0
    assert "[history-too-long]" in ran.err
    assert len(workspace.writes()) == 1


FAULTS = {
    "channel_not_found": ({"error": "channel_not_found"}, "conversations.history", "channel-unknown"),
    "not in the channel": ({"error": "not_in_channel"}, "chat.postMessage", "channel-unknown"),
    "a wrong token": ({"error": "invalid_auth"}, "auth.test", "slack-token"),
    "a missing scope": (
        {"body": {"ok": False, "error": "missing_scope", "needed": "channels:history"}},
        "conversations.history",
        "missing-scope",
    ),
    "trouble while reading": (
        {"status": 500, "body": "oops", "times": 9},
        "conversations.history",
        "slack-unreachable",
    ),
    "trouble while sending": ({"status": 503, "body": "oops"}, "chat.postMessage", "outcome-unknown"),
    "a page instead of JSON": ({"body": "<html>Sign in</html>"}, "auth.test", "slack-refused"),
    "a list instead of an object": ({"body": [1], "times": 9}, "auth.test", "slack-unreachable"),
    "too many requests": (
        {"status": 429, "headers": {"Retry-After": "3600"}, "body": {"ok": False, "error": "ratelimited"}},
        "chat.postMessage",
        "slack-busy",
    ),
    "a connection that breaks while sending": ({"status": 0}, "chat.postMessage", "outcome-unknown"),
    "an error that repeats the token": ({"error": TOKEN}, "chat.postMessage", "slack-refused"),
    "an error that repeats the token in its scope": (
        {"body": {"ok": False, "error": "missing_scope", "needed": TOKEN}},
        "chat.postMessage",
        "missing-scope",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_slacks_failures_are_warnings(archive, workspace, name):
    fault, method, code = FAULTS[name]
    archive.write()
    workspace.fail(method, **fault)
    ran = archive.notify("--apply")

    assert ran.code == 0
    assert "postmortem: warning: " in ran.err
    assert f"[{code}]" in ran.err
    assert "1 not done" in ran.err


def test_where_nobody_answers_it_is_one_warning(archive, workspace, monkeypatch):
    archive.write(rows=OVERDUE)
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9")
    ran = archive.notify("--apply", "--format", "json")

    assert ran.code == 0
    assert ran.err.count("[slack-unreachable]") == 1
    assert [row["code"] for row in json.loads(ran.out)] == ["slack-unreachable", "skipped"]
    assert "urlopen" not in ran.err


def test_a_message_whose_fate_is_unknown_is_looked_for_by_the_next_run(archive, workspace):
    archive.write()
    workspace.fail("chat.postMessage", status=0)
    archive.notify("--apply")
    archive.notify("--apply")

    assert len(texts(workspace)) == 1


def test_one_refused_message_does_not_keep_the_others_back(archive, workspace):
    archive.write()
    archive.write("INC-2026-0043")
    workspace.fail("chat.postMessage", "msg_blocks_too_long")
    ran = archive.notify("--apply")

    assert "1 sent, 1 not done" in ran.err
    assert len(texts(workspace)) == 1


def test_a_restricted_postmortem_never_leaks(archive, workspace):
    canary = "CANARYBIRD"
    archive.write(
        "INC-2026-0050",
        title=f"{canary} title",
        audience="restricted",
        day="2026-11-10",
        canary=canary,
        more=f"tags: [{canary}]\njira: {canary}-1\n",
        rows=f"| 1 | {canary} action | ben.carter | 2026-11-10 | open | {canary}-2 |\n",
    )
    runs = [
        archive.notify("--apply"),
        archive.notify("--created", "INC-2026-0050", "--apply"),
        archive.notify("--format", "json", "--digest"),
    ]
    sent = json.dumps([call.body for call in workspace.calls])

    assert texts(workspace) == []
    assert "D0BEN" not in workspace.channels, "only the postmortem's owner is told"
    assert "INC-2026-0050" in sent
    assert {message["text"] for message in workspace.channels["D0JANE"]} == {
        "🔒 INC-2026-0050: please look into the document. It is restricted, so nothing more is said here."
    }
    assert canary not in sent + "".join(ran.out + ran.err for ran in runs)
    assert "SEV1" not in sent


def test_the_token_goes_nowhere_else(archive, workspace):
    archive.write()
    workspace.fail(
        "auth.test",
        status=302,
        headers={"Location": workspace.url.replace("127.0.0.1", "localhost") + "/elsewhere"},
        body={},
    )
    archive.notify("--apply")

    assert [call.authorization for call in workspace.called("elsewhere")] == [""]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_API_URL", "http://slack.example/api"),
        ("SLACK_API_URL", "ftp://x"),
        ("SLACK_BOT_TOKEN", f"{TOKEN}\nX: y"),
        ("SLACK_BOT_TOKEN", "https://hooks.slack.example/T0/B0"),
        ("SLACK_CHANNEL", "#incidents"),
    ],
)
def test_what_cannot_be_right_is_a_usage_error(archive, workspace, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    ran = archive.notify("--apply")

    assert ran.code == 2
    assert workspace.calls == []


@pytest.mark.parametrize(("token", "code", "said"), [("", 0, "Slack is not set up"), (TOKEN, 2, "pip install")])
def test_the_library_is_only_needed_where_slack_is_set_up(archive, monkeypatch, token, code, said):
    archive.write()
    monkeypatch.setenv("SLACK_BOT_TOKEN", token)
    program = "import sys; sys.modules['slack_sdk'] = None; from generator.cli.main import main; main(sys.argv[1:])"
    ran = subprocess.run(
        [sys.executable, "-c", program, "-C", str(archive.root), "notify", "--apply"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, said in ran.stderr) == (code, True), ran.stderr
    assert TOKEN not in ran.stderr


def test_a_postmortem_with_a_secret_is_not_announced_unless_allowed(archive, workspace):
    secret = "gh" + "p_Zt5Qw8Xr2Lm9Kd4Vb7Nc1Hs6Jf3Pg0YaZt5Q"
    archive.write(title=f"Checkout errors {secret}", rows=OVERDUE)

    held = archive.notify("--apply")
    asked = archive.notify("--created", "INC-2026-0042", "--apply")
    sent = len(workspace.writes())
    allowed = archive.notify("--apply", "--allow-secrets")

    for run in (held, asked):
        assert run.code == 1
        assert "INC-2026-0042.md:3: not sent, as this looks like a GitHub token" in run.err
        assert secret not in run.out + run.err
    assert sent == 0
    assert allowed.code == 0
    assert workspace.writes()
