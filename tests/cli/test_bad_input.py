"""Bad input gives one clear sentence with file and line, exit code 1, and nothing is written."""

import json
import os

import pytest

from tests.cli.test_main import run


def files(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if "site_config" not in path.parts)


def incident(**more):
    return {"title": "Checkout errors", "id": "OPS-9", "severity": "SEV2", "started": "2026-03-15T14:32:00Z", **more}


def refused(archive_root, path, *arguments):
    """Run `new` on a file and return the one sentence it says; nothing may have been written."""
    before = files(archive_root)
    ran = run("new", "--from", f"file:{path}", *arguments, cwd=archive_root)

    assert ran.returncode == 1, ran.stderr
    assert ran.stdout == ""
    assert files(archive_root) == before
    assert ran.stderr.startswith("postmortem: ")
    assert "Traceback" not in ran.stderr
    assert "bug" not in ran.stderr
    return ran.stderr


@pytest.fixture
def inbox(tmp_path_factory):
    return tmp_path_factory.mktemp("inbox")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("latin.json", '{\n"title": "caf\xe9"}'.encode("latin-1"), ["latin.json:2", "UTF-8"]),
        ("broken.json", b'{\n  "title": "x",\n}\n', ["broken.json:3"]),
        ("broken.yml", b"title: x\nservices: [a\nstarted: y\n", ["broken.yml:3"]),
        ("empty.json", b"", ["empty.json", "empty"]),
        ("deep.json", b'{"a":' * 50_000, ["deep.json"]),
        ("deep.yml", b"a: " + b"[" * 90_000, ["deep.yml"]),
        ("bomb.yml", b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", ["bomb.yml"]),
        ("list.json", b"[]", ["list.json"]),
        ("number.json", b"42", ["number.json"]),
        ("notes.md", b"# Notes\n\nNothing here.\n", ["notes.md"]),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", ["picture.png"]),
        ("unknown.json", b'{"hello": "world"}', ["unknown.json", "hello"]),
        ("typo.yml", b"title: x\nstartd: 2026-03-15T14:32:00Z\n", ["typo.yml:2", "startd", "started"]),
        ("when.yml", b"title: x\nstarted: yesterday\n", ["when.yml:2", "yesterday"]),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(archive_root, inbox, name, content, words):
    path = inbox / name
    path.write_bytes(content)
    said = refused(archive_root, path)

    assert [word for word in words if word not in said] == []


def test_a_huge_file_is_refused_before_it_is_read(archive_root, inbox):
    path = inbox / "huge.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    assert "huge.json" in refused(archive_root, path)


def test_a_directory_a_missing_file_and_a_pipe_are_refused(archive_root, inbox):
    os.mkfifo(inbox / "pipe")

    assert str(inbox) in refused(archive_root, inbox)
    assert "missing.json" in refused(archive_root, inbox / "missing.json")
    assert "pipe" in refused(archive_root, inbox / "pipe")


@pytest.mark.parametrize("identity", ["../../etc/passwd", "a/b", "..", "-x", "a b", "x" * 300, "INC\n1", "é"])
def test_an_id_that_is_no_file_name_is_refused(archive_root, inbox, identity):
    path = inbox / "incident.json"
    path.write_text(json.dumps(incident()), encoding="utf-8")

    refused(archive_root, path, f"--id={identity}")


@pytest.mark.parametrize("ref", ["../../../tmp/evil", "OPS-9/../../x", "..\\..\\x", "a\u202eb"])
def test_a_record_id_from_a_tool_never_becomes_a_path(archive_root, inbox, ref):
    path = inbox / "incident.json"
    path.write_text(json.dumps(incident(id=ref)), encoding="utf-8")
    (archive_root / "site_config" / "archive.yml").write_text('id_pattern: "PM-{incident}"\n', encoding="utf-8")
    before = files(archive_root)
    ran = run("new", "--from", f"file:{path}", cwd=archive_root)

    new = set(files(archive_root)) - set(before)
    assert all(name.startswith("postmortems/2026") for name in new)
    assert ran.returncode == (0 if new else 1)


def test_a_linked_folder_out_of_the_tree_is_not_written_to(archive_root, inbox):
    outside = inbox / "outside"
    outside.mkdir()
    (archive_root / "postmortems" / "2027").symlink_to(outside)
    path = inbox / "incident.json"
    path.write_text(json.dumps(incident(started="2027-01-01T00:00:00Z")), encoding="utf-8")

    assert "outside the archive" in refused(archive_root, path)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "1970-01-01T00:00:00Z"])
def test_an_absurd_year_is_either_refused_or_written_and_read_back(archive_root, inbox, started):
    path = inbox / "incident.json"
    path.write_text(json.dumps(incident(started=started)), encoding="utf-8")
    ran = run("new", "--from", f"file:{path}", cwd=archive_root)

    assert ran.returncode in {0, 1}
    assert "bug" not in ran.stderr
    assert run("list", cwd=archive_root).returncode == 0


def test_ten_thousand_events_are_all_in_the_draft(archive_root, inbox):
    timeline = [
        {"time": f"2026-03-15T{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}Z", "event": f"step {i}"}
        for i in range(10_000)
    ]
    path = inbox / "incident.json"
    path.write_text(json.dumps(incident(started="2026-03-15T00:00:00Z", timeline=timeline)), encoding="utf-8")
    ran = run("new", "--from", f"file:{path}", cwd=archive_root)

    assert ran.returncode == 0
    text = (archive_root / ran.stdout.strip()).read_text(encoding="utf-8")
    assert text.count("| step ") == 10_000
    assert "| 2026-03-15 02:46 | step 9999 |" in text


def test_an_incident_that_has_its_postmortem_is_refused_and_its_path_shown(archive_root, inbox):
    path = inbox / "incident.json"
    path.write_text(json.dumps(incident(id="OPS-1234")), encoding="utf-8")

    assert "postmortems/2026/INC-2026-0042-checkout.md" in refused(archive_root, path)
