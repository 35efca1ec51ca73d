"""Edits by span: one value, cell or tick of a document is changed, and every other byte stays as it was."""

from collections.abc import Collection, Mapping, Sequence

from generator.document import front_matter, schema
from generator.document.headings import ACTION_COLUMNS, TIMELINE_COLUMNS
from generator.document.parse import ACTION_NUMBER, Document, action_tables, parse, timeline_tables
from generator.errors import EditRefusedError
from generator.markup import markdown
from generator.markup.inline_text import text_of


def set_value(text: str, key: str, value: object) -> str:
    """Return the document with one front-matter value set and every other byte as it was; see `frontmatter.set_value`."""
    return front_matter.set_value(text, key, value, schema.ORDER)


def set_cell(text: str, section: str, number: int, column: str, value: str) -> str:
    """Return the document with one table cell changed and every other byte as it was.

    `section` is `action-items`, where `number` is the item's own, or `timeline`, where it is the row counted from 1.
    Raises `EditRefusedError` where the row or column is missing or more than the cell would change.
    """
    document = parse(text)
    found = _find_row(document.outline, section, number)
    if found is None:
        raise EditRefusedError(f"There is no row {number} in the {section} table.")
    return _changed(document, section, column, [(*found, value)])


def set_cells(text: str, section: str, column: str, values: Mapping[int, str]) -> str:
    """Return the document with one column's cells changed in the rows on these lines, for rows without a number yet.

    Raises `EditRefusedError` as `set_cell` does; then nothing is changed.
    """
    document = parse(text)
    tables = action_tables(document.outline) if section == "action-items" else timeline_tables(document.outline)
    found = [(table, row, values[row.line]) for table in tables for row in table.rows if row.line in values]
    if len(found) != len(values):
        missing = min(values.keys() - {row.line for _, row, _ in found})
        raise EditRefusedError(f"There is no row of the {section} table on line {missing}.")
    return _changed(document, section, column, found)


def _changed(
    document: Document, section: str, column: str, cells: Sequence[tuple[markdown.Table, markdown.TableRow, str]]
) -> str:
    names = (ACTION_COLUMNS if section == "action-items" else TIMELINE_COLUMNS).get(
        _column_key(column), (markdown.normal(column),)
    )
    result = document.text
    wanted = {}
    for table, row, value in sorted(cells, key=lambda cell: cell[1].start, reverse=True):  # earlier offsets stay true
        position = table.column(*names)
        if position is None:
            raise EditRefusedError(f"The {section} table has no column {column!r}; add it to the header first.")
        result = _write_cell(result, row, position, markdown.exact_cell(value))
        wanted[row.line, position] = " ".join(value.split())
    after = markdown.scan(result, document.front.body, document.front.body_line)
    if _without(after, wanted) != _without(document.outline, wanted) or _cells_at(after, wanted) != wanted:
        rows = ", ".join(str(line) for line, _ in sorted(wanted))
        raise EditRefusedError(
            f"The {section} table was not changed on line {rows}: the edit would have changed more than one cell."
        )
    return result


def _column_key(column: str) -> str:
    wanted = markdown.normal(column)
    return next(
        (key for key, names in (ACTION_COLUMNS | TIMELINE_COLUMNS).items() if wanted == key or wanted in names), wanted
    )


def _find_row(outline: markdown.Outline, section: str, number: int) -> tuple[markdown.Table, markdown.TableRow] | None:
    if section == "action-items":
        for table in action_tables(outline):
            column = table.column(*ACTION_COLUMNS["number"])
            for row in table.rows:
                match = ACTION_NUMBER.fullmatch(text_of(row.cell(column)))
                if match and int(match.group(1)) == number:
                    return table, row
        return None
    rows = [(table, row) for table in timeline_tables(outline) for row in table.rows]
    return rows[number - 1] if 1 <= number <= len(rows) else None


def _write_cell(text: str, row: markdown.TableRow, position: int, new: str) -> str:
    if position >= len(row.cells):
        line = text[row.start : row.end].rstrip()
        closed = line.endswith("|") and not line.endswith("\\|")
        missing = position - len(row.cells)
        tail = "  |" * missing + f" {new} |"
        return text[: row.start] + line + ("" if closed else " |") + tail + text[row.end :]
    cell = row.cells[position]
    padding = 0
    if len(new) != cell.end - cell.start:  # spaces behind the cell give way first, so that the column keeps its width
        behind = text[cell.end : row.end]
        room = len(behind) - len(behind.lstrip(" ")) - 1 if "|" in behind else 0
        growth = len(new) - (cell.end - cell.start)
        padding = max(-max(room, 0), -growth) if growth > 0 else -growth if room > 0 else 0
    if padding < 0:
        return text[: cell.start] + new + text[cell.end - padding :]
    before = " " if cell.start == cell.end and text[cell.start - 1] == "|" else ""
    touching = text[cell.end : cell.end + 1] == "|"  # a backslash before it would make the bar a part of the cell
    after = " " if touching and (cell.start == cell.end or new.endswith("\\")) else ""
    return text[: cell.start] + before + new + after + " " * padding + text[cell.end :]


def _cells_at(outline: markdown.Outline, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The texts of these cells, each named by its row's line and its position."""
    rows = {row.line: row for table in outline.tables for row in table.rows}
    return {(line, position): rows[line].cell(position) for line, position in places if line in rows}


def _without(outline: markdown.Outline, places: Collection[tuple[int, int]]) -> tuple[object, ...]:
    """Everything but these cells, as values without offsets, to prove that nothing else changed."""
    lines = {line for line, _ in places}
    tables = [
        [
            [
                cell.text
                for index, cell in enumerate(row.cells)
                if row.line not in lines or ((row.line, index) not in places and cell.text)
            ]
            for row in (table.header, *table.rows)
        ]
        for table in outline.tables
    ]
    headings = [(heading.level, heading.title, heading.line) for heading in outline.headings]
    return tables, headings, [(task.text, task.done, task.line) for task in outline.tasks]
