"""Links between issues, and links to pages elsewhere."""


def test_a_link_goes_from_the_inward_issue_to_the_outward_one(jira):
    a, b = jira.sandbox.add_issue("OPS", priority="High"), jira.sandbox.add_issue("OPS", status="Done")
    made = jira.post("/issueLink", {"type": {"name": "Blocks"}, "inwardIssue": {"key": a}, "outwardIssue": {"key": b}})
    of_a, of_b = (jira.get(f"/issue/{key}").body["fields"]["issuelinks"][0] for key in (a, b))

    assert (made.status, made.content) == (201, b"")
    assert (of_a["type"]["outward"], of_a["outwardIssue"]["key"]) == ("blocks", b)
    assert (of_b["type"]["inward"], of_b["inwardIssue"]["key"]) == ("is blocked by", a)
    assert of_a["outwardIssue"]["fields"].keys() == {"summary", "status", "priority", "issuetype"}
    assert of_a["outwardIssue"]["fields"]["status"]["statusCategory"]["key"] == "done"


def test_a_link_that_is_there_is_accepted_again_and_its_comment_repeated(jira):
    a, b = jira.sandbox.add_issue("OPS"), jira.sandbox.add_issue("OPS")
    body = {"type": {"name": "Relates"}, "inwardIssue": {"key": a}, "outwardIssue": {"key": b}}
    replies = [jira.post("/issueLink", {**body, "comment": {"body": jira.text("Linked")}}) for _ in range(2)]

    assert [one.status for one in replies] == [201, 201]
    assert len(jira.sandbox.links(a)) == 1
    assert len(jira.sandbox.issue(a)["comments"]) == 2


def test_links_need_two_issues_that_can_be_seen_and_a_known_type(jira):
    a = jira.sandbox.add_issue("OPS")
    relates = {"type": {"name": "Relates"}, "inwardIssue": {"key": a}}

    assert jira.post("/issueLink", relates).status == 400
    assert jira.post("/issueLink", {**relates, "outwardIssue": {"key": "OPS-9"}}).status == 404
    assert jira.post("/issueLink", {**relates, "outwardIssue": {"key": a}}).status == 400
    assert jira.post("/issueLink", {**relates, "type": {"name": "Hates"}, "outwardIssue": {"key": a}}).status == 404


def test_a_create_with_a_wrong_link_makes_nothing(jira):
    link = {"add": {"type": {"name": "Relates"}, "outwardIssue": {"key": "OPS-9"}}}

    assert jira.new(update={"issuelinks": [link]}).status == 404
    assert jira.sandbox.issues() == []


def test_links_go_with_the_issue(jira):
    a, b = jira.sandbox.add_issue("OPS"), jira.sandbox.add_issue("OPS")
    jira.sandbox.link("Causes", a, b)
    jira.delete(f"/issue/{b}")

    assert jira.get(f"/issue/{a}").body["fields"]["issuelinks"] == []


def test_a_remote_link_is_replaced_as_a_whole_by_its_global_id(jira):
    key = jira.new().body["key"]
    place = f"/issue/{key}/remotelink"
    thing = {"url": "https://example.com/1", "title": "Postmortem"}
    full = {"globalId": "pm:1", "relationship": "documented by", "application": {"name": "Archive"}}
    first = jira.post(place, {**full, "object": {**thing, "summary": "All of it"}})
    second = jira.post(place, {"globalId": "pm:1", "object": thing})
    jira.post(place, {"object": {"url": "https://example.com/2", "title": "Another"}})
    links = jira.get(place).body

    assert (first.status, second.status) == (201, 200)
    assert first.body["id"] == second.body["id"]
    assert len(links) == 2
    assert "relationship" not in links[0]
    assert "summary" not in links[0]["object"]
    assert jira.get(place, globalId="pm:1").body["id"] == first.body["id"]
    assert jira.delete(place, globalId="pm:1").status == 204
    assert jira.get(place, globalId="pm:1").status == 404


def test_a_remote_link_needs_a_title_and_an_address(jira):
    place = f"/issue/{jira.new().body['key']}/remotelink"

    assert jira.post(place, {"object": {"url": "https://example.com"}}).errors == {"title": "'title' is required."}
    assert "url" in jira.post(place, {"object": {"title": "x", "url": "javascript:x"}}).errors
    assert (
        "globalId"
        in jira.post(place, {"globalId": "x" * 256, "object": {"title": "x", "url": "https://a.example"}}).errors
    )
