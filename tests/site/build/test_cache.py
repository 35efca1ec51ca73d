"""What is kept from one build to the next."""

import random
import shutil
import sqlite3

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


def filled(path):
    with Cache(path) as store:
        store.put((f"k{number}", bytes([number]) * 3000) for number in range(40))
    return path


def wrong(path):
    """What the cache gives that was not stored under the key."""
    with Cache(path) as store:
        there = store.keys()
        return {name for name in there if store.get(name) != bytes([int(name[1:])]) * 3000}


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes_never_give_another_content_and_the_cache_is_usable_afterwards(tmp_path, seed):
    chance = random.Random(seed)
    path = filled(tmp_path / "x.sqlite")
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)

    assert wrong(path) == set()
    with Cache(path) as store:
        store.put([("k1", bytes([1]) * 3000)])
        assert store.get("k1") == bytes([1]) * 3000


@pytest.mark.parametrize("kept", [0, 1, 50, 512, 4096, 20_000, 100_000])
def test_a_cache_that_was_cut_off_gives_nothing_wrong(tmp_path, kept):
    path = filled(tmp_path / "x.sqlite")
    path.write_bytes(path.read_bytes()[:kept])

    assert wrong(path) == set()


def test_swapped_entries_are_none(tmp_path):
    path = filled(tmp_path / "x.sqlite")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE pieces SET key = 'x' WHERE key = 'k1'")
        database.execute("UPDATE pieces SET key = 'k1' WHERE key = 'k2'")
        database.execute("UPDATE pieces SET data = (SELECT data FROM pieces WHERE key = 'k4') WHERE key = 'k3'")
    database.close()

    with Cache(path) as store:
        assert [store.get(name) for name in ("x", "k1", "k2", "k3")] == [None] * 4
        assert store.keys() == {f"k{number}" for number in (0, *range(4, 40))}


def test_a_cache_of_an_earlier_version_is_begun_anew(tmp_path):
    with sqlite3.connect(tmp_path / "x.sqlite") as database:
        database.execute("CREATE TABLE entries (key TEXT PRIMARY KEY, data BLOB NOT NULL)")
        database.execute("INSERT INTO entries VALUES ('a', x'00')")
    database.close()

    with Cache(tmp_path / "x.sqlite") as store:
        assert store.keys() == set()


@pytest.mark.parametrize("obstacle", ["a file", "a folder"])
def test_where_nothing_can_be_kept_the_build_goes_on_and_it_is_said_once(tmp_path, obstacle):
    if obstacle == "a file":
        (tmp_path / "cache").write_text("in the way")
    else:
        (tmp_path / "cache/x.sqlite/deep").mkdir(parents=True)
    said = []

    with Cache(tmp_path / "cache/x.sqlite", said.append) as store:
        store.put([("a", b"1")])
        store.put([("b", b"2")])
        assert (store.keys(), store.get("a"), store.prune(set())) == ({"a", "b"}, b"1", 0)
    assert len(said) == 1
    assert "x.sqlite cannot be used" in said[0]


def test_a_state_that_was_changed_or_belongs_to_another_site_is_an_empty_one(tmp_path):
    there = state.BuildState("d", {"index.html": Written("k", 3, 5)}, frozenset({"index.html"}))
    state.save(tmp_path / "a.json", there)
    whole = (tmp_path / "a.json").read_bytes()

    shutil.copy(tmp_path / "a.json", tmp_path / "b.json")
    assert state.load(tmp_path / "b.json") == state.BuildState()
    for at in range(0, len(whole), 3):
        (tmp_path / "a.json").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert state.load(tmp_path / "a.json") == state.BuildState()
