"""Pages dealt out to engine processes."""

from itertools import chain

import pytest

from generator.site.build import search_shards
from generator.site.build.addresses import address, output_path


@pytest.mark.parametrize(
    ("count", "jobs", "expected"), [(0, 2, 1), (10, 2, 1), (120, 2, 2), (500, 4, 4), (4000, 1, 3), (4000, 2, 3)]
)
def test_every_page_is_in_exactly_one_shard(tmp_path, count, jobs, expected):
    pages = {f"{n}.md": "x" * n for n in range(count)}
    parts = search_shards.split(pages, tmp_path, jobs)
    sizes = [sum(map(len, part.pages.values())) for part in parts]

    assert len(parts) == expected
    assert sorted(chain.from_iterable(part.pages for part in parts)) == sorted(pages)
    assert max(sizes) - min(sizes) <= max(count, 1)


@pytest.mark.parametrize(
    ("page", "expected", "place"),
    [
        ("index.md", "index.html", ""),
        ("README.md", "index.html", ""),
        ("actions.md", "actions/index.html", "actions/"),
        ("a/index.md", "a/index.html", "a/"),
        ("a/b.c.md", "a/b.c/index.html", "a/b.c/"),
    ],
)
def test_a_page_has_the_address_that_the_engines_give_it(page, expected, place):
    assert output_path(page) == expected
    assert address(expected) == place
