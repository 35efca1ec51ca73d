"""The front matter of an adopted document: what the source states, in the archive's fields, and its own keys beside them."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from generator.document import field_values, front_matter, schema
from generator.document.scope import SOURCE
from generator.importer import facts, metadata, time_zones, timestamps
from generator.importer.blocks import BlockKind
from generator.importer.chronology import Chronology
from generator.importer.naming import day_in
from generator.importer.narrative import ReportedEntry
from generator.importer.survey import Survey
from generator.markup import yaml as strict_yaml
from generator.settings.model import Settings

DIGEST = "x-source-digest"
_DRAFT = re.compile(r"\b(?:draft|wip|work in progress|in progress|incomplete|unfinished)\b", re.IGNORECASE)
_REVIEW = re.compile(r"\b(?:in|under|for|needs|awaiting) review\b|\bin-review\b", re.IGNORECASE)


def lines(survey: Survey, id: str, entries: Sequence[ReportedEntry], settings: Settings, lead: str) -> list[str]:  # noqa: A002 - the field's name
    """The lines of the front matter, without the dashes around them; `lead` is a key that became the summary."""
    stated = survey.facts
    values: dict[str, object] = {"id": id, "title": survey.title, "status": _status(stated)}
    candidates = facts.severity_words(stated, survey.title, survey.blocks)
    values["severity"] = next((name for word in candidates if (name := _severity(word, settings))), "")
    comments = _times(survey, entries, values)
    values["services"] = facts.several(stated, "services")
    commander = facts.several(stated, "commander")
    values["commander"] = _person(commander[0], settings) if commander else ""
    values["authors"] = [_person(name, settings) for name in facts.several(stated, "authors")]
    values["tags"] = facts.several(stated, "tags", own=True)
    if published := _published(survey):
        values["published"] = published.isoformat()
    address = next(
        (fact.value for fact in stated if fact.own and fact.field == "link" and re.match(r"https?://\S+$", fact.value)),
        "",
    )
    if address:
        values["links"] = [{"type": "page", "targetId": address}]
    values |= _own_fields(survey)
    written = [f"{key}: {_scalar(key, values[key])}{comments.get(key, '')}" for key in schema.ORDER if values.get(key)]
    written += [f"{SOURCE}: {strict_yaml.quoted(survey.source.path)}", f'{DIGEST}: "{survey.source.digest}"']
    return [*written, *_others(survey.metadata, values, lead)]


def _scalar(key: str, value: object) -> str:
    moment = schema.BY_NAME[key].kind in {schema.Kind.MOMENT, schema.Kind.DAY}
    return str(value) if moment and re.fullmatch(r"[0-9TZ:.-]+", str(value)) else strict_yaml.scalar(value)


def _own_fields(survey: Survey) -> dict[str, object]:
    """What the source's front matter states in the archive's own words, as it stands there."""
    if survey.metadata.form != "yaml":
        return {}
    front = front_matter.read(f"---\n{survey.metadata.raw}---\n")
    typed, faults = field_values.typed(front)
    wrong = {fault.line for fault in faults}
    return {
        key: front.values[key]
        for key in typed
        if key in schema.BY_NAME and front.lines.get(key) not in wrong and key not in {"id", "title", "severity"}
        and not (key in {"services", "tags", "authors"} and not isinstance(front.values[key], list))
    }  # fmt: skip


def _others(meta: metadata.SourceMetadata, values: Mapping[str, object], lead: str) -> list[str]:
    """The source's own keys that the archive has no field for, as keys that begin with `x-`."""
    lines: dict[str, str] = {}
    for key, value in meta.values.items():
        name = "x-" + (re.sub(r"[^A-Za-z0-9_-]+", "-", str(key)).strip("-").removeprefix("x-") or "key")
        mine = values.get(str(key))
        same = mine == value or (
            isinstance(mine, list) and mine == [value] and str(key) in {"authors", "services", "tags"}
        )
        if str(key) == lead or (same and value):
            continue
        if name not in lines and name not in {SOURCE, DIGEST} and len(str(value)) < 5000:
            lines[name] = f"{name}: {metadata.scalar(value)}".rstrip()
    return list(lines.values())


def _status(stated: Sequence[facts.StatedFact]) -> str:
    words = " ".join(fact.value for fact in stated if fact.field == "status")
    if any(fact.own and fact.field == "draft" and fact.value == "True" for fact in stated):
        return "draft"
    return "draft" if _DRAFT.search(words) else "in-review" if _REVIEW.search(words) else "published"


def _severity(words: str, settings: Settings) -> str:
    """The archive's severity for a word as a whole or for the first part of `SEV-1: Critical`, else a level as written."""
    parts = (part.strip() for part in re.split(r"[:(/,|–—]|\s-\s", words))
    name = next(
        (name for part in (words, *parts, *words.split()[:1]) if part and (name := settings.severity_of(part))), ""
    )
    match = re.fullmatch(r"(SEV|P|S)[ -]?([0-5])", words.strip(), re.IGNORECASE)
    return name or (f"{match[1].upper()}{match[2]}" if match else "")


def _person(name: str, settings: Settings) -> str:
    bare = name.lstrip("@")
    person = settings.person(handle=bare) or settings.person(name=bare)
    return person.handle if person else bare


def _times(survey: Survey, entries: Sequence[ReportedEntry], values: dict[str, object]) -> dict[str, str]:
    """Set what is stated of the incident's times; comments say where a start was not stated as such."""
    stated = _stated_times(survey)
    values |= {name: _rfc3339(at) for name, at in stated.items()}
    if "started" in stated:
        return {}
    timed = [entry for entry in entries if entry.at]
    same_day = [entry for entry in timed if entry.day == survey.day]
    if begin := next((entry.at for entry in (*same_day, *timed) if entry.at), None):
        values["started"] = _rfc3339(begin)
        return {"started": "  # the first entry of the timeline"}
    if survey.day:
        values["started"] = _rfc3339(datetime.combine(survey.day, time(), UTC))
        return {"started": "  # the day is stated, the time of day is not"}
    return {}


def _stated_times(survey: Survey) -> dict[str, datetime]:
    """The first readable moment that is stated for each field; an end before the start is none."""
    zone = _declared_zone(survey)
    moments: dict[str, datetime] = {}
    for fact in survey.facts:
        name = "started" if fact.field == "date" and fact.own and _is_record(survey) else fact.field
        if name in {"started", "detected", "mitigated", "resolved"} and name not in moments:
            stamp = timestamps.read(fact.value)
            at = Chronology(survey.era, zone).place(stamp).at if stamp and stamp.timed else None
            if at and not (name == "resolved" and at < moments.get("started", at)):
                moments[name] = at
    return moments


def _declared_zone(survey: Survey) -> time_zones.Zone | None:
    texts = (b.text for b in survey.blocks if b.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING})
    return next((zone for text in texts if (zone := time_zones.declared(text))), None)


def _rfc3339(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _is_record(survey: Survey) -> bool:
    keys = {key.casefold() for key in survey.metadata.values}
    return bool(keys & {"resolved", "resolvedwhen", "affected", "severity", "end_time"})


def _published(survey: Survey) -> date | None:
    fact = next((f for f in survey.facts if f.own and f.field in {"written", "date"}), None)
    if _is_record(survey) and (fact is None or fact.field == "date"):
        return None
    if fact is None:
        return next(
            (day for key in ("path", "permalink") if (day := day_in(str(survey.metadata.values.get(key, ""))))), None
        )
    stamp = timestamps.read(fact.value)
    return Chronology(survey.era, None).heading(stamp).day if stamp else None
