"""Starting, keeping, seeding and steering a sandbox; its pages."""

import json
import re
import subprocess
import sys

import pytest

import jira_sandbox
from jira_sandbox.store import Store
from tests.conftest import environment
from tests.folders import REPOSITORY
from tests.jira_sandbox.client import Client

WORLD = {
    "users": [{"handle": "new.user", "name": "New User", "email": "new@fernway.example"}],
    "fields": [{"name": "Team", "kind": "select", "id": "customfield_10200", "options": ["A", "B"]}],
    "projects": [{"key": "DESK", "screens": {"Request": ["summary", "customfield_10200"]}, "kind": "service_desk"}],
    "issues": [
        {
            "key": "DESK-41",
            "summary": "Seeded",
            "status": "Done",
            "assignee": "new.user",
            "labels": ["a"],
            "description": "First\nSecond",
            "created": "2026-01-01T00:00:00+05:30",
            "resolved": "2026-01-02T00:00:00Z",
            "fields": {"Team": {"value": "B"}},
            "comments": ["Plain", {"author": "new.user", "body": "Mine", "created": "2026-01-01T08:00:00Z"}],
            "changelog": [
                {
                    "created": "2026-01-01T12:00:00Z",
                    "author": "new.user",
                    "items": [{"field": "status", "fromString": "To Do", "toString": "Done"}],
                }
            ],
            "properties": {"p": {"a": 1}},
            "remote_links": [{"globalId": "g", "url": "https://example.com", "title": "Page"}],
            "attachments": [{"filename": "a.txt", "content": "hello"}],
        },
        {"project": "OPS", "type": "Incident", "summary": "Two"},
    ],
    "links": [{"type": "Causes", "inward": "DESK-41", "outward": "OPS-1"}],
}


@pytest.mark.parametrize("dialect", ["cloud", "data-center"])
def test_a_world_is_there_as_it_was_described(dialect):
    with jira_sandbox.start(dialect, world=WORLD) as running:
        client = Client(running)
        read = client.get("/issue/DESK-41", expand="changelog", properties="p").body
        fields = read["fields"]

        assert (fields["status"]["name"], fields["assignee"]["displayName"]) == ("Done", "New User")
        assert fields["created"] == "2025-12-31T18:30:00.000+0000"
        assert fields["resolutiondate"] == fields["updated"] == "2026-01-02T00:00:00.000+0000"
        assert fields["customfield_10200"]["value"] == "B"
        assert [one["author"]["displayName"] for one in fields["comment"]["comments"]] == ["Jane Smith", "New User"]
        assert "Done" in {item["toString"] for one in read["changelog"]["histories"] for item in one["items"]}
        assert read["properties"] == {"p": {"a": 1}}
        assert client.get("/issue/DESK-41/remotelink").body[0]["globalId"] == "g"
        assert fields["issuelinks"][0]["outwardIssue"]["key"] == "OPS-1"
        assert client.find("labels = a") == ["DESK-41"]
        assert client.new("DESK", "Request").body["key"] == "DESK-42"
        client.close()


@pytest.mark.parametrize(
    "world",
    [{"issue": []}, {"issues": [{"key": "OPS-1", "stat": "x"}]}, {"issues": [{"project": "OPS", "type": "Epic"}]}],
)
def test_a_wrong_world_is_refused_with_what_is_wrong(world):
    with pytest.raises(ValueError, match="has"):
        jira_sandbox.start(world=world)


def test_a_file_keeps_everything_and_its_dialect(tmp_path):
    path = tmp_path / "jira.db"
    with jira_sandbox.start("cloud", data=path) as running:
        client = Client(running)
        key = client.new(labels=["a"]).body["key"]
        client.upload(key, ("a.txt", b"hello"))
        client.close()
    with jira_sandbox.start("cloud", data=path) as running:
        client = Client(running)
        assert client.find("labels = a") == [key]
        assert client.new().body["key"] == "INCIDENT-2"
        assert running.site.store.content("60001") == b"hello"
        client.close()
    with pytest.raises(ValueError, match="cloud"):
        jira_sandbox.start("data-center", data=path)


def test_a_context_path_is_part_of_every_address():
    with jira_sandbox.start("data-center", context="/jira") as running:
        client = Client(running)

        assert running.environment["JIRA_BASE_URL"].endswith("/jira")
        assert client.get("/myself").body["self"].startswith(f"{running.url}/rest/api/2/")
        assert running.requests[-1].path == "/rest/api/2/myself"
        client._connection.request("GET", "/rest/api/2/myself")
        answer = client._connection.getresponse()
        answer.read()
        assert answer.status == 404
        client.close()


def test_a_transaction_is_all_or_nothing():
    store = Store()
    store.put("a", "1", {"n": 1})

    def fail(kind):
        raise kind

    with pytest.raises(ValueError), store.transaction():
        store.edit("a", "1")["n"] = 2
        store.put("a", "2", {})
        with pytest.raises(KeyError), store.transaction():
            store.remove("a", "2")
            fail(KeyError)
        assert store.get("a", "2") == {}
        fail(ValueError)
    assert store.all("a") == [{"n": 1}]
    store.close()


def test_everything_can_be_done_over_http(jira):
    def control(method, path, body=None):
        reply = jira.raw(method, f"/_sandbox{path}", None if body is None else json.dumps(body).encode())
        return reply.body if reply.status < 300 else reply

    about = control("GET", "")
    key = control("POST", "/do/add_issue", {"project": "OPS", "summary": "Made by control", "status": "In Review"})[
        "result"
    ]
    control("POST", "/do/set_status", {"key": key, "name": "Done"})
    control("POST", "/do/fault", {"match": "GET /myself", "do": "503"})
    settings = control("PUT", "/settings", {"lag": 3, "bursts": {"GET": 100}, "skew": -5, "expired": False})
    control("POST", "/world", {"issues": [{"project": "OPS", "summary": "More"}]})

    assert about["environment"]["JIRA_BASE_URL"] == jira.sandbox.url
    assert control("GET", f"/issues/{key}")["status"] == "10002"
    assert jira.get("/myself").status == 503
    assert settings["lag"] == jira.sandbox.lag == 3
    assert [one["key"] for one in control("GET", "/issues?project=OPS")] == ["OPS-1", "OPS-2"]
    assert control("GET", "/requests")[-1]["status"] == 503
    assert control("GET", "/writes") == []
    assert control("POST", "/do/stop", {}).status == 404
    assert control("PUT", "/settings", {"lags": 1}).status == 400
    assert control("POST", "/do/add_issue", {"projekt": "OPS"}).status == 400


def test_pages_show_projects_and_issues_and_no_code_that_people_wrote(jira):
    nasty = "<script>alert(1)</script>"
    jira_sandbox = jira.sandbox
    key = jira_sandbox.add_issue("OPS", summary=nasty, description=f"{nasty} & more", comments=[nasty], labels=[nasty])
    jira_sandbox.put_remote_link(key, 'https://example.com/"><script>', nasty)
    jira_sandbox.set_fields(key, {"summary": f"{nasty} 2"})
    overview = jira.raw("GET", "/").content.decode()
    page = jira.raw("GET", f"/browse/{key}")

    assert key in overview
    assert "<script" not in overview + page.content.decode()
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.search(r'(?:src|href)="(?!http://127\.0\.0\.1|https://example\.com)', page.content.decode())
    assert jira.raw("GET", "/browse/OPS-99").status == 404


def test_rich_text_is_shown_as_rich_text(cloud, server):
    document = {
        "type": "doc",
        "version": 1,
        "content": [
            {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Head"}]},
            {"type": "codeBlock", "content": [{"type": "text", "text": "<b>"}]},
            {
                "type": "paragraph",
                "content": [
                    {
                        "type": "text",
                        "text": "link",
                        "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}],
                    },
                    {"type": "text", "text": "bold", "marks": [{"type": "strong"}]},
                ],
            },
        ],
    }
    wiki = "h2. Head\n\n* one\n* two\n\n||A||B||\n|1|[x|https://example.com]|\n\n{code:sql}\n<b>{code}\n*bold* [x|javascript:1]"
    there = cloud.raw("GET", f"/browse/{cloud.new(description=document).body['key']}").content.decode()
    here = server.raw("GET", f"/browse/{server.new(description=wiki).body['key']}").content.decode()

    for page in (there, here):
        assert "<h2>Head</h2>" in page
        assert "&lt;b&gt;" in page
        assert "<strong>bold</strong>" in page
        assert 'href="javascript' not in page
    assert re.search(r"<ul><li[^>]*>one</li><li[^>]*>two</li></ul>", here)
    assert "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td>" in here


def test_the_command_says_what_to_export_and_serves(archive_root):
    command = [sys.executable, "-m", "generator", "-C", str(archive_root), "sandbox", "--port", "0", "--quiet"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment() | {"PYTHONUNBUFFERED": "1"},
        cwd=REPOSITORY,
    ) as running:
        try:
            lines = [running.stdout.readline() for _ in range(3)]
        finally:
            running.terminate()

    assert lines[0].startswith("export JIRA_BASE_URL=http://127.0.0.1:")


def test_the_command_refuses_a_taken_port(archive_root, cloud):
    port = cloud.sandbox.url.rpartition(":")[2]
    command = [sys.executable, "-m", "generator", "-C", str(archive_root), "sandbox", "--port", port]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, cwd=REPOSITORY)

    assert ran.returncode == 1
    assert f"Port {port} is taken" in ran.stderr


def test_the_world_of_the_guide_is_a_world():
    guide = (REPOSITORY / "docs" / "sandbox.md").read_text(encoding="utf-8")
    world = json.loads(re.search(r"```json\n(.*?)```", guide, re.DOTALL)[1])

    with jira_sandbox.start(world=world) as running:
        assert [one["key"] for one in running.issues()] == ["OPS-1234", "DESK-7"]
        assert len(running.links("DESK-7")) == 1


def test_every_call_and_setting_that_the_guide_names_is_there(cloud):
    from jira_sandbox.calls import CALLS

    about = cloud.raw("GET", "/_sandbox").body

    assert set(about["calls"]) == set(CALLS)
    assert all(callable(getattr(cloud.sandbox, name)) for name in CALLS)


@pytest.mark.parametrize("dialect", ["cloud", "data-center"])
@pytest.mark.parametrize("people", [None, [{"handle": "only.one", "name": "Only One", "email": "one@fernway.example"}]])
def test_the_sample_has_the_incidents_that_the_guide_names(dialect, people):
    with jira_sandbox.start(dialect, people=people, sample=True) as running:
        client = Client(running)
        read = {
            key: client.get(f"/issue/{key}", expand="changelog").body for key in ("OPS-1234", "OPS-123", "OPS-1533")
        }
        new = client.new("OPS", "Task").body["key"]
        client.close()

    incident = read["OPS-1234"]
    assert len(incident["changelog"]["histories"]) == len(incident["fields"]["comment"]["comments"]) == 3
    assert [one["filename"] for one in incident["fields"]["attachment"]] == ["payments-errors.log"]
    assert all(one["fields"]["customfield_10100"]["value"] in {"SEV1", "SEV2"} for one in read.values())
    assert all(one["fields"]["assignee"] and one["fields"]["comment"]["comments"] for one in read.values())
    assert new == "OPS-1534"


def test_every_incident_that_readme_and_guide_draft_from_is_in_the_sample():
    from jira_sandbox.sample import sample_world

    pages = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
    named = {key for page in pages for key in re.findall(r"--from jira:(OPS-\d+)", page.read_text(encoding="utf-8"))}

    assert named
    assert named <= {one["key"] for one in sample_world(["jane.smith"])["issues"]}


@pytest.mark.parametrize("dialect", ["cloud", "data-center"])
def test_a_world_file_may_set_projects_up_and_order_faults(dialect, tmp_path):
    path = tmp_path / "world.json"
    orders = [
        {"call": "set_field_rule", "field": "Due date", "rule": "hidden", "project": "OPS"},
        {"call": "fault", "match": "GET /myself", "do": "503"},
    ]
    path.write_text(json.dumps({"issues": [{"project": "OPS"}], "do": orders}), encoding="utf-8")
    with jira_sandbox.start(dialect, world=path) as running:
        client = Client(running)
        answers = client.get("/myself"), client.get("/issue/OPS-1")
        client.close()

    assert [one.status for one in answers] == [503, 200]
    assert "duedate" not in answers[1].body["fields"]


@pytest.mark.parametrize("order", [{"call": "stop"}, {}, {"call": "hide", "kez": "OPS-1"}])
def test_a_world_file_may_not_ask_for_anything_else(order):
    with pytest.raises((ValueError, TypeError)):
        jira_sandbox.start(world={"do": [order]})
