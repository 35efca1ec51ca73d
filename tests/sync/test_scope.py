"""What is history or a sample becomes no issue unless the archive asks for it, and a run says what it left out."""

import pytest

from tests.sync.archives import DOCUMENT, ROWS

DONE = ROWS.replace("open", "completed")


def marked(archive, id, mark, rows=ROWS, **more):  # noqa: A002 - the field's name
    text = DOCUMENT.format(id=id, rows=rows + "\n", status="published", **more).replace(
        "audience:", f"{mark}\naudience:"
    )
    return archive.write(id, text=text)


@pytest.fixture
def mixed(archive):
    archive.write("INC-2026-0001")
    marked(
        archive,
        "INC-2026-0002",
        "x-source: wiki/old.md",
        ROWS.replace("ben.carter | 2026-04-01 | open", "ben.carter | 2026-04-01 | completed"),
    )
    marked(archive, "INC-2026-0003", "x-source: wiki/over.md", DONE)
    marked(archive, "INC-2026-0004", "sample: true")
    return archive


def planned(ran):
    return {(row["postmortem"], row["item"]) for row in ran.rows if row["action"] == "create"}


LIVE = {("INC-2026-0001", None), ("INC-2026-0001", 1), ("INC-2026-0001", 2)}
OPEN = {("INC-2026-0002", None), ("INC-2026-0002", 2)}
ALL = OPEN | {("INC-2026-0002", 1), ("INC-2026-0003", None), ("INC-2026-0003", 1), ("INC-2026-0003", 2)}


def test_only_live_postmortems_are_planned_and_the_rest_is_told_in_one_line(mixed):
    ran = mixed.sync()

    assert ran.code == 0
    assert planned(ran) == LIVE
    (line,) = [line for line in ran.err.splitlines() if "left out" in line]
    assert line.startswith("2 postmortems of history were left out (imported, or before `since`); `imported: all`")
    assert "1 sample was left out" in line
    assert "1 postmortem compared" in ran.err


@pytest.mark.parametrize(("imported", "more", "left"), [("open", OPEN, 1), ("all", ALL, 0)])
def test_history_is_planned_as_far_as_the_archive_asks_and_samples_never(mixed, imported, more, left):
    mixed.settings(f"  imported: {imported}\n")
    ran = mixed.sync()

    assert planned(ran) == LIVE | more
    assert ("of history was left out" in ran.err) == bool(left)
    assert "1 sample was left out" in ran.err


def test_a_second_run_has_nothing_to_do(mixed):
    mixed.settings("  imported: open\n")

    assert mixed.sync("--apply").code == 0
    assert mixed.sync().rows == []


def test_the_beginning_of_the_archive_makes_history_of_what_lies_before(archive):
    archive.write("INC-2026-0001")
    path = archive.root / "site_config" / "archive.yml"
    path.write_text(path.read_text(encoding="utf-8") + "since: 2026-03-16\n", encoding="utf-8")

    ran = archive.sync("--apply")

    assert (ran.code, ran.rows) == (0, [])
    assert "1 postmortem of history was left out" in ran.err


def test_a_word_that_is_none_of_the_three_is_refused(archive):
    archive.settings("  imported: sometimes\n")
    ran = archive.sync()

    assert ran.code == 2
    assert "`imported` cannot be 'sometimes'; it is one of never, open, all." in ran.err
