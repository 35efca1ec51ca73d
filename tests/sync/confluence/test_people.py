"""What people do in Confluence is never overwritten, and what may not be told never leaves."""

import json

import pytest

from generator.errors import PostmortemError, UnauthorisedError
from tests.clients.http.conftest import Reply
from tests.sync.confluence.conftest import ID, Archive, rows, told
from tests.sync.confluence.stand_in import TOKEN, World

CANARY = "Zanzibar-canary"


def test_a_page_that_a_person_edited_is_left_alone(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    world.edit(page)

    result = site.run()
    assert told(result) == [("warning", "page-edited", None)]
    assert result.exit_code == 0

    site.write(text="Something else.")
    result = site.run()
    assert told(result) == [("conflict", "page-edited", None)]
    assert result.exit_code == 1
    assert world.writes == []
    assert page.body == "<p>Edited by a person.</p>"

    assert told(site.run(force=True)) == [("update", "", True)]
    assert "Something else." in page.body
    assert told(site.run()) == []


def test_force_also_writes_over_an_edit_where_the_file_is_the_same(site: Archive, world: World):
    site.write()
    site.run()
    world.edit(world.only("#INC"))

    assert told(site.run(force=True)) == [("update", "", True)]
    assert "three in five" in world.only("#INC").body


def test_open_comments_keep_a_text_from_being_overwritten(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    page.comments = ["resolved", "open", "dangling"]
    assert told(site.run()) == []

    site.write(text="Something else.")
    result = site.run()
    assert told(result) == [("conflict", "page-has-comments", None)]
    assert "1 open comment stands" in str(rows(result)[0]["message"])
    assert world.writes == []

    page.comments = ["resolved"]
    assert told(site.run()) == [("update", "", True)]
    page.comments = ["reopened"]
    site.write(text="A third text.")
    assert told(site.run(force=True)) == [("update", "", True)]


def test_an_edit_between_the_look_and_the_write_is_seen(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    site.write(text="Something else.")

    def meanwhile(asked):
        if asked.method == "PUT" and page.version == 1:
            world.edit(page)

    world.before = meanwhile
    result = site.run()

    assert told(result) == [("update", "page-edited", False)]
    assert page.body == "<p>Edited by a person.</p>"
    assert result.exit_code == 1


def test_an_edit_between_the_plan_and_the_next_read_is_seen(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    site.write(text="Something else.")
    asked_for_comments = []

    def meanwhile(asked):
        if "comment" in asked.path and not asked_for_comments:
            asked_for_comments.append(asked)
            world.edit(page)

    world.before = meanwhile
    assert told(site.run()) == [("update", "page-edited", False)]
    assert page.body == "<p>Edited by a person.</p>"


def test_a_page_of_a_person_under_the_same_title_is_left_alone(site: Archive, world: World):
    page = world.add(f"#{ID} Checkout errors")
    site.write()

    result = site.run()

    assert told(result) == [("conflict", "page-title-taken", None)]
    assert world.writes == []
    assert (page.body, page.labels) == ("<p>By a person.</p>", set())


def test_a_new_title_that_another_page_has_is_told(site: Archive, world: World):
    site.write()
    site.run()
    world.add(f"#{ID} Payments failed")
    site.write(title="Payments failed")

    assert told(site.run()) == [("update", "page-title-taken", False)]
    assert world.titled(f"#{ID} Checkout errors")


def test_a_page_for_the_quarter_elsewhere_is_told(site: Archive, world: World):
    elsewhere = world.add("Our own")
    world.add("Postmortems 2026-Q1", parent=elsewhere.id)
    site.write()

    assert told(site.run()) == [("create", "page-title-taken", False)]


def test_a_page_for_the_quarter_that_a_person_made_in_place_is_used(site: Archive, world: World):
    group = world.add("Postmortems 2026-Q1")
    site.write()

    site.run()

    assert world.only("#INC").parent == group.id
    assert group.version == 1


def test_a_copy_of_a_page_is_nobodys(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    copy = world.add("Copy of it", body=page.body)
    copy.labels, copy.properties = set(page.labels), json.loads(json.dumps(page.properties))

    assert told(site.run()) == []
    assert copy.version == 1


def test_a_copy_takes_the_place_of_the_page_that_was_deleted(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    del world.pages[page.id]
    copy = world.add(page.title, body=page.body)
    copy.labels, copy.properties = set(page.labels), json.loads(json.dumps(page.properties))

    assert told(site.run()) == [("update", "", True)]
    assert copy.properties["postmortem"]["value"]["page"] == copy.id
    assert told(site.run()) == []


def test_two_pages_with_the_mark_of_one_postmortem_are_told(site: Archive, world: World):
    site.write()
    site.run()
    world.add("Another").labels = {"postmortem", "postmortem-inc-2026-0042"}

    result = site.run()

    assert told(result) == [("conflict", "several-pages", None)]


def test_a_deleted_page_is_made_again(site: Archive, world: World):
    site.write()
    site.run()
    del world.pages[world.only("#INC").id]

    assert told(site.run()) == [("create", "", True)]


def test_nothing_of_a_restricted_postmortem_is_sent(site: Archive, world: World):
    for number, audience in enumerate(("restricted", "Restricted", "public\naudience: restricted", "secret")):
        id_ = f"INC-2026-{number:04}"
        site.write(id_, title=f"Title {CANARY}", text=f"Text {CANARY}", audience=audience)
        site.attach(f"{CANARY}.png", b"picture", id_)

    assert told(site.run()) == []
    site.run(force=True)

    sent = b"".join(asked.path.encode() + asked.body for asked in world.asked)
    assert CANARY.encode() not in sent
    assert world.writes == []


def test_a_postmortem_that_became_restricted_is_told_until_its_page_says_no_more(site: Archive, world: World):
    site.write(text=f"Text {CANARY}")
    site.run()
    page = world.only("#INC")

    site.write(title=f"Title {CANARY}", text=f"Text {CANARY}", audience="restricted")
    result = site.run()
    assert told(result) == [("conflict", "page-restricted", None)]
    assert result.exit_code == 1
    assert world.writes == []

    result = site.run(force=True)
    assert told(result) == [("update", "", True)]
    assert page.title == f"#{ID} Restricted postmortem"
    assert CANARY not in page.body
    assert "This postmortem is restricted." in page.body
    assert page.labels == {"postmortem", "postmortem-inc-2026-0042"}
    assert told(site.run()) == []

    site.write()
    assert told(site.run()) == [("update", "", True)]
    assert "three in five" in page.body


def test_wrong_credentials_end_the_run_before_anything(site: Archive, world: World):
    site.write()
    world.before = lambda _: Reply(401, b"{}")

    with pytest.raises(UnauthorisedError, match="CONFLUENCE_") as raised:
        site.run()
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>Please log in</html>", kind="text/html"),
        Reply(200, b'{"type": "anonymous", "displayName": "Anonymous"}'),
        Reply(200, b'{"type": "known", "accountId": "x"}', {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}),
        Reply(302, b"", {"Location": "/login.action"}),
    ],
)
def test_a_stranger_is_never_taken_for_an_empty_space(site: Archive, world: World, reply: Reply):
    site.write()
    world.before = lambda _: reply

    with pytest.raises(UnauthorisedError):
        site.run()
    assert world.writes == []


def test_html_in_place_of_a_list_writes_nothing(site: Archive, world: World):
    site.write()
    world.before = lambda asked: (
        Reply(200, b"<html>A proxy is here</html>", kind="text/html") if "search" in asked.path else None
    )

    with pytest.raises(PostmortemError):
        site.run()
    assert world.writes == []


def test_a_space_that_is_not_there_is_told(site: Archive, world: World):
    site.settings("confluence: {parent: Nowhere}\n")
    site.write()

    with pytest.raises(PostmortemError, match="there is no page 'Nowhere' in the space OPS"):
        site.run()
