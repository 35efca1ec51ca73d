"""The facts of a document are found out once, in one place, and kept as long as its text stays."""

import ast

import pytest

from generator.document.parse import parse
from generator.errors import PostmortemError
from generator.settings.model import Settings
from generator.sync.plan.facts import archive_facts, refuse_shared_ids
from tests.folders import REPOSITORY
from tests.sync.archives import DOCUMENT, ROWS

SYNC = REPOSITORY / "generator" / "sync"
# Who answers these is asked by `plan/facts.py` and by nobody else in the room.
ASKED_ONCE = {
    "audience_of",
    "due_dates",
    "scope_of",
    "occurrence",
    "page_of",
    "person_of",
    "severity_of",
    "severity_rank",
}
# A client must find the account of a handle, and Jira's opener hands the addresses of pages on.
BESIDE = {("jira/write.py", "person_of"), ("github/find.py", "person_of"), ("jira/open.py", "page_of")}


def document(id, path, text="open"):  # noqa: A002 - the field's name
    return parse(DOCUMENT.format(id=id, rows=ROWS.replace("open", text) + "\n", status="draft"), path)


def test_only_the_facts_ask_what_is_so_of_a_document():
    asked = set()
    for path in SYNC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", None) or getattr(called, "id", None)
            if name in ASKED_ONCE:
                asked.add((path.relative_to(SYNC).as_posix(), name))
    assert {one for one in asked if one[0] != "plan/facts.py"} == BESIDE
    assert {name for place, name in asked if place == "plan/facts.py"} == ASKED_ONCE


def test_facts_are_kept_where_the_text_is_as_it_was_and_made_anew_where_it_is_not():
    before = archive_facts([document("INC-1", "a.md"), document("INC-2", "b.md")], Settings())
    after = archive_facts([document("INC-1", "a.md"), document("INC-2", "b.md", "completed")], Settings(), before)
    assert after[0] is before[0]
    assert [item.row.status for item in before[1].items] != [item.row.status for item in after[1].items]


@pytest.mark.parametrize("other", ["INC-1", "inc-1"])
def test_two_files_of_one_id_are_refused_by_their_paths(other):
    facts = archive_facts([document("INC-1", "a.md"), document(other, "b.md"), document("", "c.md")], Settings())
    with pytest.raises(PostmortemError, match=r"b\.md and a\.md have the same id"):
        refuse_shared_ids(facts)
