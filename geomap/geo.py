"""Distances and points on a round earth, `lat` and `lon` by name.

The door to geopy.distance.  Of shapely it has only `inner_point`, for those who build an index or a map; a text with
"southern X" meets shapely in `borders`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, radians, sin, sqrt

__all__ = [
    "KM_PER_DEGREE",
    "degrees_of",
    "destination",
    "distance_km",
    "geodesic_km",
    "inner_point",
    "middle",
    "wrap_lon",
]

# The mean radius of the WGS 84 ellipsoid (IUGG).
EARTH_RADIUS_KM = 6371.0088
# Of any great circle, so of latitude everywhere.
KM_PER_DEGREE = 111.195
# A degree of longitude is never taken for less than this share of one of latitude: at the poles it is nothing.
NARROWEST_SHARE = 0.05


def distance_km(*, a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Return the great-circle distance.  At most 0.6 % off the ellipsoid's, and a hundred times as fast."""
    a_phi, b_phi = radians(a_lat), radians(b_lat)
    half_lat, half_lon = (b_phi - a_phi) / 2, radians(b_lon - a_lon) / 2
    h = sin(half_lat) ** 2 + cos(a_phi) * cos(b_phi) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def geodesic_km(*, a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Return the distance on the WGS 84 ellipsoid, exact to the millimetre: for printing, not for loops."""
    from geopy.distance import geodesic

    return float(geodesic((a_lat, a_lon), (b_lat, b_lon)).kilometers)


def degrees_of(km: float, *, lat: float) -> tuple[float, float]:
    """Return how many degrees of latitude, and of longitude at a latitude, a length in km is."""
    high = km / KM_PER_DEGREE
    return high, high / max(NARROWEST_SHARE, cos(radians(lat)))


def destination(*, lat: float, lon: float, bearing_deg: float, km: float) -> tuple[float, float]:
    """Return where one is, as (lat, lon), after so many km along a great circle that sets out on a bearing.

    On a sphere, like `distance_km`: over 100 km it is some 300 m off the ellipsoid's.
    """
    phi, theta, delta = radians(lat), radians(bearing_deg), km / EARTH_RADIUS_KM
    sine = sin(phi) * cos(delta) + cos(phi) * sin(delta) * cos(theta)
    turn = atan2(sin(theta) * sin(delta) * cos(phi), cos(delta) - sin(phi) * sine)
    return degrees(asin(max(-1.0, min(1.0, sine)))), wrap_lon(lon + degrees(turn))


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the middle of points of (lat, lon), as (lat, lon): of two, the middle of the great circle between them."""
    x = y = z = 0.0
    for lat, lon in points:
        phi, lam = radians(lat), radians(lon)
        x, y, z = x + cos(phi) * cos(lam), y + cos(phi) * sin(lam), z + sin(phi)
    return degrees(atan2(z, sqrt(x * x + y * y))), wrap_lon(degrees(atan2(y, x)))


def wrap_lon(lon: float) -> float:
    """Return the same meridian between -180 (included) and 180 (not included)."""
    # Only what lies outside is computed: arithmetic would blur the last digit.
    return lon if -180.0 <= lon < 180.0 else (lon + 180.0) % 360.0 - 180.0


def inner_point(ring: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the point of a ring of (lon, lat) that is farthest from its edge, as (lat, lon), and the ring's area.

    A country's centroid may lie in the sea or abroad; this point never does.  The area is in
    square degrees, 0 for a ring too short to have one: its point is then its first.
    """
    import shapely

    if len(ring) < 4:
        lon, lat = ring[0]
        return lat, lon, 0.0
    polygon = shapely.Polygon(ring).buffer(0)
    if polygon.is_empty:
        lon, lat = ring[0]
        return lat, lon, 0.0
    lon, lat = shapely.maximum_inscribed_circle(polygon).coords[0]
    return lat, lon, polygon.area
