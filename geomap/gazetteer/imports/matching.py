"""Say which place of a layer each row of a table means, and in what the two differ.

A table that comes again, corrected or under another file name, must not double its places: what is surest
of sameness is tried first, and no place of the layer is meant by two rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import floor
from typing import NamedTuple

from geomap.gazetteer.layers.entries import PlaceEntry
from geomap.gazetteer.layers.places import places_with_ids
from geomap.geo import distance_km
from geomap.words import name_key

__all__ = ["Match", "bare", "differences", "matched", "updated"]

# A village that is farther than this from its namesake is another village.
SAME_PLACE_KM = 5.0
# Somewhat more than that many kilometres.
_BAND_DEGREES = 0.05
# What a row may say otherwise; where it comes from and its number are no facts about a place.
_FACTS = ("name", "lat", "lon", "country", "kind", "names", "population", "bbox", "disputed", "note")


class Match(NamedTuple):
    """A row, and the place of the layer that it means, None if there is none yet."""

    row: PlaceEntry
    there: PlaceEntry | None
    id: str = ""

    @property
    def differs(self) -> tuple[str, ...]:
        """Return the fields that the row says otherwise; what it does not say is no difference."""
        if self.there is None:
            return ()
        return tuple(field for field in differences(self.row, self.there) if _is_said(self.row, field))


class _Known(NamedTuple):
    place: PlaceEntry
    id: str


def matched(rows: Sequence[PlaceEntry], there: Iterable[PlaceEntry]) -> list[Match]:
    """Return each row with the place that it means."""
    known = [_Known(place, id_) for place, id_ in places_with_ids(there)]
    found: dict[int, _Known] = {}
    taken: set[str] = set()
    for propose in (_by_id, _by_point, _by_neighbourhood, _by_source_and_name, _by_source_and_point):
        waiting = [(number, row) for number, row in enumerate(rows) if number not in found]
        free = [place for place in known if place.id not in taken]
        for number, place in propose(waiting, free):
            if number not in found and place.id not in taken:
                found[number] = place
                taken.add(place.id)
    return [
        Match(row, found[number].place, found[number].id) if number in found else Match(row, None)
        for number, row in enumerate(rows)
    ]


def differences(row: PlaceEntry, there: PlaceEntry) -> tuple[str, ...]:
    """Return the facts in which two entries are not alike."""
    return tuple(field for field in _FACTS if getattr(row, field) != getattr(there, field))


def updated(match: Match) -> PlaceEntry:
    """Return the place of the layer with what the row says; what it does not say stays."""
    assert match.there is not None
    said = {field: getattr(match.row, field) for field in match.differs}
    return replace(match.there, **said, source=match.row.source or match.there.source)


def bare(entry: PlaceEntry) -> PlaceEntry:
    """Return an entry without the id that a layer gives to the second place of a name."""
    return replace(entry, id="") if entry.id.startswith("own:") else entry


_Rows = Sequence[tuple[int, PlaceEntry]]
_Pairs = Iterator[tuple[int, _Known]]


def _by_id(rows: _Rows, free: Sequence[_Known]) -> _Pairs:
    """Yield rows with the place of their id."""
    by_id = {place.id: place for place in free}
    yield from ((number, by_id[row.id]) for number, row in rows if row.id in by_id)


def _by_point(rows: _Rows, free: Sequence[_Known]) -> _Pairs:
    """Yield rows with the place of their name at the very same point."""
    by_point = {(name_key(known.place.name), known.place.lat, known.place.lon): known for known in free}
    for number, row in rows:
        place = by_point.get((name_key(row.name), row.lat, row.lon))
        if place and _may_be(row, place):
            yield number, place


def _by_neighbourhood(rows: _Rows, free: Sequence[_Known]) -> _Pairs:
    """Yield rows with the places of their name that are near, the nearest first."""
    by_name: defaultdict[tuple[str, int], list[_Known]] = defaultdict(list)
    for place in free:
        by_name[name_key(place.place.name), _band(place.place.lat)].append(place)
    found = [
        (km, number, place)
        for number, row in rows
        for band in (-1, 0, 1)
        for place in by_name.get((name_key(row.name), _band(row.lat) + band), ())
        if _may_be(row, place) and (km := _distance_km(row, place.place)) <= SAME_PLACE_KM
    ]
    for _, number, place in sorted(found, key=lambda near: (near[0], near[1], near[2].id)):
        yield number, place


def _by_source_and_name(rows: _Rows, free: Sequence[_Known]) -> _Pairs:
    """Yield rows with the only place of their name and source: the point was corrected."""
    yield from _only(rows, free, lambda entry: (entry.source, name_key(entry.name), entry.country))


def _by_source_and_point(rows: _Rows, free: Sequence[_Known]) -> _Pairs:
    """Yield rows with the only place of their point and source: the name was corrected."""
    yield from _only(rows, free, lambda entry: (entry.source, entry.lat, entry.lon))


def _only(rows: _Rows, free: Sequence[_Known], key: Callable[[PlaceEntry], object]) -> _Pairs:
    """Yield the rows that are alone with a key, with the places that are."""
    numbers: defaultdict[object, list[tuple[int, PlaceEntry]]] = defaultdict(list)
    places: defaultdict[object, list[_Known]] = defaultdict(list)
    for number, row in rows:
        numbers[key(row)].append((number, row))
    for place in free:
        places[key(place.place)].append(place)
    for of_key, (row_, *more) in numbers.items():
        beside = places.get(of_key, ())
        if row_[1].source and not more and len(beside) == 1 and _may_be(row_[1], beside[0]):
            yield row_[0], beside[0]


def _may_be(row: PlaceEntry, known: _Known) -> bool:
    """Say whether nothing tells two places apart: two numbers of one collection, or two countries."""
    scheme, _, number = row.id.partition(":")
    other_scheme, _, other_number = known.place.id.partition(":")
    other_id = scheme == other_scheme != "own" and number != other_number
    other_country = row.country and known.place.country and row.country != known.place.country
    return not other_id and not other_country


def _band(lat: float) -> int:
    """Return in which band of latitude a point lies, so that thousands of namesakes are not all compared."""
    return floor(lat / _BAND_DEGREES)


def _distance_km(row: PlaceEntry, place: PlaceEntry) -> float:
    return distance_km(a_lat=row.lat, a_lon=row.lon, b_lat=place.lat, b_lon=place.lon)


def _is_said(row: PlaceEntry, field: str) -> bool:
    value = getattr(row, field)
    return value not in ("", (), None) and (field != "population" or value > 0)
