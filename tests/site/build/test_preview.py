"""The server for one's own machine."""

import http.client
import threading
import time

import pytest

from generator.site.build.preview import Preview
from generator.site.build.watching import changes, look


@pytest.fixture
def server(tmp_path):
    site = tmp_path / "site"
    (site / "actions").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "index.html").write_text("<body>home</body>", encoding="utf-8")
    (site / "404.html").write_text("<body>not here</body>", encoding="utf-8")
    (site / "actions" / "index.html").write_text("<body>actions</body>", encoding="utf-8")
    (site / "a b.js").write_text("1", encoding="utf-8")
    (site / "x.wasm").write_bytes(b"\0asm")
    (site / "x.pf_meta").write_bytes(b"x")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    (site / "out").symlink_to(tmp_path)
    with Preview(site, 18700, "/pm/") as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def ask(server, path, host="127.0.0.1", method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return found


@pytest.mark.parametrize(
    ("path", "status", "text", "kind"),
    [
        ("/", 200, b"home", "text/html; charset=utf-8"),
        ("/?q=1", 200, b"home", "text/html; charset=utf-8"),
        ("/actions/", 200, b"actions", "text/html; charset=utf-8"),
        ("/pm/actions/", 200, b"actions", "text/html; charset=utf-8"),
        ("/a%20b.js", 200, b"1", "text/javascript; charset=utf-8"),
        ("/x.wasm", 200, b"asm", "application/wasm"),
        ("/x.pf_meta", 200, b"x", "application/octet-stream"),
        ("/nope", 404, b"not here", "text/html; charset=utf-8"),
        ("/../secret.txt", 404, b"not here", "text/html; charset=utf-8"),
        ("/%2e%2e/secret.txt", 404, b"not here", "text/html; charset=utf-8"),
        ("/actions/../../secret.txt", 404, b"not here", "text/html; charset=utf-8"),
        ("//secret.txt", 404, b"not here", "text/html; charset=utf-8"),
        ("/link.txt", 404, b"not here", "text/html; charset=utf-8"),
        ("/out/secret.txt", 404, b"not here", "text/html; charset=utf-8"),
        ("/%00", 404, b"not here", "text/html; charset=utf-8"),
        ("/" + "a" * 300, 404, b"not here", "text/html; charset=utf-8"),
    ],
)
def test_an_address_gives_its_file_or_the_page_for_a_404(server, path, status, text, kind):
    got, body, headers = ask(server, path)

    assert (got, headers["Content-Type"]) == (status, kind)
    assert text in body
    assert b"secret" not in body


def test_a_folder_without_its_slash_is_redirected(server):
    status, _, headers = ask(server, "/actions")

    assert (status, headers["Location"]) == (301, "/actions/")


def test_head_has_the_length_and_no_body(server):
    status, body, headers = ask(server, "/", method="HEAD")

    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 17


def test_another_host_name_is_refused(server):
    assert ask(server, "/", host="evil.example")[0] == 403
    assert ask(server, "/", host="localhost:18700")[0] == 200


def test_the_next_free_port_is_taken(server, tmp_path):
    with Preview(tmp_path, server.server_address[1]) as second:
        assert second.server_address[1] > server.server_address[1]


def test_a_page_loads_itself_again_when_it_is_told_of_a_change(server):
    assert b"new EventSource" in ask(server, "/")[1]
    assert b"new EventSource" not in (server.site / "index.html").read_bytes()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    connection.request("GET", "/.postmortem/live")
    news = connection.getresponse()
    first = news.readline()
    server.announce()

    assert (first, news.readline(), news.readline()) == (b"data: 0\n", b"\n", b"data: 1\n")
    connection.close()


def test_changes_are_seen_with_their_paths(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("1", encoding="utf-8")
    (tmp_path / "b.md").write_text("1", encoding="utf-8")
    before = look([tmp_path, tmp_path / "nowhere"])
    found = changes([tmp_path], before, interval=0.01)
    (tmp_path / "a.md").write_text("12", encoding="utf-8")
    (tmp_path / "b.md").unlink()
    (tmp_path / ".git" / "x").write_text("1", encoding="utf-8")

    assert next(found) == [str(tmp_path / "a.md"), str(tmp_path / "b.md")]
    (tmp_path / "c.md").write_text("1", encoding="utf-8")
    started = time.monotonic()
    assert next(found) == [str(tmp_path / "c.md")]
    assert time.monotonic() - started < 30  # seconds on a machine that others use too; it takes hundredths
