"""The structure scanner agrees with CommonMark and GFM and knows where everything stands."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.markup import markdown

_PARSER = MarkdownIt("commonmark").enable(["table"])


def expected_structure(text):
    """Headings and tables at the top level as the reference parser sees them: (kind, line, content)."""
    tokens = _PARSER.parse(text)
    found, depth = [], 0
    for index, token in enumerate(tokens):
        if token.type in {"blockquote_open", "list_item_open"}:
            depth += 1
        elif token.type in {"blockquote_close", "list_item_close"}:
            depth -= 1
        elif depth == 0 and token.type == "heading_open":
            found.append((token.tag, token.map[0] + 1, tokens[index + 1].content))
        elif depth == 0 and token.type == "table_open":
            found.append(("table", token.map[0] + 1, table_cells(tokens, index)))
    return found


def table_cells(tokens, index):
    rows, row = [], []
    while tokens[index].type != "table_close":
        if tokens[index].type == "tr_open":
            row = []
            rows.append(row)
        elif tokens[index].type == "inline":
            row.append(tokens[index].content)
        index += 1
    return rows


def actual_structure(text):
    outline = markdown.scan(text)
    found = [(f"h{heading.level}", heading.line, heading.title) for heading in outline.headings]
    for table in outline.tables:
        columns = len(table.header.cells)
        rows = [[row.cell(i) for i in range(columns)] for row in (table.header, *table.rows)]
        found.append(("table", table.header.line, rows))
    return sorted(found, key=lambda item: item[1])


BLOCKS = st.sampled_from(
    [
        "# One",
        "## Two ##",
        "### Three `code`",
        "#not a heading",
        "Words of a paragraph",
        "Setext\n======",
        "Also setext\n---",
        "---",
        "* * *",
        "- item",
        "1. item",
        "- # in a list",
        "> # in a quote",
        "> quoted",
        "```\n# code\n| a | b |\n|---|---|\n```",
        "~~~text\n## code\n~~~",
        "    # indented code",
        "<!-- comment\n# hidden\n-->",
        "| Time | Event |\n|------|-------|\n| 14:32 | a \\| b |\n| 14:35 | short |",
        "Time | Event\n--- | ---\n14:32 | x",
        "| a | b |\n| - | - |",
        "| not | a table |",
        "<pre>\n# raw\n</pre>",
    ],
)


@given(st.lists(BLOCKS, max_size=8).map("\n\n".join))
@example("| a |\n|---|\n| 1 |\n\ntext\n| b | c |\n|---|---|\n| 2 | 3 |\n# h")
@example("Title\n===\n| a |\n|:-:|\n| 1 |\n> q")
@example("```python\n# x\n")
@example("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n- list")
@example("text\n# heading right below\nmore")
def test_headings_and_tables_are_those_of_the_reference_parser(text):
    assert actual_structure(text) == expected_structure(text)


@given(st.text(alphabet="#-=|`~<>![]x \n\t\\*_:1.", max_size=200))
def test_spans_are_right_for_any_text(text):
    outline = markdown.scan(text)

    for table in outline.tables:
        for row in (table.header, *table.rows):
            assert "\n" not in text[row.start : row.end]
            for cell in row.cells:
                assert text[cell.start : cell.end].replace("\\|", "|") == cell.text
    for task in outline.tasks:
        assert text[task.mark] in " xX"
    for heading in outline.headings:
        assert 1 <= heading.line <= text.count("\n") + 1


def test_task_lists_know_their_depth_and_mark():
    text = "- [ ] one\n  - [x] two\n1. [X] three\n- [] no task\n```\n- [ ] code\n```\n"
    tasks = markdown.scan(text).tasks

    assert [(task.text, task.done, task.indent, task.line) for task in tasks] == [
        ("one", False, 0, 1),
        ("two", True, 2, 2),
        ("three", True, 0, 3),
    ]


def test_todo_marks_are_counted_by_line_also_in_tables_and_code():
    text = "TODO: one\n\n| a |\n|---|\n| TODO: two |\n\n`TODO:` three\nTODO without colon\n"

    assert markdown.scan(text).todos == (1, 5, 7)


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        ("1. Root Cause(s):", "root causes"),
        ("🔍 Lessons Learned", "lessons learned"),
        ("**Follow-ups**", "follow-ups"),
        ("#", "#"),
        ("What didn’t go well?", "what didn't go well"),
        ("IV. Impact", "impact"),
    ],
)
def test_titles_are_compared_without_decoration(title, normal):
    assert markdown.normal(title) == normal


@given(st.text(max_size=50))
def test_an_escaped_cell_stays_one_cell(text):
    cell = markdown.escape_cell(text)
    table = markdown.scan(f"| a | b |\n|---|---|\n| {cell} | end |\n").tables[0]

    assert len(table.rows[0].cells) == 2
    assert table.rows[0].cells[1].text == "end"


@given(st.text(max_size=50) | st.text(alphabet="\\|a `", max_size=8))
def test_an_exact_cell_reads_back_as_the_same_characters(text):
    table = markdown.scan(f"| a | b |\n|---|---|\n|{markdown.exact_cell(text)}|end|\n").tables[0]

    assert [cell.text for cell in table.rows[0].cells] == [" ".join(text.split()), "end"]


@pytest.mark.parametrize(
    "text",
    [
        "`" * 100_000,
        "| " * 50_000,
        "- [ ] " * 20_000,
        "[" * 50_000,
        "*" * 50_000,
        "<!--" * 20_000,
        "# " + "_a" * 20_000,
    ],
)
def test_hostile_text_is_read_in_linear_time(text):
    markdown.scan(text + "\n" + text)
    markdown.normal(text)
