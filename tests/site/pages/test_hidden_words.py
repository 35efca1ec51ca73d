"""What a document hides, or only links to, is in no list, description or data file of the site."""

import csv
import io
import json

import pytest

from tests.site.pages.archive import everything, staged, write

HIDDEN = "zanzibar"
GONE = ("<!--", "<script", "<style", "<?")
TABLE = (
    "## Action items\n\n| # | Action | Owner | Due date | Status | Ticket | Type | Priority |\n|---|---|---|---|---|---|---|---|\n"
    "| 1 | {action} | jane.smith | 2026-01-01 | {cell} open | OPS-7 | {cell} fix | {cell} high |\n"
)


@pytest.mark.parametrize(
    "inline",
    [
        f"<!-- {HIDDEN} -->",
        f"<!-- **{HIDDEN}** [x](y.md) -->",
        f"<span title='{HIDDEN}'></span>",
        f"<script>{HIDDEN}</script>",
        f"<style>{HIDDEN}</style>",
        f"<?php {HIDDEN} ?>",
        f"[plan](../2024/INC-2024-0001-{HIDDEN}.md)",
        f"![plan](../2024/INC-2024-0001/{HIDDEN}.png)",
        f"[plan][{HIDDEN}]",
    ],
)
@pytest.mark.parametrize("length", [0, 2_100])
def test_what_is_hidden_in_a_line_is_hidden_everywhere(inline, length):
    words = "word " * (length // 5)
    body = (
        f"## Summary\n\n{words}Slow pages {inline} for an hour.\n\n"
        f"## Where we got lucky\n\n- The reserve pool was full {inline} by chance.\n\n"
        f"{TABLE.format(action=f'{words}Alert {inline} early', cell=inline if inline.startswith('<') else '')}"
    )

    site = staged(write(body=body, more="published: 2026-04-01\n"))

    for path, text in {**site.pages, **{path: raw.decode() for path, raw in site.files.items()}}.items():
        # The document's own page shows pictures and titles; its description does not.
        own = path.startswith("postmortems/INC-2026-0001") and not inline.startswith(GONE)
        assert HIDDEN not in (text.partition("\n---\n")[0] if own else text), path
    (item,) = json.loads(site.files["actions.json"])
    (row,) = csv.DictReader(io.StringIO(site.files["actions.csv"].decode()))
    assert item["action"] == row["action"]
    assert item["action"].replace(words, "").replace("plan ", "") == "Alert early"
    assert (item["type"], item["priority"], item["status"]) == ("fix", "high", "open")


def test_a_comment_over_several_paragraphs_hides_them_all():
    body = f"## Summary\n\n<!-- first\n\n{HIDDEN} second\n\n- {HIDDEN}\n-->\n\nWhat is meant for readers.\n"

    site = staged(write(body=body))

    assert HIDDEN.encode() not in everything(site)
    assert "What is meant for readers." in site.pages["index.md"]
