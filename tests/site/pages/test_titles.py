"""A value from a document stays text wherever it is shown."""

import json
import re

import pytest
import yaml

from tests.site.pages.archive import staged, write

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "{{ config }} {% raw %}",
    "[x](javascript:alert(1))",
    '"><script>alert(1)</script>',
    "</title><b>",
    "a: b # c - [d] {e} 'f' \"g\" \\h",
    "--- *&!%@`| ---",
    "\u202e\u2028\u0007 end",
    "=HYPERLINK(1)",
    "&lt;b&gt; &amp;",
]
RAW = re.compile(r"<(?:script|img|/title)")


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_stay_text_on_every_page(value):
    quoted = json.dumps(value)
    document = write(
        title=quoted,
        services=quoted,
        tags=quoted,
        severity=quoted,
        kind=quoted,
        more=f"commander: {quoted}\ncategory: {quoted}\nincident: {quoted}\njira: {quoted}\nauthors: [{quoted}]\n"
        f"links: [{{type: {quoted}, targetId: {quoted}, title: {quoted}}}]\n",
        body=f"## Action items\n\n| # | Action | Owner | Status |\n|---|---|---|---|\n| 1 | act | {value.replace('|', '')} | open |\n",
    )
    site = staged(document, write("INC-2026-0002", services=quoted, tags=quoted))

    for path, text in site.pages.items():
        front, _, body = text.removeprefix("---\n").partition("\n---\n")
        values = yaml.safe_load(front)
        assert set(values) <= {"title", "description", "kind", "search", "hide", "robots"}, path
        assert not RAW.search(body), path
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', "", body)), path
    title = yaml.safe_load(site.pages["postmortems/INC-2026-0001/index.md"].split("---\n")[1])["title"]
    assert title == " ".join(
        "".join("\ufffd" if ord(c) < 32 and c not in "\t\n\r" else c for c in document.postmortem.title).split()
    )


def test_addresses_are_made_of_safe_characters():
    site = staged(write(services='"../../etc", "a/b", "!!!", "A B", "a-b", "Ärger"'))

    assert {path for path in site.pages if path.startswith("services/")} == {
        "services/index.md",
        "services/etc/index.md",
        "services/a-b/index.md",
        "services/a-b-2/index.md",
        "services/a-b-3/index.md",
        "services/b1b3773a/index.md"
        if "services/b1b3773a/index.md" in site.pages
        else next(p for p in site.pages if re.fullmatch(r"services/[0-9a-f]{8}/index\.md", p)),
        "services/ärger/index.md",
    }
