"""What is kept from one build to the next."""

import pytest

from generator.site.build import cache, state
from generator.site.build.cache import Cache, key, pack, unpack
from generator.site.build.output import Written


def test_keys_tell_apart_where_one_part_ends_and_the_next_begins():
    assert key("ab", "c") != key("a", "bc") != key("abc")
    assert key("é") == key("é".encode())


def test_entries_are_there_for_the_next_reader(tmp_path):
    with Cache(tmp_path / "deep" / "x.sqlite") as store:
        store.put([("a", b"1"), ("b", b"\x00\xff")])
    with Cache(tmp_path / "deep" / "x.sqlite") as store:
        assert store.keys() == {"a", "b"}
        assert (store.get("a"), store.get("b"), store.get("c")) == (b"1", b"\x00\xff", None)


def test_half_a_batch_is_never_stored(tmp_path):
    def entries():
        yield "a", b"1"
        raise RuntimeError

    with Cache(tmp_path / "x.sqlite") as store:
        with pytest.raises(RuntimeError):
            store.put(entries())
        assert store.keys() == set()


def test_unused_entries_go_oldest_first(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "SPARE", 2)
    with Cache(tmp_path / "x.sqlite") as store:
        for number in range(6):
            store.put([(f"k{number}", b"")])

        assert store.prune({"k0"}) == 3
        assert store.keys() == {"k0", "k4", "k5"}
        assert store.prune({"k0"}) == 0


def test_many_files_make_one_entry_with_the_same_bytes_every_time():
    files = {"a/b.css": b"1", "c.js": b""}

    assert unpack(pack(files)) == files
    assert pack(files) == pack(files)


def test_a_state_is_read_as_it_was_saved(tmp_path):
    there = state.BuildState("d", {"index.html": Written("k", 3, 12345678901234567)}, frozenset({"index.html"}))
    state.save(tmp_path / "sites" / "a.json", there)

    assert state.load(tmp_path / "sites" / "a.json") == there


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"digest": "d", "files": {"a": [1]}, "searchable": []}', "null"])
def test_a_state_that_cannot_be_used_is_an_empty_one(tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")

    assert state.load(tmp_path / "a.json") == state.BuildState()
