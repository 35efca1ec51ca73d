"""Pages of postmortems in a Confluence of either kind."""

from tests.sync.confluence.conftest import ID, Archive, rows, told
from tests.sync.confluence.stand_in import World, well_formed


def test_a_published_postmortem_becomes_one_page(site: Archive, world: World):
    site.write()
    site.attach("errors.png", b"\x89PNG one")
    site.attach("log.txt", b"a line")
    site.attach("unnamed.txt", b"never named")

    result = site.run()

    assert told(result) == [("create", "", True)]
    page = world.only("#INC")
    group = world.pages[page.parent]
    assert (page.title, group.title, group.parent) == (f"#{ID} Checkout errors", "Postmortems 2026-Q1", world.home)
    assert page.labels == {"postmortem", "postmortem-inc-2026-0042", "sev1", "outage", "checkout-api"}
    assert {name: one["versions"] for name, one in page.attachments.items()} == {
        "errors.png": [b"\x89PNG one"],
        "log.txt": [b"a line"],
    }
    assert '<ac:image ac:alt="Errors per minute"><ri:attachment ri:filename="errors.png" /></ac:image>' in page.body
    assert "https://jira.fernway.example/browse/OPS-7" in page.body
    assert page.body.count("Checkout errors") == 0  # the title stands above the body already
    words = " ".join("".join(well_formed(page.body).itertext()).split())
    assert "For 43 minutes, three in five saw an error." in words
    assert "Jane Smith" in words
    assert page.properties["postmortem"]["value"]["version"] == 1
    assert [row["target"] for row in rows(result)] == ["confluence"]
    assert rows(result)[0]["key"] == page.id


def test_without_apply_nothing_is_written(site: Archive, world: World):
    site.write()

    result = site.run(apply=False)

    assert told(result) == [("create", "", None)]
    assert world.writes == []


def test_what_has_not_changed_is_not_written_again(site: Archive, world: World):
    for number in range(5):
        site.write(f"INC-2026-{number:04}", title=f"Title {number}")
    site.attach("errors.png", b"one", "INC-2026-0001")
    site.run()

    result = site.run()

    assert told(result) == []
    assert world.writes == []
    assert len(world.asked) == 5  # who we are, the space, the search, and two lists of pages
    assert result.exit_code == 0


def test_many_pages_come_in_pieces(site: Archive, world: World):
    world.page_size = 2
    for number in range(7):
        site.write(f"INC-2026-{number:04}", title=f"Title {number}")
    site.run()

    assert told(site.run()) == []


def test_a_changed_text_is_a_new_version(site: Archive, world: World):
    site.write()
    site.run()

    site.write(text="Something else.")
    result = site.run()

    page = world.only("#INC")
    assert told(result) == [("update", "", True)]
    assert page.version == page.properties["postmortem"]["value"]["version"] == 2
    assert "Something else." in page.body
    assert told(site.run()) == []


def test_a_new_title_renames_the_page(site: Archive, world: World):
    site.write()
    site.run()

    site.write(title="Payments failed")
    result = site.run()

    assert world.only("#INC").title == f"#{ID} Payments failed"
    assert {"name": "title", "before": f"#{ID} Checkout errors", "after": f"#{ID} Payments failed"} in rows(result)[0][
        "changes"
    ]


def test_another_quarter_moves_the_page(site: Archive, world: World):
    site.write()
    site.run()

    site.write(started="2026-04-02")
    site.run()

    page = world.only("#INC")
    assert world.pages[page.parent].title == "Postmortems 2026-Q2"
    assert world.only("Postmortems 2026-Q1")  # nothing is deleted
    assert told(site.run()) == []


def test_quarters_begin_as_set_and_years_or_nothing_may_stand_for_them(site: Archive, world: World):
    site.settings("quarter_start: 2\nconfluence: {archive_by: year}\n")
    site.write(started="2026-01-15")
    site.run()
    assert world.pages[world.only("#INC").parent].title == "Postmortems 2025"

    site.settings("confluence: {archive_by: nothing}\n")
    site.run()
    assert world.only("#INC").parent == world.home


def test_a_page_that_a_person_moved_stays_there(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    page.parent = world.add("Our reading list").id

    site.write(text="Something else.")
    site.run()

    assert world.only("#INC") is page
    assert world.pages[page.parent].title == "Our reading list"
    assert page.version == 2


def test_the_parent_may_be_named_by_title_or_id(site: Archive, world: World):
    parent = world.add("Incidents & learning")
    site.write()
    site.settings("confluence: {parent: Incidents & learning}\n")
    site.run()
    assert world.only("Postmortems 2026-Q1").parent == parent.id

    site.settings(f"confluence: {{parent: {parent.id}}}\n")
    assert told(site.run()) == []


def test_drafts_have_no_page_unless_they_are_wanted(site: Archive, world: World):
    site.write(status="in-review", title="Not to be told")
    assert told(site.run()) == []
    assert not [one for one in world.asked if "told" in one.path]

    site.settings("confluence: {statuses: [in-review, published]}\n")
    assert told(site.run()) == [("create", "", True)]

    site.settings("")
    result = site.run()
    assert told(result) == [("warning", "page-kept", None)]
    assert result.exit_code == 0
    assert world.writes == []


def test_labels_follow_and_those_of_people_stay(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    page.labels.add("reading-club")

    site.write(severity="SEV2")
    site.run()

    assert "sev2" in page.labels
    assert "sev1" not in page.labels
    assert "reading-club" in page.labels


def test_attachments_are_uploaded_when_they_change(site: Archive, world: World):
    site.write()
    site.attach("errors.png", b"one")
    site.run()

    site.write(text="Another text.")
    site.run()
    assert not [one for one in world.writes if "attachment" in one]

    site.attach("errors.png", b"two")
    result = site.run()
    page = world.only("#INC")
    assert page.attachments["errors.png"]["versions"] == [b"one", b"two"]
    assert page.version == 2  # its text did not change
    assert [one["name"] for one in rows(result)[0]["changes"]] == ["attachments"]
    assert told(site.run()) == []


def test_a_picture_that_is_refused_is_told_and_tried_again(site: Archive, world: World):
    from tests.clients.http.conftest import Reply

    site.write()
    site.attach("errors.png", b"one")
    world.before = lambda asked: (
        Reply(403, b"{}") if asked.path.endswith("/child/attachment") and asked.method == "POST" else None
    )
    result = site.run()
    assert ("warning", "attachment-failed", None) in told(result)
    assert result.exit_code == 0

    world.before = lambda _: None
    site.run()
    assert world.only("#INC").attachments["errors.png"]["versions"] == [b"one"]


def test_a_file_above_the_limit_is_left_out(site: Archive, world: World):
    site.settings("confluence: {attachment_limit: 0}\n")
    site.write()
    site.attach("errors.png", b"one")

    assert sorted(told(site.run())) == [("create", "", True), ("warning", "attachment-too-large", None)]
    assert world.only("#INC").attachments == {}


def test_a_text_that_is_too_large_is_cut_with_a_link(site: Archive, world: World):
    world.largest = 140_000
    site.settings("confluence: {text_limit: 250000}\n")
    site.write(text="\n\n".join(f"Paragraph {number} {'of a long story ' * 60}." for number in range(300)))

    assert told(site.run()) == [("create", "", True)]

    page = world.only("#INC")
    assert "The text is longer than Confluence takes." in page.body
    assert f'href="https://postmortems.fernway.example/postmortems/{ID}/"' in page.body
    assert "Paragraph 20 of" in page.body
    well_formed(page.body)
    assert told(site.run()) == []
