"""The client of Confluence where answers are strange."""

import json

import pytest

from generator.clients.confluence import Property, RetryPolicy, Space, connect
from generator.errors import NotFoundError, OutcomeUnknownError, RemoteError, TryLaterError
from generator.settings.jira import Connection, Secret
from tests.clients.http.conftest import Reply, serving
from tests.sync.confluence.stand_in import EMAIL, TOKEN, World

SPACE = Space("65537", "OPS", "1001")


def client(url: str, *, cloud: bool = True):
    waits = RetryPolicy(tries=2, sleep=lambda _: None)
    return connect(Connection(url, url, cloud, Secret(TOKEN), EMAIL if cloud else ""), waits=waits)


@pytest.fixture(params=["cloud", "data-center"])
def answered(request):
    """`answered(value)`: a client of what always answers so, and what it was asked."""
    opened = []

    def start(value, status=200, **headers):
        opened.append(serving(lambda _: Reply(status, json.dumps(value).encode(), headers)))
        url, asked = opened[-1].__enter__()
        return client(url, cloud=request.param == "cloud"), asked

    yield start
    for one in opened:
        one.__exit__(None, None, None)


READS = {
    "myself": lambda found: found.myself(),
    "space": lambda found: found.space("OPS"),
    "children": lambda found: found.children("7"),
    "labelled": lambda found: found.labelled(SPACE, "x"),
    "page": lambda found: found.page("7"),
    "titled": lambda found: found.titled(SPACE, "x"),
    "comments": lambda found: found.open_comments("7"),
    "attachments": lambda found: found.attachments("7"),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
@pytest.mark.parametrize(
    "value", [[], "x", 7, {"results": "x"}, {"results": [1]}, {"id": "7"}, {"version": {"number": "1"}}]
)
def test_a_strange_shape_is_an_error_and_never_an_empty_result(answered, read, value):
    found, _ = answered(value)

    with pytest.raises(RemoteError):
        read(found)


def test_pages_that_lead_in_a_circle_end(answered):
    found, asked = answered({"results": [], "_links": {"next": "/rest/api/x?cursor=1"}})

    with pytest.raises(RemoteError, match="circle"):
        found.labelled(SPACE, "x")
    assert len(asked) == 2


def test_the_way_to_the_next_page_leads_nowhere_else():
    def answer(asked):
        links = {} if "cursor" in asked.path else {"next": "https://elsewhere.example/steal?cursor=2"}
        return Reply(200, json.dumps({"results": [], "_links": links}).encode())

    with serving(answer) as (url, asked):
        client(url).labelled(SPACE, "x")

    assert [one.path.partition("?")[0] for one in asked] == ["/rest/api/content/search"] * 2


@pytest.mark.parametrize("id_", ["", "x", "7/../8", "..", "7?x=1", "٧"])
def test_what_is_no_id_is_never_sent(answered, id_):
    found, asked = answered({})

    for call in (found.page, found.children, found.open_comments, found.attachments):
        with pytest.raises(NotFoundError):
            call(id_)
    assert asked == []


def test_words_mean_nothing_in_the_query_language(answered):
    from urllib.parse import parse_qs, urlsplit

    found, asked = answered({"results": []})
    found.labelled(Space("1", 'O"PS', ""), '\\" or space = "SECRET')

    cql = parse_qs(urlsplit(asked[0].path).query)["cql"][0]
    assert cql == r'space = "O\"PS" and type = page and label = "\\\" or space = \"SECRET"'


def test_a_busy_confluence_is_left_alone_and_a_lost_create_is_not_repeated(answered):
    found, asked = answered({}, 429, **{"Retry-After": "600"})
    with pytest.raises(TryLaterError, match="10 minutes"):
        found.page("7")

    from generator.clients.confluence import Writing

    found, asked = answered({}, 503)
    with pytest.raises(OutcomeUnknownError):
        found.create(SPACE, Writing("x", "<p></p>"))
    assert len(asked) == 1


def test_a_property_has_a_version_of_its_own(world: World):
    page = world.add("A page")
    found = client(world.url, cloud=world.cloud)

    found.set_property(page.id, None, {"a": 1})
    known = found.page(page.id).mark
    assert (known.value, known.version) == ({"a": 1}, 1)
    found.set_property(page.id, known, {"a": 2})
    assert found.page(page.id).mark == Property(known.id, {"a": 2}, 2)
    with pytest.raises(RemoteError):
        found.set_property(page.id, known, {"a": 3})


def test_no_message_or_repr_has_the_token(answered):
    found, _ = answered({"message": f"wrong token {TOKEN}"}, 400)

    with pytest.raises(RemoteError) as raised:
        found.page("7")
    assert TOKEN not in f"{raised.value!r} {vars(raised.value)} {found!r}"
