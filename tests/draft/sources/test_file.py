"""Reading a file of incident data, and refusing what is none."""

import json
import os
import socket
import time

import pytest

from generator.draft.sources import file
from generator.draft.sources.file import load
from generator.errors import InputError

INCIDENT = {"title": "Checkout errors", "id": "OPS-1"}


def written(folder, content, name="incident.json"):
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def titles(path):
    return [incident.title for incident in file.incidents(path)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("incident.json", '{"title": "Checkout errors"}'),
        ("incident", '\n  {"title": "Checkout errors"}\n'),
        ("incident.yaml", "# by hand\ntitle: Checkout errors\n"),
        ("incident.yml", "--- # one document\ntitle: Checkout errors\n"),
        ("incident.yaml", "{title: Checkout errors}"),
        ("incident.txt", "title: Checkout errors\nstarted: 2026-03-15 14:32\n"),
        ("incident.json", '{"title": "Checkout errors"}'.encode("utf-8-sig")),
        ("incident.json", '{"title": "Checkout errors"}'.encode("utf-16")),
        ("incident.yaml", "title: Checkout errors".encode("utf-16")),
        ("incident.json", '{"title": "Checkout errors"}'.encode("utf-32")),
        ("a name with #, : and ü.json", '{"title": "Checkout errors"}'),
    ],
)
def test_json_and_yaml_are_read_in_every_common_encoding(tmp_path, name, content):
    assert titles(written(tmp_path, content, name)) == ["Checkout errors"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("incidents.ndjson", '{"title": "a"}\n{"title": "b"}\n'),
        ("incidents.json", '{"title": "a"}\n\n{\n "title": "b"}'),
        ("incidents.json", '[{"title": "a"}, {"title": "b"}]'),
        ("incidents.json", '[{"title": "a"}]\n[{"title": "b"}]'),
        ("incidents.yaml", "title: a\n---\ntitle: b\n---\n"),
        ("incidents.yaml", "- title: a\n- title: b\n"),
    ],
)
def test_several_documents_are_several_incidents(tmp_path, name, content):
    assert titles(written(tmp_path, content, name)) == ["a", "b"]


def test_yaml_keeps_times_and_words_as_they_are_written(tmp_path):
    path = written(
        tmp_path, "title: NO\nid: 0x1F\ncategory: on\nstarted: 2026-03-15T14:32:00Z\nseverity: 1_000\n", "i.yaml"
    )

    assert load.load(path)[1] == {
        "title": "NO",
        "id": "0x1F",
        "category": "on",
        "started": "2026-03-15T14:32:00Z",
        "severity": "1_000",
    }


def test_yaml_anchors_and_tags_are_read(tmp_path):
    path = written(tmp_path, "title: &t Outage\nid: !!str 7\nimpact: *t\n", "i.yaml")

    assert load.load(path)[1] == {"title": "Outage", "id": "7", "impact": "Outage"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("i.json", b"", "This file is empty."),
        ("i.json", b"\xef\xbb\xbf \n", "This file is empty."),
        ("i.yaml", b"# nothing yet\n", "This holds no data but plain text."),
        ("i.json", b'{"a": \xe9}', "i.json:1: This is not UTF-8: the byte 0xe9 at position 6 belongs to no character"),
        ("i.json", b'{\n"a":\n"\xff"}', "i.json:3: This is not UTF-8"),
        ("i.json", b"\xff\xfe{\x00x", "This is no whole UTF-16 text"),
        ("i.json", '{\n "title": "x",\n}', "i.json:3: This is not valid JSON: .* at line 3, column 1"),
        ("i.json", '{"title": "x"} trailing', "This is not valid JSON: Expecting value at line 1, column 16"),
        ("i.json", '{"title": "x"}\n{"title": ', "i.json:2: This is not valid JSON"),
        ("i.json", '{"a": 1,\n"b": NaN}', "i.json:2: This holds NaN, which is no value in JSON"),
        ("i.json", '{"a": -Infinity}', "This holds -Infinity"),
        ("i.json", '{"a": ' + "9" * 5000 + "}", "a number with thousands of digits"),
        ("i.json", "plain words", "This is not valid JSON"),
        ("i.json", "[" * 100_000, "nested more than 200 levels deep"),
        ("i.json", "[" * 400 + "]" * 400, "nested more than 200 levels deep"),
        ("i.json", '{"a":' * 100_000, "nested more than 200 levels deep"),
        ("i.yaml", "title: x\n  bad: y\n", "i.yaml:2: This is no valid YAML: mapping values"),
        ("i.yaml", "title: x\n\tid: y\n", "i.yaml:2: This is no valid YAML: .*indent with spaces"),
        ("i.yaml", "title: x\nid: 1\ntitle: y\n", "i.yaml:3: `title` stands twice in the same mapping"),
        ("i.yaml", "title: x\nid: *nobody\n", "i.yaml:2: This is no valid YAML"),
        ("i.yaml", "a: &a {x: 1}\nb:\n  <<: *a\n", "i.yaml:3: Merge keys"),
        ("i.yaml", "? [a, b]\n: c\n", "i.yaml:1: A key must be a single word"),
        ("i.yaml", "a: " + "[" * 100_000, "nested more than 200 levels deep"),
        ("i.yaml", "- " * 100_000, "nested more than 200 levels deep"),
        ("i.yaml", "a: &a [*a]\n", "nested more than 200 levels deep"),
        ("i.yaml", "title: 'x\n", "This is no valid YAML"),
        ("i.yaml", "title: \x07\n", "This is no valid YAML"),
        ("i.yaml", "just a sentence\n", "This holds no data but plain text."),
        (
            "notes.md",
            "# Outage\n\nIt broke.\n",
            "It looks like Markdown; a postmortem that is written already is adopted",
        ),
        ("notes", "---\ntitle: x\n---\n\n## Summary\n", "It looks like Markdown"),
        ("handler.py", "import json\n", "It looks like source code"),
        ("export.ts", "export default {}", "It looks like source code"),
        ("issues.csv", '"Key","Summary"\n"OPS-1","x"\n', "It looks like a table \\(CSV\\)"),
        ("issues", "Key,Summary,Status\nOPS-1,x,Open\n", "It looks like a table \\(CSV\\)"),
        ("page.html", "<!DOCTYPE html><html>", "It looks like a web page"),
        ("rss", '<?xml version="1.0"?><rss/>', "It looks like XML"),
        ("metrics", "# HELP up Whether it is up\n# TYPE up gauge\nup 1\n", "It looks like Prometheus metrics"),
        ("i.json.gz", b"\x1f\x8b\x08\x00", "This is a gzip archive; unpack it first."),
        ("i.zip", b"PK\x03\x04", "This is a zip archive"),
        ("i.pdf", b"%PDF-1.7", "This is a PDF"),
        ("i.json", "[]", "nothing in this file but an empty list"),
        ("i.json", "{}", "nothing in this file but an empty mapping"),
        ("i.json", "7", "no incident data that is understood \\(it holds a plain value\\)"),
        (
            "i.json",
            '{"colour": "red", "size": 3}',
            "it has the keys `colour`, `size`.*Understood are exports of Jira, PagerDuty",
        ),
        ("i.json", '[{"colour": "red"}]', "a list of things with the keys `colour`"),
    ],
)
def test_what_is_no_incident_data_is_refused_in_one_sentence(tmp_path, name, content, message):
    path = written(tmp_path, content, name)

    with pytest.raises(InputError, match=message) as refused:
        file.incidents(path)

    assert str(refused.value).startswith(str(path))
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_aliases_that_unfold_into_millions_are_refused(tmp_path):
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    path = written(tmp_path, "\n".join(rows), "bomb.yaml")

    with pytest.raises(InputError, match="unfolds into millions of values"):
        file.incidents(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")

    for name, message in {
        "gone.json": "There is no such file.",
        "no/such/folder.json": "There is no such file, nor a folder",
        "dangling": "a link to a file that is not there",
        "circle": "a link that leads in a circle",
        "x" * 300: "too long for the name of a file",
        "nul\0": "cannot be read",
    }.items():
        with pytest.raises(InputError, match=message):
            file.incidents(tmp_path / name)


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "link").symlink_to(written(tmp_path, INCIDENT))

    assert titles(tmp_path / "link") == ["Checkout errors"]


def test_what_is_no_ordinary_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))

        for path in (tmp_path / "pipe", tmp_path / "s"):
            with pytest.raises(InputError, match="no ordinary file"):
                file.incidents(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as huge:
        huge.truncate(3 * 1024**4)  # three terabytes of nothing, which take no room

    begin = time.process_time()
    with pytest.raises(InputError, match="This file has 3145728 MB, and more than 25 MB is no incident"):
        file.incidents(path)
    assert time.process_time() - begin < 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    path = written(tmp_path, INCIDENT)
    path.chmod(0)

    with pytest.raises(InputError, match="You may not read this"):
        file.incidents(path)


def test_a_folder_is_refused_and_the_channels_of_an_export_are_named(tmp_path):
    channel = tmp_path / "inc-42"
    channel.mkdir()

    with pytest.raises(InputError, match="This is a folder, not a file; name the file in it"):
        file.incidents(channel)
    written(channel, "[]", "2026-03-15.json")
    with pytest.raises(InputError, match="it holds the channels inc-42 of a Slack export, name one of them"):
        file.incidents(tmp_path)


def test_the_days_of_a_slack_channel_are_read_together(tmp_path):
    for day, ts in {"2026-03-15.json": "1773585120.000100", "2026-03-16.json": "1773650000.000200"}.items():
        written(tmp_path, [{"type": "message", "user": "U1", "text": f"said {day}", "ts": ts}], day)
    written(tmp_path, "not read", "canvas.json")

    (incident,) = file.incidents(tmp_path)

    assert [event.text for event in incident.events] == ["said 2026-03-15.json", "said 2026-03-16.json"]


def test_thousands_of_events_are_read_quickly(tmp_path):
    rows = "".join(f"  - time: 2026-03-15T14:{n % 60:02}:00Z\n    event: 'event number {n}'\n" for n in range(5000))
    path = written(tmp_path, f"title: x\ntimeline:\n{rows}", "many.yaml")

    begin = time.process_time()
    (incident,) = file.incidents(path)

    assert len(incident.events) == 5000
    assert time.process_time() - begin < 10  # it takes half a second


def several(folder):
    return written(
        folder, [{"title": "First", "id": "OPS-1"}, {"title": "Second", "id": "OPS-2", "url": "https://a.example/i/77"}]
    )


def test_several_incidents_must_be_chosen_from(tmp_path):
    with pytest.raises(InputError) as refused:
        file.fetch(str(several(tmp_path)))

    assert str(refused.value).endswith(
        "This holds 2 incidents; name one of them:\n  incident.json#OPS-1  First\n  incident.json#OPS-2  Second"
    )


@pytest.mark.parametrize("wanted", ["OPS-2", "ops-2", "Second", "77", "2"])
def test_an_incident_is_chosen_by_id_title_address_or_number(tmp_path, wanted):
    (incident,) = file.fetch(f"{several(tmp_path)}#{wanted}")

    assert incident.title == "Second"


def test_a_choice_that_is_not_there_is_refused_with_what_is(tmp_path):
    with pytest.raises(InputError, match=r"This holds no incident `OPS-9`; it holds:\n  incident.json#OPS-1  First"):
        file.fetch(f"{several(tmp_path)}#OPS-9")


def test_two_incidents_of_one_name_are_not_guessed_between(tmp_path):
    path = written(tmp_path, [INCIDENT, INCIDENT])

    with pytest.raises(InputError, match="several incidents that are called `OPS-1`"):
        file.fetch(f"{path}#OPS-1")


def test_only_twenty_incidents_are_offered(tmp_path):
    path = written(tmp_path, [{"title": f"Number {n}", "id": f"OPS-{n}"} for n in range(25)])

    with pytest.raises(InputError, match=r"#OPS-19  Number 19\n  \.\.\. and 5 more$"):
        file.fetch(str(path))


def test_partial_sources_come_along_with_the_one_incident(tmp_path):
    notes = {"timeline": [{"time": "2026-03-15 14:32", "event": "x"}]}

    assert [incident.partial for incident in file.fetch(str(written(tmp_path, [INCIDENT, notes])))] == [False, True]
