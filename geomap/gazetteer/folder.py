"""Open the folder of an index, or say in one line why it is none.

All that can be wrong with a folder is asked here, once and before the first look-up; whether its
contents are what was built is checked where they are built, not at every start.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer import layout

__all__ = ["data_folder", "installed_indexes", "map_postings", "open_trie", "read_index", "unusable"]

_HINT = "Build one with: geomap gazetteer build"
# What the store and the commands ask of index.json.
_KEYS = {
    "data": str, "digest": str, "features": list, "kinds": list, "names": int, "packages": list, "places": int,
    "places_by_kind": dict, "shards": dict, "sources": list, "title": str,
}  # fmt: skip
_UINT = struct.Struct("<I")
# How an SQLite file begins: its sign, the size of a page in bytes and, later, how many pages it has.
_DATABASE_HEAD = struct.Struct(">16sH10xI")
_DATABASE_SIGN = b"SQLite format 3\0"


def installed_indexes(folder: Path) -> list[Path]:
    """Return the indexes that lie in a folder, by name; one that was never finished is none."""
    return sorted(file.parent for file in folder.glob(f"*/{layout.INDEX_FILE}"))


def read_index(folder: Path) -> Mapping[str, Any]:
    """Return what the index says of itself, once its other files are known to be there."""
    file = folder / layout.INDEX_FILE
    if not file.is_file():
        raise GazetteerError("there is no gazetteer index", path=folder, hint=_HINT)
    try:
        index = json.loads(file.read_bytes())
    except ValueError as error:
        raise GazetteerError("this is not JSON", path=file, hint=_HINT) from error
    if not isinstance(index, dict) or "format" not in index:
        raise GazetteerError("this does not describe a gazetteer index", path=file, hint=_HINT)
    if index["format"] != layout.FORMAT_VERSION:
        problem = f"the index has format {index['format']}, this geomap reads {layout.FORMAT_VERSION}"
        raise GazetteerError(problem, path=file, hint=_HINT)
    lacking = [key for key, type_ in _KEYS.items() if not isinstance(index.get(key), type_)]
    if lacking:
        raise GazetteerError(f"the index does not tell its {', '.join(lacking)}", path=file, hint=_HINT)
    if not layout.is_data_folder(index["data"]):
        problem = f"the index names {index['data']!r} as the folder of its files"
        raise GazetteerError(problem, path=file, hint=_HINT)
    data = data_folder(folder, index)
    for name in _files(index):
        if not (data / name).is_file():
            raise GazetteerError(f"the index lacks {index['data']}/{name}", path=folder, hint=_HINT)
    if not _is_whole_database(data / layout.PLACES_FILE):
        raise unusable(data / layout.PLACES_FILE)
    return index


def data_folder(folder: Path, index: Mapping[str, Any]) -> Path:
    """Return where the files lie that an index.json speaks of."""
    return folder / str(index["data"])


def open_trie(file: Path) -> Any:
    """Return a trie of keys, mapped into memory."""
    import marisa_trie

    trie = marisa_trie.Trie()
    try:
        trie.mmap(str(file))
    except RuntimeError as error:
        raise unusable(file) from error
    return trie


def map_postings(file: Path, *, keys: int) -> mmap.mmap:
    """Return the postings of that many keys, mapped into memory."""
    try:
        stream = file.open("rb")
    except FileNotFoundError as error:
        raise unusable(file) from error
    with stream:
        # The number of keys comes first, then a head for each.
        if os.fstat(stream.fileno()).st_size < _UINT.size * (1 + keys):
            raise unusable(file)
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    if _UINT.unpack_from(mapped) != (keys,):
        raise unusable(file)
    return mapped


def unusable(file: Path) -> GazetteerError:
    """Return why a file of an index cannot be read: another process took it away, or it is broken."""
    if not file.exists():
        folder = file.parent.parent
        return GazetteerError("this gazetteer was replaced or removed meanwhile", path=folder, hint="Run again")
    return GazetteerError("this file is damaged, or of another index", path=file, hint=_HINT)


def _files(index: Mapping[str, Any]) -> Iterator[str]:
    for table, firsts in index["shards"].items():
        for shard in range(len(firsts)):
            yield layout.trie_file(table, shard)
            yield layout.postings_file(table, shard)
    yield layout.PLACES_FILE


def _is_whole_database(file: Path) -> bool:
    """Say whether a file begins as a database does, and has as many bytes as its beginning says."""
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        return False
    with stream:
        head = stream.read(_DATABASE_HEAD.size)
        size_bytes = os.fstat(stream.fileno()).st_size
    if len(head) < _DATABASE_HEAD.size:
        return False
    sign, page_bytes, pages = _DATABASE_HEAD.unpack(head)
    # The format writes the largest page, 65,536 bytes, as 1.
    page_bytes = 65_536 if page_bytes == 1 else page_bytes
    return bool(sign == _DATABASE_SIGN and size_bytes >= page_bytes * pages)
