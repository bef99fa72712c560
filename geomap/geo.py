"""Distances, boxes and axis order: the geometry of places on a round earth.

The only door to shapely and geopy.distance.  Everything outside takes and gives `lat` and `lon`
by name; boxes may cross the antimeridian (`west > east`) and every function here knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import asin, cos, radians, sin, sqrt

from geomap.model import BBox

__all__ = [
    "box_around",
    "box_centre",
    "box_contains",
    "box_union",
    "box_width_deg",
    "distance_km",
    "geodesic_km",
    "inner_point",
    "wrap_lon",
]

# The mean radius of the WGS 84 ellipsoid (IUGG).
EARTH_RADIUS_KM = 6371.0088


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


def wrap_lon(lon: float) -> float:
    """Return the same meridian between -180 (included) and 180 (not included)."""
    # Only what lies outside is computed: arithmetic would blur the last digit.
    return lon if -180.0 <= lon < 180.0 else (lon + 180.0) % 360.0 - 180.0


def box_width_deg(box: BBox) -> float:
    """Return how many degrees of longitude a box spans; 360 for the whole world."""
    width = box.east - box.west
    return width if width >= 0 else width + 360.0


def box_contains(box: BBox, *, lat: float, lon: float) -> bool:
    """Say whether a point lies in a box, its edges included."""
    if not box.south <= lat <= box.north:
        return False
    if box.west <= box.east:
        # 180 and -180 are one meridian.
        return any(box.west <= turn <= box.east for turn in (lon, lon + 360.0, lon - 360.0))
    return lon >= box.west or lon <= box.east


def box_centre(box: BBox) -> tuple[float, float]:
    """Return the middle of a box as (lat, lon)."""
    return (box.south + box.north) / 2, wrap_lon(box.west + box_width_deg(box) / 2)


def box_around(points: Iterable[tuple[float, float]]) -> BBox | None:
    """Return the smallest box round (lat, lon) points, across the antimeridian if that is smaller; None for none."""
    pairs = list(points)
    if not pairs:
        return None
    lats = [lat for lat, _ in pairs]
    west, east = _narrowest([(wrap_lon(lon), wrap_lon(lon)) for _, lon in pairs])
    return BBox(west, min(lats), east, max(lats))


def box_union(boxes: Sequence[BBox]) -> BBox | None:
    """Return the smallest box round boxes, across the antimeridian if that is smaller; None for none."""
    if not boxes:
        return None
    if any(box_width_deg(box) >= 360 for box in boxes):
        west, east = -180.0, 180.0
    else:
        west, east = _narrowest([(box.west, box.east) for box in boxes])
    return BBox(west, min(box.south for box in boxes), east, max(box.north for box in boxes))


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


def _narrowest(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the shortest arc of the circle of longitudes that holds every (west, east) span."""
    unrolled = sorted((west, east if east >= west else east + 360.0) for west, east in spans)
    first = unrolled[0][0]
    # A span that crosses the antimeridian comes back at the western end.
    reach = max(unrolled[0][1], max(east for _, east in unrolled) - 360.0)
    gaps = []
    for west, east in [*unrolled[1:], (first + 360.0, first + 360.0)]:
        gaps.append((west - reach, west, reach))
        reach = max(reach, east)
    # The box is what the widest gap leaves; of equal gaps the last, which needs no crossing.
    width, after, before = max(reversed(gaps), key=lambda gap: gap[0])
    if width <= 0:
        return -180.0, 180.0
    return wrap_lon(after), before if -180.0 <= before <= 180.0 else wrap_lon(before)
