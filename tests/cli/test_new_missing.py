"""`postmortem new --missing --from jira`: what policy wants and nobody has written, against a running Jira."""

from contextlib import closing

import pytest

from generator.cli.main import main
from tests.draft.sources.jira_world import incident, started
from tests.jira_sandbox.client import Client

SETTINGS = """\
policy:
  SEV1: {postmortem: true}
  SEV2: {postmortem: true}
jira:
  missing: project = OPS AND issuetype = Incident ORDER BY resolved DESC
"""


@pytest.fixture(params=["cloud", "data-center"])
def world(request, monkeypatch):
    with started(request.param) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def new(world, archive_root, capsys):
    """`new(...)` runs the command in the archive: exit code, lines of the output, talk."""
    (archive_root / "site_config" / "archive.yml").write_text(SETTINGS, encoding="utf-8")

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(archive_root), "new", *map(str, arguments)])
        out, err = capsys.readouterr()
        return ended.value.code, out.splitlines(), err

    return run


def rated(world, severity, title, *, day="04", **more):
    value = {"customfield_10100": {"value": severity}} if severity else {}
    resolved = f"2026-05-{day}T13:00:00.000+0000"
    return incident(world, summary=title, fields=value, resolved=resolved, **more)


def written(root):
    return sorted(path.name for path in (root / "postmortems").rglob("*.md"))


def test_every_incident_that_must_have_a_postmortem_gets_one(world, archive_root, new):
    rated(world, "SEV1", "Checkout is down", day="04")
    rated(world, "SEV2", "Search is slow", day="09")
    rated(world, "SEV4", "A typo", day="10")
    rated(world, "SEV1", "Still burning", status="In Progress")

    code, out, err = new("--missing", "--from", "jira")

    assert code == 0
    assert [line.rpartition("/")[2] for line in out] == [
        "INC-2026-0043-search-is-slow.md",
        "INC-2026-0044-checkout-is-down.md",
    ]
    assert written(archive_root) == ["INC-2026-0042-checkout.md", *sorted(line.rpartition("/")[2] for line in out)]
    assert err == "2 drafted; 0 had a postmortem already; 1 need none.\n"


def test_running_again_drafts_nothing(world, archive_root, new):
    rated(world, "SEV1", "Checkout is down")
    new("--missing", "--from", "jira")
    before = written(archive_root)

    code, out, err = new("--missing", "--from", "jira")

    assert (code, out) == (0, [])
    assert err == "0 drafted; 1 had a postmortem already; 0 need none.\n"
    assert written(archive_root) == before


def test_an_incident_is_known_by_its_key_in_any_case(world, archive_root, new):
    key = rated(world, "SEV1", "Checkout is down")
    path = archive_root / "postmortems" / "2026" / "INC-2026-0042-checkout.md"
    text = path.read_text(encoding="utf-8").replace("incident: OPS-1234", f"incident: {key.lower()}")
    path.write_text(text, encoding="utf-8")

    assert new("--missing", "--from", "jira")[1] == []


def test_a_moved_incident_is_known_by_the_key_that_its_document_has(world, archive_root, new):
    world.add_project("PAY", screens={"Incident": ["summary", "description", "priority", "customfield_10100"]})
    key = rated(world, "SEV1", "Checkout is down")
    new("--from", f"jira:{key}")
    world.move(key, "PAY")
    settings = archive_root / "site_config" / "archive.yml"
    settings.write_text(SETTINGS.replace("= OPS", "in (OPS, PAY)"), encoding="utf-8")
    before = written(archive_root)

    for more in ([], ["--dry-run"]):
        code, out, err = new("--missing", "--from", "jira", *more)
        assert (code, out) == (0, [])
        assert "1 had a postmortem already" in err
    assert written(archive_root) == before


def test_an_incident_that_a_search_tells_twice_is_drafted_once(world, archive_root, new):
    key = rated(world, "SEV1", "Checkout is down")
    with closing(Client(world)) as client:
        shown = client.get(f"/issue/{key}").body
    twice = {"issues": [shown, shown], "isLast": True, "startAt": 0, "total": 1}
    world.fault("POST /search**", "200", body=twice)

    assert len(new("--missing", "--from", "jira")[1]) == 1
    assert len(written(archive_root)) == 2


def test_incidents_of_the_same_title_are_two(world, archive_root, new):
    rated(world, "SEV1", "Checkout is down")
    rated(world, "SEV1", "Checkout is down", day="05")

    assert len(set(new("--missing", "--from", "jira")[1])) == 2


def test_one_that_fails_is_told_and_the_others_are_drafted(world, archive_root, new):
    rated(world, "SEV1", "Checkout is down", day="05")
    lost = rated(world, "SEV1", "Gone", day="04")
    rated(world, "SEV1", "Search is slow", day="03")
    world.fault(f"GET /issue/{lost}", "404")

    code, out, err = new("--missing", "--from", "jira")

    assert code == 1
    assert [line.rpartition("/")[2] for line in out] == [
        "INC-2026-0043-checkout-is-down.md",
        "INC-2026-0044-search-is-slow.md",
    ]
    assert f"{lost}: There is no issue {lost}" in err
    assert err.endswith("2 drafted; 0 had a postmortem already; 0 need none; 1 failed.\n")


def test_what_could_not_be_read_is_told_for_each(world, archive_root, new):
    key = rated(world, "SEV1", "Checkout is down")
    world.fault("GET /issue/*/comment", "403")

    code, out, err = new("--missing", "--from", "jira")

    assert (code, len(out)) == (0, 1)
    assert f"{key}: comments: incomplete, so what people wrote may be missing" in err


def test_a_dry_run_lists_what_would_be_drafted(world, archive_root, new):
    rated(world, "SEV2", "Search is slow", day="03", attachments=[{"filename": "a.txt", "content": "a"}])
    rated(world, "SEV1", "Checkout is down")

    code, out, err = new("--missing", "--from", "jira", "--dry-run")

    assert (code, out) == (0, ["OPS-2  SEV1  Checkout is down", "OPS-1  SEV2  Search is slow"])
    assert err.startswith("2 would be drafted;")
    assert written(archive_root) == ["INC-2026-0042-checkout.md"]
    assert world.writes == []


def test_drafts_elsewhere_have_ids_of_their_own(world, archive_root, new, tmp_path_factory):
    there = tmp_path_factory.mktemp("there")
    rated(world, "SEV1", "Checkout is down")
    rated(world, "SEV1", "Search is slow", day="05")

    new("--missing", "--from", "jira", "--out", there)

    assert sorted(path.name for path in there.iterdir()) == [
        "INC-2026-0043-search-is-slow.md",
        "INC-2026-0044-checkout-is-down.md",
    ]


def test_the_priority_rates_what_has_no_severity(world, archive_root, new):
    rated(world, "", "Checkout is down", priority="Highest")
    rated(world, "", "A typo", priority="Lowest")

    assert [line.rpartition("/")[2] for line in new("--missing", "--from", "jira")[1]] == [
        "INC-2026-0043-checkout-is-down.md"
    ]


def test_incidents_whose_severity_nobody_knows_are_named(world, archive_root, new):
    field = world.add_field("Wirkung", "select", options=("Enorm",))
    key = incident(world, fields={field: {"value": "Enorm"}})
    settings = archive_root / "site_config" / "archive.yml"
    settings.write_text(f"{SETTINGS}  severity_field: Wirkung\n", encoding="utf-8")

    code, out, err = new("--missing", "--from", "jira")

    assert (code, out) == (0, [])
    assert f"Not drafted, as no severity of the archive's is known for them: {key}\n" in err


def test_an_expired_token_is_an_error_and_not_an_empty_list(world, archive_root, new):
    rated(world, "SEV1", "Checkout is down")
    world.expired = True

    code, out, err = new("--missing", "--from", "jira")

    assert (code, out) == (1, [])
    assert "credentials" in err or "log-in" in err


def test_a_search_that_is_answered_as_to_a_stranger_is_an_error(world, archive_root, new):
    rated(world, "SEV1", "Checkout is down")
    world.fault("POST /search**", "silent-200")

    code, out, err = new("--missing", "--from", "jira")

    assert (code, out) == (1, [])
    assert "answered as to a stranger" in err


def test_when_jira_wants_to_be_left_alone_the_run_ends_with_what_is_done(world, archive_root, new):
    rated(world, "SEV1", "Checkout is down", day="05")
    later = rated(world, "SEV1", "Search is slow", day="04")
    world.fault(f"GET /issue/{later}", "429-quota", times=9)

    code, out, err = new("--missing", "--from", "jira")

    assert code == 75
    assert len(out) == 1
    assert "asks to be left alone" in err


def test_without_a_query_an_example_is_shown(world, archive_root, new):
    (archive_root / "site_config" / "archive.yml").write_text("title: Test\n", encoding="utf-8")

    code, _, err = new("--missing", "--from", "jira")

    assert code == 2
    assert "project = OPS AND issuetype = Incident AND statusCategory = Done AND resolved >= -30d" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--missing"], "postmortem new --missing --from jira"),
        (["--missing", "--from", "jira:OPS-1"], "asks one source for all"),
        (["--missing", "--from", "file"], "file does not"),
        (["--missing", "--from", "jirra"], "jirra does not"),
        (["--missing", "--from", "jira", "--id", "INC-1"], "--title, --id"),
        (["--missing", "--from", "jira", "--out", "one.md"], "--title, --id"),
        (["--from", "jira"], "`jira` alone names no incident"),
        (["--from", "jira:https://elsewhere.example/browse/OPS-1"], "is not on the Jira that is set up here"),
        (["--from", "jira:nonsense"], "names no issue"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_jira_is_asked(world, archive_root, new, arguments, said):
    code, out, err = new(*arguments)

    assert (code, out) == (2, [])
    assert said in err
    assert world.requests == []


def test_one_issue_is_drafted_with_what_is_missing_on_the_side(world, archive_root, new):
    key = rated(world, "SEV1", "Checkout is down", attachments=[{"filename": "a.txt", "content": "abc"}])

    code, out, err = new("--from", f"jira:{key}")

    assert (code, len(out)) == (0, 1)
    assert [path.read_text() for path in archive_root.rglob("*_a.txt")] == ["abc"]
    assert "Missing or to be checked" in err


def test_a_deleted_issue_is_told_in_a_sentence(world, archive_root, new):
    world.delete(rated(world, "SEV1", "Checkout is down"))

    code, out, err = new("--from", "jira:OPS-1")

    assert (code, out) == (1, [])
    assert err.startswith("postmortem: There is no issue OPS-1 at http")


def test_without_jira_set_up_what_is_missing_is_named(archive_root, monkeypatch, capsys):
    for name in ("JIRA_BASE_URL", "JIRA_PAT", "JIRA_EMAIL", "JIRA_API_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    for arguments in (["--from", "jira:OPS-1"], ["--missing", "--from", "jira"]):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(archive_root), "new", *arguments])
        assert ended.value.code == 2
        assert "Jira is not set up: set `jira: url`" in capsys.readouterr().err


def test_the_help_shows_how(capsys):
    with pytest.raises(SystemExit):
        main(["new", "--help"])

    assert "postmortem new --missing --from jira" in " ".join(capsys.readouterr().out.split())
