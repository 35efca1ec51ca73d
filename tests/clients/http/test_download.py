"""Files come whole, with an end, from where they may lie, and credentials go nowhere else."""

import time

import pytest

from generator.clients.http import Auth, RetryPolicy
from generator.clients.http.transport import Transport
from generator.errors import NotFoundError, RemoteError, TryLaterError, UnauthorisedError, UnreachableError
from generator.settings.jira import Secret
from tests.clients.http.conftest import CANARY, HASTY, Reply, reset, serving, silent


def fetch(world, url="", limit=10_000_000, **more):
    return b"".join(world.client().download(url or f"{world.url}/file/1", limit=limit, **more))


def test_a_file_comes_in_parts_and_whole(world):
    content = bytes(range(256)) * 1000
    world.replies.append(Reply(200, content, kind="image/png"))

    assert fetch(world) == content
    assert world.asked[0].headers["Accept-Encoding"] == "identity"
    assert world.asked[0].headers["Authorization"] == f"Bearer {CANARY}"


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_above_the_limit_is_not_read_to_its_end(world, announced):
    def pour(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n")
        handler.wfile.write(b"Content-Length: 99999999\r\n\r\n" if announced else b"\r\n")
        try:
            for _ in range(1000):
                handler.wfile.write(b"x" * 100_000)
        except OSError:
            pass

    world.replies.append(Reply(do=pour))

    with pytest.raises(RemoteError, match="longer than 300,000 bytes"):
        fetch(world, limit=300_000)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.example.com/1",
        "https://files.example.com/1",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/1",
        "file:///etc/passwd",
        "https://u@files.example.com/1",
        "https://[broken",
        "",
    ],
)
def test_a_file_elsewhere_is_not_asked_for_directly_or_by_a_redirect(world, url):
    world.replies.append(Reply(303, b"", {"Location": url or "//files.example.com/x"}))
    rest = world.client()

    if url:
        with pytest.raises(RemoteError, match="not fetched"):
            list(rest.download(url, limit=10))
        assert world.asked == []
    with pytest.raises(RemoteError, match="not fetched"):
        fetch(world)
    assert len(world.asked) == 1


def test_a_redirect_within_the_host_is_followed(world):
    world.replies += [Reply(303, b"", {"Location": "/media/1?sig=abc"}), Reply(200, b"abc", kind="image/png")]

    assert fetch(world) == b"abc"
    assert world.asked[1].path == "/media/1?sig=abc"


def test_redirects_come_to_an_end(world):
    world.replies.append(Reply(302, b"", {"Location": "/again"}))

    with pytest.raises(RemoteError, match="one redirect after another"):
        fetch(world)
    assert len(world.asked) == 6


def test_a_redirect_to_a_login_is_no_file(world):
    world.replies.append(Reply(302, b"", {"Location": "/login.jsp?os_destination=x"}))

    with pytest.raises(RemoteError, match="log-in page"):
        fetch(world)


def test_a_page_is_no_picture_but_may_be_asked_for(world):
    world.replies.append(Reply(200, b"<html>password</html>", kind="text/html"))

    with pytest.raises(RemoteError, match="not with image/png"):
        fetch(world, kind="image/png")
    assert fetch(world, kind="text/html; charset=utf-8") == b"<html>password</html>"


def test_an_answer_to_a_stranger_is_no_file(world):
    world.replies.append(Reply(200, b"", {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}))

    with pytest.raises(UnauthorisedError):
        fetch(world)


@pytest.mark.parametrize(("status", "error"), [(404, NotFoundError), (401, UnauthorisedError), (429, TryLaterError)])
def test_refusals_are_what_they_are_elsewhere(world, status, error):
    world.replies.append(Reply(status))

    with pytest.raises(error):
        fetch(world)


def test_a_haste_is_waited_for(world):
    world.replies += [Reply(429), Reply(200, b"abc", kind="image/png")]

    assert fetch(world) == b"abc"
    assert len(world.slept) == 1


def test_a_download_that_breaks_off_is_an_error(world):
    def half(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 10\r\n\r\nabc")

    world.replies += [Reply(do=half), Reply(do=reset), Reply(do=silent)]

    client = world.client(timeouts=HASTY)
    for _ in range(3):
        with pytest.raises(UnreachableError):
            list(client.download(f"{world.url}/file/1", limit=100))
    # A hasty client gives up before a busy server has written down that it was asked.
    end = time.monotonic() + 30
    while len(world.asked) < 3 and time.monotonic() < end:
        time.sleep(0.01)
    assert len(world.asked) == 3


def test_credentials_are_only_for_the_host_that_knows_us(world):
    world.replies.append(Reply())
    with serving(lambda _: Reply()) as (home, at_home):
        wire = Transport(home, Auth.bearer(Secret(CANARY)), RetryPolicy())
        for url in (home, world.url, home):
            with wire.opened("GET", url):
                pass

    assert [("Authorization" in one.headers) for one in (*at_home, *world.asked)] == [True, True, False]


def test_a_netrc_never_stands_in_for_the_token(world, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    world.replies.append(Reply())
    wire = Transport("https://jira.example.com", Auth.bearer(Secret(CANARY)), RetryPolicy())

    world.client().get("/x")
    with wire.opened("GET", world.url):
        pass

    assert world.asked[0].headers["Authorization"] == f"Bearer {CANARY}"
    assert "Authorization" not in world.asked[1].headers


def test_a_proxy_of_the_environment_does_not_see_what_is_sent_in_the_clear(world, monkeypatch):
    world.replies.append(Reply(200, b'{"direct": true}'))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert world.client().get("/x").json() == {"direct": True}
