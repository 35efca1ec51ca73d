"""Whatever lies where a file should be: nothing waits, nothing fills the memory, and each is told with its path."""

import os
import socket
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.main import main
from generator.errors import InputError
from generator.regular_files import Guard, exists
from tests.conftest import EXAMPLE

GIGABYTES = 3_000_000_000


def pipe(path):
    os.mkfifo(path)


def unix_socket(path):
    # The name of a socket is short, so it is made elsewhere and moved.
    with tempfile.TemporaryDirectory() as room, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{room}/s")
        Path(room, "s").rename(path)


def sparse(path):
    with path.open("wb") as file:
        file.truncate(GIGABYTES)


def endless(path):
    path.symlink_to("/dev/zero")


def kernel(path):
    path.symlink_to("/proc/self/environ")


def outside(path):
    path.symlink_to(Path(__file__).resolve())


def nowhere(path):
    path.symlink_to(path.parent / "gone")


def circle(path):
    path.symlink_to(path)


def linked_pipe(path):
    os.mkfifo(path.parent / ".hidden-pipe")
    path.symlink_to(".hidden-pipe")


def folder(path):
    path.mkdir()


TRAPS = {
    pipe: "not a regular file but a pipe",
    unix_socket: "not a regular file but a socket",
    sparse: "3,000,000,000 bytes",
    endless: "leads out of the archive",
    kernel: "leads out of the archive",
    outside: "leads out of the archive",
    nowhere: "leads nowhere",
    circle: "leads in a circle",
    linked_pipe: "not a regular file but a pipe",
    folder: "This is a folder",
}
KINDS = pytest.mark.parametrize(("trap", "words"), TRAPS.items(), ids=[one.__name__ for one in TRAPS])


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "home" / "archive"
    for name, text in (
        ("site_config/archive.yml", "title: A\n"),
        ("postmortems/2026/INC-2026-0042-checkout.md", EXAMPLE),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def run(capsys):
    def call(root, *words):
        with pytest.raises(SystemExit) as end:
            main(["-C", str(root), *map(str, words)])
        out, err = capsys.readouterr()
        return end.value.code, out, err

    return call


@KINDS
def test_the_guard_says_what_it_is_and_never_waits(archive, trap, words):
    trap(archive / "postmortems" / "x.md")

    with pytest.raises(InputError, match=words) as refusal:
        Guard(1000, "a file", archive).read(archive / "postmortems" / "x.md", "postmortems/x.md")
    assert refusal.value.path == "postmortems/x.md"


@KINDS
def test_the_commands_tell_it_and_do_the_rest(archive, run, trap, words):
    trap(archive / "postmortems" / "x.md")

    for command in (["list"], ["actions"]):
        code, out, err = run(archive, *command)
        assert code == 1
        assert "postmortems/x.md:1: " in err
        assert words in err
        assert "INC-2026-0042" in out
    code, out, _ = run(archive, "check", "--rule", "unreadable")
    assert code == 1
    assert words in out
    # The others are looked at for ids that stand twice, and must not be waited for either.
    assert (
        run(archive, "check", "--rule", "duplicate-id", archive / "postmortems/2026/INC-2026-0042-checkout.md")[0] == 0
    )


@KINDS
@pytest.mark.parametrize("name", ["archive.yml", "people.yml"])
def test_settings_that_are_no_file_end_with_2_and_are_not_the_built_in_ones(archive, run, trap, words, name):
    (archive / "site_config" / name).unlink(missing_ok=True)
    trap(archive / "site_config" / name)
    code, out, err = run(archive, "list")

    assert (code, out) == (2, "")
    assert f"site_config/{name}: " in err
    assert words in err


@KINDS
def test_a_template_that_is_no_file_is_told(archive, run, trap, words):
    (archive / "templates").mkdir()
    trap(archive / "templates" / "outage.md.j2")
    code, _, err = run(archive, "new", "--title", "X", "--template", "outage")

    assert code == 2
    assert "templates/outage.md.j2: " in err
    assert words in err


@pytest.mark.parametrize("trap", [pipe, unix_socket, sparse, folder, nowhere])
def test_an_import_takes_the_rest(archive, run, tmp_path, trap):
    wiki = tmp_path / "old" / "wiki"
    wiki.mkdir(parents=True)
    (wiki / "outage.md").write_text(EXAMPLE.replace("INC-2026-0042", "INC-2026-0077"), encoding="utf-8")
    trap(wiki / "x.md")
    code, out, err = run(archive, "import", wiki)

    assert "INC-2026-0077" in out
    assert (code, "wiki/x.md: " in err) == ((0, False) if trap is folder else (1, True))


def test_a_source_from_a_pipe_is_refused_in_a_sentence(archive, run):
    read, write = os.pipe()
    try:
        code, out, err = run(archive, "new", "--from", f"file:/dev/fd/{read}")
    finally:
        os.close(read)
        os.close(write)

    assert (code, out) == (1, "")
    assert "save the data in a file first" in err


def test_all_of_them_at_once_keep_no_site_from_being_built(archive, run, tmp_path):
    (archive / "docs").mkdir()
    (archive / "docs" / "index.md").write_text("# How we work\n", encoding="utf-8")
    for trap in TRAPS:
        for name in ("docs/{}/x.md", "docs/{}/x.png", "postmortems/{}/x.md", "postmortems/{}/x.bin"):
            path = archive / name.format(trap.__name__)
            path.parent.mkdir(exist_ok=True)
            (path.parent / ".hidden-pipe").unlink(missing_ok=True)
            trap(path)
    code, _, err = run(archive, "build", "--output", tmp_path / "site", "--jobs", "1")

    assert code == 1
    assert (tmp_path / "site" / "postmortems" / "INC-2026-0042" / "index.html").is_file()
    assert not list((tmp_path / "site").rglob("x.*"))
    for trap in TRAPS:
        assert f"docs/{trap.__name__}/x.md: " in err
        assert f"postmortems/{trap.__name__}/x.md:1: " in err
        assert (f"docs/{trap.__name__}/x.png: " in err) == (trap is not folder)  # folders are where files lie
        assert (f"postmortems/{trap.__name__}/x.bin: " in err) == (trap is not folder)


@pytest.mark.parametrize("trap", [pipe, sparse, endless, outside])
def test_a_look_that_cannot_be_read_gives_way_to_the_built_in_one(archive, run, tmp_path, trap):
    (archive / "site_config" / "mkdocs.yml").write_text(
        "theme: {name: material, custom_dir: overrides}\n", encoding="utf-8"
    )
    (archive / "site_config" / "overrides").mkdir()
    trap(archive / "site_config" / "overrides" / "x.css")
    code, _, err = run(archive, "build", "--output", tmp_path / "site", "--jobs", "1")

    assert code == 1
    assert "site_config/overrides/x.css: " in err
    assert "The site has the built-in look." in err
    assert (tmp_path / "site" / "index.html").is_file()
    assert not (tmp_path / "site" / "x.css").exists()


@pytest.fixture
def unprivileged():
    """Act as somebody who may not read everything, in a folder that they may enter; root may read all."""
    with tempfile.TemporaryDirectory() as room:
        place = Path(room)
        place.chmod(0o755)
        before = os.geteuid()

        def drop():
            os.seteuid(65_534 if before == 0 else before)

        yield place, drop
        os.seteuid(before)
        for path in place.rglob("*"):
            path.chmod(0o755)


def test_what_may_not_be_read_is_told_and_not_taken_for_absent(unprivileged):
    place, drop = unprivileged
    (place / "closed.md").write_text("x", encoding="utf-8")
    (place / "room").mkdir()
    (place / "room" / "x.md").write_text("x", encoding="utf-8")
    (place / "closed.md").chmod(0)
    (place / "room").chmod(0)
    drop()

    for name in ("closed.md", "room", "room/x.md"):
        with pytest.raises(InputError, match="Permission denied"):
            Guard(1000, "a file", place).read(place / name, name)
    with pytest.raises(InputError, match="Permission denied"):
        exists(place / "room" / "x.md")
    assert not exists(place / "gone" / "x.md")


def test_a_folder_of_postmortems_that_may_not_be_read_is_no_empty_one(unprivileged):
    from generator.document import archive as documents

    place, drop = unprivileged
    (place / "postmortems" / "2026").mkdir(parents=True)
    (place / "postmortems" / "2026").chmod(0)
    drop()

    read = documents.load(place)
    assert [(one.path, one.findings[0].message) for one in read] == [
        ("postmortems/2026", "The folder cannot be read: Permission denied.")
    ]


@given(st.binary(max_size=64), st.integers(0, 64))
def test_a_file_is_read_whole_or_refused(data, limit):
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "x"
        path.write_bytes(data)
        guard = Guard(limit, "a file", Path(room))
        if len(data) > limit:
            with pytest.raises(InputError, match=f"has {len(data)} bytes; a file has at most {limit}"):
                guard.read(path, "x")
        else:
            assert guard.read(path, "x") == data


def test_a_link_inside_the_archive_is_followed(archive):
    (archive / "postmortems" / "latest.md").symlink_to("2026/INC-2026-0042-checkout.md")

    assert Guard(10_000, "a postmortem", archive).text(archive / "postmortems" / "latest.md", "x") == EXAMPLE
