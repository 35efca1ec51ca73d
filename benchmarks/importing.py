"""How much of real postmortems survives `postmortem import`: `python -m benchmarks.importing FOLDER [FOLDER ...]`.

Each folder below the one named is a row: how many files are taken for postmortems, whether every word is kept, how
many have a timeline and action items afterwards. Where documents are among them whose timelines were labelled by hand
(tests/importer/labels.json), the last line tells how many of those entries became rows of the archive.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from generator.document.parse import parse
from generator.importer import word_count
from generator.importer.composing import compose
from generator.importer.files import MARKDOWN, text_of
from generator.importer.survey import source
from generator.importer.survey import survey as survey_of
from generator.settings.model import Settings

LABELS = Path(__file__).parent.parent / "tests" / "importer" / "labels.json"
COLUMNS = ("files", "imported", "refused", "words", "kept", "timeline", "entries", "actions", "items", "seconds")


def measure(
    files: list[Path], root: Path, labels: dict[str, list[tuple[int, str]]]
) -> tuple[Counter[str], Counter[str]]:
    """Counts over some files, and over those of them that are labelled."""
    counts: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    begin = time.perf_counter()
    for path in files:
        text, _ = text_of(path.read_bytes())
        survey = survey_of(source(path.relative_to(root).as_posix(), text))
        counts["files"] += 1
        if not survey.verdict.accepted:
            counts["refused"] += 1
            continue
        done = compose(survey, "INC-2026-0001", "INC-2026-0001", {}, Settings())
        known = parse(done.text).postmortem
        counts["imported"] += 1
        counts["words"] += word_count.counted(text).total()
        counts["lost"] += word_count.missing(text, done.text).total()
        counts["timeline"] += bool(known.timeline)
        counts["entries"] += len(known.timeline)
        counts["actions"] += bool(known.actions)
        counts["items"] += len(known.actions)
        own = next((found for name, found in labels.items() if path.as_posix().endswith(f"/{name}")), [])
        if own:
            rows = Counter(entry.time for entry in known.timeline)
            told = {entry.line: entry for entry in done.entries}
            labelled["documents"] += 1
            labelled["entries"] += len(own)
            labelled["recovered"] += sum(
                1
                for line, written in own
                if line in told
                and not word_count.missing(written, told[line].written)
                and (rows[told[line].at] or told[line].day)
            )
    counts["milliseconds"] = round((time.perf_counter() - begin) * 1000)
    return counts, labelled


def row(name: str, counts: Counter[str]) -> str:
    imported = max(counts["imported"], 1)
    cells = (
        counts["files"],
        counts["imported"],
        counts["refused"],
        counts["words"],
        f"{100 * (1 - counts['lost'] / max(counts['words'], 1)):.2f} %",
        f"{100 * counts['timeline'] / imported:.0f} %",
        counts["entries"],
        f"{100 * counts['actions'] / imported:.0f} %",
        counts["items"],
        f"{counts['milliseconds'] / 1000:.1f}",
    )
    return f"{name:<28}" + "".join(f"{cell:>10}" for cell in cells)


def main(folders: list[str]) -> None:
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    labelled: Counter[str] = Counter()
    print(f"{'folder':<28}" + "".join(f"{column:>10}" for column in COLUMNS))
    for folder in map(Path, folders):
        groups = [child for child in sorted(folder.iterdir()) if child.is_dir()] or [folder]
        for group in groups:
            files = sorted(
                path for path in group.rglob("*") if path.is_file() and path.name.casefold().endswith(MARKDOWN)
            )
            if files:
                counts, own = measure(files, group, labels)
                labelled += own
                print(row(group.name[:27], counts))
    if labelled["documents"]:
        share = 100 * labelled["recovered"] / labelled["entries"]
        print(
            f"\n{labelled['recovered']} of {labelled['entries']} labelled entries in {labelled['documents']} documents recovered: {share:.1f} %"
        )


if __name__ == "__main__":
    main(sys.argv[1:] or ["."])
