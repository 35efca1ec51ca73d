"""Front matter is read in each of its formats, and what cannot be read is told and kept."""

from generator.document.parse import parse
from generator.importer import metadata, word_count
from tests.importer.reading import adopted

BODY = "\n# Outage of 2026-02-02\n\n## Timeline\n\n- 10:00 UTC: down\n- 10:05 UTC: up\n"


def test_yaml_toml_and_json_say_the_same():
    yaml = metadata.read("---\ntitle: A\ntags: [b, c]\n---\nText\n")
    toml = metadata.read('+++\ntitle = "A"\ntags = ["b", "c"]\n+++\nText\n')
    json = metadata.read('{\n"title": "A",\n"tags": ["b", "c"]\n}\nText\n')

    assert [meta.form for meta in (yaml, toml, json)] == ["yaml", "toml", "json"]
    assert dict(yaml.values) == dict(toml.values) == dict(json.values) == {"title": "A", "tags": ["b", "c"]}
    assert [meta.body_line for meta in (yaml, toml, json)] == [5, 5, 5]


def test_nested_tables_become_one_level_and_dates_text():
    meta = metadata.read("+++\ndate = 2026-07-14\n[extra]\nteam = 'a'\n+++\n")

    assert dict(meta.values) == {"date": "2026-07-14", "extra-team": "a"}


def test_a_rule_at_the_top_is_no_front_matter():
    assert metadata.read("---\n\nText between rules.\n\n---\n").form == ""


def test_front_matter_that_cannot_be_read_is_told_and_kept():
    source = "---\ntitle: [unclosed\nauthor: x: y\n---\n" + BODY
    done = adopted(source)

    assert word_count.missing(source, done.text) == {}
    assert "Original metadata" in done.text
    assert any("front matter" in note.message for note in done.notes)
    assert len(parse(done.text).postmortem.timeline) == 2


def test_keys_without_a_field_are_kept_under_x():
    done = adopted(
        "---\ntitle: Outage\nlayout: post\nweight: 12\nredirect_from: [/a/, /b/]\nparams: {a: 1}\n---\n" + BODY
    )

    values = parse(done.text).front.values
    assert (values["x-layout"], values["x-weight"], values["x-redirect_from"]) == ("post", 12, ["/a/", "/b/"])
    assert values["x-params"] == '{"a": 1}'


def test_the_source_is_remembered_in_the_document():
    values = parse(adopted(BODY, "wiki/outage.md").text).front.values

    assert values["x-source"] == "wiki/outage.md"
    assert len(str(values["x-source-digest"])) == 16
