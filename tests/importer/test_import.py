"""`postmortem import` brings a team's old postmortems in: once, whole, with their pictures, and never over anything."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.commands.import_ import command
from generator.document import archive
from generator.document.parse import parse
from generator.importer import word_count
from generator.settings.model import Settings
from generator.site.pages.staging import stage
from tests.importer.test_exports import DOCS, INDEX, PAGE

OUTAGE = """\
# Search outage on 2026-03-04

![graph](img/load%20one.png) See [the other one](other.md#timeline) and [the plan](../secret/plan.md).

## Timeline

- 14:02 UTC - Search is down
- 14:31 UTC - Search is back

## Action items

- [ ] Alert on it
"""
OTHER = """\
# Login outage on 2026-02-01

## Timeline

- 08:00 UTC - Nobody can log in
- 08:20 UTC - Everybody can log in

## Root cause

A certificate.
"""


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    folder = tmp_path / "old" / "wiki"
    (folder / "img").mkdir(parents=True)
    (folder / "outage.md").write_text(OUTAGE, encoding="utf-8")
    (folder / "other.md").write_text(OTHER, encoding="utf-8")
    (folder / "README.md").write_text("# Our incidents\n\nCopy the template.\n", encoding="utf-8")
    (folder / "img" / "load one.png").write_bytes(b"\x89PNG picture")
    (tmp_path / "old" / "secret").mkdir()
    (tmp_path / "old" / "secret" / "plan.md").write_text("secret", encoding="utf-8")
    return folder


def run(root: Path, *arguments: object) -> Result:
    done = CliRunner().invoke(
        command, [str(a) for a in arguments], obj={"directory": root}, standalone_mode=False, catch_exceptions=False
    )
    assert done.exception is None
    return done


def tree(root: Path) -> dict[str, bytes]:
    folder = root / "postmortems"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_folder_comes_in_and_the_paths_are_printed(archive_root, wiki):
    done = run(archive_root, wiki)

    login, search = (Path(line) for line in done.stdout.splitlines())
    assert login.name == "INC-2026-0001-login-outage-on-2026-02-01.md"
    assert search.name == "INC-2026-0002-search-outage-on-2026-03-04.md"
    assert search.parent == archive_root / "postmortems" / "2026"
    assert [len(parse(p.read_text(encoding="utf-8")).postmortem.timeline) for p in (login, search)] == [2, 2]
    assert "2 imported with 4 timeline entries, 1 action items and 1 pictures and files" in done.stderr
    assert "wiki/README.md: is no postmortem" in done.stderr
    assert done.return_value == 0


def test_pictures_come_along_links_between_documents_hold_and_the_rest_is_told(archive_root, wiki):
    done = run(archive_root, wiki)

    text = Path(done.stdout.splitlines()[1]).read_text(encoding="utf-8")
    folder = archive_root / "postmortems" / "2026" / "INC-2026-0002-search-outage-on-2026-03-04"
    assert (folder / "img" / "load one.png").read_bytes() == b"\x89PNG picture"
    assert "![graph](INC-2026-0002-search-outage-on-2026-03-04/img/load%20one.png)" in text
    assert '[the other one](INC-2026-0001-login-outage-on-2026-02-01.md#timeline "other.md#timeline")' in text
    assert "the plan (`../secret/plan.md`)" in text
    assert "wiki/outage.md:3: the file ../secret/plan.md lies outside the folder and did not come along" in done.stderr
    assert not list((archive_root / "postmortems").rglob("plan*"))


def test_a_second_run_changes_nothing(archive_root, wiki):
    run(archive_root, wiki)
    before = tree(archive_root)
    again = run(archive_root, wiki)

    assert tree(archive_root) == before
    assert again.stdout == ""
    assert "0 imported" in again.stderr
    assert "2 unchanged" in again.stderr
    assert again.return_value == 0


def test_a_file_that_was_imported_with_its_folder_is_recognised_alone(archive_root, wiki):
    run(archive_root, wiki)

    assert "1 unchanged" in run(archive_root, wiki / "other.md").stderr


def test_a_new_file_among_old_ones_comes_in(archive_root, wiki):
    run(archive_root, wiki)
    before = tree(archive_root)
    (wiki / "third.md").write_text(OTHER.replace("2026-02-01", "2026-04-01"), encoding="utf-8")
    done = run(archive_root, wiki)

    assert [Path(line).name[:13] for line in done.stdout.splitlines()] == ["INC-2026-0003"]
    assert {path: tree(archive_root)[path] for path in before} == before


def test_a_source_that_changed_is_refused_and_what_was_imported_is_left_alone(archive_root, wiki):
    run(archive_root, wiki)
    before = tree(archive_root)
    (wiki / "other.md").write_text(OTHER + "\nMore.\n", encoding="utf-8")
    done = run(archive_root, wiki)

    assert tree(archive_root) == before
    assert "wiki/other.md: has changed since it was imported as postmortems/2026/INC-2026-0001-" in done.stderr
    assert done.return_value == 1


def test_an_edited_document_is_left_alone(archive_root, wiki):
    first = Path(run(archive_root, wiki).stdout.splitlines()[0])
    first.write_text(first.read_text(encoding="utf-8") + "\nA person wrote this.\n", encoding="utf-8")
    before = tree(archive_root)
    run(archive_root, wiki)

    assert tree(archive_root) == before


def test_a_document_keeps_its_own_id_and_a_taken_one_is_told(archive_root, wiki):
    (wiki / "INC-2026-0042 - Login.md").write_text(OTHER + "\nA.\n", encoding="utf-8")
    (wiki / "PM2026-007 - Login.md").write_text(OTHER + "\nB.\n", encoding="utf-8")
    done = run(archive_root, wiki)

    ids = {d.postmortem.id for d in archive.load(archive_root)}
    assert ids == {"INC-2026-0042", "PM2026-007", "INC-2026-0001", "INC-2026-0002", "INC-2026-0003"}
    assert "wiki/INC-2026-0042 - Login.md:1: its id INC-2026-0042 is taken, so it got INC-2026-" in done.stderr


def test_a_dry_run_writes_nothing(archive_root, wiki):
    before = tree(archive_root)
    done = run(archive_root, wiki, "--dry-run")

    assert tree(archive_root) == before
    assert len(done.stdout.splitlines()) == 2
    assert "2 would be imported" in done.stderr


def test_out_names_another_folder_which_is_recognised_too(archive_root, wiki, tmp_path):
    out = tmp_path / "elsewhere"
    done = run(archive_root, wiki, "--out", out)

    assert sorted(p.name for p in out.glob("*.md")) == sorted(Path(line).name for line in done.stdout.splitlines())
    assert "2 unchanged" in run(archive_root, wiki, "--out", out).stderr


def test_json_reports_every_source(archive_root, wiki):
    records = {r["source"]: r for r in json.loads(run(archive_root, wiki, "--format", "json").stdout)}

    assert {source: r["result"] for source, r in records.items()} == {
        "wiki/README.md": "refused",
        "wiki/other.md": "imported",
        "wiki/outage.md": "imported",
    }
    assert (
        records["wiki/outage.md"]["entries"],
        records["wiki/outage.md"]["actions"],
        records["wiki/outage.md"]["pictures"],
    ) == (2, 1, 1)
    assert records["wiki/outage.md"]["notes"][0]["line"] == 3


def test_what_is_no_postmortem_is_imported_by_force(archive_root, wiki):
    refused = run(archive_root, wiki / "README.md")
    forced = run(archive_root, wiki / "README.md", "--force")

    assert (refused.return_value, refused.stdout) == (1, "")
    assert forced.return_value == 0
    assert Path(forced.stdout.strip()).parent.name == "undated"


def test_links_that_lead_out_and_files_that_are_no_text_are_told(archive_root, wiki, tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_text(OTHER, encoding="utf-8")
    (wiki / "leak.md").symlink_to(outside)
    (wiki / "loop.md").symlink_to(wiki / "loop.md")
    (wiki / "binary.md").write_bytes(b"a\0b")
    (wiki / "img" / "leak.png").symlink_to(outside)
    (wiki / "outage.md").write_text(OUTAGE.replace("load%20one.png", "leak.png"), encoding="utf-8")
    os.mkfifo(wiki / "pipe.md")
    done = run(archive_root, wiki)

    assert "wiki/leak.md: The link leads out of the folder, so it is not read; copy the file here." in done.stderr
    assert "wiki/loop.md: The link leads in a circle." in done.stderr
    assert "wiki/binary.md: This is not a text file." in done.stderr
    assert "wiki/pipe.md: This is not a regular file but a pipe, so it is not read." in done.stderr
    assert "the picture img/leak.png lies outside the folder and did not come along" in done.stderr
    assert done.return_value == 1


def test_a_file_that_is_not_there_is_told(archive_root, tmp_path):
    done = run(archive_root, tmp_path / "gone.md")

    assert "gone.md: There is no such file." in done.stderr
    assert done.return_value == 1


def test_a_file_in_windows_1252_comes_in_with_a_note(archive_root, tmp_path):
    file = tmp_path / "old.md"
    file.write_bytes(OTHER.replace("Nobody", "“Müller”").encode("cp1252"))
    done = run(archive_root, file)

    assert "“Müller” can log in" in Path(done.stdout.strip()).read_text(encoding="utf-8")
    assert ":5: the file is not UTF-8 and was read as Windows-1252" in done.stderr


def test_a_document_of_the_archive_is_not_imported_again(archive_root):
    done = run(archive_root, archive_root / "postmortems")

    assert "lies in the archive already" in done.stderr


def test_no_word_of_a_source_is_lost(archive_root, wiki):
    for line in run(archive_root, wiki).stdout.splitlines():
        path = Path(line)
        source = wiki / str(archive.read(path, archive_root).front.values["x-source"]).split("/")[1]
        assert word_count.missing(source.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")) == {}


def test_an_export_of_confluence_comes_in(archive_root, tmp_path):
    export = tmp_path / "OPS"
    (export / "attachments" / "101").mkdir(parents=True)
    (export / "attachments" / "101" / "202.png").write_bytes(b"PNG")
    (export / "index.html").write_text(INDEX, encoding="utf-8")
    (export / "Outage_101.html").write_text(PAGE, encoding="utf-8")
    done = run(archive_root, export, "--from", "confluence-export")

    path = Path(done.stdout.strip())
    assert path.name == "INC-2026-0001-outage-of-the-ledger.md"
    assert (path.with_suffix("") / "attachments" / "101" / "202.png").read_bytes() == b"PNG"
    assert "the other page (`Other-page_303.html`)" in path.read_text(encoding="utf-8")
    assert "OPS/index.html: the page has no text of its own" in done.stderr


def test_an_export_of_google_docs_comes_in(archive_root, tmp_path):
    file = tmp_path / "Outage of the ledger.md"
    file.write_text(DOCS, encoding="utf-8")
    path = Path(run(archive_root, file, "--from", "google-docs").stdout.strip())

    assert (path.with_suffix("") / "imported" / "image1.png").read_bytes() == b"PNG" * 20


def test_an_imported_archive_is_staged_without_a_broken_link(archive_root, wiki):
    run(archive_root, wiki)
    documents = [d for d in archive.load(archive_root) if "x-source" in d.front.values]
    files = {f"postmortems/{path}" for path in tree(archive_root)}
    staged = stage(documents, Settings(), now=datetime(2026, 11, 20, tzinfo=UTC), audience="internal", files=files)

    assert staged.problems == ()
    assert len(documents) == 2
    assert [place.rsplit("/", 1)[-1] for place in staged.copies.values()] == ["load one.png"]
