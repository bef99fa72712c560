"""What a person's own layer says, entry by entry: a place, another name, a name to block, a meaning to prefer.

An entry is a value; `entry_of` makes it from a row of any file, or says what is wrong with the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from geomap.gazetteer.layers.fields import Fields
from geomap.model import BBox

__all__ = [
    "COLUMNS",
    "AliasEntry",
    "BlockEntry",
    "Entry",
    "PlaceEntry",
    "PreferEntry",
    "did_you_mean",
    "entry_of",
    "word_of",
]

# In the order in which files are written.
COLUMNS = (
    "entry", "name", "lat", "lon", "country", "kind", "place", "names", "population", "bbox", "disputed", "id", "note",
    "source",
)  # fmt: skip
_OF_A_PLACE = frozenset(COLUMNS) - {"place"}
_OF_A_NAME = frozenset({"entry", "name", "place", "note", "source"})
_OF_A_BLOCK = _OF_A_NAME - {"place"}
# What other tools call a column, too unlike ours to be found by its spelling.
_ALSO_CALLED = {
    "latitude": "lat", "y": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "x": "lon", "type": "kind",
    "feature": "kind", "aliases": "names", "alternatenames": "names", "cc": "country", "iso2": "country",
    "pop": "population", "comment": "note", "remark": "note", "target": "place", "geonameid": "id", "title": "name",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place; `kind` is the word a person wrote, `id` is '' where one is made from the name.

    What is '', 0 or None was not said: an entry with the id of a known place leaves that as it is.
    """

    name: str
    lat: float
    lon: float
    country: str = ""
    kind: str = ""
    names: tuple[str, ...] = ()
    population: int = 0
    bbox: BBox | None = None
    disputed: bool | None = None
    id: str = ""
    note: str = ""
    source: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """Another name of the place with the id `place`, which may be of any layer."""

    name: str
    place: str
    note: str = ""
    source: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class BlockEntry:
    """A name that is not to be matched, unless this layer or a nearer one gives it a place."""

    name: str
    note: str = ""
    source: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PreferEntry:
    """What a name means here, whatever else is called so."""

    name: str
    place: str
    note: str = ""
    source: str = ""
    line: int = field(default=0, compare=False)


Entry: TypeAlias = PlaceEntry | AliasEntry | BlockEntry | PreferEntry
_WORDS: dict[str, type[Entry]] = {"place": PlaceEntry, "alias": AliasEntry, "block": BlockEntry, "prefer": PreferEntry}


def word_of(entry: Entry) -> str:
    """Return what a file calls an entry: place, alias, block or prefer."""
    return next(word for word, kind in _WORDS.items() if isinstance(entry, kind))


def entry_of(row: Mapping[str, Any], *, path: Path, line: int | None = None) -> Entry:
    """Return the entry that a row makes; fields may be texts, as in a CSV file, or numbers and lists.

    `row["entry"]` is place (also when it is missing), alias, block or prefer.
    """
    fields = Fields(row, path=path, line=line)
    word = fields.text("entry").casefold() or "place"
    about: dict[str, Any] = {"line": line or 0}
    if word not in _WORDS:
        fields.fail(f"entry {word!r} is none of {', '.join(_WORDS)}", hint=did_you_mean(word, _WORDS))
    _check_columns(fields, word)
    name = fields.name()
    about |= {"note": fields.text("note", lines=True), "source": fields.text("source")}
    if word == "block":
        return BlockEntry(name, **about)
    if word in {"alias", "prefer"}:
        place = fields.place_id("place")
        if not place:
            fields.fail(
                f"{word} {name!r} has no place",
                hint="Write place, an id as 'geomap gazetteer search' prints it, such as geonames:99072",
            )
        return AliasEntry(name, place, **about) if word == "alias" else PreferEntry(name, place, **about)
    lat, lon = fields.point()
    return PlaceEntry(
        name=name,
        lat=lat,
        lon=lon,
        country=fields.country(),
        kind=fields.kind(),
        names=fields.names(),
        population=fields.population(),
        bbox=fields.bbox(lat=lat, lon=lon),
        disputed=fields.flag("disputed"),
        id=fields.place_id("id"),
        **about,
    )


def _check_columns(fields: Fields, word: str) -> None:
    allowed = {"place": _OF_A_PLACE, "block": _OF_A_BLOCK}.get(word, _OF_A_NAME)
    for column in fields:
        if column not in COLUMNS:
            fields.fail(f"unknown {fields.called} {column!r}", hint=did_you_mean(column, COLUMNS))
        if column not in allowed:
            columns = ", ".join(name for name in COLUMNS if name in allowed - {"entry"})
            fields.fail(f"{word!r} has no {fields.called} {column!r}", hint=f"It may have {columns}")


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return the remedy for a word that nobody knows."""
    choices = list(known)
    also = _ALSO_CALLED.get(written.casefold())
    near = [also] if also in choices else get_close_matches(written.casefold(), choices, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(choices)}"
