"""Attachments come whole or not at all, from Jira alone."""

import pytest

from generator.errors import RemoteError, UnauthorisedError
from tests.clients.http.conftest import Reply
from tests.clients.jira.conftest import client

CONTENT = b"\x89PNG" + bytes(1000)
SITE = "https://jira.example.com"


def attachment(**more):
    content = f"{SITE}/secure/attachment/10001/graph.png"
    return {"id": "10001", "filename": "graph.png", "size": 1004, "mimeType": "image/png", "content": content, **more}


def serve(stand_in, dialect, *replies):
    left = list(replies)
    url, asked = stand_in(lambda *_: left.pop(0) if len(left) > 1 else left[0])
    return client(url, cloud=dialect == "cloud", site=SITE), asked


def png(content=CONTENT, **headers):
    return Reply(200, content, headers, "image/png")


def test_an_attachment_replaces_a_file_as_a_whole(stand_in, dialect, tmp_path):
    jira, asked = serve(stand_in, dialect, png())
    (tmp_path / "graph.png").write_bytes(b"old")
    (tmp_path / ".graph.png.part").write_bytes(b"left by a crash")

    assert jira.download(attachment(), tmp_path / "graph.png", 2000) == tmp_path / "graph.png"
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("graph.png", CONTENT)]
    path = "/rest/api/3/attachment/content/10001?redirect=false"
    assert asked[0].path == (path if dialect == "cloud" else "/secure/attachment/10001/graph.png")
    assert "Authorization" in asked[0].headers


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (png(CONTENT[:-1]), "1,003 bytes instead of 1,004"),
        (png(CONTENT + b"x" * 2000), "longer than 2,000"),
        (Reply(200, b"<html>Log in</html>", kind="text/html"), "not with image/png"),
        (Reply(302, b"", {"Location": "/login.jsp"}), "log-in page"),
        (Reply(303, b"", {"Location": "http://169.254.169.254/x"}), "not fetched"),
        (Reply(404, b"{}"), "no such thing"),
        (Reply(200, b"", {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}), "stranger"),
    ],
)
def test_nothing_is_left_of_what_did_not_come_whole(stand_in, dialect, tmp_path, reply, words):
    jira, _ = serve(stand_in, dialect, reply)
    (tmp_path / "graph.png").write_bytes(b"old")

    with pytest.raises((RemoteError, UnauthorisedError), match=words):
        jira.download(attachment(), tmp_path / "graph.png", 2000)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("graph.png", b"old")]


def test_an_attachment_that_says_that_it_is_too_big_is_not_asked_for(stand_in, dialect, tmp_path):
    jira, asked = serve(stand_in, dialect, png())

    with pytest.raises(RemoteError, match="1,004 bytes, and the limit is 1,000"):
        jira.download(attachment(), tmp_path / "x", 1000)
    assert asked == []


@pytest.mark.parametrize(
    "content",
    ["https://evil.example.com/1", f"{SITE}.evil.example.com/1", "http://127.0.0.1:1/1", "file:///x", "", None],
)
def test_an_attachment_elsewhere_is_not_asked_for(stand_in, tmp_path, content):
    jira, asked = serve(stand_in, "data-center", png())

    with pytest.raises(RemoteError, match="not fetched"):
        jira.download(attachment(content=content), tmp_path / "x", 2000)
    assert asked == []


def test_a_link_in_the_place_of_the_file_is_replaced_and_not_followed(stand_in, dialect, tmp_path):
    jira, _ = serve(stand_in, dialect, png())
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "graph.png").symlink_to(outside)
    (tmp_path / "in" / ".graph.png.part").symlink_to(outside)

    jira.download(attachment(), tmp_path / "in" / "graph.png", 2000)
    assert outside.read_bytes() == b"mine"
    assert not (tmp_path / "in" / "graph.png").is_symlink()
