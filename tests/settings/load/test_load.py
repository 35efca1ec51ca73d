"""Settings are read once, strictly, with the line of what is wrong."""

import pytest

from generator.errors import UsageError
from generator.settings.load import Absent, data, load, now
from generator.settings.model import SEVERITIES


def write(root, name, text):
    (root / "site_config").mkdir(exist_ok=True)
    (root / "site_config" / name).write_text(text, encoding="utf-8")


def test_without_an_archive_the_defaults_hold_only_for_what_needs_none(tmp_path):
    loaded = load(tmp_path, absent=Absent.DEFAULTS)

    assert (loaded.root, loaded.exists, loaded.settings.severities) == (tmp_path.resolve(), False, SEVERITIES)
    assert str(tmp_path) in loaded.notice


def test_the_nearest_folder_upwards_is_the_archive(archive_root, monkeypatch):
    monkeypatch.chdir(archive_root / "postmortems" / "2026")

    assert load().root == archive_root.resolve()
    assert load().settings.title == "Test archive"


def test_people_services_and_severities_are_read(tmp_path):
    write(
        tmp_path,
        "archive.yml",
        "severities:\n  - {name: P0, description: All down, aliases: [critical]}\n  - P1\n"
        "services:\n  - name: checkout-api\n    owners: [jane.smith]\n    aliases: [checkout]\nquarter_start: 4\nstatuses: {Fixing: mitigated}\n",
    )
    write(
        tmp_path,
        "people.yml",
        "jane.smith: {name: Jane Smith, email: jane@example.com, aliases: [js]}\nli.wei: Li Wei\n",
    )
    settings = load(tmp_path).settings

    assert settings.severity_of("Critical") == "P0"
    assert settings.severity_rank("P1") == 1
    assert settings.services[0].owners == ("jane.smith",)
    assert (settings.quarter_start, settings.statuses) == (4, {"Fixing": "mitigated"})
    assert settings.person(email="JANE@example.com").handle == "jane.smith"
    assert settings.person(name="Li Wei").handle == "li.wei"
    assert settings.person(name="js").handle == "jane.smith"
    assert settings.person(name="Somebody") is None


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "archive.yml",
            "title: A\ntitel: B\n",
            r"site_config/archive.yml:2: `titel` is not a setting. Did you mean `title`\?",
        ),
        ("archive.yml", "title: A\ntitle: B\n", r"archive.yml:2: `title` stands twice"),
        ("archive.yml", "quarter_start: 13\n", r"archive.yml:1: `quarter_start` must be a month"),
        ("archive.yml", "engine: hugo\n", r"archive.yml:1: `engine` cannot be 'hugo'; it is one of mkdocs"),
        ("archive.yml", "audience: all\n", r"`audience` cannot be 'all'"),
        ("archive.yml", "services: checkout\n", r"`services` must be a list"),
        ("archive.yml", "services: [{nmae: x}]\n", r"`nmae` is not known in `services`. Did you mean `name`\?"),
        ("archive.yml", "services: [{description: x}]\n", r"an entry of `services` has no `name`"),
        ("archive.yml", "title: [a]\n", r"`title` must be text"),
        ("archive.yml", "- a\n", r"archive.yml:1: This must be `key: value` lines"),
        ("archive.yml", "a: [\n", r"archive.yml:2: This is not valid YAML"),
        ("people.yml", "jane:\n  mail: x\n", r"people.yml:1: `mail` is not known in `jane`. Did you mean `email`\?"),
        ("people.yml", "jane: {handle: x}\n", r"people.yml:1: the handle is the key itself"),
    ],
)
def test_a_mistake_names_file_line_and_cure(tmp_path, name, text, message):
    write(tmp_path, "archive.yml", "title: A\n")
    write(tmp_path, name, text)

    with pytest.raises(UsageError, match=message):
        load(tmp_path)


def test_a_configuration_that_is_not_utf8_says_so(tmp_path):
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").write_bytes(b"title: A\ndescription: caf\xe9\n")

    with pytest.raises(UsageError, match=r"archive.yml:2: The file is not UTF-8"):
        load(tmp_path)


def test_a_missing_folder_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="There is no folder"):
        load(tmp_path / "nowhere")


def test_the_clock_can_be_fixed(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert now().year == 1970

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is 'soon'"):
        now()


def test_the_built_in_folders_are_there():
    assert (data("site_config") / "mkdocs.yml").is_file()
    assert any(data("templates").iterdir())
