"""`postmortem new`, as a person or a workflow runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.document.parse import parse
from tests.conftest import environment
from tests.forking import postmortem

INCIDENT = {
    "title": "Search answers slowly",
    "id": "OPS-77",
    "severity": "SEV2",
    "started": "2026-04-02T09:00:00Z",
    "resolved": "2026-04-02T10:30:00Z",
    "services": ["search"],
    "timeline": [
        {"time": "2026-04-02T09:00:00Z", "event": "Latency passes 3 s"},
        {"time": "2026-04-02T10:30:00Z", "event": "Latency is back to normal"},
    ],
}


def run(root, *arguments):
    return subprocess.run(
        [postmortem(), "-C", str(root), "new", *map(str, arguments)],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def incident(archive_root):
    path = archive_root / "incident.json"
    path.write_text(json.dumps(INCIDENT), encoding="utf-8")
    return path


def written(root):
    return sorted(path.name for path in (root / "postmortems").rglob("*.md"))


def test_it_writes_the_draft_prints_its_path_and_says_what_is_missing(archive_root, incident):
    ran = run(archive_root, "--from", f"file:{incident}")

    assert ran.returncode == 0
    assert ran.stdout == "postmortems/2026/INC-2026-0043-search-answers-slowly.md\n"
    assert "commander: nobody named" in ran.stderr
    known = parse((archive_root / ran.stdout.strip()).read_text(encoding="utf-8")).postmortem
    assert (known.id, known.title, known.severity, known.incident) == (
        "INC-2026-0043",
        "Search answers slowly",
        "SEV2",
        "OPS-77",
    )
    assert [entry.event for entry in known.timeline] == ["Latency passes 3 s", "Latency is back to normal"]


def test_the_same_input_gives_the_same_bytes_at_any_time(archive_root, incident):
    first = run(archive_root, "--dry-run", "--from", f"file:{incident}")
    again = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(archive_root), "new", "--dry-run", "--from", f"file:{incident}"],
        env={**environment(), "SOURCE_DATE_EPOCH": "1900000000", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert first.stdout == again.stdout
    assert first.stdout.startswith("---\nid: INC-2026-0043\n")
    assert written(archive_root) == ["INC-2026-0042-checkout.md"]


def test_an_incident_is_drafted_once_and_its_path_is_shown(archive_root, incident):
    run(archive_root, "--from", f"file:{incident}")
    before = {path: path.read_bytes() for path in (archive_root / "postmortems").rglob("*.md")}

    ran = run(archive_root, "--from", f"file:{incident}")

    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "postmortems/2026/INC-2026-0043-search-answers-slowly.md: the postmortem of OPS-77 exists" in ran.stderr
    assert {path: path.read_bytes() for path in (archive_root / "postmortems").rglob("*.md")} == before


def test_an_id_that_exists_is_refused(archive_root, incident):
    ran = run(archive_root, "--id", "INC-2026-0042", "--from", f"file:{incident}")

    assert ran.returncode == 1
    assert "postmortems/2026/INC-2026-0042-checkout.md: INC-2026-0042 exists already" in ran.stderr
    assert written(archive_root) == ["INC-2026-0042-checkout.md"]


def test_data_without_an_id_of_their_own_are_drafted_once_too(archive_root):
    path = archive_root / "nameless.json"
    path.write_text(json.dumps({k: v for k, v in INCIDENT.items() if k != "id"}), encoding="utf-8")

    assert run(archive_root, "--from", f"file:{path}").returncode == 0
    ran = run(archive_root, "--from", f"file:{path}")

    assert ran.returncode == 1
    assert "a postmortem with this title and time exists already" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--id", "../../etc/x"], 1, "cannot be an id"),
        (["--template", "../outage"], 2, "cannot be the name of a template"),
        (["--template", "outrage"], 2, "There are: lightweight, near-miss, outage, security."),
        (["--from", "pager:1"], 2, "There is no source `pager`"),
        (["--from", "file:nothing.json"], 1, "nothing.json"),
    ],
)
def test_a_wrong_option_is_a_sentence_and_nothing_is_written(archive_root, incident, arguments, code, words):
    ran = run(archive_root, "--from", f"file:{incident}", *arguments)

    assert ran.returncode == code
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
    assert written(archive_root) == ["INC-2026-0042-checkout.md"]


def test_without_data_and_title_it_says_what_to_give(archive_root):
    ran = run(archive_root)

    assert ran.returncode == 2
    assert "--from file:incident.json" in ran.stderr


def test_a_title_alone_gives_an_empty_draft_of_this_year(archive_root):
    ran = run(archive_root, "--title", "Something else broke", "--template", "lightweight")

    assert ran.stdout == "postmortems/2026/INC-2026-0043-something-else-broke.md\n"
    assert "type: lightweight\n" in (archive_root / ran.stdout.strip()).read_text(encoding="utf-8")


def test_options_win_over_data_and_template(archive_root, incident):
    arguments = ["--template", "security", "--type", "drill", "--title", "A: drill", "--id", "DRILL-1"]
    ran = run(archive_root, "--from", f"file:{incident}", *arguments)

    text = (archive_root / ran.stdout.strip()).read_text(encoding="utf-8")
    assert ran.stdout == "postmortems/2026/DRILL-1-a-drill.md\n"
    assert text.startswith('---\nid: DRILL-1\ntitle: "A: drill"\nstatus: draft\nseverity: SEV2\ntype: drill\n')
    assert "audience: restricted\n" in text


def test_an_incident_of_a_kind_that_has_a_template_gets_that_one(archive_root, incident):
    incident.write_text(json.dumps({**INCIDENT, "type": "Near miss"}), encoding="utf-8")

    ran = run(archive_root, "--dry-run", "--from", f"file:{incident}")

    assert "type: near-miss\n" in ran.stdout


def test_an_archive_s_own_template_wins(archive_root, incident):
    (archive_root / "templates").mkdir()
    (archive_root / "templates" / "outage.md.j2").write_text("# Ours: {{ incident.title }}\n", encoding="utf-8")

    ran = run(archive_root, "--dry-run", "--from", f"file:{incident}")

    assert ran.stdout.endswith("---\n\n# Ours: Search answers slowly\n")


def test_a_mistake_in_a_template_is_named_and_nothing_is_written(archive_root, incident):
    (archive_root / "templates").mkdir()
    (archive_root / "templates" / "own.md.j2").write_text("a\n{{ incident.titel }}\n", encoding="utf-8")

    ran = run(archive_root, "--template", "own", "--from", f"file:{incident}")

    assert ran.returncode == 1
    assert (
        "templates/own.md.j2:2: `titel` is not a variable that templates have. Did you mean `incident.title`?"
        in ran.stderr
    )
    assert written(archive_root) == ["INC-2026-0042-checkout.md"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("PM-{incident}", "PM-OPS-77"), ("{year}-{number:03}", "2026-001"), ("PM{number}", "PM1")],
)
def test_ids_follow_the_archive_s_pattern(archive_root, incident, pattern, expected):
    (archive_root / "site_config" / "archive.yml").write_text(f'id_pattern: "{pattern}"\n', encoding="utf-8")

    ran = run(archive_root, "--dry-run", "--from", f"file:{incident}")

    assert ran.stdout.startswith(f"---\nid: {expected}\n") or ran.stdout.startswith(f'---\nid: "{expected}"\n')


@pytest.mark.parametrize(
    ("pattern", "code"), [("INC-{yaer}", 2), ("INC-{number:x y}", 2), ("INC-{", 2), ("a/{number}", 1)]
)
def test_a_pattern_that_gives_no_id_is_named(archive_root, incident, pattern, code):
    (archive_root / "site_config" / "archive.yml").write_text(f'id_pattern: "{pattern}"\n', encoding="utf-8")

    ran = run(archive_root, "--dry-run", "--from", f"file:{incident}")

    assert ran.returncode == code
    assert "this is a bug" not in ran.stderr


def test_a_draft_may_go_elsewhere_but_overwrites_nothing(archive_root, incident, tmp_path):
    target = tmp_path / "elsewhere"
    first = run(archive_root, "--from", f"file:{incident}", "--out", target)
    again = run(archive_root, "--from", f"file:{incident}", "--out", target)
    named = run(archive_root, "--from", f"file:{incident}", "--out", target / "mine.md")

    assert first.stdout == "elsewhere/INC-2026-0043-search-answers-slowly.md\n"
    assert (again.returncode, again.stdout) == (1, "")
    assert named.stdout == "elsewhere/mine.md\n"


def test_sources_from_several_files_make_one_draft(archive_root, incident):
    other = {
        "title": "Slow search",
        "source": "Status page",
        "timeline": [{"time": "2026-04-02T09:12:00Z", "event": "Published"}],
    }
    (archive_root / "other.json").write_text(json.dumps(other), encoding="utf-8")

    ran = run(archive_root, "--dry-run", "--from", f"file:{incident}", "--from", "file:other.json")

    known = parse(ran.stdout).postmortem
    assert ("Published", "Status page") in [(entry.event, entry.source) for entry in known.timeline]
    assert 'Status page says "Slow search"' in ran.stderr
    assert known.title == "Search answers slowly"


def test_ten_thousand_events_are_drafted(archive_root, incident):
    timeline = [{"time": f"2026-04-02T09:{n // 60 % 60:02}:{n % 60:02}Z", "event": f"Step {n}"} for n in range(10_000)]
    incident.write_text(json.dumps({**INCIDENT, "timeline": timeline}), encoding="utf-8")

    ran = run(archive_root, "--from", f"file:{incident}")

    assert ran.returncode == 0
    known = parse(Path(archive_root, ran.stdout.strip()).read_text(encoding="utf-8")).postmortem
    assert len(known.timeline) == 10_001  # and the end, which no event tells


def test_a_record_s_id_that_yaml_must_quote_is_found_again(archive_root, incident):
    incident.write_text(json.dumps({**INCIDENT, "id": '{}:{alertname="Down"}'}), encoding="utf-8")

    assert run(archive_root, "--from", f"file:{incident}").returncode == 0
    assert run(archive_root, "--title", "Other", "--from", f"file:{incident}").returncode == 1


def test_a_file_that_cannot_be_read_does_not_stop_a_draft_and_keeps_its_number(archive_root, incident):
    (archive_root / "postmortems" / "2026" / "INC-2026-0050-odd.md").write_bytes(b"\xff\xfe\x00not utf-8")
    (archive_root / "postmortems" / "2026" / "INC-2026-0060-gone.md").symlink_to(archive_root / "nowhere.md")

    ran = run(archive_root, "--from", f"file:{incident}")

    assert ran.stdout == "postmortems/2026/INC-2026-0061-search-answers-slowly.md\n"
