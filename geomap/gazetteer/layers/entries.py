"""What a person's own layer says, entry by entry: a place, another name, a name to block, a meaning to prefer.

An entry is a value; `entry_of` makes it from a row of any file, or says what is wrong with the row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from geomap.gazetteer import tables
from geomap.gazetteer.layers.fields import Fields
from geomap.gazetteer.overlay import Overlay
from geomap.model import BBox, Kind, NameKind, Place
from geomap.words import name_key

__all__ = [
    "COLUMNS",
    "AliasEntry",
    "BlockEntry",
    "Entry",
    "PlaceEntry",
    "PreferEntry",
    "did_you_mean",
    "entry_of",
    "overlay_of",
    "places_with_ids",
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
    """A place; `kind` is the word a person wrote, `id` is '' where one is made from the name."""

    name: str
    lat: float
    lon: float
    country: str = ""
    kind: str = "city"
    names: tuple[str, ...] = ()
    population: int = 0
    bbox: BBox | None = None
    disputed: bool = False
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


def overlay_of(entries: Iterable[Entry], *, title: str, digest: str) -> Overlay:
    """Return the layer that the entries make; `title` is the source of places that name none."""
    given = list(entries)
    places: dict[str, Place] = {}
    # A place comes once under a name, by its first mention.
    names: defaultdict[str, dict[str, NameKind]] = defaultdict(dict)
    preferred: dict[str, str] = {}
    for entry, id_ in places_with_ids(given):
        places[id_] = _place(entry, id_, source=entry.source or title)
        names[name_key(entry.name)].setdefault(id_, NameKind.NAME)
        for name in entry.names:
            names[name_key(name)].setdefault(id_, NameKind.ALIAS)
    for other in given:
        if isinstance(other, AliasEntry):
            names[name_key(other.name)].setdefault(other.place, NameKind.ALIAS)
        elif isinstance(other, PreferEntry):
            preferred.setdefault(name_key(other.name), other.place)
    return Overlay(
        title=title,
        digest=digest,
        places=places,
        names={key: tuple(meanings.items()) for key, meanings in names.items()},
        blocked=frozenset(name_key(entry.name) for entry in given if isinstance(entry, BlockEntry)),
        preferred=preferred,
    )


def places_with_ids(entries: Iterable[Entry]) -> Iterator[tuple[PlaceEntry, str]]:
    """Yield the places with their ids; one without an id gets `own:<its name>`, the second of a name `-2`."""
    places = [entry for entry in entries if isinstance(entry, PlaceEntry)]
    taken = {entry.id for entry in places if entry.id}
    for entry in places:
        id_, stem, number = entry.id, f"own:{_slug(entry.name)}", 1
        while not id_:
            made = stem if number == 1 else f"{stem}-{number}"
            id_, number = ("" if made in taken else made), number + 1
        taken.add(id_)
        yield entry, id_


def _place(entry: PlaceEntry, id_: str, *, source: str) -> Place:
    return Place(
        id=id_,
        name=entry.name,
        kind=tables.kinds().get(entry.kind, Kind.CITY),
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        population=entry.population,
        bbox=entry.bbox,
        source=source,
        disputed=entry.disputed,
        note=entry.note,
    )


def _slug(name: str) -> str:
    """Return the name's folded words with hyphens between them; letters of any script stay as they are."""
    parts = ("".join(mark for mark in word if mark not in ",;:()/#'\"") for word in name_key(name).lower().split())
    return "-".join(filter(None, parts))


def _check_columns(fields: Fields, word: str) -> None:
    allowed = {"place": _OF_A_PLACE, "block": _OF_A_BLOCK}.get(word, _OF_A_NAME)
    for column in fields:
        if column not in COLUMNS:
            fields.fail(f"unknown column {column!r}", hint=did_you_mean(column, COLUMNS))
        if column not in allowed:
            columns = ", ".join(name for name in COLUMNS if name in allowed - {"entry"})
            fields.fail(f"{word!r} has no column {column!r}", hint=f"It may have {columns}")


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return the remedy for a word that nobody knows."""
    choices = list(known)
    also = _ALSO_CALLED.get(written.casefold())
    near = [also] if also in choices else get_close_matches(written.casefold(), choices, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(choices)}"
