"""Cut a box: its southern part, its corner, its middle, the strip beyond its edge.

Boxes here never wrap: east is greater than west, beyond 180 if need be, until `closed` turns them back.
"""

from __future__ import annotations

from collections.abc import Sequence

from geomap.areas.reading import CENTRE
from geomap.geo import degrees_of, distance_km, wrap_lon
from geomap.model import BBox

__all__ = ["beside", "centre_of", "closed", "grown", "is_corner", "meet", "opened", "part_of", "reach_km", "square"]

# "Southern" is the southern two fifths: a third would leave Naples out of southern Italy and Liverpool out of northern
# England, a half would take Beirut into southern Lebanon.  A corner is a half each way: less may hold no land.
_SIDE, _CORNER = 0.4, 0.5
_CENTRE = (0.3, 0.7)


def opened(box: BBox) -> BBox:
    """Return a box whose east is greater than its west."""
    return box if box.west <= box.east else box._replace(east=box.east + 360)


def closed(box: BBox) -> BBox:
    """Return a box in degrees that maps have, rounded to some ten metres."""
    north, south = min(90.0, box.north), max(-90.0, box.south)
    if box.east - box.west >= 360:
        return BBox(-180.0, round(south, 4), 180.0, round(north, 4))
    west, east = (round(wrap_lon(lon), 4) for lon in (box.west, box.east))
    # A box that ends at the antimeridian does not go round the world.
    return BBox(west, round(south, 4), 180.0 if east == -180.0 else east, round(north, 4))


def square(*, lat: float, lon: float, km: float) -> BBox:
    """Return the box round a circle."""
    return grown(BBox(lon, lat, lon, lat), km=km)


def centre_of(box: BBox) -> tuple[float, float]:
    """Return the middle of a box, as (lat, lon)."""
    return (box.south + box.north) / 2, (box.west + box.east) / 2


def reach_km(box: BBox) -> float:
    """Return how far the corners of a box are from its middle."""
    lat, lon = centre_of(box)
    return max(
        distance_km(a_lat=lat, a_lon=lon, b_lat=y, b_lon=x)
        for y in (box.south, box.north, lat)
        for x in (box.west, box.east)
    )


def part_of(box: BBox, bearings: Sequence[float]) -> BBox:
    """Return the box round the parts of a box that lie on the sides named, or of its middle."""
    parts = [_part(box, bearing) for bearing in bearings]
    return BBox(
        min(p.west for p in parts), min(p.south for p in parts), max(p.east for p in parts), max(p.north for p in parts)
    )


def _part(box: BBox, bearing: float) -> BBox:
    if bearing == CENTRE:
        left, right = low, high = _CENTRE
    else:
        x, y = _signs(bearing)
        share = _CORNER if x and y else _SIDE
        (left, right), (low, high) = _range(x, share), _range(y, share)
    wide, tall = box.east - box.west, box.north - box.south
    return BBox(box.west + left * wide, box.south + low * tall, box.west + right * wide, box.south + high * tall)


def _range(sign: int, share: float) -> tuple[float, float]:
    return (0.0, share) if sign < 0 else (1 - share, 1.0) if sign > 0 else (0.0, 1.0)


def is_corner(bearing: float) -> bool:
    """Say whether a bearing points to a corner of a box."""
    return bearing != CENTRE and all(_signs(bearing))


def _signs(bearing: float) -> tuple[int, int]:
    """Return to which sides, east or west and north or south, one of eight winds points."""
    wind = round(bearing / 45) % 8
    return (wind in {1, 2, 3}) - (wind in {5, 6, 7}), (wind in {7, 0, 1}) - (wind in {3, 4, 5})


def beside(box: BBox, bearing: float, *, km: float, from_middle: bool) -> BBox:
    """Return the strip of a width in km beyond the edge of a box on one side, or all from its middle on to there."""
    x, y = _signs(bearing)
    lat, lon = centre_of(box)
    high, wide = degrees_of(km, lat=lat)
    inner = from_middle or bool(x and y)
    west, east = _beyond(x, box.west, box.east, lon if inner else None, wide)
    south, north = _beyond(y, box.south, box.north, lat if inner else None, high)
    return BBox(west, max(-90.0, south), east, min(90.0, north))


def _beyond(sign: int, low: float, high: float, inner: float | None, width: float) -> tuple[float, float]:
    if sign > 0:
        return (high if inner is None else inner), high + width
    if sign < 0:
        return low - width, (low if inner is None else inner)
    return low, high


def meet(one: BBox, other: BBox, *, give_km: float) -> BBox | None:
    """Return where two boxes overlap when each is wider by so much, or None."""
    for turn in (0, 360, -360):
        turned = other._replace(west=other.west + turn, east=other.east + turn)
        a, b = (grown(box, km=give_km) for box in (one, turned))
        box = BBox(max(a.west, b.west), max(a.south, b.south), min(a.east, b.east), min(a.north, b.north))
        if box.west < box.east and box.south < box.north:
            return box
    return None


def grown(box: BBox, *, km: float) -> BBox:
    """Return a box that is wider by so much on every side."""
    lat, _ = centre_of(box)
    high, wide = degrees_of(km, lat=lat)
    return BBox(box.west - wide, box.south - high, box.east + wide, box.north + high)
