"""Pagefind's index with the same bytes for the same pages: it writes filters in an order that chance decides.

Its files are gzipped CBOR behind a short signature. Filters and their values are sorted here, and the files that
name each other by a hash are renamed. A file that does not look as expected is left alone; the search works either way.
"""

import gzip
import json
from pathlib import Path

from generator.site.build.cache import key

SIGNATURE = b"pagefind_dcd"
_TEXT, _LIST = 3, 4
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
Value = int | str | list["Value"]


def settle(folder: Path) -> None:
    """Sort the filters of the index in `folder` and give its files names that follow from their content."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for language in entry["languages"].values():
        old = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = read(old)
        match meta:
            case [_, _, _, list(filters), *_] if filters:
                prefix = language["hash"].rpartition("_")[0]
                filters[:] = sorted((_settle_filter(folder, item, prefix) for item in filters), key=str)
                data = written(meta)
                language["hash"] = f"{prefix}_{key(data)[:10]}"
                old.unlink()
                (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(data)
    entry_file.write_text(json.dumps(entry, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")


def _settle_filter(folder: Path, item: Value, prefix: str) -> Value:
    match item:
        case [str(name), str(hashed)]:
            old = folder / "filter" / f"{hashed}.pf_filter"
            match read(old):
                case [str(inner), list(values)]:
                    data = written([inner, sorted(values, key=str)])
                    renamed = f"{prefix}_{key(data)[:7]}"
                    old.unlink()
                    (folder / "filter" / f"{renamed}.pf_filter").write_bytes(data)
                    return [name, renamed]
    return item


def read(path: Path) -> Value | None:
    """The value in one of the index's files; None where it is not of the kind that is known here."""
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(SIGNATURE):
        return None
    try:
        value, end = _decode(data, len(SIGNATURE))
    except (IndexError, ValueError):
        return None
    return value if end == len(data) else None


def written(value: Value) -> bytes:
    """A value as the content of one of the index's files."""
    return gzip.compress(SIGNATURE + _encode(value), mtime=0)


def _decode(data: bytes, at: int) -> tuple[Value, int]:
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size >= 24:
        width = _WIDTHS.get(size)
        if width is None:
            raise ValueError
        size, at = int.from_bytes(data[at : at + width]), at + width
    if kind == 0:
        return size, at
    if kind == _TEXT:
        return data[at : at + size].decode("utf-8"), at + size
    if kind != _LIST:
        raise ValueError
    items: list[Value] = []
    for _ in range(size):
        item, at = _decode(data, at)
        items.append(item)
    return items, at


def _encode(value: Value) -> bytes:
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        return _head(_TEXT, len(value.encode())) + value.encode()
    return _head(_LIST, len(value)) + b"".join(map(_encode, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    code, width = next((code, width) for code, width in _WIDTHS.items() if size < 256**width)
    return bytes([kind << 5 | code]) + size.to_bytes(width)
