"""The workflow `check` on real pull requests, kind ones and others."""

from pathlib import Path

import pytest

from generator.check.pull_request.comment import MARKER
from tests.clients.github.clones import PATH, Clone
from tests.clients.github.standin import ARCHIVE, Hub
from tests.workflows.runner import Machine

QUICK = {"skip-preview": True}  # building a site takes seconds
EVIL = "$(touch pwned) `touch pwned` ${{ secrets.JIRA_PAT }} ; touch pwned"


def opened(clone: Clone, hub: Hub, *, repository: str = ARCHIVE, branch: str = "topic") -> dict:
    """Commit what is in the working tree on a branch, and open a pull request; the event that it sends."""
    base = clone.git("rev-parse", "main")
    clone.git("checkout", "-q", "-B", branch)
    head = clone.commit()
    number = next((n for n, held in hub.archive.pulls.items() if held["head"] == branch), 0) or hub.add_pull(branch)
    return {
        "pull_request": {
            "number": number,
            "base": {"sha": base},
            "head": {"sha": head, "repo": {"full_name": repository}, "ref": branch},
        }
    }


def change(clone: Clone, old: str, new: str) -> None:
    text = (clone.root / PATH).read_text(encoding="utf-8")
    assert old in text
    clone.write(PATH, text.replace(old, new))


def test_a_pull_request_gets_annotations_a_summary_a_preview_one_comment_and_suggestions(clone, hub, machine: Machine):
    change(clone, "The pool was", "Due to human error, the pool was")
    event = opened(clone, hub)

    jobs = machine.run("check", clone, event)
    said = hub.archive.comments[0]["body"]
    again = machine.run("check", clone, event, QUICK)

    check = jobs["check"]
    assert not check.ok  # it is published, and a rule objects
    assert "::error file=postmortems/2026/INC-2026-0042-checkout.md,line=34,title=blameless-human-error::" in check.log
    assert "### Postmortem review" in check.summary
    assert "1 postmortem checked" in check.summary
    assert (machine.artifacts["preview"] / "index.html").is_file()
    assert jobs["comment"].ok
    assert again["comment"].ok
    (comment,) = hub.archive.comments
    assert comment["body"].startswith(MARKER)
    assert f"[Preview of the site]({hub.home}/actions/runs/1/artifacts/" in said
    (note,) = hub.archive.notes
    assert "TODO: what in the system made this possible?" in note["body"]


def test_a_pull_request_from_a_fork_is_checked_without_a_token(clone, hub, machine: Machine):
    change(clone, "The pool was", "Due to human error, the pool was")

    jobs = machine.run("check", clone, opened(clone, hub, repository="mallory/postmortems"), QUICK)

    assert "blameless-human-error" in jobs["check"].log
    assert "### Postmortem review" in jobs["check"].summary
    assert not jobs["comment"].ran
    assert hub.exchanges == []


def test_a_pull_request_without_postmortems_is_fine_and_gets_no_comment(clone, hub, machine: Machine):
    change(clone, "status: published", "status: draft")
    clone.commit()
    clone.write("README.md", "Hello")

    jobs = machine.run("check", clone, opened(clone, hub), QUICK)

    assert jobs["check"].ok, jobs["check"].log
    assert jobs["comment"].ok
    assert hub.archive.comments == []


def test_an_archive_in_a_folder_is_annotated_and_linked_where_it_lies(clone, hub, machine: Machine):
    for name in ("site_config", "postmortems"):
        (clone.root / "docs" / name).parent.mkdir(exist_ok=True)
        (clone.root / name).rename(clone.root / "docs" / name)
    clone.commit("Move")
    text = (clone.root / "docs" / PATH).read_text(encoding="utf-8")
    clone.write(f"docs/{PATH}", text.replace("The pool was", "Due to human error, the pool was"))
    event = opened(clone, hub)

    jobs = machine.run("check", clone, event, {"directory": "docs", "skip-preview": True})

    assert f"::error file=docs/{PATH},line=34,title=blameless-human-error" in jobs["check"].log
    assert hub.archive.notes[0]["path"] == f"docs/{PATH}"
    head = event["pull_request"]["head"]["sha"]
    assert f"/blob/{head}/docs/{PATH}?plain=1#L34" in hub.archive.comments[0]["body"]


def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(clone, hub, machine: Machine):
    (clone.root / "postmortems" / "2026" / "broken.md").write_bytes(b"---\nid: \xff\n---\n")

    jobs = machine.run("check", clone, opened(clone, hub), QUICK)

    assert jobs["comment"].ok
    assert "not UTF\\-8" in hub.archive.comments[0]["body"]


def test_a_preview_is_left_out_where_nobody_wants_one(clone, hub, machine: Machine):
    clone.write("README.md", "Hello")

    jobs = machine.run("check", clone, opened(clone, hub), {"skip-preview": True, "directory": "."})

    assert jobs["check"].outcomes["Build the preview"] == "skipped"
    assert jobs["comment"].outcomes["Install the pinned tool"] == "success"
    assert jobs["comment"].outcomes["Check out the target branch"] == "skipped"


def commands(log: str) -> list[str]:
    """The lines of a log that the runner would obey."""
    return [line for line in log.splitlines() if line.strip().startswith("::") or "##[" in line]


def inert(clone: Clone, hub: Hub, machine: Machine, *, branch: str = "topic", preview: bool = False) -> tuple[str, str]:
    """Run `check`; nothing was executed, and the log obeys nothing but annotations. The summary and all words posted."""
    jobs = machine.run("check", clone, opened(clone, hub, branch=branch), {"skip-preview": not preview})
    assert jobs["check"].outcomes["Say what is left to do"] == "success"
    assert jobs["comment"].ok, jobs["comment"].log
    assert not list(clone.root.parent.rglob("pwned"))
    log = jobs["check"].log + jobs["comment"].log
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in commands(log))
    assert "##[" not in "".join(line for line in commands(log) if not line.startswith("::"))
    posted = "\n".join([one["body"] for one in hub.archive.comments] + [one["body"] for one in hub.archive.notes])
    return jobs["check"].summary, posted


def prose(markdown: str) -> str:
    """What GitHub would look for names and marks in: everything but code."""
    from markdown_it import MarkdownIt

    found = []
    for token in MarkdownIt("commonmark", {"html": True}).parse(markdown):
        found += [token.content] if token.type == "html_block" else []
        found += [c.content for c in token.children or [] if c.type in {"text", "text_special", "html_inline"}]
    return "\n".join(found)


def comments(markdown: str) -> list[str]:
    """The comments that GitHub would hide."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown)
    everything = [one for token in tokens for one in [token, *(token.children or [])]]
    return [one.content for one in everything if one.type.startswith("html") and "<!--" in one.content]


def test_a_front_matter_value_stays_inert_in_shell_and_expression(clone, hub, machine: Machine):
    change(clone, "commander: jane.smith", f"commander: '{EVIL}'")
    change(clone, "services: [payment-service, checkout-api]", "services: ['::add-mask::x', '##[add-matcher]x.json']")

    inert(clone, hub, machine, preview=True)


def test_a_file_name_stays_inert(clone, hub, machine: Machine):
    name = (
        "postmortems/2026/INC-2026-0099-$(touch pwned);`touch pwned` ##[add-matcher]x ${{ x }} @fernway\n::error::y.md"
    )
    text = (clone.root / PATH).read_text(encoding="utf-8").replace("INC-2026-0042", "INC-2026-0099")
    clone.write(name, text)

    summary, posted = inert(clone, hub, machine)

    assert "@fernway" not in prose(summary)
    assert "@fernway" not in prose(posted)


@pytest.mark.parametrize(
    "title",
    [
        EVIL,
        "@fernway-example/team @jane please",
        "--> <!-- postmortem:review --> <!-- postmortem:suggestion 0123456789abcdef -->",
        "``` ```suggestion rm -rf ```",
        "[click](javascript:alert(1)) ![x](https://evil.example.com/x.png)",
        "</summary></details><script>alert(1)</script>",
        "::set-output name=x::y",
    ],
)
def test_a_title_stays_inert_in_the_comment(clone, hub, machine: Machine, title):
    change(clone, "Checkout errors after the payments migration", f"'{title}'")

    summary, posted = inert(clone, hub, machine)

    for text in (summary, posted):
        words = prose(text)
        assert "@fernway" not in words
        assert "@jane" not in words
        assert "<script" not in words.replace("&lt;", "<") or "<script>" not in text
        assert "](javascript" not in text
        assert "![x]" not in text
    assert posted.startswith(MARKER)
    assert comments(posted) == [f"{MARKER}\n"]


def test_a_branch_name_stays_inert(clone, hub, machine: Machine):
    change(clone, "The pool was", "Due to human error, the pool was")

    _, posted = inert(clone, hub, machine, branch="x$(touch${IFS}pwned);`touch${IFS}pwned`-@team")

    assert "team" not in posted


def test_a_markdown_link_stays_inert(clone, hub, machine: Machine):
    link = "[@fernway/team](https://evil.example.com/) [x](missing`touch pwned`.md) Jane is at fault @fernway/team."
    change(clone, "The pool was too small.", link)

    summary, posted = inert(clone, hub, machine)

    assert "@fernway" not in prose(summary)
    assert "@fernway" not in prose(posted)
    assert "https://evil.example.com" not in prose(posted)


def test_a_line_that_a_suggestion_repeats_stays_inert(clone, hub, machine: Machine):
    evil = "Due to human error, ```` <!-- x --> @fernway/team ${{ x }} $(touch pwned) failed."
    change(clone, "The pool was too small.", evil)

    _, posted = inert(clone, hub, machine)

    assert "@fernway" not in prose(posted)


def test_a_review_that_the_first_job_forged_is_refused(clone, hub, machine: Machine, tmp_path: Path, monkeypatch):
    change(clone, "The pool was", "Due to human error, the pool was")
    event = opened(clone, hub)
    forged = tmp_path / "forged.json"
    forged.write_text('{"format": "postmortem-review/1", "body": "@fernway/team"}', encoding="utf-8")
    keep = Machine._uses

    def swapped(self, step, context):
        outputs = keep(self, step, context)
        if "review" in self.artifacts:
            self.artifacts["review"] = (
                forged.rename(forged.with_name("review.json")) if forged.exists() else self.artifacts["review"]
            )
        return outputs

    monkeypatch.setattr(Machine, "_uses", swapped)
    jobs = machine.run("check", clone, event, QUICK)

    assert not jobs["comment"].ok
    assert "other parts than a review has" in jobs["comment"].log
    assert hub.writes == []
