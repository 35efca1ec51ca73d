"""Values stay values: nothing in them becomes part of the query."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.clients.jira.jql import among, quoted

# A string of the language as Jira reads it: any character but quotes, backslashes and line ends; or an escape.
STRING = re.compile(r'"((?:[^"\\\n\r]|\\(?:["\'\\ ntr]|u[0-9a-fA-F]{4}))*)"')
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")
PLAIN = {"n": "\n", "t": "\t", "r": "\r"}


def read(string):
    """What a string of a query means."""

    def one(match):
        text = match[1]
        return chr(int(text[1:], 16)) if len(text) == 5 else PLAIN.get(text, text)

    found = ESCAPE.sub(one, STRING.fullmatch(string)[1])
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@given(st.text() | st.text(alphabet="\"\\'nu0041 OR()=\n\r\x00"))
def test_any_text_is_one_string_that_means_itself(text):
    assert read(quoted(text)) == text


@given(st.lists(st.text(alphabet='a",\\) OR', min_size=1), min_size=1, unique=True))
def test_a_list_holds_its_values_and_nothing_else(values):
    query = among("labels", values)

    assert query.startswith("labels in (")
    assert query.endswith(")")
    rest, found = query[len("labels in (") : -1], []
    while rest:
        match = STRING.match(rest)
        found.append(read(match[0]))
        rest = rest[match.end() :].removeprefix(", ")
    assert found == values


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ('x" OR project = "SECRET', r'"x\" OR project = \"SECRET"'),
        ("a\\", r'"a\\"'),
        ("a\nb", r'"a\nb"'),
        ("a\x00b", r'"a\u0000b"'),
        ("Ärger 🎉", '"Ärger 🎉"'),
        ("\U000e0001", r'"\udb40\udc01"'),
        ("", '""'),
    ],
)
def test_what_could_end_a_string_is_escaped(text, string):
    assert quoted(text) == string


def test_the_same_value_is_asked_for_once():
    assert among("key", ["OPS-1", "OPS-2", "OPS-1"]) == 'key in ("OPS-1", "OPS-2")'
    assert among("cf[10042]", ["x"]) == 'cf[10042] in ("x")'


@pytest.mark.parametrize(("field", "values"), [("labels", []), ("a or b", ["x"]), ("", ["x"]), ("labels\n", ["x"])])
def test_what_is_no_query_is_refused(field, values):
    with pytest.raises(ValueError):
        among(field, values)
