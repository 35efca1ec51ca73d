"""Files of an archive are found and read, and nothing is ever overwritten or written outside."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.document import archive
from generator.errors import AlreadyExistsError, PostmortemError, UsageError
from generator.regular_files import MARKDOWN_BYTES
from tests.conftest import EXAMPLE


def findings(root: Path) -> list[tuple[str, int, str]]:
    return [(f.path, f.line, f.message) for d in archive.load(root) for f in d.findings if f.rule == "unreadable"]


def test_postmortems_are_found_below_the_folder_sorted_and_readmes_left_out(archive_root):
    folder = archive_root / "postmortems"
    (folder / "README.md").write_text("# About", encoding="utf-8")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.md").write_text("x", encoding="utf-8")
    (folder / "2025").mkdir()
    (folder / "2025" / "a b.md").write_text(EXAMPLE, encoding="utf-8")

    assert [d.path for d in archive.load(archive_root)] == [
        "postmortems/2025/a b.md",
        "postmortems/2026/INC-2026-0042-checkout.md",
    ]


def test_an_archive_without_the_folder_is_empty(tmp_path):
    assert archive.load(tmp_path) == ()


def test_what_cannot_be_read_is_a_finding_with_its_line(archive_root):
    folder = archive_root / "postmortems"
    (folder / "a-latin.md").write_bytes(b"---\nid: A\n---\ncaf\xe9\n")
    (folder / "b-huge.md").write_bytes(b"x" * (MARKDOWN_BYTES + 1))
    (folder / "d-pipe.md").unlink(missing_ok=True)
    os.mkfifo(folder / "d-pipe.md")
    outside = archive_root.parent / "secret.md"
    outside.write_text("secret", encoding="utf-8")
    (folder / "e-link.md").symlink_to(outside)
    (folder / "f-dangling.md").symlink_to(folder / "nowhere.md")

    found = {Path(path).name: (line, message) for path, line, message in findings(archive_root)}
    assert found["a-latin.md"] == (4, "The file is not UTF-8; save it as UTF-8.")
    assert "at most 5,000,000" in found["b-huge.md"][1]
    assert "not a regular file" in found["d-pipe.md"][1]
    assert "leads out of the archive" in found["e-link.md"][1]
    assert "no such file" in found["f-dangling.md"][1]
    assert not any("secret" in d.text for d in archive.load(archive_root))


def test_a_file_is_created_once(archive_root):
    archive.create(archive_root, "postmortems/2027/new.md", "one\n")

    with pytest.raises(AlreadyExistsError, match="was not overwritten"):
        archive.create(archive_root, "postmortems/2027/new.md", "two\n")
    assert (archive_root / "postmortems/2027/new.md").read_bytes() == b"one\n"


@pytest.mark.parametrize("path", ["../outside.md", "postmortems/../../outside.md", "/tmp/outside.md"])
def test_nothing_is_written_outside(archive_root, path):
    with pytest.raises(PostmortemError, match="outside the archive"):
        archive.create(archive_root, path, "x")


def test_a_linked_folder_does_not_lead_outside(archive_root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (archive_root / "postmortems" / "2027").symlink_to(elsewhere)

    with pytest.raises(PostmortemError, match="outside the archive"):
        archive.create(archive_root, "postmortems/2027/new.md", "x")
    assert list(elsewhere.iterdir()) == []


def test_replacing_keeps_permissions_and_leaves_no_other_file(archive_root):
    path = "postmortems/2026/INC-2026-0042-checkout.md"
    (archive_root / path).chmod(0o640)

    archive.replace(archive_root, path, "new\n")

    assert (archive_root / path).read_text() == "new\n"
    assert (archive_root / path).stat().st_mode & 0o777 == 0o640
    assert len(list((archive_root / path).parent.iterdir())) == 1


def test_the_next_id_is_above_all_that_ids_and_file_names_use(archive_root):
    (archive_root / "postmortems/2026/INC-2026-0050-broken.md").write_text("no front matter", encoding="utf-8")
    documents = archive.load(archive_root)

    assert archive.next_id(documents, "INC-{year}-{number:04}", 2026) == "INC-2026-0051"
    assert archive.next_id(documents, "INC-{year}-{number:04}", 2025) == "INC-2025-0001"
    assert archive.next_id(documents, "PM-{incident}", 2026, "OPS-7") == "PM-OPS-7"
    assert archive.next_id(documents, "INC-{number}", 2026) == "INC-1"


@pytest.mark.parametrize("pattern", ["INC-{yaer}-{number}", "{number:x:y}", "{incident.ref}", "{0}"])
def test_a_pattern_that_cannot_be_filled_in_says_so(pattern):
    with pytest.raises(UsageError, match="id_pattern"):
        archive.next_id((), pattern, 2026)


def test_heads_know_every_id_and_read_only_what_was_asked_for_closely(archive_root):
    (archive_root / "postmortems" / "other.md").write_text(
        "---\nid: 'INC-2026-0001'\nstatus: draft\n---\n# Long body\n", encoding="utf-8"
    )
    os.mkfifo(archive_root / "postmortems" / "z-pipe.md")
    found, other, pipe = archive.heads(archive_root, ["OPS-1234"])

    assert (found.postmortem.incident, found.postmortem.sections) == ("OPS-1234", ())
    assert (other.postmortem.id, other.postmortem.status) == ("INC-2026-0001", None)
    assert pipe.path == "postmortems/z-pipe.md"


def test_a_document_is_found_by_id_or_incident(archive_root):
    documents = archive.load(archive_root)

    assert archive.find(documents, id="inc-2026-0042") is documents[0]
    assert archive.find(documents, incident="ops-1234") is documents[0]
    assert archive.find(documents, incident="") is None


def limited(root, code):
    """Run Python that may write no file above 100 bytes, as on a full disk; returns what it printed."""
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom generator.document import archive\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "root = Path(sys.argv[1])\n"
        f"try:\n    {code}\nexcept Exception as error:\n    sys.stdout.write(f'{{type(error).__name__}}: {{error}}')\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", script, root], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(
    "code",
    ["archive.create(root, 'postmortems/x.md', 'x' * 1000)", "archive.put(root, 'postmortems/x.png', b'x' * 1000)"],
)
def test_on_a_full_disk_nothing_is_left_behind(tmp_path, code):
    answer = limited(tmp_path, code)

    assert re.match(r"PostmortemError: postmortems/x\.(?:md|png): cannot be written: .+\.", answer)
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []


def test_a_replacement_on_a_full_disk_leaves_the_old_text(tmp_path):
    archive.create(tmp_path, "postmortems/x.md", "old")

    assert limited(tmp_path, "archive.replace(root, 'postmortems/x.md', 'y' * 1000)")
    assert [path.read_text() for path in tmp_path.rglob("*") if path.is_file()] == ["old"]
