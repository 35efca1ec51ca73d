"""What projects are set up to do with fields: hide them, leave them out, drop their values, require them, list their values."""

import pytest

from tests import outside
from tests.jira_sandbox import contract

DUE = {"duedate": "2026-05-01"}


def fields_of(jira, key, *names):
    return jira.get(f"/issue/{key}", fields=",".join(names) or "*all").body["fields"]


def create_meta(jira, project="INCIDENT", kind="Post-mortem"):
    word = "issueTypes" if jira.cloud else "values"
    types = {one["name"]: one["id"] for one in jira.get(f"/issue/createmeta/{project}/issuetypes").body[word]}
    fields = jira.get(f"/issue/createmeta/{project}/issuetypes/{types[kind]}", maxResults=200).body
    return {one["fieldId"]: one for one in fields["fields" if jira.cloud else "values"]}


def edit_meta(jira, key):
    return jira.get(f"/issue/{key}/editmeta").body["fields"]


def in_contract(jira):
    """All answers so far are as Atlassian describes them."""
    if outside.folder("contract"):
        assert contract.violations(jira.sandbox.requests) == []


@pytest.mark.parametrize("field", ["duedate", "assignee", "priority", "labels", "customfield_10104"])
def test_a_hidden_field_has_no_key_in_any_answer_and_is_refused(jira, field):
    key = jira.new(labels=["a"]).body["key"]
    jira.sandbox.set_field_rule(field, "hidden", project="INCIDENT", issuetype="Post-mortem")
    other = jira.new(kind="Task").body["key"]

    assert field not in fields_of(jira, key)
    assert field not in fields_of(jira, key, field)
    assert field not in create_meta(jira)
    assert field not in edit_meta(jira, key)
    assert "not on the appropriate screen" in jira.put(f"/issue/{key}", {"fields": {field: None}}).errors[field]
    assert field == "customfield_10104" or field in fields_of(jira, other)
    jira.sandbox.set_field_rule(field, "hidden", holds=False)
    assert field in fields_of(jira, key)
    in_contract(jira)


def test_a_hidden_assignee_cannot_be_set_by_its_own_endpoint_either(jira):
    key = jira.new().body["key"]
    jira.sandbox.set_field_rule("assignee", "hidden")

    assert "assignee" in jira.put(f"/issue/{key}/assignee", {"accountId" if jira.cloud else "name": None}).errors


@pytest.mark.parametrize("field", ["duedate", "assignee"])
def test_a_field_that_is_left_out_of_answers_is_kept(jira, field):
    person = {"accountId" if jira.cloud else "name": "5f3c1a7e9b2d4c0068a10001"}
    key = jira.new(**{field: person if field == "assignee" else "2026-05-01"}).body["key"]
    jira.sandbox.set_field_rule(field, "left-out")
    search = {"jql": f"key = {key}", "fields": ["summary", field]}
    found = jira.post("/search/jql" if jira.cloud else "/search", search).body["issues"][0]["fields"]

    assert set(found) == {"summary"}
    assert field in create_meta(jira)
    assert jira.sandbox.issue(key)["fields"][field]
    in_contract(jira)


@pytest.mark.parametrize(("field", "value"), [("duedate", "2026-05-01"), ("labels", ["a"]), ("summary", "Other")])
def test_a_value_may_be_accepted_and_dropped(jira, field, value):
    key = jira.new().body["key"]
    before = fields_of(jira, key)[field]
    jira.sandbox.set_field_rule(field, "dropped", project="INCIDENT")

    assert jira.put(f"/issue/{key}", {"fields": {field: value}}).status == 204
    assert fields_of(jira, key)[field] == before


def test_an_assignee_may_be_accepted_and_dropped_by_its_own_endpoint(jira):
    key = jira.new().body["key"]
    jira.sandbox.set_field_rule("assignee", "dropped")
    person = {"accountId" if jira.cloud else "name": "5f3c1a7e9b2d4c0068a10001"}

    assert jira.put(f"/issue/{key}/assignee", person).status == 204
    assert fields_of(jira, key)["assignee"] is None
    with pytest.raises(ValueError, match="no rule"):
        jira.sandbox.set_field_rule("assignee", "lost")


@pytest.mark.parametrize(("off", "created", "edited"), [("edit", 201, 400), ("create", 400, 204)])
def test_a_field_may_be_on_one_of_the_screens_only(jira, off, created, edited):
    key = jira.new().body["key"]
    jira.sandbox.remove_field_from_screen("duedate", operations=(off,))

    assert jira.new(**DUE).status == created
    assert jira.put(f"/issue/{key}", {"fields": DUE}).status == edited
    assert ("duedate" in create_meta(jira), "duedate" in edit_meta(jira, key)) == (off == "edit", off == "create")


def test_labels_may_be_on_no_screen(jira):
    jira.sandbox.remove_field_from_screen("labels", project="INCIDENT")

    assert "not on the appropriate screen" in jira.new(labels=["a"]).errors["labels"]
    assert "labels" not in create_meta(jira)


def test_a_required_custom_field_is_said_beforehand_and_refused_where_it_is_missing(jira):
    team = jira.sandbox.add_field("Team", "select", options=("Payments", "Search"))
    jira.sandbox.add_field_to_screen(team, project="INCIDENT")
    jira.sandbox.require_field(team, project="INCIDENT")

    assert create_meta(jira)[team]["required"]
    assert [one["value"] for one in create_meta(jira)[team]["allowedValues"]] == ["Payments", "Search"]
    assert jira.new().errors == {team: "Team is required."}
    assert jira.new(**{team: {"value": "Search"}}).status == 201
    in_contract(jira)


@pytest.mark.parametrize("unnamed", [False, True])
def test_a_priority_scheme_offers_its_own_only(jira, unnamed):
    jira.sandbox.set_priorities(["Low", "Lowest"], project="INCIDENT", unnamed=unnamed)
    refused = jira.new(priority={"name": "High"})
    plain = jira.new().body["key"]

    names = ["Highest", "High", "Medium", "Low", "Lowest"] if unnamed else ["Low", "Lowest"]
    assert [one["name"] for one in create_meta(jira)["priority"]["allowedValues"]] == names
    assert refused.status == 400
    assert refused.errors == ({} if unnamed else {"priority": "The priority selected is invalid."})
    assert refused.messages == (["This priority is not available for this project."] if unnamed else [])
    assert fields_of(jira, plain)["priority"]["name"] == "Low"
    assert jira.new("OPS", "Task", priority={"name": "High"}).status == 201
    in_contract(jira)


def test_there_may_be_no_default_reporter(jira):
    jira.sandbox.no_default_reporter(project="INCIDENT")

    assert fields_of(jira, jira.new().body["key"])["reporter"] is None
    assert not create_meta(jira)["reporter"]["hasDefaultValue"]
    jira.sandbox.no_default_reporter(project="INCIDENT", required=True)
    assert jira.new().errors == {"reporter": "Reporter is required."}
    person = {"accountId" if jira.cloud else "name": "5f3c1a7e9b2d4c0068a10002"}
    assert jira.new(reporter=person).status == 201
    jira.sandbox.require_field("reporter", project="OPS")
    assert jira.new("OPS", "Task").status == 201
    in_contract(jira)


@pytest.mark.parametrize(
    ("kind", "field"), [("component", "components"), ("version", "fixVersions"), ("version", "versions")]
)
def test_components_and_versions_are_those_of_the_project(jira, kind, field):
    number = jira.sandbox.add_to_project("INCIDENT", kind, "Checkout")
    jira.sandbox.add_to_project("OPS", kind, "Search")
    jira.sandbox.add_field_to_screen(field)
    key = jira.new(**{field: [{"name": "Checkout"}]}).body["key"]

    assert [(one["id"], one["name"]) for one in create_meta(jira)[field]["allowedValues"]] == [(number, "Checkout")]
    assert fields_of(jira, key)[field][0]["id"] == number
    assert jira.new(**{field: [{"id": number}]}).status == 201
    assert "is not valid" in jira.new(**{field: [{"name": "Search"}]}).errors[field]
    assert jira.new(**{field: ["Checkout"]}).status == 400
    assert jira.put(f"/issue/{key}", {"update": {field: [{"remove": {"name": "Checkout"}}]}}).status == 204
    assert fields_of(jira, key).get(field) in (None, [])
    page = jira.get("/project/INCIDENT").body
    assert [one["name"] for one in page[f"{kind}s"]] == ["Checkout"]
    in_contract(jira)


def test_a_security_level_is_one_of_the_project(jira):
    jira.sandbox.add_to_project("INCIDENT", "securitylevel", "Staff only")
    jira.sandbox.add_field_to_screen("security", project="INCIDENT")
    key = jira.new(security={"name": "Staff only"}).body["key"]

    assert fields_of(jira, key)["security"]["name"] == "Staff only"
    assert "security" in jira.new(security={"name": "Everybody"}).errors
    assert "security" not in fields_of(jira, jira.new().body["key"])
    in_contract(jira)


@pytest.mark.parametrize(
    ("kind", "options", "good", "bad"),
    [
        ("multiselect", ["a", "b"], [{"value": "a"}, {"value": "b"}], [{"value": "c"}]),
        ("cascadingselect", ["EU/Rome", "EU/Oslo", "US"], {"value": "EU", "child": {"value": "Oslo"}}, {"value": "ASIA"}),
        ("cascadingselect", ["EU/Rome"], {"value": "EU"}, {"value": "EU", "child": {"value": "Oslo"}}),
        ("float", [], 1.5, "1.5"),
        ("url", [], "https://example.com/", "example.com"),
        ("datepicker", [], "2026-05-01", "1 May"),
        ("datetime", [], "2026-05-01T10:00:00.000+0000", "2026-05-01"),
        ("labels", [], ["a-b"], ["a b"]),
        ("multicheckboxes", ["x"], [{"value": "x"}], {"value": "x"}),
        ("radiobuttons", ["x"], {"value": "x"}, {"value": "y"}),
    ],
)  # fmt: skip
def test_a_custom_field_takes_what_its_kind_holds_and_refuses_the_rest(jira, kind, options, good, bad):
    field = jira.sandbox.add_field("More", kind, options=options)
    jira.sandbox.add_field_to_screen(field)
    key = jira.new(**{field: good}).body["key"]
    kept = fields_of(jira, key)[field]

    assert ("allowedValues" in create_meta(jira)[field]) == bool(options)
    assert kept == good or kind in {"multiselect", "cascadingselect", "multicheckboxes", "radiobuttons"}
    if kind == "cascadingselect":
        assert (kept["value"], kept.get("child", {}).get("value")) == (
            good["value"],
            good.get("child", {}).get("value"),
        )
    assert field in jira.new(**{field: bad}).errors
    in_contract(jira)


def test_a_version_picker_takes_versions_of_the_project(jira):
    one, several = (jira.sandbox.add_field(kind, kind) for kind in ("version", "multiversion"))
    for field in (one, several):
        jira.sandbox.add_field_to_screen(field, project="INCIDENT")
    jira.sandbox.add_to_project("INCIDENT", "version", "2.3.1")
    key = jira.new(**{one: {"name": "2.3.1"}, several: [{"name": "2.3.1"}]}).body["key"]

    assert fields_of(jira, key)[one]["name"] == fields_of(jira, key)[several][0]["name"] == "2.3.1"
    assert one in jira.new(**{one: {"name": "9"}}).errors


def test_an_issue_names_its_epic_in_the_way_of_its_dialect(jira):
    link = jira.sandbox.add_epics("OPS")
    named = {} if jira.cloud else {jira.sandbox.named("field", "Epic Name")["id"]: "Safer migrations"}
    epic = jira.new("OPS", "Epic", **named).body["key"]
    key = jira.new("OPS", "Task", **{link: {"key": epic} if jira.cloud else epic}).body["key"]
    shown = fields_of(jira, key)[link]

    assert link == "parent" if jira.cloud else link.startswith("customfield_")
    assert (shown["key"] if jira.cloud else shown) == epic
    assert link in create_meta(jira, "OPS", "Task")
    assert link in jira.new("OPS", "Task", **{link: {"key": key} if jira.cloud else key}).errors
    assert link in jira.new("OPS", "Task", **{link: {"key": "OPS-99"} if jira.cloud else "OPS-99"}).errors
    in_contract(jira)


def test_data_center_wants_a_name_of_an_epic(server):
    server.sandbox.add_epics("OPS")

    assert list(server.new("OPS", "Epic").errors.values()) == ["Epic Name is required."]


def test_a_team_managed_project_has_types_statuses_and_fields_of_its_own(cloud):
    sandbox = cloud.sandbox
    sandbox.add_project("TEAM", screens={"Task": ["summary", "labels", "description", "duedate"]}, team_managed=True)
    number = sandbox.site.project("TEAM")["id"]
    field = sandbox.add_field("Severity", "select", options=("High",), project="TEAM")
    sandbox.add_field_to_screen(field, project="TEAM")
    sandbox.add_epics("TEAM")
    page = cloud.get("/project/TEAM").body
    scope = {"type": "PROJECT", "project": {"id": number}}
    epic = cloud.new("TEAM", "Epic").body["key"]
    key = cloud.new("TEAM", "Task", parent={"key": epic}, **{field: {"value": "High"}}).body["key"]
    shown = fields_of(cloud, key)
    moves = cloud.get(f"/issue/{key}/transitions").body["transitions"]

    assert (page["simplified"], page["style"]) == (True, "next-gen")
    assert all(one["scope"] == scope for one in page["issueTypes"])
    assert [(one["name"], one["hierarchyLevel"]) for one in page["issueTypes"]] == [("Task", 0), ("Epic", 1)]
    assert page["issueTypes"][0]["id"] != sandbox.named("issuetype", "Task")["id"]
    assert shown["parent"]["key"] == epic
    assert shown["status"]["scope"] == scope
    assert [one["to"]["name"] for one in moves] == ["In Progress", "Done"]
    twins = [one for one in cloud.get("/field").body if one["name"] == "Severity"]
    assert [one.get("scope") for one in twins] == [None, scope]
    assert cloud.post(f"/issue/{key}/transitions", {"transition": {"id": moves[-1]["id"]}}).status == 204
    assert sorted(cloud.find('status = "Done"')) == [key]
    sandbox.set_status(key, "To Do")
    sandbox.set_workflow([("To Do", "Start", "In Progress")])
    assert len(cloud.get(f"/issue/{key}/transitions").body["transitions"]) == 2
    foreign = sandbox.add_epics("OPS") and cloud.new("OPS", "Epic").body["key"]
    assert "parent" in cloud.new("TEAM", "Task", parent={"key": foreign}).errors
    in_contract(cloud)


def test_data_center_has_no_team_managed_projects(server):
    with pytest.raises(ValueError, match="team-managed"):
        server.sandbox.add_project("TEAM", screens={}, team_managed=True)


def test_a_project_can_be_hidden_from_the_bot(jira):
    key = jira.new("OPS", "Task").body["key"]
    mine = jira.new().body["key"]
    jira.sandbox.hide_project("OPS")
    search = jira.post("/search/jql" if jira.cloud else "/search", {"jql": "project = OPS"})
    asked = {"permissions": "BROWSE_PROJECTS,CREATE_ISSUES"}

    assert [jira.get(path).status for path in (f"/issue/{key}", "/project/OPS")] == [404, 404]
    assert jira.get("/issue/createmeta/OPS/issuetypes").status == 404
    assert jira.get("/mypermissions", projectKey="OPS", **asked).status == 404
    assert jira.get("/mypermissions", projectKey="INCIDENT", **asked).body["permissions"]["BROWSE_PROJECTS"][
        "havePermission"
    ]
    assert (search.status, search.messages) == (400, ["The value 'OPS' does not exist for the field 'project'."])
    assert jira.find("labels is EMPTY and project = INCIDENT") == [mine]
    assert jira.get("/myself").status == 200
    assert jira.sandbox.issue(key)["key"] == key
    jira.sandbox.hide_project("OPS", hidden=False)
    assert jira.get(f"/issue/{key}").status == 200


def test_marks_of_an_issue_can_be_lost(jira):
    key = jira.new(labels=["a", "b"], properties=[{"key": "postmortem", "value": {"id": "INC-1"}}]).body["key"]
    jira.sandbox.remove_property(key, "postmortem")
    jira.sandbox.remove_label(key, "a")

    assert jira.get(f"/issue/{key}/properties/postmortem").status == 404
    assert fields_of(jira, key)["labels"] == ["b"]


def test_rich_text_may_be_tidied_up_when_it_is_kept(jira):
    jira.sandbox.site.normalises = True
    link = {"type": "link", "attrs": {"href": "https://example.com/a"}}
    words = [
        {"type": "text", "text": "two  spaces "},
        {"type": "text", "text": "here"},
        {"type": "text", "text": "https://example.com/a", "marks": [link]},
        {"type": "text", "text": "both", "marks": [{"type": "strong"}, {"type": "em"}]},
        {"type": "text", "text": "a  b", "marks": [{"type": "code"}]},
    ]
    text = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": words}]}
    key = jira.new(
        description=text if jira.cloud else "one  \n\n\n\n[https://example.com/a|https://example.com/a]"
    ).body["key"]
    kept = fields_of(jira, key)["description"]

    if not jira.cloud:
        assert kept == "one\r\n\r\n[https://example.com/a]"
        return
    first, card, marked, code = kept["content"][0]["content"]
    assert first == {"type": "text", "text": "two spaces here"}
    assert card == {"type": "inlineCard", "attrs": {"url": "https://example.com/a"}}
    assert [mark["type"] for mark in marked["marks"]] == ["em", "strong"]
    assert code["text"] == "a  b"
    again = jira.put(f"/issue/{key}", {"fields": {"description": kept}})
    assert (again.status, fields_of(jira, key)["description"]) == (204, kept)


def test_a_transition_may_ask_for_a_field_of_the_projects_own(jira):
    team = jira.sandbox.add_field("Follow-up team", "select", options=("Payments",))
    jira.sandbox.transition_screen("Done", fields=[team, "resolution"], required=[team])
    key = jira.new().body["key"]
    listed = jira.get(f"/issue/{key}/transitions", expand="transitions.fields").body["transitions"]
    done = next(one for one in listed if one["name"] == "Done")
    move = {"transition": {"id": done["id"]}}

    assert [name for name, one in done["fields"].items() if one["required"]] == [team]
    assert jira.post(f"/issue/{key}/transitions", move).errors == {team: "Follow-up team is required."}
    assert jira.post(f"/issue/{key}/transitions", {**move, "fields": {team: {"value": "Payments"}}}).status == 204
    in_contract(jira)


def test_a_workflow_may_take_two_steps(jira):
    jira.sandbox.set_workflow([("To Do", "Review", "In Review"), ("In Review", "Close", "Done")])
    key = jira.new().body["key"]
    steps = []
    for _ in range(2):
        (step,) = jira.get(f"/issue/{key}/transitions").body["transitions"]
        steps.append(step["to"]["name"])
        assert jira.post(f"/issue/{key}/transitions", {"transition": {"id": step["id"]}}).status == 204

    assert steps == ["In Review", "Done"]


def test_an_issue_can_be_closed_as_a_duplicate(jira):
    first, second = (jira.new().body["key"] for _ in range(2))
    jira.sandbox.transition_screen("Done", fields=["resolution"])
    kind = next(one for one in jira.get("/issueLinkType").body["issueLinkTypes"] if one["name"] == "Duplicate")
    link = {"type": {"id": kind["id"]}, "inwardIssue": {"key": second}, "outwardIssue": {"key": first}}
    moves = jira.get(f"/issue/{second}/transitions").body["transitions"]
    done = next(one["id"] for one in moves if one["name"] == "Done")
    body = {"transition": {"id": done}, "fields": {"resolution": {"name": "Duplicate"}}}

    assert (kind["inward"], kind["outward"]) == ("is duplicated by", "duplicates")
    assert jira.post("/issueLink", link).status == 201
    assert jira.post(f"/issue/{second}/transitions", body).status == 204
    shown = fields_of(jira, second)
    assert shown["resolution"]["name"] == "Duplicate"
    assert shown["issuelinks"][0]["outwardIssue"]["key"] == first
    in_contract(jira)
