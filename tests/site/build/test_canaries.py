"""Hundreds of words that an audience may not see are in no byte of its site, be it packed, or built over a wider one."""

import gzip
import itertools
import subprocess
import sys

import pytest

from tests.conftest import environment
from tests.pictures import SECRET, chunk, png
from tests.site.build.site import tree

# Restricted, and every other way to write something that is to stay closed.
CLOSED = (
    "audience: restricted",
    "audience: restriced",
    "audience: [restricted]",
    "audience: restricted, legal",
    "audience: confidential",
    "audience:",
    "Audience: restricted",
    "audiance: restricted",
    "visibility: private",
    "audience: “restricted”",
    "audience: public\naudience: restricted",
    "audience: public # restricted",
    "# audience: restricted",
    "meta: {audience: restricted}",
    "audience: public\nx: a: b",
    "audience: public\ntags2: [restricted",
)
FORMS = {
    "public": ("audience: public",),
    "internal": ("audience: internal", ""),
    "restricted": CLOSED,
}


class Canaries:
    """Words that stand nowhere else, by the audience that may not see them."""

    def __init__(self) -> None:
        self.words: dict[str, set[str]] = {"public": set(), "internal": set(), "restricted": set()}
        self._numbers = itertools.count(1000)

    def new(self, *audiences: str) -> str:
        word = f"qz{next(self._numbers)}zq"
        for audience in audiences:
            self.words[audience].add(word)
        return word


def document(label, number, word, status="published", more=""):
    """One document whose every value is a canary."""
    return f"""---
id: QZ-{word()}
title: Outage of {word()}
status: {status}
severity: SEV1
started: 2026-03-{1 + number % 27:02}T10:00:00Z
services: [shared, {word()}]
commander: {word()}
authors: [{word()}]
incident: {word()}
category: {word()}
jira: {word().upper()}-1
tags: [shared, {word()}]
links:
  - {{type: alert, targetId: "https://example.com/{word()}", title: {word()}}}
{label}
---
{more}
## Summary

Pages of checkout were slow for {word()} and [a page](https://example.com/{word()} "{word()}").

<!-- {word()} -->

## {word()}

![{word()}](%STEM%/{word()}.png "{word()}")

## Timeline

| Time | Event | Source |
|---|---|---|
| 10:00 | {word()} | {word()} |

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | {word()} | {word()} | 2026-04-01 | open | https://example.com/{word()} |
"""


def add(root, text, stem, content):
    """Write a document with the attachments that it shows; what they hold is a canary as well."""
    place = root / f"{stem}.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    text = text.replace("%STEM%", place.stem)
    place.write_text(text, encoding="utf-8")
    folder = root / stem
    for line in text.split("\n"):
        if line.startswith("![") and f"]({place.stem}/" in line:
            name = line.partition("](")[2].partition(" ")[0].partition("/")[2]
            folder.mkdir(exist_ok=True)
            pixels = chunk(b"IDAT", content.encode())
            (folder / name).write_bytes(png(chunk(b"tEXt", SECRET), before_end=pixels + chunk(b"eXIf", SECRET)))


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The archive's site for each audience, the widest first into one folder and with one cache, and the canaries."""
    root = tmp_path_factory.mktemp("archive")
    canaries = Canaries()
    blind = {"public": (), "internal": ("public",), "restricted": ("public", "internal")}
    count, links = 0, []
    for audience, labels in FORMS.items():
        for label in labels:
            count += 1
            word = lambda hidden=blind[audience]: canaries.new(*hidden)  # noqa: E731 - one for each document
            slug = word()
            stem = f"postmortems/2026/{count:03}-{slug}"
            add(root, document(label, count, word), stem, word())
            links.append(f"[another one](../2026/{count:03}-{slug}.md)")
            links.append(f"![graph](../2026/{count:03}-{slug}/{word()}.png)")
            guide = f"---\ntitle: {word()}\n{label}\n---\n# {word()}\n\n{word()}\n\n## {word()}\n\n![{word()}](%STEM%/{word()}.png)\n"
            add(root, guide, f"docs/{word()}/{word()}", word())
    for status in ("draft", "in-review"):
        count += 1
        word = lambda: canaries.new("public")  # noqa: E731
        add(root, document("audience: public", count, word, status), f"postmortems/2026/{count:03}-{word()}", word())
    # What no site shows: files that cannot be read, what nothing links to, and people whom nobody names.
    hidden = lambda: canaries.new("public", "internal", "restricted")  # noqa: E731
    for number in range(16):
        path = root / f"postmortems/2026/9{number:02}-{hidden()}.md"
        path.write_bytes(document("audience: public", number, hidden).encode() + b"\xff\xfe broken")
    for number in range(12):
        (root / f"docs/{hidden()}-{number}.txt").write_text(hidden(), encoding="utf-8")
        (root / f"postmortems/2026/{hidden()}.log").write_text(hidden(), encoding="utf-8")
    people = "".join(f"{hidden()}:\n  name: {hidden()}\n  email: {hidden()}@example.com\n" for _ in range(8))
    (root / "site_config").mkdir()
    (root / "site_config/archive.yml").write_text(
        "title: Archive\nurl: https://pm.example.com\nrepository: https://git.example.com/a/b\n", encoding="utf-8"
    )
    (root / "site_config/people.yml").write_text(people, encoding="utf-8")
    opened = document("audience: public", 1, lambda: "seen", more="\n".join(["", *links, ""]))
    add(root, opened.replace("QZ-seen", "QZ-1"), "postmortems/2025/001-open", "seen")
    made = {}
    for audience in ("restricted", "internal", "public"):
        done = subprocess.run(
            [sys.executable, "-m", "generator", "-C", root, "build", "--audience", audience, "--no-strict"],
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
        )
        made[audience] = (done, tree(root / "site"))
    return made, canaries.words


def everything(files):
    """Names and bytes of a site in lower case; what is packed is unpacked too."""
    parts = []
    for name, data in files.items():
        parts += [name.encode(), data]
        if data[:2] == b"\x1f\x8b":
            parts.append(gzip.decompress(data))
    return b"\n".join(parts).lower()


@pytest.mark.parametrize("audience", ["public", "internal", "restricted"])
def test_no_canary_is_in_any_byte(sites, audience):
    made, words = sites
    done, files = made[audience]
    site = everything(files)

    assert done.returncode == 1, done.stderr
    assert len(words[audience]) >= 400
    assert sorted(word for word in words[audience] if word.encode() in site) == []
    assert b"checkout" in site
    assert SECRET.lower() not in site


def test_the_canaries_are_where_they_may_be_seen(sites):
    made, words = sites
    site = everything(made["restricted"][1])
    shown = [word for word in words["public"] - words["restricted"] if word.encode() in site]

    # All but what nothing leads to, comments and the titles of pictures.
    assert len(shown) > 0.7 * len(words["public"] - words["restricted"])


def test_each_doubt_is_named_with_its_line(sites):
    made, _ = sites
    for done, _files in made.values():
        named = [line for line in done.stderr.split("\n") if "is kept restricted" in line]

        assert len({line.partition(":")[0] for line in named}) == 2 * (len(CLOSED) - 1)
        assert all(line.split(":")[1].isdigit() for line in named)


def test_search_engines_are_told_what_is_not_for_them(sites):
    made, _ = sites
    for audience, (_, files) in made.items():
        pages = [data for name, data in files.items() if name.endswith("index.html")]
        if audience == "public":
            assert b"Allow: /\nSitemap: https://pm.example.com/sitemap.xml" in files["robots.txt"]
            assert not any(b'name="robots"' in page for page in pages)
        else:
            assert files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
            assert "sitemap.xml" not in files
            assert all(b'<meta name="robots" content="noindex">' in page for page in pages)
