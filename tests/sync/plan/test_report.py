"""What a plan prints, for people and for scripts: to the letter, for every kind of change."""

import pytest

from generator.sync.plan.base import Base
from generator.sync.plan.changes import (
    AdoptIssue,
    Conflict,
    CreateIssue,
    Difference,
    Edit,
    HangPage,
    LinkIssues,
    MissingIssue,
    MoveIssue,
    PlanWarning,
    PullValues,
    Push,
    RecordState,
    UpdateIssue,
    WriteKey,
)
from generator.sync.plan.pages.changes import CreatePage, RecordPage, UpdatePage
from generator.sync.plan.pages.model import PagePush, RemotePage, WantedPage
from generator.sync.plan.report import lines, row, summary, writes
from generator.sync.plan.results import ChangeResult

BASE = Base("INC-1", 2)
PUSH = Push(BASE)
DUE = (Difference("due date", "2026-04-01", "2026-05-01"),)
PAGE = RemotePage("77", "Old", 3, "https://wiki.example/77")
PAGE_PUSH = PagePush(WantedPage("INC-1", "New", "", (), "", "", ""))
HERE = {"ref": ("INC-1", 2), "path": "a.md", "target": "jira"}
ISSUE = {**HERE, "key": "OPS-7"}
SHOWN_DUE = "      due date: 2026-04-01 → 2026-05-01"
CASES = [
    (CreateIssue(**HERE, push=PUSH, differences=DUE), "create", ["  + #2 create", SHOWN_DUE]),
    (
        CreateIssue(**HERE, push=PUSH, differences=(), instead_of="OPS-3"),
        "create",
        ["  + #2 create", "      OPS-3 is gone, and is created again because of --recreate."],
    ),
    (
        AdoptIssue(**ISSUE, push=PUSH),
        "adopt",
        ["  + #2 adopt OPS-7", "      OPS-7 was made by a person: it is followed, and its text is left alone."],
    ),
    (UpdateIssue(**ISSUE, push=PUSH, differences=DUE), "update", ["  ~ #2 update OPS-7", SHOWN_DUE]),
    (RecordState(**ISSUE, push=PUSH), "note", ["  ~ #2 record on OPS-7", "      What both sides say is recorded."]),
    (
        MoveIssue(**ISSUE, status="completed", before="new", category="done"),
        "status",
        ["  ~ #2 move OPS-7", "      status: new → done"],
    ),
    (LinkIssues(**ISSUE, kind="Relates", other="INC-9"), "link", ["  + #2 link OPS-7", "      link: Relates INC-9"]),
    (
        LinkIssues(**ISSUE, kind="Relates", other=""),
        "link",
        ["  + #2 link OPS-7", "      link: Relates the postmortem"],
    ),
    (
        HangPage(**ISSUE, address="https://new", title="t", before="https://old"),
        "page",
        ["  + #2 page on OPS-7", "      page: https://old → https://new"],
    ),
    (
        PullValues(**ISSUE, edits=(), base=BASE, differences=DUE),
        "pull",
        ["  < #2 take over from OPS-7", SHOWN_DUE],
    ),
    (WriteKey(**ISSUE, edit=Edit(2, "ticket", "OPS-7")), "write", ["  < #2 key into the file: OPS-7"]),
    (
        Conflict(**ISSUE, code="both-changed-due", message="Both.", differences=DUE),
        "conflict",
        ["  ! #2 conflict OPS-7", SHOWN_DUE, "      Both.  [both-changed-due]"],
    ),
    (MissingIssue(**ISSUE, message="Gone."), "missing", ["  ! #2 missing OPS-7", "      Gone.  [missing]"]),
    (
        PlanWarning(**ISSUE, code="number-twice", message="Twice."),
        "warning",
        ["  ? #2 warning OPS-7", "      Twice.  [number-twice]"],
    ),
    (CreatePage(**HERE, push=PAGE_PUSH, differences=DUE), "create", ["  + #2 create page", SHOWN_DUE]),
    (
        UpdatePage(**ISSUE, page=PAGE, push=PAGE_PUSH, differences=DUE, message="Also."),
        "update",
        ["  ~ #2 update page OPS-7", SHOWN_DUE, "      Also."],
    ),
    (
        RecordPage(**ISSUE, page=PAGE, push=PAGE_PUSH),
        "note",
        ["  ~ #2 record on OPS-7", "      What the page shows is recorded."],
    ),
]


@pytest.mark.parametrize(("change", "action", "printed"), CASES, ids=[type(one).__name__ for one, _, _ in CASES])
def test_each_kind_of_change_is_printed_and_told_to_scripts(change, action, printed):
    assert list(lines([ChangeResult(change)])) == ["INC-1  a.md", *printed]
    told = row(ChangeResult(change))
    assert list(told) == [
        "postmortem",
        "item",
        "target",
        "action",
        "key",
        "path",
        "changes",
        "code",
        "message",
        "done",
    ]
    assert (told["action"], told["target"], told["key"], told["done"]) == (action, "jira", change.key, None)
    assert all(str(told[name]) in "\n".join(printed) for name in ("code", "message"))
    assert writes([ChangeResult(change)]) == (action not in {"conflict", "missing", "warning"})


def test_a_change_that_was_not_done_says_why_with_the_key_and_code_of_what_happened():
    failed = ChangeResult(CASES[0][0], done=False, key="OPS-8", message="Refused.", code="create-failed")
    assert list(lines([failed]))[1:] == ["  ✗ + #2 create OPS-8", SHOWN_DUE, "      Refused.  [create-failed]"]
    assert summary([failed], checked=1, applied=True) == "1 postmortem compared: 1 not done."
