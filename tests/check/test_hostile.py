"""Whatever the bytes: nothing is raised, nothing takes for ever, and each finding has a line that exists."""

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.check import engine
from generator.check.fixes import fixed
from generator.check.rule import Context
from generator.document import archive
from generator.document.finding import Level
from generator.document.parse import parse
from generator.settings.model import Person, Settings
from tests.check.sample import GOOD, PATH, TODAY

SETTINGS = Settings(people=(Person("jane.smith"), Person("ravi.patel")))
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def holds(text, base=None, changed=None):
    parsed = parse(text, PATH)
    context = Context(SETTINGS, TODAY, base=base, changed=changed, files=frozenset({f"{PATH[:-3]}/id_rsa"}))
    found = engine.run(parsed, context)
    lines = max(1, text.count("\n") + (not text.endswith("\n")))
    assert all(1 <= finding.line <= lines for finding in found)
    assert all(
        finding.path == PATH and finding.rule in engine.by_id() and finding.severity in Level for finding in found
    )
    assert all(finding.message and finding.message == finding.message.strip() for finding in found)
    return found


pieces = st.sampled_from(
    [
        *GOOD.split("\n"),
        *[line + "\n" for line in GOOD.split("\n")],
        "\n",
        "\r\n",
        "---\n",
        "```\n",
        "<!--",
        "-->",
        "<!-- check: ignore todo: x -->",
        "<!-- check: ignore",
        "| # | Action | Owner | Due date | Status | Ticket |\n|---|---|---|---|---|---|\n",
        "| 1 | Improve | x | 2026-99-99 | ? | |\n",
        "| Time | Event | Source |\n|---|---|---|\n",
        "| 9999-12-31 23:59 | **Resolved:** | [x] |\n",
        "| 0001-01-01 00:00 | x | |\n",
        "- [ ] x — owner: ; evidence:\n",
        "TODO: ",
        "[a](b.md#c)",
        "![](x.png)",
        "[a][b]",
        "[^1]",
        "# ",
        "## Summary\n",
        "password = 'x1y2z3'",
        "https://a:b1c2d3e4@c.d/",
        "started: 0001-01-01T00:00:00+14:00\n",
        "resolved: 9999-12-31T23:59:59-14:00\n",
        "severity: SEV1\n",
        "type: security\n",
        "status: published\n",
        "\u2028",
        "\x0b",
        "\x85",
        "\0",
        "\ud800",
        "İ",
        "ﬀ",
        "💥",
    ]
)


@calm
@given(st.lists(pieces, max_size=40), st.lists(pieces, max_size=10))
@example([GOOD], [])
def test_any_mixture_of_pieces_gives_findings_on_lines_that_exist(parts, before):
    holds("".join(parts), base=parse("".join(before)), changed=frozenset({1, 3}))


@calm
@given(st.text(max_size=300))
def test_any_text_does(text):
    holds(text)
    holds(f"---\nid: A\ntitle: {text[:40]}\nstatus: published\nseverity: SEV1\n---\n\n## Summary\n\n{text}\n")


@calm
@given(data=st.binary(max_size=300))
@example(data=b"")
@example(data=b"\xef\xbb\xbf" + GOOD.encode())
@example(data=b"\xff\xfe\x00")
def test_any_bytes_in_a_file_do(archive_root, data):
    path = archive_root / "postmortems" / "x.md"
    path.write_bytes(data)
    read = archive.read(path, archive_root)
    found = engine.run(read, Context(SETTINGS, TODAY))

    assert all(1 <= finding.line <= max(1, data.count(b"\n") + 1) for finding in found)


@calm
@given(st.lists(pieces, max_size=30))
def test_fixing_never_raises_either(parts):
    parsed = parse("".join(parts), PATH)
    text, _ = fixed(parsed, SETTINGS)

    assert fixed(parse(text, PATH), SETTINGS)[1] == ()


LONG = 60_000
SHAPES = {
    "brackets": "[" * LONG,
    "links": "[a](" * LONG,
    "pictures": "![" * LONG + "](" * LONG,
    "backticks": "`" * LONG,
    "mixed backticks": "".join("`" * (n % 50 + 1) + "x" for n in range(LONG // 20)),
    "comments": "<!--" * LONG,
    "silences": "<!-- check: ignore todo" * (LONG // 10),
    "closed comments": "<!-- -->" * (LONG // 4) + "x",
    "tags": "<a href=" * LONG,
    "colons": "password:" * LONG,
    "equals": "token=" * LONG,
    "urls": "https://a:" * LONG,
    "long word": "a" * LONG * 5,
    "long word with signs": "a1_" * LONG * 2,
    "capitals": "ABC " * LONG,
    "digits": "1,234 " * LONG,
    "pipes": "|" * LONG,
    "rows": "| # | Action | Owner | Status |\n|---|---|---|---|\n" + "|  | Improve | x | open |\n" * (LONG // 20),
    "timeline": "## Timeline\n\n| Time | Event | Source |\n|---|---|---|\n"
    + "| 14:00 | **Detected:** x | [y] |\n" * (LONG // 20),
    "headings": "# a\n" * (LONG // 4),
    "nested headings": "# a\n## a\n### a\n" * (LONG // 20),
    "fences": "```\nx\n```\n" * (LONG // 10),
    "tasks": "- [ ] x\n" * (LONG // 8),
    "todos": "TODO: x\n" * (LONG // 8),
    "sentences": "We should have tested it, and the operator failed to do so. " * (LONG // 60),
    "footnotes": "[^1]" * LONG,
    "references": "[a][b]" * LONG,
    "jwt": "eyJ" * LONG,
    "jwt with dots": "eyJaaaaaaaaaaaa.eyJ" * (LONG // 10),
    "keys": "-----BEGIN PRIVATE KEY-----\n" * (LONG // 20),
    "spaces": "password" + " " * LONG + "= x",
    "many silences": "TODO: x <!-- check: ignore todo: y -->\n" * (LONG // 40),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_of_text_takes_for_ever(shape):
    text = f"---\nid: A\ntitle: T\nstatus: published\nseverity: SEV1\n---\n\n## Summary\n\n{SHAPES[shape]}\n"
    begin = time.process_time()
    holds(text, base=parse(text.replace("x", "y")))

    assert time.process_time() - begin < 12
