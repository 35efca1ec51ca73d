"""Diagnoses for a person at a terminal, and for a script."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from generator.output import cell
from generator.setup.doctor.diagnosis import Diagnosis, Health

_SIGNS = {Health.OK: "✔", Health.WARNING: "!", Health.FAULT: "✗", Health.SKIPPED: "–"}
_PLAIN = {Health.OK: "ok", Health.WARNING: "!!", Health.FAULT: "XX", Health.SKIPPED: "--"}
_COLOURS = {Health.OK: "32", Health.WARNING: "33", Health.FAULT: "31", Health.SKIPPED: "2"}
_WORDS = {Health.FAULT: "fault", Health.WARNING: "warning"}


def fitting(text: str, encoding: str | None) -> str:
    """The text with a question mark for what the encoding cannot hold."""
    name = encoding or "ascii"
    try:
        return text.encode(name, "replace").decode(name)
    except LookupError:
        return text.encode("ascii", "replace").decode("ascii")


def line(found: Diagnosis, *, colour: bool = False, encoding: str | None = "utf-8") -> str:
    """A diagnosis as one line, with the advice on another one; plain letters where the encoding has no ✔ and ✗."""
    signs = fitting("✔✗–→", encoding) == "✔✗–→"
    sign, arrow = (_SIGNS[found.verdict], "→") if signs else (_PLAIN[found.verdict], "->")
    shown = f"\x1b[{_COLOURS[found.verdict]}m{sign}\x1b[0m" if colour else sign
    text = f"{shown} {cell(found.subject)}: {cell(found.message)}"
    if found.advice:
        text = f"{text}\n{'':{len(sign)}} {arrow} {cell(found.advice)}"
    return fitting(text, encoding)


def summary(diagnoses: Iterable[Diagnosis]) -> str:
    """How many there are of which verdict, in one sentence."""
    counts = Counter(found.verdict for found in diagnoses)
    bad = [f"{count} {word}{'' if count == 1 else 's'}" for v, word in _WORDS.items() if (count := counts[v])]
    return (
        f"{', '.join(bad) or 'No faults'}; {counts[Health.OK]} fine, {counts[Health.SKIPPED]} not known or not tried."
    )


def as_records(diagnoses: Sequence[Diagnosis]) -> str:
    """The diagnoses as a JSON list of `{subject, verdict, message, cure}`."""
    records = [
        {"subject": one.subject, "verdict": str(one.verdict), "message": one.message, "cure": one.advice}
        for one in diagnoses
    ]
    return fitting(json.dumps(records, ensure_ascii=False, indent=2), "utf-8") + "\n"
