"""How the index is laid out on disk; the one module that both the writer and the reader import.

A table of names is cut into shards where the first word changes, so that every question has one shard.
In a shard a trie numbers the keys; `heads[number]` is either the key's only posting, packed into 32
bits, or a mark and the place in `tails` where its count and its postings stand, best first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geomap.model import NameKind

__all__ = [
    "COMMON",
    "DATA_CHARS",
    "DEGREE",
    "FORMAT_VERSION",
    "INDEX_FILE",
    "MANY",
    "NAMES",
    "OWN_NUMBERS_FROM",
    "PLACES_FILE",
    "SCHEMA",
    "SHARD_KEYS",
    "SPELLINGS",
    "Posting",
    "is_data_folder",
    "is_geonames_number",
    "pack",
    "place_id",
    "postings_file",
    "trie_file",
    "unpack",
]

# Raised whenever an older reader would misread the files.
FORMAT_VERSION = 2

# Beside it lies a folder, named in it, with all other files: whoever replaces this one file replaces the index.
INDEX_FILE = "index.json"
# The folder is named by the beginning of the digest: enough that two indexes never share one, short enough to read.
DATA_CHARS = 16
_DATA = re.compile(f"[0-9a-f]{{{DATA_CHARS}}}")
PLACES_FILE = "places.sqlite"
# The tables: keys of names, and keys under which all transliterations of a name meet.
NAMES, SPELLINGS = "names", "spellings"
# Bounds the memory of whoever builds a shard: about 250 bytes a key.
SHARD_KEYS = 1_000_000

# Coordinates are stored as whole numbers of 1e-5 degree, about a metre.
DEGREE = 100_000
# GeoNames is at 14 million; places it does not have are numbered from here on.
OWN_NUMBERS_FROM = 100_000_000

_NUMBER_BITS = 27
_KIND_SHIFT = _NUMBER_BITS
_NAME_KINDS = tuple(map(NameKind, range(len(NameKind))))
# Set in the postings of a key that is also an ordinary English word.
COMMON = 1 << 29
# Set in the posting of the place that a reviewed table says the bare name means first.
_USUAL = 1 << 30
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
CREATE TABLE own (id INTEGER PRIMARY KEY, full TEXT NOT NULL UNIQUE); -- the ids of what GeoNames has not
"""


class Posting(NamedTuple):
    """One place that a name can mean."""

    number: int
    name_kind: NameKind
    common_word: bool
    usual: bool = False


def pack(posting: Posting) -> int:
    """Return a posting as 31 bits."""
    if not 0 < posting.number < 1 << _NUMBER_BITS:
        raise ValueError(f"place number {posting.number} is outside 1 to {(1 << _NUMBER_BITS) - 1}")
    flags = (COMMON if posting.common_word else 0) | (_USUAL if posting.usual else 0)
    return posting.number | posting.name_kind.value << _KIND_SHIFT | flags


def unpack(bits: int) -> Posting:
    """Return the posting that `pack` packed."""
    name_kind = _NAME_KINDS[bits >> _KIND_SHIFT & 3]
    return Posting(bits & (1 << _NUMBER_BITS) - 1, name_kind, bool(bits & COMMON), bool(bits & _USUAL))


def place_id(number: int, full: str) -> str:
    """Return the public id of a stored place; `full` is what the table of own ids says."""
    return f"geonames:{number}" if number < OWN_NUMBERS_FROM else full


def is_data_folder(name: str) -> bool:
    """Say whether a text can be the name of the folder beside index.json, and so leads nowhere else."""
    return _DATA.fullmatch(name) is not None


def is_geonames_number(text: str) -> bool:
    """Say whether a text can be the number in an id of GeoNames."""
    # The length first: Python refuses to read numbers of thousands of digits.
    return text.isdecimal() and text.isascii() and len(text) < len(str(OWN_NUMBERS_FROM)) and int(text) > 0


def trie_file(table: str, shard: int) -> str:
    """Return the file of the keys of a shard."""
    return f"{table}-{shard:03}.marisa"


def postings_file(table: str, shard: int) -> str:
    """Return the file of the postings of a shard."""
    return f"{table}-{shard:03}.bin"
