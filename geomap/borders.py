"""Say how far outside a country a point lies, by the outlines of the base map that every page carries.

The map is 1:50 million, from Natural Earth (public domain): borders are some kilometres off, and islets are
missing, so a caller allows for that.
"""

from __future__ import annotations

import gzip
import json
import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.geo import distance_km

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Borders"]

_WORLD = Path(__file__).parent / "output" / "assets" / "world.bin.gz"

Ring = list[tuple[float, float]]  # of lon, lat: the order of shapes, in this module only
# An outline may go on beyond the antimeridian.
_TURNS = (0, -360, 360)
# Regions that most states count to a country, and that the map draws as units without a code of their own.
_PARTS = {"Somaliland": "SO", "N. Cyprus": "CY"}


class Borders:
    """The outlines of the countries, by their codes of two letters."""

    def __init__(self, rings: dict[str, list[Ring]]) -> None:
        self._rings = rings
        self._shape = cache(self._drawn)

    @classmethod
    def load(cls) -> Borders:
        """Read the outlines that come with geomap."""
        packed = gzip.decompress(_WORLD.read_bytes())
        (length,) = struct.unpack_from("<I", packed)
        head = json.loads(packed[4 : 4 + length])
        arcs = list(_arcs(packed[4 + length :], head["steps"]))
        rings: defaultdict[str, list[Ring]] = defaultdict(list)
        for code, name, _, _, _, polygons in head["countries"]:
            # Lakes and enclaves are holes; near their edge the map is too coarse to tell, so they are filled.
            rings[code or _PARTS.get(name, "")] += [_joined(polygon[0], arcs) for polygon in polygons]
        rings.pop("", None)
        return cls(dict(rings))

    def distance_outside_km(self, country: str, *, lat: float, lon: float) -> float | None:
        """Return how far a point lies outside a country, 0 inside; None for a country the map does not draw."""
        if country not in self._rings:
            return None
        import shapely
        from shapely.affinity import affine_transform

        shape = self._shape(country)
        # Nearly every point lies inside, which the prepared outline tells in microseconds.
        if any(shapely.contains_xy(shape, lon - turn, lat) for turn in _TURNS):
            return 0.0
        # Degrees of longitude as long as those of latitude are here, so that the nearest border is the nearest.
        narrow = max(cos(radians(lat)), 0.01)
        here = shapely.Point(lon * narrow, lat)
        best = None
        for turn in _TURNS:
            moved = affine_transform(shape, [narrow, 0, 0, 1, turn * narrow, 0])
            nearest = shapely.shortest_line(here, moved).coords[1]
            km = distance_km(a_lat=lat, a_lon=lon, b_lat=nearest[1], b_lon=nearest[0] / narrow)
            best = km if best is None else min(best, km)
        return best

    def _drawn(self, country: str) -> BaseGeometry:
        import shapely

        # Simplified to nothing, an islet is still a few points.
        shapes = (shapely.Polygon(ring) if len(ring) > 3 else shapely.MultiPoint(ring) for ring in self._rings[country])
        shape: Any = shapely.union_all([shapely.make_valid(shape) for shape in shapes])
        shapely.prepare(shape)
        return shape


def _arcs(packed: bytes, steps_per_degree: int) -> Iterator[Ring]:
    """Yield the arcs of `output.topology.pack_arcs`: zigzag varints, each point as its step from the one before."""
    numbers = _varints(packed)
    for count in numbers:
        x = y = 0
        arc: Ring = []
        for _ in range(count):
            x, y = x + _unzigzag(next(numbers)), y + _unzigzag(next(numbers))
            arc.append((x / steps_per_degree, y / steps_per_degree))
        yield arc


def _varints(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in packed:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def _unzigzag(value: int) -> int:
    return value >> 1 ^ -(value & 1)


def _joined(ring: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Return a ring of arcs as points, without a jump at the antimeridian; ~n is the arc n backwards."""
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        turns = 360 * round((points[-1][0] - arc[0][0]) / 360) if points else 0
        points += [(lon + turns, lat) for lon, lat in (arc[1:] if points else arc)]
    (first, _), (last, lat) = points[0], points[-1]
    if abs(last - first) > 180:
        # A coast all around a pole: the pole belongs to it.
        pole = 90.0 if lat > 0 else -90.0
        points += [(last, pole), (first, pole)]
    return points
