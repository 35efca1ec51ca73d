"""Similar postmortems are those that were there before."""

import pytest

from generator.check.pull_request.similar import similar
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.conftest import EXAMPLE


def document(number: int, year: int, **other: str):
    text = EXAMPLE.replace("INC-2026-0042", f"INC-{year}-{number:04}").replace("2026-03-15T", f"{year}-03-15T")
    for old, new in other.items():
        text = text.replace(old, new)
    return parse(text, f"postmortems/{year}/INC-{year}-{number:04}.md")


def test_only_earlier_ones_and_most_alike_first():
    archive = [document(number, year) for number, year in ((1, 2023), (2, 2024), (3, 2025), (4, 2026))]
    changed = archive[2].path

    found = similar(archive, {changed}, Settings())

    assert {one.of for one in found} == {changed}
    assert [one.id for one in found] == ["INC-2024-0002", "INC-2023-0001"]
    assert found[0].day == "2024-03-15"


def test_those_of_the_same_change_are_not_listed():
    archive = [document(1, 2024), document(2, 2025)]

    assert similar(archive, {one.path for one in archive}, Settings()) == []


@pytest.mark.parametrize(
    "label", ["audience: restricted", "audience: restriced", "audience:", "visibility: legal", "audience: [internal]"]
)
def test_restricted_ones_are_not_named_in_the_comment_of_another_one(label):
    archive = [document(1, 2024, **{"audience: internal": label}), document(2, 2025), document(3, 2023)]

    assert [one.id for one in similar(archive, {archive[1].path}, Settings())] == ["INC-2023-0003"]


def test_what_states_no_audience_is_not_named_where_the_archive_is_restricted():
    archive = [document(1, 2024, **{"audience: internal\n": ""}), document(2, 2025)]

    assert [one.id for one in similar(archive, {archive[1].path}, Settings())] == ["INC-2024-0001"]
    assert similar(archive, {archive[1].path}, Settings(audience="restricted")) == []


def test_very_many_changes_are_looked_at_in_part():
    archive = [document(number, 2024) for number in range(1, 40)] + [document(99, 2020)]

    found = similar(archive, {one.path for one in archive[:39]}, Settings())

    assert len({one.of for one in found}) <= 10
