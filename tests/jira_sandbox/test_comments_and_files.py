"""Comments and attachments."""

import pytest


def test_comments_are_paged_in_order_and_capped_where_they_are_embedded(cloud, server):
    for jira in (cloud, server):
        jira.sandbox.add_issue("OPS", comments=[f"Comment {number}" for number in range(120)])
    embedded = cloud.get("/issue/OPS-1", fields="comment").body["fields"]["comment"]
    page = cloud.get("/issue/OPS-1/comment", startAt=100).body

    assert (len(embedded["comments"]), embedded["total"]) == (100, 120)
    assert (len(page["comments"]), page["total"], page["startAt"]) == (20, 120, 100)
    assert len(cloud.get("/issue/OPS-1/comment").body["comments"]) == 50
    assert len(server.get("/issue/OPS-1/comment").body["comments"]) == 120
    assert len(server.get("/issue/OPS-1", fields="comment").body["fields"]["comment"]["comments"]) == 120


def test_a_comment_may_be_for_some_people_only(jira):
    key = jira.sandbox.add_issue("OPS")
    jira.sandbox.comment(
        key, "Internal", by="ravi.patel", visibility={"type": "role", "value": "Agents"}, jsdPublic=False
    )
    comment = jira.get(f"/issue/{key}/comment").body["comments"][0]

    assert comment["visibility"] == {"type": "role", "value": "Agents"}
    assert comment.get("jsdPublic") is (False if jira.cloud else None)


def test_an_empty_or_too_long_comment_is_refused(cloud, server):
    for jira in (cloud, server):
        place = f"/issue/{jira.new().body['key']}/comment"
        assert jira.post(place, {}).errors == {"comment": "Comment body can not be empty!"}
        assert jira.post(place, {"body": "x" * 32_768}).errors["comment"].endswith("32767 characters.")


def test_bytes_come_back_as_they_were_sent(jira):
    key = jira.new().body["key"]
    content = bytes(range(256)) * 3 + b"\r\n--not-the-boundary\r\n\x85\x1c"
    shown = jira.upload(key, ("a b.bin", content), ("ü.txt", b"")).body
    where = shown[0]["content"].removeprefix(jira.sandbox.url)

    assert [one["filename"] for one in shown] == ["a b.bin", "ü.txt"]
    assert [one["size"] for one in shown] == [len(content), 0]
    if jira.cloud:
        redirect = jira.raw("GET", where)
        assert redirect.status == 303
        anonymous = type(jira)(jira.sandbox)
        anonymous.authorization = ""
        signed = redirect.headers["location"].removeprefix(jira.sandbox.url)
        assert anonymous.raw("GET", signed).content == content
        assert anonymous.raw("GET", signed[:-1] + "x").status == 403
        anonymous.close()
        assert jira.raw("GET", where + "?redirect=false", Range="bytes=1-3").content == content[1:4]
    else:
        assert jira.raw("GET", where).content == content


def test_the_same_name_twice_is_two_files(jira):
    key = jira.new().body["key"]
    for _ in range(2):
        jira.upload(key, ("a.txt", b"a"))

    assert len(jira.get(f"/issue/{key}").body["fields"]["attachment"]) == 2


def test_an_upload_needs_its_header_and_a_file_of_bearable_size(jira):
    key = jira.new().body["key"]
    place = f"{jira.api}/issue/{key}/attachments"
    kind = "multipart/form-data; boundary=b"
    nothing = jira.raw("POST", place, b"--b--\r\n", Content_Type=kind, X_Atlassian_Token="no-check")
    jira.sandbox.site.upload_limit = 3

    assert jira.raw("POST", place, b"--b--\r\n", Content_Type=kind).status == 403
    assert nothing.status == 400
    assert jira.raw("POST", place, b"{}", Content_Type="application/json", X_Atlassian_Token="no-check").status == 415
    assert jira.upload(key, ("a.txt", b"abcd")).status == 413


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON", "x" * 200])
def test_any_name_is_kept_as_it_is(jira, name):
    key = jira.new().body["key"]
    identifier = jira.sandbox.attach(key, name, b"x")

    assert jira.get(f"/attachment/{identifier}").body["filename"] == name
