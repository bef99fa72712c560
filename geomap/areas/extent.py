"""Say how far from a place's point the place itself may reach, in km: its error radius.

The radius is about extent, not about being the wrong place: that is what a confidence says.  It is the
distance "from the coordinates to the furthest point of the named place" of the point-radius method
(Wieczorek, Guo and Hijmans 2004, IJGIS 18(8):745-767), as far as the gazetteer knows the place's extent.
"""

from __future__ import annotations

from functools import lru_cache
from math import pi, sqrt

from geomap.geo import distance_km
from geomap.model import BBox, Kind, Place

__all__ = ["radius_km"]

# Few towns are less dense than those of North America, with some 25 people to a hectare of built-up land
# (Angel and others 2011, "Making Room for a Planet of Cities"): so a town is seldom larger than this says.
TOWN_PEOPLE_PER_KM2 = 2_500
# Only the crowded among large divisions have more: England 430, North Rhine-Westphalia 530, most of Europe below 250.
DIVISION_PEOPLE_PER_KM2 = 250
# GeoNames' points of small places come mostly from lists in whole minutes of arc, up to 1.3 km off.
TOWN_MIN_KM = 2.0
# A box from a few points of an area may be no wider than a town.
AREA_MIN_KM = 5.0
_PEOPLE_PER_KM2 = {
    Kind.CITY: TOWN_PEOPLE_PER_KM2,
    Kind.NEIGHBOURHOOD: TOWN_PEOPLE_PER_KM2,
    Kind.ADMIN1: DIVISION_PEOPLE_PER_KM2,
    Kind.COUNTRY: DIVISION_PEOPLE_PER_KM2,
}
# Places without a box, at least.  Divisions: nine of ten have no town of the index beyond this (33,532 second-level
# divisions: 33 km; 316 first-level ones: 136 km).  The others are judgements by kind.
RADIUS_KM = {
    Kind.CONTINENT: 4_000.0,
    Kind.COUNTRY: 150.0,
    Kind.ADMIN1: 136.0,
    Kind.ADMIN2: 33.0,
    Kind.ADMIN3: 15.0,
    Kind.REGION: 150.0,
    Kind.CITY: TOWN_MIN_KM,
    Kind.NEIGHBOURHOOD: 3.0,
    Kind.SEA: 200.0,
    Kind.STRAIT: 100.0,
    Kind.RIVER: 250.0,
    Kind.LAKE: 40.0,
    Kind.ISLAND: 25.0,
    Kind.MOUNTAIN: 25.0,
    Kind.LINE: 250.0,
    Kind.FACILITY: 3.0,
    Kind.AIRPORT: 3.0,
    Kind.PORT: 3.0,
}


def radius_km(place: Place) -> float:
    """Return how far a place may reach from its point: to the farthest corner of its box, or by people, or by kind."""
    if place.bbox is not None:
        return max(AREA_MIN_KM, _corner_km(place.lat, place.lon, place.bbox))
    density = _PEOPLE_PER_KM2.get(place.kind)
    return max(RADIUS_KM[place.kind], sqrt(place.population / (pi * density)) if density else 0.0)


# The same countries are named over and over.
@lru_cache(4096)
def _corner_km(lat: float, lon: float, box: BBox) -> float:
    corners = ((y, x) for y in (box.south, box.north) for x in (box.west, box.east))
    return max(distance_km(a_lat=lat, a_lon=lon, b_lat=y, b_lon=x) for y, x in corners)
