"""What is a postmortem, and what only lies beside one."""

import pytest

from generator.importer import survey, word_count
from generator.importer.survey import Survey, source

TEMPLATE = """\
# {{ incident date: yyyy-mm-dd }}, {{ incident name }}

## Summary

Quick summary of what user impact was, how long it was, and how we fixed it.

## Timeline

All times in {{ most convenient timezone }}

### {{ yyyy-mm-dd hh:mm }}

Start of incident.

## Action items

List of things to do.
"""
EMPTY_TEMPLATE = """\
# Title of the incident

## Summary

## Impact

## Timeline

## Root Cause(s)

## Action Items
"""
GUIDE = """\
# Writing postmortems

After an incident you should write down what happened. Make sure that your timeline names every event, and ask
yourself what you could do better. You must not blame anybody. For example, you should describe the system that let an
outage happen, and not the person who pressed the button. Your manager should review it within five days.

## Timeline

You should list all events with their times.
"""
INSTALL = """\
# Redis install

I created a container, 2 cores, 2 GB memory.

```console
$ sudo apt install redis
$ sudo systemctl restart redis
$ redis-cli ping
```

Then I changed the configuration.

```ini
bind 0.0.0.0
protected-mode no
```
"""
README = """\
# Incident reports

This repository holds the postmortems of Example Corp. To add one, copy the template and open a pull request.
"""
CONDUCT = """\
# Code of Conduct

We pledge to make participation in our project a harassment-free experience for everyone. Report incidents to
conduct@example.org; all complaints will be investigated.
"""
SHORT = """\
---
title: Wiki down
date: 2026-02-03T10:00:00Z
resolved: true
severity: down
affected: [wiki]
---

The wiki did not answer for an hour.
"""
PROSE = """\
# Outage on January 9th, 2026

On Friday from 17:09 EST to 23:42 EST the platform was down, because a certificate had expired. We replaced it and the
service was restored. We are sorry for the disruption and will monitor the dates of all certificates.
"""


def verdict(text: str, path: str = "docs/some-file.md") -> Survey:
    return survey.survey(source(path, text)).verdict


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        (TEMPLATE, "incidents/new.md", "it is a template: its placeholders are not filled in"),
        (EMPTY_TEMPLATE, "incidents/new.md", "most of its sections are empty"),
        (PROSE, "incidents/postmortem-template.md", "it calls itself a template"),
        (GUIDE, "postmortems/howto.md", "it is a guide"),
        (INSTALL, "reports/2026-02-08-redis.md", "most of it is code"),
        (README, "postmortems/README.md", "a file named README.md is about the folder it lies in"),
        (CONDUCT, "CODE_OF_CONDUCT.md", "a file named CODE_OF_CONDUCT.md is about the folder it lies in"),
        ("", "a.md", "it has almost no words"),
        ("Hello world.\n", "a.md", "it has almost no words"),
    ],
)
def test_what_is_no_postmortem_is_refused_with_the_reason(text, path, reason):
    found = verdict(text, path)

    assert not found.accepted
    assert reason in found.against


@pytest.mark.parametrize(("text", "path"), [(SHORT, "content/issues/wiki.md"), (PROSE, "_posts/2026-01-11-outage.md")])
def test_a_short_one_is_a_postmortem_too(text, path):
    assert verdict(text, path).accepted


def test_a_page_that_has_a_folder_of_its_own_is_judged_by_the_folders_name():
    assert verdict(PROSE, "incidents/2026-01-09-certificate-expired/index.md").accepted


def test_words_are_runs_of_letters_and_digits_without_case():
    assert word_count.counted("It's 14:02 – **Über** `foo_bar`") == {
        "it": 1, "s": 1, "14": 1, "02": 1, "über": 1, "foo": 1, "bar": 1,
    }  # fmt: skip


def test_a_word_that_stands_less_often_is_missing():
    assert word_count.missing("one two two", "Two one") == {"two": 1}


def test_pictures_written_as_data_and_line_breaks_are_no_words():
    assert word_count.counted("![a](data:image/png;base64,iVBORw0KGgo=)<br>b<br/>") == {"a": 1, "b": 1}
