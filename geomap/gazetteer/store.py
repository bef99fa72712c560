"""Open an index and answer look-ups: names from memory-mapped tables, places from read-only SQLite.

Nothing is loaded at the start; a name costs one walk of the trie and one read of each of its
places, and what was read is kept for the next time.
"""

from __future__ import annotations

import os
import re
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geomap.errors import GazetteerError
from geomap.gazetteer import layout
from geomap.gazetteer.folder import data_folder, read_index, unusable
from geomap.gazetteer.layout import DEGREE, Posting, is_geonames_number, place_id
from geomap.gazetteer.table import Table
from geomap.model import BBox, Kind, NamedPlace, Place

if TYPE_CHECKING:
    import sqlite3

__all__ = ["EMBEDDED", "Store"]

EMBEDDED = Path(__file__).parent / "data"
# A news corpus names some ten thousand places over and over.
_CACHED_PLACES = 32_768
_CACHED_NAMES = 16_384
# So much of the places is read like memory: half the cost of a page, and none of it copied.
_MAPPED_BYTES = 1 << 28

_PLACE = """
SELECT name, kind, lat, lon, country, feature, parent, population, source, more FROM place WHERE id = ?
"""
_MORE = """
SELECT west, south, east, north, disputed, note, full FROM place
LEFT JOIN extent USING (id) LEFT JOIN remark USING (id) LEFT JOIN own USING (id) WHERE id = ?
"""
_NO_MORE: tuple[Any, ...] = (None, None, None, None, 0, "", "")
# Arabic, Persian and Hebrew write "and", "in" and the article as part of the next word.
_WITH_CLITICS = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufeff]")


class Store:
    """One index; safe to use from several threads, and after a fork."""

    def __init__(self, path: Path, index: Mapping[str, Any]) -> None:
        self._data = data_folder(path, index)
        self._index = index
        self._kinds = tuple(map(Kind, index["kinds"]))
        self._names, self._spellings = (
            Table(self._data, table, index["shards"].get(table, ())) for table in (layout.NAMES, layout.SPELLINGS)
        )
        self._local = threading.local()
        # Caches that belong to this store, not to the class.
        self._place = lru_cache(_CACHED_PLACES)(self._read_place)
        self._meanings = lru_cache(_CACHED_NAMES)(self._read_meanings)

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Open an index; None is the one that comes with geomap."""
        folder = EMBEDDED if path is None else path
        try:
            return cls(folder, read_index(folder))
        except GazetteerError:
            # Another process may just have replaced it; what is broken for good is so the second time.
            return cls(folder, read_index(folder))

    def __contains__(self, key: str) -> bool:
        return key in self._names

    def reach(self, phrase: str) -> tuple[bool, bool]:
        """Say whether `phrase` is a stored key, and whether one has more words after it."""
        return self._names.reach(phrase)

    def keys(self, start: str = "") -> Iterator[str]:
        """Yield the stored keys that begin with `start`, in no order that means anything."""
        return self._names.keys(start)

    def blocks(self, key: str) -> bool:  # noqa: ARG002 - what layers answer
        """Say whether a key must never match: an index blocks none."""
        return False

    def lookup(self, key: str, /) -> tuple[NamedPlace, ...]:
        """Return the places a key (see `words.name_key`) can mean, best first; () when there are none.

        A key in Arabic or Hebrew letters that is not stored is tried without the small words before it.
        """
        return self._meanings(key)

    def first(self, key: str, /) -> NamedPlace | None:
        """Return the first of what `lookup` gives, without reading the others."""
        return next(self._named(self._names.postings(key)), None) or next(iter(self.lookup(key)), None)

    def spelt_like(self, name: str, /) -> tuple[NamedPlace, ...]:
        """Return the places that have a name which may be another transliteration of `name`, most people first."""
        from geomap.gazetteer.spelling import spelling_key

        key = spelling_key(name)
        return tuple(self._named(self._spellings.postings(key))) if key else ()

    def place(self, id: str) -> Place | None:  # noqa: A002 - the field's own name
        """Return a place by its id, or None."""
        scheme, _, rest = id.partition(":")
        if scheme == "geonames":
            return self._place(int(rest)) if is_geonames_number(rest) else None
        # SQLite holds no half of a surrogate pair.
        text = id.encode("utf-8", "replace").decode()
        row = self._database.execute("SELECT id FROM own WHERE full = ?", (text,)).fetchone()
        return self._place(row[0]) if row else None

    def postings(self, key: str) -> list[Posting]:
        """Return what a key means as numbers: what one who judges many names asks."""
        return self._names.postings(key)

    def numbers_of_kind(self, kind: Kind) -> frozenset[int]:
        """Return the numbers of all places of a kind."""
        code = self._index["kinds"].index(kind.value)
        rows = self._database.execute("SELECT id FROM place WHERE kind = ?", (code,))
        return frozenset(number for (number,) in rows)

    def info(self) -> Mapping[str, Any]:
        """Return what the index says of itself: counts, format, digest and sources."""
        return self._index

    @cached_property
    def credits(self) -> tuple[str, ...]:
        """Return the lines that every map drawn from this index must print."""
        return tuple(dict.fromkeys(package["credit"] for package in self._index["packages"] if package["credit"]))

    def _read_meanings(self, key: str) -> tuple[NamedPlace, ...]:
        found = tuple(self._named(self._names.postings(key)))
        if not found and not key.isascii() and _WITH_CLITICS.search(key):
            from geomap.gazetteer.spelling import without_clitics

            shorter = (tuple(self._named(self._names.postings(rest))) for rest in without_clitics(key))
            return next(filter(None, shorter), ())
        return found

    def _named(self, postings: Iterable[Posting]) -> Iterator[NamedPlace]:
        for number, name_kind, common_word, usual in postings:
            place = self._place(number)
            if place:
                yield NamedPlace(place, name_kind, common_word, usual=usual)

    @property
    def _database(self) -> sqlite3.Connection:
        """Return this thread's connection; a forked process must not use its parent's."""
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is None or reader.process != os.getpid():
            reader = self._local.reader = _Reader(self._data / layout.PLACES_FILE)
        return reader.database

    def _read_place(self, number: int) -> Place | None:
        row = self._database.execute(_PLACE, (number,)).fetchone()
        if row is None:
            return None
        name, kind, lat, lon, country, feature, parent, population, source, more = row
        details = self._database.execute(_MORE, (number,)).fetchone() if more else _NO_MORE
        *box, disputed, note, full = details
        around = self._place(parent) if parent else None
        admin1, admin2 = (around, None) if around is None or around.kind is Kind.ADMIN1 else (None, around)
        if admin2 is not None:
            admin1 = self.place(admin2.admin1_id) if admin2.admin1_id else None
        return Place(
            id=place_id(number, full),
            name=name,
            kind=self._kinds[kind],
            lat=lat / DEGREE,
            lon=lon / DEGREE,
            country=country or "",
            feature=self._index["features"][feature],
            admin1=admin1.name if admin1 else "",
            admin1_id=admin1.id if admin1 else "",
            admin2_id=admin2.id if admin2 else "",
            population=population or 0,
            bbox=BBox(*(side / DEGREE for side in box)) if box[0] is not None else None,
            source=self._index["sources"][source],
            disputed=bool(disputed),
            note=note or "",
        )


class _Reader:
    """One thread's connection to the places, closed when the thread or the store is gone."""

    def __init__(self, file: Path) -> None:
        import sqlite3

        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            # Whichever thread is the last to hold it closes it.
            self.database = sqlite3.connect(address, uri=True, check_same_thread=False)
            self.database.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        except sqlite3.OperationalError as error:
            raise unusable(file) from error
        self.process = os.getpid()
        # Not __del__: a garbage collector may finalize the connection first, and that warns.
        weakref.finalize(self, self.database.close)
