"""The published schema says of a document what the program says of it."""

import jsonschema
import pytest
import yaml

from generator.document import json_schema
from generator.document.parse import parse
from tests.conftest import EXAMPLE
from tests.folders import REPOSITORY

VALIDATOR = jsonschema.Draft202012Validator(json_schema.front_matter(("SEV1", "SEV2", "SEV3", "SEV4", "SEV5")))


def front(text):
    """Front matter as an editor's YAML reader sees it: YAML 1.2, times are strings."""
    return yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "postmortems").rglob("INC-*.md")), ids=lambda path: path.stem[:13]
)
def test_every_example_is_valid_by_both(path):
    text = path.read_text(encoding="utf-8")

    assert [error.message for error in VALIDATOR.iter_errors(front(text))] == []
    assert parse(text).findings == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: SEV1\n", ""),
        ("status: published", "status: done"),
        ("id: INC-2026-0042", "id: ../x"),
        ("incident: OPS-1234", "incidnet: OPS-1234"),
        ("services: [payment-service, checkout-api]", "services: {a: b}"),
        ("targetId: payment-service@v2.3.1, ", ""),
    ],
)
def test_a_mistake_is_found_by_both(old, new):
    text = EXAMPLE.replace(old, new)

    assert text != EXAMPLE
    assert not VALIDATOR.is_valid(front(text))
    assert parse(text).findings
