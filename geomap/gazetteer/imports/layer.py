"""Put a small file's entries into the layer of a project or a user, once; those that are there may be updated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.matching import Match, matched, updated
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.layers.edit import append
from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, Entry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.exchange import exchange
from geomap.gazetteer.layers.file import read_layer
from geomap.gazetteer.layers.places import places_with_ids
from geomap.words import name_key

__all__ = ["MAX_ROWS", "Added", "add_to_layer"]

# A layer is read whole at every start, in about 50 microseconds a row.
MAX_ROWS = 20_000

_Named = AliasEntry | BlockEntry | PreferEntry


class Added(NamedTuple):
    """How many entries are new and how many were there, the line of the first new one, and what differs."""

    new: int
    known: int
    line: int
    differing: Sequence[Match]
    only_places: bool


def add_to_layer(layer: Path, entries: Iterable[Entry], tally: Tally, *, update: bool = False) -> Added:
    """Append what the layer does not have yet; with `update`, what it has becomes what the rows say."""
    rows = list(entries)
    there = read_layer(layer) if layer.exists() else []
    places = [entry for entry in there if isinstance(entry, PlaceEntry)]
    matches = matched(_first_of_ids(rows, tally), places)
    new = [match.row for match in matches if match.there is None]
    if len(places) + len(new) > MAX_ROWS:
        problem = f"{len(places):,} places there and {len(new):,} new ones are more than the {MAX_ROWS:,} of a layer"
        hint = "Install them as a gazetteer of their own: --install NAME"
        raise GazetteerError(problem, path=layer, hint=hint)
    moved = _moved(rows, matches, places)
    named, known = _named([_pointed(entry, moved) for entry in rows if isinstance(entry, _Named)], there, layer, tally)
    differing = [match for match in matches if match.differs]
    if update and differing:
        exchange(layer, [(match.there, updated(match)) for match in differing if match.there])
    line = append(layer, [*new, *named]) if new or named else 0
    only_places = all(isinstance(entry, PlaceEntry) for entry in rows)
    return Added(len(new) + len(named), len(matches) - len(new) + known, line, differing, only_places)


def _first_of_ids(rows: Iterable[Entry], tally: Tally) -> list[PlaceEntry]:
    """Return the places; queries give a row for each type or coordinate of a place, of which the first is kept."""
    places: list[PlaceEntry] = []
    ids: set[str] = set()
    for entry in rows:
        if not isinstance(entry, PlaceEntry):
            continue
        if entry.id and entry.id in ids:
            tally.left_out["a place whose id came before in the file"] += 1
            continue
        ids.add(entry.id)
        places.append(entry)
    return places


def _moved(rows: Sequence[Entry], matches: Sequence[Match], places: Sequence[PlaceEntry]) -> Mapping[str, str]:
    """Return the ids that places have in the layer, by those that they have among the rows."""
    before = dict(places_with_ids(rows))
    taken = [id_ for _, id_ in places_with_ids(places)]
    after = dict(places_with_ids([m.row for m in matches if m.there is None], taken=taken))
    return {before[match.row]: match.id or after[match.row] for match in matches}


def _pointed(entry: _Named, moved: Mapping[str, str]) -> _Named:
    """Return a name that means the place which it meant in its own file."""
    return entry if isinstance(entry, BlockEntry) else replace(entry, place=moved.get(entry.place, entry.place))


def _named(entries: Sequence[_Named], there: Sequence[Entry], layer: Path, tally: Tally) -> tuple[list[Entry], int]:
    """Return the aliases, blocks and preferred meanings that are new, and how many are known."""
    by_name: defaultdict[tuple[type, str], list[Entry]] = defaultdict(list)
    for entry in there:
        by_name[type(entry), name_key(entry.name)].append(entry)
    new: list[Entry] = []
    known = 0
    for entry in entries:
        others = by_name[type(entry), name_key(entry.name)]
        if any(getattr(other, "place", "") == getattr(entry, "place", "") for other in others):
            known += 1
        elif isinstance(entry, PreferEntry) and others:
            other = others[0]
            problem = f"{entry.name!r} means {getattr(other, 'place', '')} here, not {entry.place}"
            tally.refuse(GazetteerError(problem, path=layer, line=other.line, hint="A name has one preferred meaning"))
        else:
            new.append(entry)
    return new, known
