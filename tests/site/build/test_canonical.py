"""The search index comes out the same for the same pages."""

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.site.build import canonical

VALUES = st.recursive(st.integers(0, 2**40) | st.text(), lambda inner: st.lists(inner, max_size=30), max_leaves=60)


def index(folder, filters):
    """An index as Pagefind writes it, with the filters in the order given."""
    (folder / "filter").mkdir(parents=True)
    entry = {"version": "1", "languages": {"en": {"hash": "en_0123456789", "wasm": "en", "page_count": 2}}}
    (folder / "pagefind-entry.json").write_text(json.dumps(entry), encoding="utf-8")
    listed = []
    for number, (name, values) in enumerate(filters):
        (folder / "filter" / f"en_{number}.pf_filter").write_bytes(canonical.written([name, values]))
        listed.append([name, f"en_{number}"])
    meta = canonical.written(["1", [], [], listed, [], ["title"]])
    (folder / "pagefind.en_0123456789.pf_meta").write_bytes(meta)
    canonical.settle(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_order_of_filters_and_their_values_does_not_show(tmp_path):
    service, severity = ["b", [1]], ["SEV1", [0]]
    one = index(tmp_path / "1", [("service", [["a", [0, 1]], service]), ("severity", [severity, ["SEV2", [1]]])])
    two = index(tmp_path / "2", [("severity", [["SEV2", [1]], severity]), ("service", [service, ["a", [0, 1]]])])

    assert one == two
    entry = json.loads(one["pagefind-entry.json"])
    meta = canonical.read(tmp_path / "1" / f"pagefind.{entry['languages']['en']['hash']}.pf_meta")
    for name, hashed in meta[3]:
        assert canonical.read(tmp_path / "1" / "filter" / f"{hashed}.pf_filter")[0] == name


@settings(deadline=None)
@given(VALUES)
def test_a_value_is_read_as_it_was_written(tmp_path_factory, value):
    path = tmp_path_factory.getbasetemp() / "value.pf_meta"
    path.write_bytes(canonical.written(value))

    assert canonical.read(path) == value


@pytest.mark.parametrize(
    "data", [b"", b"other", canonical.SIGNATURE, canonical.SIGNATURE + b"\xf6", b"pagefind_dcd\x00\x00"]
)
def test_what_is_not_known_is_left_alone(tmp_path, data):
    path = tmp_path / "x.pf_meta"
    path.write_bytes(gzip.compress(data))

    assert canonical.read(path) is None
