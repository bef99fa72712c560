"""Say whether two entries of the gazetteer are one spot on a map.

Baghdad the city and Baghdad the province are two entries, but a reader who looks at a map of the world
sees one spot; two towns of one name never are, however near.
"""

from __future__ import annotations

from geomap.geo import distance_km
from geomap.model import Kind, Place, contains
from geomap.words import name_key

__all__ = ["SAME_SPOT_KM", "apart_km", "same_spot"]

# The field's bound for "the right place": 100 miles.
SAME_SPOT_KM = 161.0
# A river is not the town that is named after it.
_HOMES = frozenset(
    {Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.ADMIN3, Kind.REGION, Kind.ISLAND, Kind.CITY, Kind.NEIGHBOURHOOD}
)


def apart_km(a: Place, b: Place) -> float:
    """Return how far apart the points of two places are."""
    return distance_km(a_lat=a.lat, a_lon=a.lon, b_lat=b.lat, b_lon=b.lon)


def same_spot(a: Place, b: Place) -> bool:
    """Say whether two places of different kinds are one spot: of one name, or one within the other, and near."""
    if a.kind is b.kind or a.country != b.country or not {a.kind, b.kind} <= _HOMES:
        return False
    belong = name_key(a.name) == name_key(b.name) or contains(a, b) or contains(b, a)
    return belong and apart_km(a, b) <= SAME_SPOT_KM
