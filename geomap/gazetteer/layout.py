"""How the index is laid out on disk; the one module that both the writer and the reader import.

A trie numbers the names.  `heads[number]` is either the name's only posting, packed into 32 bits,
or a mark and the place in `tails` where its count and its postings stand, best first.
"""

from __future__ import annotations

from typing import NamedTuple

from geomap.model import NameKind

__all__ = [
    "DEGREE",
    "FORMAT_VERSION",
    "INDEX_FILE",
    "MANY",
    "NAMES_FILE",
    "OWN_NUMBERS_FROM",
    "PLACES_FILE",
    "POSTINGS_FILE",
    "SCHEMA",
    "Posting",
    "pack",
    "place_id",
    "unpack",
]

# Raised whenever an older reader would misread the files.
FORMAT_VERSION = 1

INDEX_FILE = "index.json"
NAMES_FILE = "names.marisa"
POSTINGS_FILE = "postings.bin"
PLACES_FILE = "places.sqlite"

# Coordinates are stored as whole numbers of 1e-5 degree, about a metre.
DEGREE = 100_000
# GeoNames is at 14 million; places it does not have are numbered from here on.
OWN_NUMBERS_FROM = 100_000_000

_NUMBER_BITS = 27
_KIND_SHIFT = _NUMBER_BITS
_COMMON = 1 << 29
MANY = 1 << 31

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
    country TEXT, feature INTEGER, parent INTEGER, population INTEGER, source INTEGER,
    more INTEGER); -- 1: look into the tables below, too
CREATE TABLE extent (
    id INTEGER PRIMARY KEY, west INTEGER NOT NULL, south INTEGER NOT NULL, east INTEGER NOT NULL,
    north INTEGER NOT NULL);
CREATE TABLE remark (id INTEGER PRIMARY KEY, disputed INTEGER NOT NULL, note TEXT NOT NULL);
CREATE TABLE own (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
"""


class Posting(NamedTuple):
    """One place that a name can mean."""

    number: int
    name_kind: NameKind
    common_word: bool


def pack(posting: Posting) -> int:
    """Return a posting as 30 bits."""
    if not 0 < posting.number < 1 << _NUMBER_BITS:
        raise ValueError(f"place number {posting.number} is outside 1 to {(1 << _NUMBER_BITS) - 1}")
    return posting.number | posting.name_kind.value << _KIND_SHIFT | (_COMMON if posting.common_word else 0)


def unpack(bits: int) -> Posting:
    """Return the posting that `pack` packed."""
    return Posting(bits & (1 << _NUMBER_BITS) - 1, NameKind(bits >> _KIND_SHIFT & 3), bool(bits & _COMMON))


def place_id(number: int, slug: str | None) -> str:
    """Return the public id of a stored place."""
    return f"geonames:{number}" if number < OWN_NUMBERS_FROM else f"geomap:{slug}"
