"""From an archive on disk to a site: the commands `build` and `serve`, as a person runs them."""

import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from generator.site.build import inputs, workers
from generator.site.build.cache import Cache
from tests.conftest import EXAMPLE, environment
from tests.site.build.site import tree

POSTMORTEM = [sys.executable, "-m", "generator"]
FILE = Path("postmortems/2026/INC-2026-0042-checkout.md")


def run(root, *arguments):
    return subprocess.run(
        [*POSTMORTEM, "-C", root, *arguments], capture_output=True, text=True, env=environment(), check=False
    )


def test_build_writes_the_site_says_where_and_does_it_once(archive_root):
    first = run(archive_root, "build")
    second = run(archive_root, "build")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert first.stdout == second.stdout == f"{archive_root / 'site'}\n"
    assert re.search(r"^\d+ pages built, 0 as before, in \d+\.\d s with mkdocs\.$", first.stderr, re.MULTILINE)
    assert re.search(r"^0 pages built, \d+ as before", second.stderr, re.MULTILINE)
    html = (archive_root / "site/postmortems/INC-2026-0042/index.html").read_text(encoding="utf-8")
    assert "Checkout errors after the payments migration" in html
    assert "The pool was too small." in html


def test_an_archive_without_a_single_postmortem_has_a_site(tmp_path):
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").touch()
    done = run(tmp_path, "build")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/index.html").is_file()


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / FILE).write_text(EXAMPLE.replace("43", "44"), encoding="utf-8"),
        lambda root: (root / "site_config/archive.yml").write_text("title: Other\n", encoding="utf-8"),
        lambda root: (root / "postmortems/2026/INC-2026-0042-checkout.md").rename(root / "postmortems/x.md"),
        lambda root: (root / "site/index.html").unlink(),
        lambda root: (root / "site/index.html").write_text("", encoding="utf-8"),
    ],
)
def test_documents_are_read_again_when_anything_that_matters_has_changed(archive_root, change):
    run(archive_root, "build")
    assert "Reading the archive" not in run(archive_root, "build").stderr
    change(archive_root)
    assert "Reading the archive" in run(archive_root, "build").stderr


def test_clean_builds_everything_and_gives_the_same_bytes(archive_root):
    run(archive_root, "build")
    before = tree(archive_root / "site")
    again = run(archive_root, "build", "--clean")

    assert re.search(r"^[1-9]\d* pages built, 0 as before", again.stderr, re.MULTILINE)
    assert tree(archive_root / "site") == before


def test_what_the_audience_may_not_see_is_in_no_byte_even_after_it_was(archive_root):
    secret = EXAMPLE.replace("INC-2026-0042", "INC-2026-0043").replace("audience: internal", "audience: restricted")
    secret = secret.replace("The pool was too small.", "The zanzibar key was readable.")
    (archive_root / "postmortems/2026/INC-2026-0043-key.md").write_text(secret, encoding="utf-8")
    everything = run(archive_root, "build", "--audience", "restricted")
    assert b"zanzibar" in b"".join(tree(archive_root / "site").values()), everything.stderr
    run(archive_root, "build", "--audience", "internal")
    site = tree(archive_root / "site")

    assert b"zanzibar" not in b"".join(site.values())
    assert not [path for path in site if "INC-2026-0043" in path]


def test_a_broken_link_is_refused_with_its_line_unless_told_otherwise(archive_root):
    path = archive_root / FILE
    path.write_text(EXAMPLE.replace("The pool", "[This](../gone.md)\n\nThe pool"), encoding="utf-8")
    strict = run(archive_root, "build")
    loose = run(archive_root, "build", "--no-strict")
    again = run(archive_root, "build", "--no-strict")

    assert strict.returncode == 1
    assert re.search(rf"{re.escape(FILE.as_posix())}:\d+: .*gone\.md", strict.stderr)
    assert "Traceback" not in strict.stderr
    assert loose.returncode == 0, loose.stderr
    assert "gone.md" in loose.stderr
    assert "gone.md" in again.stderr, "what is wrong is said every time"


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_built(archive_root):
    (archive_root / "postmortems/2026/bad.md").write_bytes(b"\xff\xfe")
    done = run(archive_root, "build")
    again = run(archive_root, "build")

    assert done.returncode == again.returncode == 1
    assert "postmortems/2026/bad.md:1:" in done.stderr
    assert "postmortems/2026/bad.md:1:" in again.stderr
    assert (archive_root / "site/postmortems/INC-2026-0042/index.html").is_file()


def test_help_has_an_example_and_usage_errors_exit_with_2(archive_root):
    assert "Example: postmortem build" in run(archive_root, "build", "--help").stdout
    assert "Example: postmortem serve" in run(archive_root, "serve", "--help").stdout
    assert run(archive_root, "build", "--engine", "jekyll").returncode == 2
    assert run(archive_root, "build", "--output", str(archive_root)).returncode == 2


def fetch(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def test_serve_shows_edits_keeps_the_last_good_site_and_ends_quietly(archive_root):
    talk = archive_root / "talk.txt"
    with talk.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [*POSTMORTEM, "-C", archive_root, "serve", "--port", "18800"],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment(),
        )
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())[0]
        place = f"{address}postmortems/INC-2026-0042/"
        assert "The pool was too small." in fetch(place)
        path = archive_root / FILE
        path.write_text(EXAMPLE.replace("too small", "far too small"), encoding="utf-8")
        until(lambda: "The pool was far too small." in fetch(place))
        look = archive_root / "site_config" / "archive.yml"
        look.write_text("titel: x\n", encoding="utf-8")
        until(lambda: "Did you mean" in talk.read_text(encoding="utf-8"))
        assert "The pool was far too small." in fetch(place)
        look.write_text("title: Another name\n", encoding="utf-8")
        until(lambda: "Another name" in fetch(address))
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 130
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert "Traceback" not in talk.read_text(encoding="utf-8")
    assert not (archive_root / "site").exists()


def test_the_guide_and_the_files_of_an_archive_are_found(tmp_path):
    for name in ("docs/index.md", "docs/a/b.md", "docs/x.png", ".git/config", "node_modules/x.md", "postmortems/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")

    assert inputs.guide(tmp_path).texts == {"docs/index.md": "# docs/index.md\n", "docs/a/b.md": "# docs/a/b.md\n"}
    assert inputs.files(tmp_path) == {"docs/index.md", "docs/a/b.md", "docs/x.png", "postmortems/a.md"}


@pytest.mark.parametrize("content", [b"\xff", None])
def test_a_page_of_the_guide_that_cannot_be_read_is_named(tmp_path, content):
    (tmp_path / "docs").mkdir()
    if content is None:
        (tmp_path.parent / "elsewhere.md").write_text("x", encoding="utf-8")
        (tmp_path / "docs" / "a.md").symlink_to(tmp_path.parent / "elsewhere.md")
    else:
        (tmp_path / "docs" / "a.md").write_bytes(content)
    guide = inputs.guide(tmp_path)

    assert guide.texts == {}
    assert [one.path for one in guide.refused] == ["docs/a.md"]


def test_texts_are_remembered_from_one_build_to_the_next(tmp_path):
    with Cache(tmp_path / "x.sqlite") as store:
        first = workers.Remembered(store)
        first["a"] = "ä"
        assert first["a"] == "ä"
        first.save()
        second = workers.Remembered(store)
        assert second["a"] == "ä"
        assert second.get("b") is None


def test_work_is_done_in_order_by_one_process_and_by_two():
    numbers = list(range(workers.FEWEST))

    assert list(workers.each(1)(float, numbers)) == list(workers.each(2)(float, numbers)) == [float(n) for n in numbers]


def test_damaged_caches_give_the_same_site_and_no_fault(archive_root):
    assert run(archive_root, "build").returncode == 0
    whole = {path: path.read_bytes() for path in (archive_root / "site").rglob("*") if path.is_file()}
    chance = random.Random(7)
    for file in (path for path in (archive_root / ".postmortem").rglob("*") if path.is_file()):
        data = bytearray(file.read_bytes())
        for at in chance.sample(range(len(data)), max(1, len(data) // 400)):
            data[at] ^= 0x15
        file.write_bytes(data)
    shutil.rmtree(archive_root / "site")

    done = run(archive_root, "build")

    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in (archive_root / "site").rglob("*") if path.is_file()} == whole


def test_a_cache_that_cannot_be_written_is_done_without(archive_root):
    (archive_root / ".postmortem").write_text("in the way", encoding="utf-8")

    done = run(archive_root, "build")

    assert done.returncode == 0, done.stderr
    assert (archive_root / "site/index.html").is_file()
    assert "Nothing is kept for the next build" in done.stderr


def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_done(archive_root):
    before = {path for path in archive_root.rglob("*") if not path.is_dir()}
    limit = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); sys.argv[0] = 'postmortem'; runpy.run_module('generator', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-B", "-c", limit, "-C", archive_root, "build"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "bug" not in done.stderr
    left = {path for path in archive_root.rglob("*") if not path.is_dir()} - before
    assert {path.relative_to(archive_root).parts[0] for path in left} <= {".postmortem"}
