"""Transitions, what they ask for and what they leave behind."""


def names(jira, key):
    return [one["name"] for one in jira.get(f"/issue/{key}/transitions").body["transitions"]]


def go(jira, key, name, **body):
    found = {one["name"]: one["id"] for one in jira.get(f"/issue/{key}/transitions").body["transitions"]}
    return jira.post(f"/issue/{key}/transitions", {"transition": {"id": found[name]}, **body})


def test_a_done_status_sets_a_resolution_and_leaving_it_takes_it_away(jira):
    key = jira.new().body["key"]
    go(jira, key, "Done")
    done = jira.get(f"/issue/{key}").body["fields"]
    go(jira, key, "In Progress")
    again = jira.get(f"/issue/{key}", expand="changelog").body

    assert done["resolution"]["name"] == "Done"
    assert done["resolutiondate"]
    assert again["fields"]["resolution"] is None
    assert again["fields"]["resolutiondate"] is None
    assert {item["field"] for item in again["changelog"]["histories"][0]["items"]} == {"status", "resolution"}


def test_a_transition_may_ask_for_a_resolution(jira):
    key = jira.new().body["key"]
    jira.sandbox.transition_screen("Done", fields=["resolution"], required=["resolution"])
    listed = jira.get(f"/issue/{key}/transitions", expand="transitions.fields").body["transitions"]
    fields = next(one for one in listed if one["name"] == "Done")["fields"]

    assert fields["resolution"]["required"]
    assert [one["name"] for one in fields["resolution"]["allowedValues"]] == ["Done", "Won't Do", "Duplicate"]
    assert go(jira, key, "Done").errors == {"resolution": "Resolution is required."}
    assert go(jira, key, "Done", fields={"resolution": {"name": "Duplicate"}}).status == 204
    assert jira.get(f"/issue/{key}").body["fields"]["resolution"]["name"] == "Duplicate"


def test_a_workflow_may_allow_single_steps_only(jira):
    jira.sandbox.set_workflow([("To Do", "Start", "In Progress"), ("In Progress", "Finish", "Done")])
    key = jira.new().body["key"]

    assert names(jira, key) == ["Start"]
    assert (
        jira.post(f"/issue/{key}/transitions", {"transition": {"id": "21"}}).messages[0].startswith("It seems that you")
    )
    assert jira.post(f"/issue/{key}/transitions", {"transition": {"id": "99"}}).status == 400
    assert jira.post(f"/issue/{key}/transitions", {"transition": {"id": 11}}).status == 400
    go(jira, key, "Start")
    assert names(jira, key) == ["Finish"]


def test_who_may_not_move_issues_sees_no_transitions(jira):
    key = jira.new().body["key"]
    jira.sandbox.set_user("postmortem-bot", denied=["INCIDENT:TRANSITION_ISSUES"])

    assert names(jira, key) == []
    assert jira.post(f"/issue/{key}/transitions", {"transition": {"id": "41"}}).status == 400


def test_a_put_does_not_move_an_issue(jira):
    key = jira.new().body["key"]

    assert "status" in jira.put(f"/issue/{key}", {"fields": {"status": {"name": "Done"}}}).errors


def test_people_close_and_reopen_issues_in_the_browser(jira):
    key = jira.sandbox.add_issue("OPS")
    jira.sandbox.set_status(key, "Done", resolution="Won't Do", by="ravi.patel")
    read = jira.get(f"/issue/{key}", expand="changelog").body

    assert read["fields"]["resolution"]["name"] == "Won't Do"
    assert read["changelog"]["histories"][0]["author"]["displayName"] == "Ravi Patel"
    jira.sandbox.set_status(key, "To Do")
    assert jira.get(f"/issue/{key}").body["fields"]["resolution"] is None


def test_cloud_pages_the_history_oldest_first_and_data_center_has_no_such_endpoint(cloud, server):
    for jira in (cloud, server):
        jira.sandbox.add_issue("OPS")
        for number in range(105):
            jira.sandbox.set_fields("OPS-1", {"summary": f"Number {number}"})
    first = cloud.get("/issue/OPS-1/changelog").body
    last = cloud.get("/issue/OPS-1/changelog", startAt=100).body

    assert (len(first["values"]), first["total"], first["isLast"]) == (100, 105, False)
    assert first["values"][0]["items"][0]["toString"] == "Number 0"
    assert (len(last["values"]), last["isLast"]) == (5, True)
    assert len(cloud.get("/issue/OPS-1", expand="changelog").body["changelog"]["histories"]) == 100
    assert server.get("/issue/OPS-1/changelog").status == 404
    histories = server.get("/issue/OPS-1", expand="changelog").body["changelog"]["histories"]
    assert (len(histories), histories[0]["items"][0]["toString"]) == (105, "Number 0")
    assert "fieldId" not in histories[0]["items"][0]
