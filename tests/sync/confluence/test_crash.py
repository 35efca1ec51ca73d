"""Whatever request a run dies at, and whatever is lost on the way, there is one page for each postmortem."""

import contextlib

import pytest

from generator.errors import PostmortemError
from tests.clients.http.conftest import Reply, reset
from tests.sync.confluence.conftest import ID, Archive, told
from tests.sync.confluence.stand_in import World


def die_at(site: Archive, world: World, number: int, phase: str) -> bool:
    """Run, and end at the write with this number (from 1), before or after it was done; whether it came so far.

    From there on nothing arrives any more, neither what is written nor what is asked.
    """
    count = 0
    dead = False

    def watch(asked):
        nonlocal count, dead
        count += asked.method != "GET" and not dead
        dead = dead or (asked.method != "GET" and count == number and phase == "before")
        return Reply(do=reset) if dead else None

    def watch_after(asked):
        nonlocal dead
        dead = dead or (asked.method != "GET" and count == number)
        return Reply(do=reset) if dead else None

    world.before, world.after = watch, watch_after
    with contextlib.suppress(PostmortemError):
        site.run()
    world.before = world.after = lambda _: None
    return dead


def in_step(site: Archive, world: World, text: str) -> None:
    """Run again at once, and see that there is one page and then nothing to do."""
    result = site.run()
    assert result.exit_code == 0, told(result)
    page = world.only("#INC")
    assert world.only("Postmortems")
    assert text in page.body
    assert page.labels >= {"postmortem", "postmortem-inc-2026-0042", "sev1"}
    assert page.attachments["errors.png"]["versions"][-1] == b"one"
    assert page.properties["postmortem"]["value"]["version"] == page.version
    site.run()  # what a page shows that a dead run left is not known, so it may be written once more
    assert told(site.run()) == []
    world.lag = False
    world.hidden.clear()
    assert told(site.run()) == []


@pytest.mark.parametrize("phase", ["before", "after"])
@pytest.mark.parametrize("number", range(1, 7))
def test_a_run_that_dies_while_it_creates_leaves_one_page(site: Archive, world: World, number: int, phase: str):
    world.lag = True
    site.write(text="First text.")
    site.attach("errors.png", b"one")

    assert die_at(site, world, number, phase) or number > 5
    in_step(site, world, "First text.")


@pytest.mark.parametrize("number", range(1, 5))
def test_a_new_title_after_a_death_finds_the_page_all_the_same(site: Archive, world: World, number: int):
    world.lag = True
    site.write(text="First text.")
    site.attach("errors.png", b"one")

    die_at(site, world, number, "after")
    site.write(title="Payments failed", text="First text.")
    in_step(site, world, "First text.")
    assert world.only("#INC").title == f"#{ID} Payments failed"


@pytest.mark.parametrize("phase", ["before", "after"])
@pytest.mark.parametrize("number", range(1, 6))
def test_a_run_that_dies_while_it_updates_is_no_edit_of_a_person(site: Archive, world: World, number: int, phase: str):
    site.write(severity="SEV2")
    site.attach("errors.png", b"zero")
    site.run()
    site.write(text="Second text.", started="2026-03-16")
    site.attach("errors.png", b"one")

    die_at(site, world, number, phase)
    in_step(site, world, "Second text.")


def test_a_create_without_an_answer_is_looked_for(site: Archive, world: World):
    site.write()
    lost = []

    def lose(asked):
        if asked.method == "POST" and asked.path.endswith(("/pages", "/content")) and not lost:
            lost.append(asked)
            return Reply(503, b"{}")
        return None

    site.settings("confluence: {archive_by: nothing}\n")
    world.after = lose
    result = site.run()

    assert told(result) == [("create", "", True)]
    assert world.only("#INC").labels


def test_a_stale_version_is_read_again_once(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    site.write(text="Something else.")
    refused = []

    def refuse(asked):
        if asked.method == "PUT" and asked.path.endswith(f"/{page.id}"):
            refused.append(asked)
            page.version, page.message = page.version + 1, ""
            return Reply(409, b"{}")
        return None

    world.before = refuse
    assert told(site.run()) == [("update", "page-edited", False)]
    assert len(refused) == 1

    refused.clear()
    result = site.run(force=True)
    assert told(result) == [("update", "update-failed", False)]
    assert len(refused) == 2


def test_a_repeated_update_that_was_done_is_taken_for_done(site: Archive, world: World):
    site.write()
    site.run()
    page = world.only("#INC")
    site.write(text="Something else.")
    lost = []

    def lose(asked):
        if asked.method == "PUT" and asked.path.endswith(f"/{page.id}") and not lost:
            lost.append(asked)
            return Reply(503, b"{}")
        return None

    world.after = lose
    assert told(site.run()) == [("update", "", True)]
    assert page.version == 2
    assert told(site.run()) == []


def test_two_runs_that_create_at_the_same_moment_make_one_page(site: Archive, world: World):
    site.write(text="Ours.")
    began = []

    def other_run(asked):
        if asked.method == "POST" and asked.path.endswith(("/pages", "/content")) and not began:
            began.append(asked)
            site.write(text="Theirs.")
            site.run()
            site.write(text="Ours.")

    world.before = other_run
    result = site.run()

    assert not [row for row in told(result) if row[2] is False]
    assert world.only("Postmortems")
    assert "Theirs." in world.only("#INC").body
    assert told(site.run()) == [("update", "", True)]
    assert "Ours." in world.only("#INC").body
    assert told(site.run()) == []


def test_a_page_that_another_run_made_and_a_person_edited_at_once_is_left_alone(site: Archive, world: World):
    site.write()
    began = []

    def meanwhile(asked):
        if asked.method == "POST" and asked.path.endswith(("/pages", "/content")) and not began:
            began.append(asked)
            site.run()
            world.edit(world.only("#INC"))

    world.before = meanwhile

    assert told(site.run()) == [("create", "page-edited", False)]
    assert world.only("#INC").body == "<p>Edited by a person.</p>"


def test_what_a_page_shows_is_recorded_where_a_run_died_before_that(site: Archive, world: World):
    site.write()
    site.run()
    site.write(text="Something else.")
    die_at(site, world, 1, "after")
    page = world.only("#INC")
    assert (page.version, page.properties["postmortem"]["value"]["version"]) == (2, 1)

    assert told(site.run()) == [("note", "", True)]
    assert (page.version, page.properties["postmortem"]["value"]["version"]) == (2, 2)
    assert told(site.run()) == []
