"""What sync wrote into the files comes home: once, beside what others did, and never over it."""

import base64
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from generator.clients import git
from generator.clients.git import Access, Pushed
from generator.clients.github.repository import Home
from generator.errors import PostmortemError, RemoteError
from generator.settings.jira import Secret
from generator.sync.pull_request import BRANCH, MESSAGE, write_back
from tests.clients.github.clones import PATH, Clone
from tests.clients.github.standin import Hub

OPEN = "| 2 | Alert on pool saturation |             | 2026-04-20 | open        |        |"
DONE = OPEN.replace("open       ", "completed  ").replace("|        |", "| OPS-9  |")


def home(clone: Clone, client) -> Home:
    return Home(clone.root, client, Access(client.connection.site, Secret("")), "main")


def pull(clone: Clone, old: str = OPEN, new: str = DONE) -> None:
    """What `sync` does: change a cell in the working tree."""
    path = clone.root / PATH
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def count(clone: Clone, branch: str = "main") -> int:
    return int(clone.git("rev-list", "--count", branch, at=clone.origin))


def test_a_change_becomes_one_commit_that_is_marked_and_leaves_the_clone_alone(clone, client):
    pull(clone)
    head, status = clone.git("rev-parse", "HEAD"), clone.git("status", "--porcelain")

    told = write_back(home(clone, client), pull_request=False, apply=True)

    assert [line[0] for line in told.lines] == ["~", "+"]
    assert DONE in clone.at_origin(PATH)
    assert clone.git("log", "-1", "--format=%B", "main", at=clone.origin).strip() == MESSAGE.strip()
    assert clone.git("log", "-1", "--format=%an", "main", at=clone.origin) == "github-actions[bot]"
    assert (clone.git("rev-parse", "HEAD"), clone.git("status", "--porcelain")) == (head, status)
    assert count(clone) == 2


def test_a_second_run_finds_nothing_to_do_in_the_same_clone_and_in_a_fresh_one(clone, client):
    pull(clone)
    write_back(home(clone, client), pull_request=False, apply=True)

    again = write_back(home(clone, client), pull_request=False, apply=True)
    fresh = write_back(home(clone.again("fresh"), client), pull_request=False, apply=True)

    assert again.lines[-1] == "= main has it already"
    assert fresh.lines == ["= nothing to write back"]
    assert count(clone) == 2


def test_without_apply_nothing_is_written(clone, client, hub: Hub):
    pull(clone)

    told = write_back(home(clone, client), pull_request=False, apply=False)

    assert told.writes
    assert count(clone) == 1
    assert hub.exchanges == []


def test_what_others_pushed_meanwhile_is_kept(clone, client):
    pull(clone)
    other = clone.again("other")
    text = (other.root / PATH).read_text(encoding="utf-8")
    other.write(PATH, text.replace("The pool was too small.", "The pool was sized for the old traffic."))
    other.commit("Say it better")

    write_back(home(clone, client), pull_request=False, apply=True)

    assert DONE in clone.at_origin(PATH)
    assert "sized for the old traffic" in clone.at_origin(PATH)
    assert count(clone) == 3


def test_a_shallow_clone_is_enough(clone, client, tmp_path: Path):
    clone.write("README.md", "More history")
    clone.commit()
    clone.git("clone", "-q", "--depth", "1", f"file://{clone.origin}", str(tmp_path / "shallow"), at=tmp_path)
    shallow = Clone(tmp_path / "shallow", clone.origin)
    clone.write("README.md", "Meanwhile")
    clone.commit()
    pull(shallow)

    write_back(home(shallow, client), pull_request=False, apply=True)

    assert DONE in clone.at_origin(PATH)
    assert clone.at_origin("README.md") == "Meanwhile"


def test_the_same_line_changed_on_both_sides_is_refused_and_nothing_is_written(clone, client):
    pull(clone)
    other = clone.again("other")
    pull(other, OPEN, OPEN.replace("Alert on", "Page on"))
    other.commit("Reword")

    with pytest.raises(PostmortemError, match="changed at the same lines"):
        write_back(home(clone, client), pull_request=False, apply=True)

    assert "Page on" in clone.at_origin(PATH)
    assert count(clone) == 2


def test_only_tracked_postmortems_are_written(clone, client):
    pull(clone)
    clone.write("postmortems/2026/stray.md", "not ours")
    clone.write("plan.txt", "not ours")
    clone.write("site_config/archive.yml", "title: Changed by hand\n")

    write_back(home(clone, client), pull_request=False, apply=True)

    names = clone.git("show", "--name-only", "--format=", "main", at=clone.origin)
    assert names == PATH


def test_a_protected_branch_gets_one_pull_request_that_later_runs_update(clone, client, hub: Hub):
    clone.protect("main")
    pull(clone)

    first = write_back(home(clone, client), pull_request=False, apply=True)
    again = write_back(home(clone, client), pull_request=False, apply=True)
    pull(clone, "2026-04-01", "2026-04-08")
    later = write_back(home(clone, client), pull_request=False, apply=True)

    assert "! main is protected" in "\n".join(first.lines)
    assert again.lines[-2:] == [f"= branch {BRANCH}", f"= pull request {hub.raw_pull(1)['html_url']}"]
    assert later.lines[-1].startswith("= pull request")
    assert len(hub.archive.pulls) == 1
    assert count(clone) == 1
    assert count(clone, BRANCH) == 2
    assert "2026-04-08" in clone.at_origin(PATH, BRANCH)


def test_a_pull_request_may_be_asked_for(clone, client, hub: Hub):
    pull(clone)

    write_back(home(clone, client), pull_request=True, apply=True)

    assert [(one["head"], one["base"]) for one in hub.archive.pulls.values()] == [(BRANCH, "main")]
    assert count(clone) == 1


def test_a_run_that_died_before_the_pull_request_is_finished_by_the_next(clone, client, hub: Hub):
    pull(clone)
    hub.fault("POST .*/pulls", 403, "GitHub Actions is not permitted to create or approve pull requests.")

    with pytest.raises(PostmortemError, match="Settings, Actions, General"):
        write_back(home(clone, client), pull_request=True, apply=True)
    write_back(home(clone, client), pull_request=True, apply=True)

    assert len(hub.archive.pulls) == 1


def test_the_branch_is_not_taken_from_somebody_who_went_on_working_on_it(clone, client):
    pull(clone)
    write_back(home(clone, client), pull_request=True, apply=True)
    other = clone.again("other")
    other.git("checkout", "-q", BRANCH)
    other.write("note.md", "mine")
    other.commit("My own work")
    pull(clone, "2026-04-01", "2026-04-08")

    with pytest.raises(PostmortemError, match="somebody else"):
        write_back(home(clone, client), pull_request=True, apply=True)

    assert clone.at_origin("note.md", BRANCH) == "mine"


def test_work_that_is_not_on_the_branch_yet_is_not_written_along(clone, client):
    clone.git("checkout", "-q", "-b", "topic")
    clone.write("README.md", "unfinished")
    clone.commit(push=False)
    pull(clone)

    with pytest.raises(PostmortemError, match="commits that main does not have"):
        write_back(home(clone, client), pull_request=False, apply=True)

    assert count(clone) == 1


def test_a_branch_that_moves_between_fetch_and_push_is_tried_again(clone):
    access = Access("https://github.example.com", Secret(""))
    pull(clone)
    tip = git.tip(clone.root, "main", access)
    made = git.merged(clone.root, tip, git.commit(clone.root, [PATH], MESSAGE), MESSAGE)
    other = clone.again("other")
    other.write("note.md", "quicker")
    other.commit()

    assert git.push(clone.root, made, "main", access) is Pushed.MOVED
    assert git.push(clone.root, made, "fresh", access, instead_of="") is Pushed.DONE
    assert git.push(clone.root, tip, "fresh", access, instead_of="") is Pushed.MOVED


def test_the_archive_may_lie_in_a_folder_of_the_repository(clone, client):
    inner = clone.root / "docs" / "archive"
    inner.mkdir(parents=True)
    for name in ("site_config", "postmortems"):
        (clone.root / name).rename(inner / name)
    clone.commit("Move")
    moved = Clone(inner, clone.origin)
    pull(moved)

    write_back(
        Home(inner, client, Access("https://github.example.com", Secret("")), "main"), pull_request=False, apply=True
    )

    assert DONE in clone.at_origin(f"docs/archive/{PATH}")


def test_the_command_says_what_it_did(clone, hub: Hub):
    pull(clone)

    ran = clone.run("github", "write-back", "--apply", **hub.environment)

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[0] == f"~ {PATH}"
    assert DONE in clone.at_origin(PATH)


def test_the_token_reaches_its_server_and_no_other(clone):
    seen: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.headers.get("Authorization"))
            self.send_error(403)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    site = f"http://127.0.0.1:{server.server_address[1]}"
    clone.git("remote", "set-url", "origin", f"{site}/o/r")
    for address in (site, "https://github.example.com"):
        with pytest.raises(RemoteError, match="could not ask `origin`") as told:
            git.tip(clone.root, "main", Access(address, Secret("ghs_secret")))
        assert "ghs_secret" not in str(told.value)
    server.shutdown()
    server.server_close()

    pair = base64.b64encode(b"x-access-token:ghs_secret").decode()
    assert seen[0] == f"basic {pair}"
    assert set(seen[1:]) == {None}


def test_the_token_is_in_no_command_line_and_goes_to_one_server_alone(monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")

    told = Access("https://github.example.com", Secret("ghs_secret")).environment()

    assert told["GIT_CONFIG_COUNT"] == "3"
    assert {told["GIT_CONFIG_KEY_1"], told["GIT_CONFIG_KEY_2"]} == {"http.https://github.example.com/.extraheader"}
    assert "ghs_secret" not in repr(Access("https://github.example.com", Secret("ghs_secret")))
