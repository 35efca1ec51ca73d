"""How much fits, what cannot be said, what would be read otherwise, and how little is asked."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.synced import HEAD, SyncedArchive, put, row

CAUSE, SUMMARY = PARTS["root_causes"][0], PARTS["incident_summary"][0]
PAGE = f"https://postmortems.fernway.example/postmortems/{HEAD}/"
ODD = """\
- a list

  | in | it |
  |---|---|
  | a table | of two |

- > a quote in a list

> ## a heading in a quote
>
> > a quote in a quote

```
```

<details><summary>Folded</summary>

inside it

</details>

Text with <b>markup</b>, &amp; an entity, a nul-less end and ![a picture](graph.png).

####### seven
"""
NASTY = """\
h1. not a heading, {code} not code, [~admin] and [~accountid:acc-ben] not told, !http://evil.example/x.png! no picture

{panel:title=x} a | b || c {noformat} {color:red}red{color} bq. said -- and @jane.smith *strong*
"""


def text(cause: str) -> str:
    """A postmortem with another root cause."""
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    return known.replace("A query lost its index.", cause)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All nodes of a document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from nodes(one)


@pytest.mark.parametrize("piece", ["A word and another one. ", "\U0001f525\U0001f9ef ", "ß\u0301🇩🇪"])
def test_a_text_that_is_too_long_is_cut_between_blocks_with_a_link(synced: SyncedArchive, piece: str) -> None:
    paragraphs = "\n\n".join(f"{number}: {piece * (600 // len(piece))}" for number in range(120))
    synced.write(text=text(f"{paragraphs}\n\n```\n{'code ' * 9000}\n```"))
    synced.calm()
    held = synced.head()["fields"][CAUSE]
    sent = synced.created()[0].body["fields"][CAUSE]
    whole = json.dumps(sent, ensure_ascii=False, separators=(",", ":")) if synced.cloud else sent
    assert 10_000 < len(whole.encode("utf-16-le")) // 2 <= 32_767  # raises for half a character
    assert PAGE in whole
    assert "0: " in whole
    if not synced.cloud:
        assert held.count("{code") % 2 == 0
        assert held.count("{noformat") % 2 == 0
    assert synced.sync().rows == []


def test_a_lower_limit_of_the_site_is_found_and_kept(synced: SyncedArchive) -> None:
    synced.jira.site.text_limit = 5_000
    synced.settled(text=text("\n\n".join(f"{number}: {'word ' * 100}" for number in range(40))))
    assert PAGE in json.dumps(synced.head()["fields"][CAUSE])
    assert synced.sync().rows == []


def test_markdown_without_a_counterpart_keeps_its_words(synced: SyncedArchive) -> None:
    synced.settled(text=text(ODD))  # the local Jira takes nothing that is no valid document
    words = synced.words(synced.head(), CAUSE)
    for expected in ("a list", "a table", "of two", "a quote in a list", "a heading in a quote", "a quote in a quote",
                     "inside it", "markup", "& an entity", "seven"):  # fmt: skip
        assert expected in words
    assert synced.sync().rows == []


def test_a_nul_and_other_unprintables_do_not_reach_jira(synced: SyncedArchive) -> None:
    synced.write(text=text("before\x00\x07after\u2028next"))
    synced.calm()
    held = json.dumps(synced.head()["fields"][CAUSE])
    assert "before" in held
    assert "next" in held
    assert "\\u0000" not in held
    assert "\\u0007" not in held
    assert synced.sync().rows == []


def test_signs_of_wiki_markup_are_only_words(synced: SyncedArchive) -> None:
    synced.settled(text=text(NASTY))
    held = synced.head()["fields"][CAUSE]
    if synced.cloud:
        kinds = {one.get("type") for one in nodes(held)}
        assert not kinds & {"mention", "heading", "codeBlock", "panel", "mediaSingle", "media"}
        words = synced.words(synced.head(), CAUSE)
        for expected in (
            "h1. not a heading",
            "{code} not code",
            "[~admin]",
            "!http://evil.example/x.png!",
            "a | b || c",
        ):
            assert expected in words
        return
    for wrong in ("{code}", "[~admin", "[~accountid", "!http", "{panel", "{noformat", "{color:red}"):
        at = held.find(wrong)
        while at >= 0:
            assert at > 0 and held[at - 1] == "\\", (wrong, held)  # noqa: PT018 - one thought
            at = held.find(wrong, at + 1)
    assert not held.startswith("h1. ")
    assert synced.sync().rows == []


def test_titles_and_actions_are_only_words_too(synced: SyncedArchive) -> None:
    known = text("x").replace("title: Checkout errors after a migration", "title: '[~admin] {code} h1. @ben'")
    known = known.replace(
        "Let migrations fail where an index is dropped", "[~admin] !http://evil.example/x.png! {code}"
    )
    synced.settled(text=known)
    for issue in (synced.head(), synced.item(1)):
        rich = {name: held for name, held in issue["fields"].items() if name in {"description", SUMMARY}}
        shown = json.dumps(rich, ensure_ascii=False)
        if synced.cloud:
            assert not [one for one in nodes(rich) if one.get("type") in {"mention", "media"}]
        else:
            assert "[~admin" not in shown.replace("\\\\[~admin", "")
            assert "!http" not in shown.replace("\\\\!http", "")


def test_no_file_is_sent_along_so_none_is_sent_twice(synced: SyncedArchive) -> None:
    path = synced.write(text=text("See ![the graph](INC-2026-0042-checkout/graph.png)."))
    folder = path.with_suffix("")
    folder.mkdir()
    (folder / "graph.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 2000)
    for _ in range(2):
        synced.calm()
    assert not [one for one in synced.jira.requests if one.path.endswith("/attachments")]
    assert "graph" in json.dumps(synced.head()["fields"][CAUSE])


@pytest.mark.parametrize(("skew", "offset"), [(-86_400 * 400, 330), (86_400 * 2, -480), (-1_795_000_000, 0)])
def test_a_clock_that_is_wrong_changes_nothing(synced: SyncedArchive, skew: int, offset: int) -> None:
    synced.jira.site.clock.skew = skew
    synced.jira.site.clock.offset = offset
    path = synced.settled()
    put(path, "2026-04-01", "2026-04-02")
    synced.calm()
    synced.jira.set_status("OPS-1", "Done")
    synced.calm()
    assert synced.item(1)["fields"]["duedate"] == "2026-04-02"
    assert synced.sync().rows == []


def test_one_read_for_a_hundred_issues_and_no_write(synced: SyncedArchive) -> None:
    """The promise for Cloud; Data Center reads each issue by itself, as its search tells no properties."""
    synced.without_fields()
    count = 250 if synced.cloud else 25
    for n in range(count):
        synced.write(f"INC-2026-{n:04}", rows="")
    synced.calm()
    synced.jira.forget_requests()
    run = synced.calm()
    assert run.rows == []
    assert synced.jira.writes == []
    reads = len(synced.jira.requests) - 1  # the first asks who we are
    assert reads == (3 if synced.cloud else count)
    assert f"{count} postmortems compared: everything is in step" in run.err


def test_items_that_are_over_cost_no_read_of_their_own(synced: SyncedArchive) -> None:
    if not synced.cloud:
        pytest.skip("counted on Cloud")
    synced.settled(rows="".join(row(number, status="completed") for number in range(1, 6)))
    synced.calm()
    assert [one.path.rpartition("/")[2] for one in synced.jira.requests] == ["myself", "bulkfetch"]
