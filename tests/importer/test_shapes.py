"""Every shape in which people write postmortems becomes the same document; the texts beside them say what it holds."""

import pytest

from generator.document.parse import parse
from generator.importer import word_count
from tests.importer.reading import adopted, name_of, shown, sources

SHAPES = [pytest.param(path, id=name_of(path)) for path in sources()]


@pytest.mark.parametrize("path", SHAPES)
def test_a_shape_is_read_as_a_careful_person_reads_it(path):
    done = adopted(path.read_text(encoding="utf-8"), f"incidents/{path.name}")

    assert shown(done) == path.with_name(f"{name_of(path)}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SHAPES)
def test_no_word_of_a_shape_is_lost_and_its_front_matter_is_clean(path):
    source = path.read_text(encoding="utf-8")
    done = adopted(source, f"incidents/{path.name}")

    assert word_count.missing(source, done.text) == {}
    assert {finding.rule for finding in parse(done.text).findings} <= {"schema-required"}


@pytest.mark.parametrize("path", SHAPES)
def test_line_breaks_of_windows_make_no_difference(path):
    source = path.read_text(encoding="utf-8")
    unix, windows = (adopted(text, f"incidents/{path.name}") for text in (source, source.replace("\n", "\r\n")))

    assert shown(unix) == shown(windows)
    assert "\r" not in windows.text


def test_a_table_that_says_what_it_means_stays_byte_for_byte():
    source = (SHAPES[[s.id for s in SHAPES].index("table-that-needs-nothing")].values[0]).read_text(encoding="utf-8")

    assert source in adopted(source).text


def test_times_of_another_zone_keep_how_they_were_written():
    path = next(path for path in sources() if path.name.startswith("bullets-declared"))
    text = adopted(path.read_text(encoding="utf-8")).text

    assert "| 2026-07-09 16:15 | Deploy of the new ranking model | 09:15 |" in text
    assert "## Timeline (all times PST)" in text


def test_an_entry_that_no_cell_can_hold_keeps_its_code_below_the_table():
    path = next(path for path in sources() if path.name.startswith("heading-for-each-time-with-code"))
    text = adopted(path.read_text(encoding="utf-8")).text

    assert text.index("| 2026-05-11 08:25") < text.index("### 08:10 UTC") < text.index("$ kubectl get nodes")
    assert "### 08:25" not in text


def test_a_source_in_the_archives_own_form_keeps_its_fields():
    source = """\
---
id: INC-2026-0042
title: Checkout errors
status: in-review
severity: SEV1
type: outage
started: 2026-03-15T14:32:00Z
services: [payment-service]
commander: jane.smith
audience: public
links:
  - {type: release, targetId: payment-service@v2.3.1, relationship: caused_by}
---

## Summary

Payments failed for 43 minutes.
"""
    known = parse(adopted(source).text).postmortem

    assert (known.id, known.status, known.severity, known.type) == ("INC-2026-0042", "in-review", "SEV1", "outage")
    assert (known.audience, known.links[0].target) == ("public", "payment-service@v2.3.1")
    assert f"{known.started:%H:%M}" == "14:32"
