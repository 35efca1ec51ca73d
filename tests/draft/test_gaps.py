"""The last words of a draft: what is missing, and where to get it."""

from dataclasses import replace

from generator.draft.gaps import missing
from generator.draft.incident import Alert, Incident, Participant
from generator.draft.merge import merge
from generator.draft.variables import known_of
from generator.settings.model import Settings
from tests.draft.rich import ALL_SOURCES, PAGER, SETTINGS, at

BARE = Incident(source="Tool", title="Title")


def said(incident, settings=SETTINGS):
    return missing(incident, known_of(incident, settings), settings)


def subjects(sentences):
    return [sentence.split(":", 1)[0] for sentence in sentences]


def test_an_incident_that_says_nothing_lacks_everything_and_each_line_says_where_it_is():
    sentences = said(BARE)

    assert subjects(sentences) == [
        "severity", "started", "detected", "mitigated", "resolved", "services", "commander",
        "timeline", "alerts", "errors", "releases", "channel", "metrics",
    ]  # fmt: skip
    assert all(len(sentence.split(": ", 1)[1]) > 20 for sentence in sentences)


def test_a_rich_incident_lacks_little():
    sentences = said(merge(ALL_SOURCES, SETTINGS))

    assert {"severity", "services", "commander", "timeline", "alerts", "channel"}.isdisjoint(
        subjects(s for s in sentences if "says" not in s)
    )


def test_a_severity_that_the_archive_does_not_know_is_named():
    assert said(replace(BARE, severity="Ultra"))[0].startswith('severity: "Ultra" is none of the archive\'s')
    assert "taken from the priority" in said(replace(BARE, priority="P2"))[0]


def test_people_who_took_part_are_offered_when_nobody_led():
    told = replace(BARE, participants=(Participant("responder", "Ana Lima"),))

    assert any("(Ana Lima took part)" in sentence for sentence in said(told))


def test_a_commander_whom_the_archive_does_not_know_is_told():
    told = replace(PAGER, participants=(Participant("commander", "Ana Lima"),))

    assert any("Ana Lima is not in site_config/people.yml" in sentence for sentence in said(told))
    assert not any("people.yml" in sentence for sentence in said(told, Settings()))


def test_what_was_inferred_is_told():
    sentences = said(replace(BARE, alerts=(Alert("A", at(0)),)))

    assert "started: taken from the first alert; correct it if another moment is truer" in sentences


def test_times_that_contradict_each_other_are_told():
    assert any("lies before the start" in one for one in said(replace(BARE, started=at(9), resolved=at(1))))


def test_what_a_source_could_not_read_is_passed_on():
    assert "Only 5 of 6 comments are in this export." in said(
        replace(BARE, notes=("Only 5 of 6 comments are in this export.",))
    )
