"""Say where an area lies that a phrase speaks of: a point, an error radius round it, and a box where it has sides.

The radius holds whatever the phrase can mean: how large the place is, how round the number, how wide "north".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, hypot, radians, sqrt
from typing import TypeAlias

from geomap.areas.boxes import beside, centre_of, grown, opened, part_of
from geomap.areas.extent import radius_km
from geomap.areas.outlines import (
    BORDER_GIVE_KM,
    Shape,
    box_of,
    coast_of,
    is_drawn,
    part_of_country,
    shape_of_box,
    shared_border,
)
from geomap.areas.reading import CENTRE, COMPACT_KM, Reading
from geomap.geo import destination, distance_km, middle
from geomap.model import AreaRelation, Kind, Place

__all__ = ["shape_of"]

# What papers call near a town, from its edge: a judgement; the few cases in the development corpora were within 12 km.
NEAR_KM = 20.0
# What lies on one side of a town, no distance told, and what lies "just" there.
ASIDE_KM, JUST_ASIDE_KM = 40.0, 15.0
# A coast's waters: about twice the twelve nautical miles that belong to a state.
OFFSHORE_KM = 50.0
# Suburbs reach half as far again as the town, and some kilometres.
RIM_SHARE, RIM_KM = 1.5, 5.0
# A wind of eight is meant to within half of its sector, one of sixteen twice as closely.
WIND_DEG = 22.5


Maker: TypeAlias = Callable[[Reading, Place, Place | None], Shape | None]


def shape_of(reading: Reading, place: Place, partner: Place | None) -> Shape | None:
    """Return where an area lies, or None where the map and the gazetteer cannot tell."""
    return _MAKERS[reading.relation](reading, place, partner)


def _distance(reading: Reading, place: Place, _: Place | None) -> Shape | None:
    """Go there, and come as far from it as the point-radius method does: to the farthest corner of what is meant."""
    assert reading.amount is not None
    (bearing, *_rest), amount = reading.bearings, reading.amount
    if radius_km(place) > COMPACT_KM:
        return shape_of_box(beside(box_of(place), bearing, km=amount.km + amount.give_km, from_middle=False))
    lat, lon = destination(lat=place.lat, lon=place.lon, bearing_deg=bearing, km=amount.km)
    farther = amount.km + hypot(amount.give_km, radius_km(place))
    sector = radians(WIND_DEG if bearing % 45 == 0 else WIND_DEG / 2)
    return Shape(lat, lon, sqrt(amount.km**2 + farther**2 - 2 * amount.km * farther * cos(sector)))


def _near(reading: Reading, place: Place, _: Place | None) -> Shape | None:
    reach = reading.amount.km + reading.amount.give_km if reading.amount else NEAR_KM
    return Shape(place.lat, place.lon, radius_km(place) + reach)


def _outskirts(reading: Reading, place: Place, _: Place | None) -> Shape | None:
    town = radius_km(place)
    if not reading.bearings:
        return Shape(place.lat, place.lon, town * RIM_SHARE + RIM_KM)
    lat, lon = destination(lat=place.lat, lon=place.lon, bearing_deg=reading.bearings[0], km=town)
    return Shape(lat, lon, town * RIM_SHARE / 2 + RIM_KM)


def _between(_: Reading, place: Place, partner: Place | None) -> Shape | None:
    assert partner is not None
    apart = distance_km(a_lat=place.lat, a_lon=place.lon, b_lat=partner.lat, b_lon=partner.lon)
    lat, lon = middle([(place.lat, place.lon), (partner.lat, partner.lon)])
    return Shape(lat, lon, apart / 2) if apart else None


def _border(_: Reading, place: Place, partner: Place | None) -> Shape | None:
    assert partner is not None
    return shared_border(place, partner)


def _offshore(reading: Reading, place: Place, _: Place | None) -> Shape | None:
    reach = reading.amount.km + reading.amount.give_km if reading.amount else OFFSHORE_KM
    sides = [bearing for bearing in reading.bearings if bearing != CENTRE]
    if place.kind in _WATERS:
        return None
    if place.kind is not Kind.COUNTRY:
        if radius_km(place) > COMPACT_KM:
            box = box_of(place)
            strip = beside(box, sides[0], km=reach, from_middle=False) if sides else grown(box, km=reach)
            return shape_of_box(strip)
        return Shape(place.lat, place.lon, radius_km(place) + reach)
    return coast_of(place.country, tuple(sides), reach)


def _part(reading: Reading, place: Place, _: Place | None) -> Shape | None:
    """Cut the main land of a country, or its coast, the box of another area, the circle of a town."""
    if place.kind is Kind.COUNTRY and is_drawn(place.country):
        coast = coast_of(place.country, reading.bearings, BORDER_GIVE_KM) if reading.coastal else None
        return coast or part_of_country(place.country, reading.bearings)
    if place.bbox is not None:
        return shape_of_box(part_of(opened(place.bbox), reading.bearings))
    town = radius_km(place)
    if len(reading.bearings) > 1:
        return Shape(place.lat, place.lon, town)
    if reading.bearings[0] == CENTRE:
        return Shape(place.lat, place.lon, town / 2)
    lat, lon = destination(lat=place.lat, lon=place.lon, bearing_deg=reading.bearings[0], km=town / 2)
    return Shape(lat, lon, town * 0.75)


def _direction(reading: Reading, place: Place, _: Place | None) -> Shape | None:
    """Take the circle from a town's point to beyond its edge; of a large area the strip beyond, of a river one side."""
    bearing, reach = reading.bearings[0], JUST_ASIDE_KM if reading.beside else ASIDE_KM
    if radius_km(place) > COMPACT_KM:
        if place.kind in _LONG:
            return shape_of_box(beside(box_of(place), bearing, km=reach, from_middle=True))
        return shape_of_box(beside(box_of(place), bearing, km=max(reach, _side_km(place)), from_middle=False))
    across = radius_km(place) + reach
    lat, lon = destination(lat=place.lat, lon=place.lon, bearing_deg=bearing, km=across / 2)
    return Shape(lat, lon, across / 2)


_MAKERS: Mapping[AreaRelation, Maker] = {
    AreaRelation.DISTANCE: _distance,
    AreaRelation.NEAR: _near,
    AreaRelation.OUTSKIRTS: _outskirts,
    AreaRelation.BETWEEN: _between,
    AreaRelation.BORDER: _border,
    AreaRelation.OFFSHORE: _offshore,
    AreaRelation.PART: _part,
    AreaRelation.DIRECTION: _direction,
}
# What one goes along: their boxes hold much that is not theirs.
_LONG = frozenset({Kind.RIVER, Kind.LINE, Kind.STRAIT})
_WATERS = frozenset({Kind.SEA, Kind.STRAIT, Kind.RIVER, Kind.LAKE, Kind.LINE})


def _side_km(place: Place) -> float:
    """Return half of the shorter side of a place's box: what lies "north of Syria" is not as far as Syria is long."""
    box = box_of(place)
    lat, lon = centre_of(box)
    return min(
        distance_km(a_lat=box.south, a_lon=lon, b_lat=lat, b_lon=lon),
        distance_km(a_lat=lat, a_lon=box.west, b_lat=lat, b_lon=lon),
    )
