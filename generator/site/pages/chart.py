"""Incidents per month by severity as a small drawing with the same numbers as a table below it."""

from collections.abc import Sequence
from datetime import date

from generator.settings.model import Settings
from generator.site.pages.html import count, esc
from generator.site.pages.site import Entry

_TALLEST, _BLOCK, _FOOT, _HEAD = 108, 16, 34, 16  # pixels; across, the drawing follows the page's width in percent


def months(entries: Sequence[Entry], until: date, number: int = 12) -> list[tuple[date, list[Entry]]]:
    """The last `number` months up to that of `until`, each with its incidents."""
    year, month = until.year, until.month
    found: dict[tuple[int, int], list[Entry]] = {}
    for _ in range(number):
        found[year, month] = []
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    for entry in entries:
        if entry.day and (entry.day.year, entry.day.month) in found:
            found[entry.day.year, entry.day.month].append(entry)
    return [(date(y, m, 1), members) for (y, m), members in sorted(found.items())]


def per_month(entries: Sequence[Entry], settings: Settings, until: date) -> str:
    """The figure; empty where no incident falls into the last twelve months."""
    columns = months(entries, until)
    most = max(len(members) for _, members in columns)
    if not most:
        return ""
    names = [*(severity.name for severity in settings.severities), ""]
    unit = min(_BLOCK, _TALLEST / most)
    ground = _HEAD + unit * most
    width = 100 / len(columns)
    shapes: list[str] = []
    rows: list[str] = []
    for index, (month, members) in enumerate(columns):
        middle = f"{(index + 0.5) * width:.2f}%"
        by_rank = [sum(min(entry.rank, len(names) - 1) == rank for entry in members) for rank in range(len(names))]
        top = ground
        for rank in (rank for rank in reversed(range(len(names))) if by_rank[rank]):
            # One block for each incident, as long as blocks can be told apart.
            for size in [1] * by_rank[rank] if unit >= 5 else [by_rank[rank]]:
                height = size * unit
                top -= height
                place = f'x="{(index + 0.23) * width:.2f}%" y="{top + 1:.1f}" width="{0.54 * width:.2f}%" height="{max(height - 2, 0.8):.1f}"'
                shapes.append(f'<rect class="s{min(rank, 5) if names[rank] else 9}" {place} rx="1.5"/>')
        if members:
            shapes.append(f'<text x="{middle}" y="{top - 4:.1f}">{len(members)}</text>')
        shapes.append(f'<text x="{middle}" y="{ground + 15:.1f}">{month:%b}</text>')
        if month.month == 1 or not index:
            shapes.append(f'<text x="{middle}" y="{ground + 28:.1f}">{month.year}</text>')
        cells = "".join(
            f"<td>{number or ''}</td>" for number, name in zip(by_rank, names, strict=True) if _used(name, columns)
        )
        rows.append(f'<tr><th scope="row">{month:%B %Y}</th>{cells}</tr>')
    shapes.insert(0, f'<rect class="base" y="{ground:.1f}" width="100%" height="1"/>')
    total = sum(len(members) for _, members in columns)
    label = f"{count(total, 'incident')} in the last twelve months; the most in one month: {most}."
    head = "".join(f'<th scope="col">{esc(name or "Other")}</th>' for name in names if _used(name, columns))
    legend = "".join(
        f'<span class="sev s{min(rank, 5) if name else 9}">{esc(name or "Other")}</span>'
        for rank, name in enumerate(names)
        if _used(name, columns)
    )
    return (
        f'<figure class="pm-chart">\n<svg height="{ground + _FOOT:.0f}" role="img" aria-label="{label}">{"".join(shapes)}</svg>\n'
        f'<figcaption>{legend}<details class="pm-bare"><summary>As a table</summary><table class="pm-table">\n<thead><tr><th scope="col">Month</th>{head}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody>\n</table></details></figcaption>\n</figure>"
    )


def _used(name: str, columns: Sequence[tuple[date, list[Entry]]]) -> bool:
    known = {entry.severity for _, members in columns for entry in members}
    return name in known if name else False


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
