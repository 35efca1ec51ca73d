"""Drafts from a running Jira as they lie in the archive: the text, the files beside it, and what was not stored."""

import re
from contextlib import closing

import pytest

from generator.document import archive
from generator.document.parse import parse
from generator.draft.create import DraftOptions, DraftWriter
from generator.errors import AlreadyExistsError
from generator.settings.load import load, now
from tests.draft.sources.jira_world import PICTURE, incident, long_history, started
from tests.jira_sandbox.client import Client

FOLDER = "postmortems/2026/INC-2026-0043-checkout-answers-503"


@pytest.fixture(params=["cloud", "data-center"])
def world(request, monkeypatch):
    with started(request.param) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def drafted(world, archive_root):
    """`drafted(ref, ...)` drafts one issue into the archive."""

    def start(ref, **wish):
        desk = DraftWriter(load(archive_root), now())
        return desk.draft(desk.read([f"jira:{ref}"]), DraftOptions(**wish))

    return start


def stored(root):
    folder = root / FOLDER
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def content(world):
    """The requests for the bytes of attachments."""
    return "GET /attachment/content/*" if world.dialect == "cloud" else "GET /secure/attachment/**"


def only_note(drafted):
    (note,) = [one for one in drafted.notes if one.startswith("attachment")]
    return note


def test_a_draft_holds_the_whole_story(world, archive_root, drafted):
    made = drafted(long_history(world))

    known = parse(made.path.read_text(encoding="utf-8")).postmortem
    events = " ".join(entry.event for entry in known.timeline)
    assert made.path == archive_root / f"{FOLDER}.md"
    assert (known.incident, known.severity, known.title) == ("OPS-1", "SEV1", "Checkout answers 503")
    assert "Status: To Do → In Progress" in events
    assert "Priority: Medium → High" in events
    assert "Remark 0" in made.text
    assert "Remark 119" in made.text
    assert made.notes == ()


def test_attachments_lie_beside_the_draft_which_links_to_them(world, archive_root, drafted):
    key = incident(world)
    number = world.attach(key, "error rate [1].png", PICTURE)

    made = drafted(key)

    (name,) = stored(archive_root)
    assert (name, stored(archive_root)[name]) == (f"{number}_error-rate-1.png", PICTURE)
    assert f"]({made.path.stem}/{name})" in made.text
    assert parse(made.text).postmortem.incident == key
    assert made.notes == ()


def test_a_dry_run_fetches_no_files(world, archive_root, drafted):
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE}])

    made = drafted(key, dry_run=True)

    assert made.path is None
    assert "graph.png" in made.text
    assert not (archive_root / FOLDER).exists()
    assert not [one for one in world.requests if "attachment" in one.path]


def test_a_draft_elsewhere_has_its_files_there(world, archive_root, drafted, tmp_path_factory):
    there = tmp_path_factory.mktemp("elsewhere")
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE}])

    made = drafted(key, out=there / "review.md")

    assert made.path == there / "review.md"
    assert [path.read_bytes() for path in (there / "review").iterdir()] == [PICTURE]
    assert not (archive_root / FOLDER).exists()


def test_names_become_harmless_and_stay_apart(world, archive_root, drafted):
    names = [
        "../../../outside.txt",
        "CON",
        "a/b.txt",
        "nul\x00.txt",
        "x" * 300 + ".log",
        "cod\u202egnp.exe",
        "same.txt",
        "same.txt",
    ]
    key = incident(world, attachments=[{"filename": name, "content": f"file {n}"} for n, name in enumerate(names)])

    made = drafted(key)

    kept = stored(archive_root)
    assert sorted(kept.values()) == [f"file {n}".encode() for n in range(len(names))]
    assert all(re.fullmatch(r"[0-9]+_[A-Za-z0-9._-]+", name) and len(name) <= 200 for name in kept)
    assert not list(archive_root.parent.glob("**/outside.txt"))
    assert made.notes == ()


def test_what_a_browser_would_run_or_the_archive_would_read_is_stored_as_text(world, archive_root, drafted):
    names = ["page.HTML", "picture.svg", "INC-2026-0099-notes.md"]
    key = incident(world, attachments=[{"filename": name, "content": "<script>"} for name in names])

    made = drafted(key)

    assert [name.partition("_")[2] for name in sorted(stored(archive_root))] == [
        "page.html.txt",
        "picture.svg.txt",
        "INC-2026-0099-notes.md.txt",
    ]
    assert [path.name for path in archive.paths(archive_root)] == ["INC-2026-0042-checkout.md", made.path.name]


def test_a_file_above_the_limit_is_not_fetched(world, archive_root, drafted):
    (archive_root / "site_config" / "archive.yml").write_text("jira:\n  attachment_limit: 1\n", encoding="utf-8")
    big = b"x" * (1024 * 1024 + 1)
    key = incident(
        world, attachments=[{"filename": "heap.bin", "content": big}, {"filename": "ok.bin", "content": big[:-1]}]
    )

    made = drafted(key)

    assert [len(data) for data in stored(archive_root).values()] == [1024 * 1024]
    assert "heap.bin was not stored and is only linked: heap.bin has 1,048,577 bytes" in only_note(made)
    assert only_note(made) in made.missing


@pytest.mark.parametrize(
    ("do", "more", "said"),
    [
        ("200", {"body": "short"}, "came with 5 bytes instead of 1,032"),
        ("200", {"body": "long" * 300}, "came with 1,200 bytes instead of 1,032"),
        ("html", {}, "page"),
        ("short", {}, "graph.png was not stored"),
        ("403", {}, "403"),
        ("404", {}, "no such thing"),
        ("302", {"headers": {"Location": "https://files.elsewhere.example/graph.png"}}, "files.elsewhere.example"),
        ("302", {"headers": {"Location": "http://169.254.169.254/latest"}}, "was not fetched"),
        ("login", {}, "log-in page"),
    ],
)
def test_a_file_that_comes_wrong_is_not_kept_and_told(world, drafted, do, more, said):
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE, "mimeType": "image/png"}])
    world.fault(content(world), do, **more)

    made = drafted(key)

    assert said in only_note(made)
    assert not made.path.with_suffix("").exists()
    assert "graph.png" in made.text
    assert made.path.exists()


def test_a_file_at_a_foreign_address_is_never_asked_for(world, archive_root, drafted):
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE}])
    with closing(Client(world)) as client:
        shown = client.get(f"/issue/{key}").body
    shown["fields"]["attachment"][0]["content"] = "https://files.elsewhere.example/graph.png"
    world.fault(f"GET /issue/{key}", "200", body=shown)

    made = drafted(key)

    if world.dialect == "cloud":  # which is asked by the file's id, whatever address it tells
        assert list(stored(archive_root).values()) == [PICTURE]
    else:
        assert "files.elsewhere.example" in only_note(made)
        assert stored(archive_root) == {}


def test_a_link_in_place_of_the_folder_is_not_followed(world, archive_root, drafted, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (archive_root / FOLDER).symlink_to(outside)
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE}])

    made = drafted(key)

    assert "is a link, and nothing is stored through one" in only_note(made)
    assert list(outside.iterdir()) == []
    assert made.path.exists()


def test_a_link_within_the_archive_is_not_followed_either(world, archive_root, drafted):
    (archive_root / "postmortems" / "2026" / "other").mkdir()
    (archive_root / FOLDER).symlink_to("other")
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE}])

    assert "is a link" in only_note(drafted(key))
    assert list((archive_root / "postmortems" / "2026" / "other").iterdir()) == []


def test_a_link_in_place_of_a_file_is_not_followed(world, archive_root, drafted, tmp_path):
    target = tmp_path / "precious"
    target.write_text("precious", encoding="utf-8")
    key = incident(world)
    number = world.attach(key, "graph.png", PICTURE)
    (archive_root / FOLDER).mkdir()
    (archive_root / FOLDER / f"{number}_graph.png").symlink_to(target)

    assert "was not stored" in only_note(drafted(key))
    assert target.read_text(encoding="utf-8") == "precious"


def test_a_file_in_place_of_the_folder_is_left_alone(world, archive_root, drafted):
    (archive_root / FOLDER).write_text("mine", encoding="utf-8")
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE}])

    assert "was not stored" in only_note(drafted(key))
    assert (archive_root / FOLDER).read_text(encoding="utf-8") == "mine"


def test_what_somebody_put_there_is_not_overwritten(world, archive_root, drafted):
    key = incident(world)
    number = world.attach(key, "graph.png", PICTURE)
    (archive_root / FOLDER).mkdir()
    (archive_root / FOLDER / f"{number}_graph.png").write_text("mine", encoding="utf-8")

    assert "nothing was overwritten" in only_note(drafted(key))
    assert stored(archive_root) == {f"{number}_graph.png": b"mine"}


def test_a_draft_that_cannot_be_written_leaves_no_files_behind(world, archive_root, drafted):
    key = incident(world, attachments=[{"filename": "graph.png", "content": PICTURE}])

    def somebody_is_quicker(number, phase):
        if phase == "before" and "/attachment/" in world.request(number).path:
            (archive_root / f"{FOLDER}.md").write_text("quicker", encoding="utf-8")

    world.on_request = somebody_is_quicker

    with pytest.raises(AlreadyExistsError):
        drafted(key)
    assert not (archive_root / FOLDER).exists()
    assert (archive_root / f"{FOLDER}.md").read_text(encoding="utf-8") == "quicker"


def test_pictures_in_a_text_are_shown_from_beside_the_document(world, archive_root, drafted):
    if world.dialect == "cloud":
        pytest.skip("Cloud names no file in its documents")
    key = incident(world, description="Look:\n\n!graph.png!")
    number = world.attach(key, "graph.png", PICTURE)

    made = drafted(key)

    assert f"[graph.png]({made.path.stem}/{number}_graph.png)" in made.text.partition("## Impact")[0]


@pytest.mark.parametrize("written", ["OPS-1", "ops-1"])
def test_an_incident_is_drafted_once_whatever_was_written_into_the_document(world, archive_root, drafted, written):
    key = incident(world)
    path = drafted(key).path
    text = path.read_text(encoding="utf-8").replace("incident: OPS-1", f"incident: {written}")
    text = re.sub(r"resolved: .*", "resolved: 2026-05-04T09:59:00Z", text)
    text = re.sub(r"title: .*", "title: Another title", text)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AlreadyExistsError, match="INC-2026-0043"):
        drafted(key)


def test_a_moved_incident_is_known_by_the_key_that_its_document_has(world, drafted):
    key = incident(world)
    drafted(key)
    new = world.move(key, "INCIDENT")

    for ref in (key, new, world.issue(new)["id"]):
        with pytest.raises(AlreadyExistsError, match="INC-2026-0043"):
            drafted(ref)


def test_a_document_that_only_links_to_the_incident_is_known_too(world, drafted):
    key = incident(world)
    path = drafted(key).path
    text = re.sub(r"\nincident: .*|\nresolved: .*", "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("title: Checkout answers 503", "title: Another title"), encoding="utf-8")

    for ref in (key, world.move(key, "INCIDENT")):
        with pytest.raises(AlreadyExistsError, match="INC-2026-0043"):
            drafted(ref)


def test_another_source_adds_to_the_issue(world, archive_root):
    key = incident(world)
    (archive_root / "chat.json").write_text(
        '{"timeline": [{"time": "2026-05-04T10:30:00Z", "event": "Pool size raised"}]}', encoding="utf-8"
    )
    desk = DraftWriter(load(archive_root), now())

    made = desk.draft(desk.read([f"jira:{key}", f"file:{archive_root / 'chat.json'}"]), DraftOptions(dry_run=True))

    assert "Pool size raised" in made.text
    assert f"incident: {key}" in made.text
