"""People, their permissions, and what the site says of itself."""

ACCOUNT = "5f3c1a7e9b2d4c0068a10001"


def test_people_are_found_by_the_beginning_of_name_or_email(jira):
    word = "query" if jira.cloud else "username"
    found = [
        [one["displayName"] for one in jira.get("/user/search", **{word: text}).body]
        for text in ("jane", "SMI", "mei.tanaka@", "ane")
    ]

    assert found == [["Jane Smith"], ["Jane Smith"], ["Mei Tanaka"], []]


def test_a_user_is_an_account_id_on_cloud_and_a_name_on_data_center(cloud, server):
    there = cloud.get("/user", accountId=ACCOUNT).body
    here = server.get("/user", username=ACCOUNT).body

    assert there["accountId"] == ACCOUNT
    assert "name" not in there
    assert here["name"] == ACCOUNT
    assert "accountId" not in here
    assert cloud.get("/user", accountId="nobody").status == server.get("/user", username="nobody").status == 404


def test_a_hidden_email_is_not_shown_and_an_inactive_user_is_not_found(jira):
    jira.sandbox.set_user("jane.smith", hidden_email=True)
    jira.sandbox.set_user("mei.tanaka", active=False)
    word = "query" if jira.cloud else "username"
    jane = jira.get("/user/search", **{word: "jane.smith@fernway.example"}).body

    assert len(jane) == 1
    assert "emailAddress" not in jane[0]
    assert jira.get("/user/search", **{word: "mei"}).body == []
    assert jira.get("/user/assignable/search", project="OPS", **{word: "mei"}).body == []


def test_somebody_is_assigned_and_unassigned(jira):
    key = jira.new().body["key"]
    word = "accountId" if jira.cloud else "name"

    assert jira.put(f"/issue/{key}/assignee", {word: ACCOUNT}).status == 204
    assert jira.get(f"/issue/{key}").body["fields"]["assignee"]["displayName"] == "Jane Smith"
    assert jira.put(f"/issue/{key}/assignee", {word: None}).status == 204
    assert jira.get(f"/issue/{key}").body["fields"]["assignee"] is None
    assert jira.put(f"/issue/{key}/assignee", {word: "nobody"}).status == 400
    assert jira.put(f"/issue/{key}/assignee", {"name" if jira.cloud else "accountId": ACCOUNT}).status == 400


def test_an_inactive_or_unassignable_user_is_refused(jira):
    jira.sandbox.set_user("jane.smith", active=False)
    word = "accountId" if jira.cloud else "name"

    assert jira.new(assignee={word: ACCOUNT}).errors == {"assignee": f"User '{ACCOUNT}' cannot be assigned issues."}


def test_permissions_are_told_and_kept(jira):
    key = jira.new().body["key"]
    denied = ["INCIDENT:CREATE_ISSUES", "INCIDENT:EDIT_ISSUES", "DELETE_ISSUES", "ADD_COMMENTS", "LINK_ISSUES"]
    jira.sandbox.set_user("postmortem-bot", denied=denied)
    told = jira.get("/mypermissions", projectKey="INCIDENT", permissions="CREATE_ISSUES,BROWSE_PROJECTS").body[
        "permissions"
    ]

    assert {name: one["havePermission"] for name, one in told.items()} == {
        "BROWSE_PROJECTS": True,
        "CREATE_ISSUES": False,
    }
    assert jira.new().status == 400
    assert jira.put(f"/issue/{key}", {"fields": {"summary": "x"}}).status == 403
    assert jira.delete(f"/issue/{key}").status == 403
    assert jira.post(f"/issue/{key}/comment", {"body": jira.text("x")}).status == 403


def test_who_may_not_browse_a_project_finds_nothing_of_it(jira):
    key = jira.sandbox.add_issue("OPS")
    jira.sandbox.set_user("postmortem-bot", denied=["OPS:BROWSE_PROJECTS"])

    assert jira.get(f"/issue/{key}").status == 404
    assert jira.get("/project/OPS").status == 404
    assert jira.find("created > -1d") == []


def test_the_sla_of_a_request_is_told_where_there_is_a_service_desk(jira):
    jira.sandbox.add_project("DESK", screens={"Request": ["summary"]}, kind="service_desk")
    sla = {"name": "Time to resolution", "completedCycles": [], "ongoingCycle": {"breached": False}}
    desk, ops = jira.sandbox.add_issue("DESK", sla=[sla]), jira.sandbox.add_issue("OPS")

    assert jira.raw("GET", f"/rest/servicedeskapi/request/{desk}/sla").body["values"] == [sla]
    assert jira.raw("GET", f"/rest/servicedeskapi/request/{ops}/sla").status == 404


def test_the_people_of_an_archive_become_the_users():
    import jira_sandbox

    people = [{"handle": "ada.l", "name": "Ada L", "email": "ada@fernway.example", "jira": "712020:abc"}]
    with jira_sandbox.start("cloud", people=people) as running:
        assert running.user("ada.l")["accountId"] == "712020:abc"
        assert {user["id"] for user in running.site.store.all("user")} == {"ada.l", "postmortem-bot"}
