"""Incidents per month by severity as a small drawing with the same numbers as a table below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.settings.model import Settings
from generator.site.pages.html import count, esc
from generator.site.pages.site import Entry

_SMALLEST = 5  # pixels of a block that can still be told from its neighbour
_TALLEST, _BLOCK, _FOOT, _HEAD = 108, 16, 34, 16  # pixels; across, the drawing follows the page's width in percent


def months(entries: Sequence[Entry], until: date, number: int = 12) -> list[tuple[date, list[Entry]]]:
    """The last `number` months up to that of `until`, each with its incidents."""
    year, month = until.year, until.month
    by_month: dict[tuple[int, int], list[Entry]] = {}
    for _ in range(number):
        by_month[year, month] = []
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    for entry in entries:
        if entry.day and (entry.day.year, entry.day.month) in by_month:
            by_month[entry.day.year, entry.day.month].append(entry)
    return [(date(y, m, 1), members) for (y, m), members in sorted(by_month.items())]


def per_month(entries: Sequence[Entry], settings: Settings, until: date) -> str:
    """The figure; empty where no incident falls into the last twelve months."""
    columns = months(entries, until)
    most = max(len(members) for _, members in columns)
    if not most:
        return ""
    names = [*(severity.name for severity in settings.severities), ""]
    unit = min(_BLOCK, _TALLEST / most)
    ground = _HEAD + unit * most
    scale = _Scale(unit, ground, 100 / len(columns))
    shapes = [f'<rect class="base" y="{ground:.1f}" width="100%" height="1"/>']
    rows: list[str] = []
    for index, (month, members) in enumerate(columns):
        by_rank = [sum(min(entry.rank, len(names) - 1) == rank for entry in members) for rank in range(len(names))]
        shapes += _column(scale, index, month, by_rank, names)
        rows.append(_row(month, by_rank, names, columns))
    total = sum(len(members) for _, members in columns)
    label = f"{count(total, 'incident')} in the last twelve months; the most in one month: {most}."
    used = [(rank, name) for rank, name in enumerate(names) if _used(name, columns)]
    head = "".join(f'<th scope="col">{esc(name or "Other")}</th>' for _, name in used)
    legend = "".join(f'<span class="sev s{_colour(rank, name)}">{esc(name or "Other")}</span>' for rank, name in used)
    return (
        f'<figure class="pm-chart">\n<svg height="{ground + _FOOT:.0f}" role="img" aria-label="{label}">{"".join(shapes)}</svg>\n'
        f'<figcaption>{legend}<details class="pm-bare"><summary>As a table</summary><table class="pm-table">\n<thead><tr><th scope="col">Month</th>{head}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody>\n</table></details></figcaption>\n</figure>"
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """The drawing's measures: pixels for one incident, where the columns stand, and a column's width in percent."""

    unit: float
    ground: float
    width: float


def _column(scale: _Scale, index: int, month: date, by_rank: Sequence[int], names: Sequence[str]) -> list[str]:
    """The shapes of one month: its incidents from the mildest up, their number above, its name below."""
    middle = f"{(index + 0.5) * scale.width:.2f}%"
    shapes: list[str] = []
    top = scale.ground
    for rank in (rank for rank in reversed(range(len(names))) if by_rank[rank]):
        # One block for each incident, as long as blocks can be told apart.
        for size in [1] * by_rank[rank] if scale.unit >= _SMALLEST else [by_rank[rank]]:
            height = size * scale.unit
            top -= height
            place = f'x="{(index + 0.23) * scale.width:.2f}%" y="{top + 1:.1f}" width="{0.54 * scale.width:.2f}%" height="{max(height - 2, 0.8):.1f}"'
            shapes.append(f'<rect class="s{_colour(rank, names[rank])}" {place} rx="1.5"/>')
    if any(by_rank):
        shapes.append(f'<text x="{middle}" y="{top - 4:.1f}">{sum(by_rank)}</text>')
    shapes.append(f'<text x="{middle}" y="{scale.ground + 15:.1f}">{month:%b}</text>')
    if month.month == 1 or not index:
        shapes.append(f'<text x="{middle}" y="{scale.ground + 28:.1f}">{month.year}</text>')
    return shapes


def _row(month: date, by_rank: Sequence[int], names: Sequence[str], columns: Sequence[tuple[date, list[Entry]]]) -> str:
    cells = "".join(
        f"<td>{number or ''}</td>" for number, name in zip(by_rank, names, strict=True) if _used(name, columns)
    )
    return f'<tr><th scope="row">{month:%B %Y}</th>{cells}</tr>'


def _colour(rank: int, name: str) -> int:
    """The number of a severity's colour; the style has six, and one for what has no severity."""
    return min(rank, 5) if name else 9


def _used(name: str, columns: Sequence[tuple[date, list[Entry]]]) -> bool:
    severities = {entry.severity for _, members in columns for entry in members}
    return name in severities if name else False


def sparkline(entries: Sequence[Entry], until: date) -> str:
    """Incidents of the last twelve months as twelve small bars, for a table cell."""
    numbers = [len(members) for _, members in months(entries, until)]
    most = max(numbers)
    if not most:
        return ""
    bars = "".join(
        f'<rect x="{i * 6}" y="{16 - 14 * n / most:.1f}" width="4" height="{14 * n / most:.1f}"/>'
        for i, n in enumerate(numbers)
        if n
    )
    return f'<svg class="pm-spark" viewBox="0 0 72 17" aria-hidden="true"><path d="M0 16.5H72"/>{bars}</svg>'
