"""Of real timelines, labelled by hand, nearly every entry is recovered; the documents themselves lie elsewhere."""

import json
from collections import Counter
from pathlib import Path

import pytest

from generator.document.parse import parse
from generator.importer import word_count
from generator.importer.composing import compose
from generator.importer.survey import source
from generator.importer.survey import survey as survey_of
from generator.settings.model import Settings
from tests import outside

LABELS = json.loads((Path(__file__).parent / "labels.json").read_text(encoding="utf-8"))
GOAL = 0.95

pytestmark = pytest.mark.corpus


def recovered(path: Path, labels: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The labels whose entry is a row of the adopted document, at the line and with the time of the label."""
    survey = survey_of(source(path.name, path.read_text(encoding="utf-8")))
    done = compose(survey, "INC-2026-0001", "INC-2026-0001", {}, Settings())
    rows = Counter(entry.time for entry in parse(done.text).postmortem.timeline)
    told = {entry.line: entry for entry in done.entries}
    return [
        (line, text)
        for line, text in labels
        if line in told and not word_count.missing(text, told[line].written) and (rows[told[line].at] or told[line].day)
    ]


def test_nearly_all_labelled_entries_are_recovered():
    files = {path.as_posix(): path for path in outside.folder("corpus").rglob("*.md")}
    found = total = 0
    lost = []
    for name, labels in LABELS.items():
        path = next(path for full, path in files.items() if full.endswith(f"/{name}"))
        got = recovered(path, [(line, text) for line, text in labels])
        found, total = found + len(got), total + len(labels)
        lost += [(name, label) for label in labels if tuple(label) not in got]

    assert total > 200
    assert found / total >= GOAL, lost
