"""Issues are found by what they are called now or were called once, and never wrongly called missing."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import NotFoundError, OutcomeUnknownError, RemoteError, UsageError
from tests.clients.http.conftest import Reply, serving
from tests.clients.jira.conftest import client
from tests.sampling import examples

GONE = (404, {"errorMessages": ["Issue does not exist or you do not have permission to see it."], "errors": {}})


class Tracker:
    """Issues with their present key and their former ones; answers batches by present keys and ids, or all keys."""

    def __init__(self, *, batch_knows_old_keys):
        self.keys = {}
        self.former = {}
        self.batch_knows_old_keys = batch_knows_old_keys
        self.batches = self.singles = 0

    def add(self, id_, key, *former):
        self.keys[id_] = key
        self.former |= dict.fromkeys(former, id_)

    def _id(self, ref, former):
        ref = ref.upper()
        if ref in self.keys:
            return ref
        present = {key: id_ for id_, key in self.keys.items()}
        return present.get(ref) or (self.former.get(ref) if former else None)

    def _raw(self, id_):
        return {"id": id_, "key": self.keys[id_], "fields": {"summary": f"Issue {id_}"}}

    def answer(self, method, path, query, body):
        if path.endswith("/bulkfetch"):
            self.batches += 1
            assert len(body["issueIdsOrKeys"]) <= 100
            ids = {self._id(ref, self.batch_knows_old_keys) for ref in body["issueIdsOrKeys"]} - {None}
            return {"issues": [self._raw(id_) for id_ in sorted(ids, key=int)], "issueErrors": []}
        if path.endswith("/search"):
            self.batches += 1
            assert body["validateQuery"] is False
            refs = re.findall(r'"([^"]*)"', body["jql"])
            ids = sorted({self._id(ref, self.batch_knows_old_keys) for ref in refs} - {None}, key=int)
            page = ids[body["startAt"] : body["startAt"] + 50]
            return {"startAt": body["startAt"], "total": len(ids), "issues": [self._raw(id_) for id_ in page]}
        self.singles += 1
        id_ = self._id(path.rpartition("/")[2], True)
        return self._raw(id_) if id_ else GONE


@pytest.fixture(params=[True, False], ids=["batch knows old keys", "batch knows new keys"])
def tracker(request, stand_in, dialect):
    found = Tracker(batch_knows_old_keys=request.param)
    url, _ = stand_in(found.answer)
    found.jira = client(url, cloud=dialect == "cloud")
    return found


def test_issues_are_found_by_id_and_by_key_in_any_case(tracker):
    tracker.add("1", "OPS-1")
    tracker.add("2", "OPS-2")
    fetched = tracker.jira.issues(["ops-2", "1", "OPS-2"], fields=["summary"])

    assert [issue.key for issue in fetched.found] == ["OPS-2", "OPS-1"]
    assert fetched.missing == ()
    assert fetched.asked["1"].summary == "Issue 1"
    assert (tracker.batches, tracker.singles) == (1, 0)


def test_a_moved_issue_is_found_by_its_old_key_also_beside_its_new_one(tracker):
    tracker.add("1", "NEW-1", "OLD-1")
    tracker.add("2", "NEW-2", "OLD-2", "OLDER-2")

    assert tracker.jira.issues(["OLD-1"], fields=[]).asked["OLD-1"].key == "NEW-1"
    fetched = tracker.jira.issues(["NEW-1", "OLD-1", "OLD-2", "OLDER-2", "OPS-9"], fields=[])
    assert [issue.key for issue in fetched.found] == ["NEW-1", "NEW-2"]
    assert fetched.missing == ("OPS-9",)
    assert {ref: issue.id for ref, issue in fetched.asked.items()} == {
        "NEW-1": "1",
        "OLD-1": "1",
        "OLD-2": "2",
        "OLDER-2": "2",
    }


def test_many_missing_ones_do_not_cost_a_request_each(tracker):
    tracker.add("1", "OPS-1")
    fetched = tracker.jira.issues([f"OPS-{number}" for number in range(1, 251)], fields=[])

    assert [issue.key for issue in fetched.found] == ["OPS-1"]
    assert len(fetched.missing) == 249
    assert tracker.singles <= 3 * 20
    assert tracker.batches <= 6


def test_a_moved_issue_behind_many_missing_ones_is_found(stand_in, dialect):
    tracker = Tracker(batch_knows_old_keys=True)
    tracker.add("1", "NEW-1", "OPS-77")
    url, _ = stand_in(tracker.answer)
    fetched = client(url, cloud=dialect == "cloud").issues([f"OPS-{number}" for number in range(1, 101)], fields=[])

    assert [issue.key for issue in fetched.found] == ["NEW-1"]
    assert len(fetched.missing) == 99


def test_an_issue_that_a_batch_could_not_read_is_not_missing(stand_in):
    tracker = Tracker(batch_knows_old_keys=True)
    tracker.add("1", "OPS-77")

    def answer(method, path, query, body):
        if path.endswith("/bulkfetch"):
            return {"issues": [], "issueErrors": [{"id": "1", "errorMessage": "Try again."}]}
        return tracker.answer(method, path, query, body)

    url, _ = stand_in(answer)
    fetched = client(url, cloud=True).issues([f"OPS-{number}" for number in range(1, 101)], fields=[])

    assert [issue.key for issue in fetched.found] == ["OPS-77"]


@examples(25)
@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)), st.booleans(), st.booleans())
def test_what_is_found_and_what_is_missing_is_right_for_every_mixture(there, moved, cloud, old_keys):
    tracker = Tracker(batch_knows_old_keys=True)
    for number in there:
        keys = (f"NEW-{number}", f"OPS-{number}") if number in moved else (f"OPS-{number}",)
        tracker.add(str(number), *keys)

    def reply(asked):
        value = tracker.answer(asked.method, asked.path.partition("?")[0], {}, json.loads(asked.body or b"null"))
        status, value = value if isinstance(value, tuple) else (200, value)
        return Reply(status, json.dumps(value).encode())

    with serving(reply) as (url, _):
        asked = [f"OPS-{number}" for number in range(1, 61)]
        fetched = client(url, cloud=cloud).issues(asked, fields=[])

    assert {ref: issue.id for ref, issue in fetched.asked.items()} == {f"OPS-{n}": str(n) for n in there}
    assert set(fetched.missing) == set(asked) - set(fetched.asked)


def test_what_cannot_be_a_key_is_missing_and_never_sent(tracker):
    strange = ["TEST-٣", "TEST-1\n", "../../etc", "", "0", "-1", "A" * 99 + "-1", "OPS-1/comment", "OPS-01"]

    assert tracker.jira.issues(strange, fields=[]).missing == tuple(strange)
    for one in strange:
        with pytest.raises(NotFoundError):
            tracker.jira.issue(one, fields=[])
        with pytest.raises(NotFoundError):
            tracker.jira.delete(one)
    assert tracker.jira.requests_made == 0


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_nothing_leads_out_of_a_path(tracker, part):
    with pytest.raises(UsageError):
        tracker.jira.project(part)
    with pytest.raises(UsageError):
        tracker.jira.property("OPS-1", part)


def test_other_parts_of_a_path_are_taken_as_they_are(stand_in, dialect):
    url, asked = stand_in(lambda *_: {"value": 1})
    client(url, cloud=dialect == "cloud").property("OPS-1", "a/b?c#d")

    assert asked[0].path.endswith("/issue/OPS-1/properties/a%2Fb%3Fc%23d")


@pytest.mark.parametrize("value", [{}, {"issues": None}, {"issues": {}}, [], None, "x", {"issues": [{"fields": {}}]}])
def test_an_answer_of_another_shape_is_never_no_results(stand_in, dialect, value):
    url, _ = stand_in(lambda *_: value)
    jira = client(url, cloud=dialect == "cloud")

    with pytest.raises(RemoteError):
        jira.search("labels = x", fields=["summary"])
    with pytest.raises(RemoteError):
        jira.issues(["OPS-1"], fields=["summary"])


@pytest.mark.parametrize("value", [None, [], {}, {"id": "1"}, "x", Reply(201, b"{")])
def test_a_creation_that_does_not_name_the_issue_must_be_looked_for(stand_in, dialect, value):
    url, asked = stand_in(lambda *_: value if isinstance(value, Reply) else (201, value))

    with pytest.raises(OutcomeUnknownError):
        client(url, cloud=dialect == "cloud").create({"summary": "x"})
    assert len(asked) == 1


@pytest.mark.parametrize(("update", "times"), [({"labels": [{"add": "x"}]}, 4), ({"comment": [{"add": {}}]}, 1)])
def test_an_edit_is_repeated_unless_it_adds_a_comment(stand_in, dialect, update, times):
    url, asked = stand_in(lambda *_: (503, None))

    with pytest.raises(OutcomeUnknownError):
        client(url, cloud=dialect == "cloud").edit("1", fields={"summary": "x"}, update=update)
    assert len(asked) == times


def test_a_search_that_leads_in_a_circle_is_an_error(stand_in):
    url, _ = stand_in(lambda *_: {"issues": [], "nextPageToken": "x", "isLast": False})

    with pytest.raises(RemoteError, match="circle"):
        client(url, cloud=True).search("labels = x", fields=[])
