"""Say where countries lie, meet and end, by the outlines of the base map that every page carries.

The map is 1:50 million, from Natural Earth (public domain): borders are some kilometres off, and islets are
missing, so a caller allows for that.
"""

from __future__ import annotations

import gzip
import json
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap.geo import distance_km, wrap_lon
from geomap.model import BBox

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Borders", "Patch"]

_WORLD = Path(__file__).parent / "output" / "assets" / "world.bin.gz"

Ring = list[tuple[float, float]]  # of lon, lat: the order of shapes, in this module only
# An island or exclave is of the main land if it is as near as this to another part of it, or has this share of
# the largest part: so Kyushu belongs to Japan's, Borneo to Malaysia's, and neither Alaska nor the Canaries do.
MAIN_LAND_GAP_DEG = 3.0
MAIN_LAND_MIN_SHARE = 0.3
# An outline may go on beyond the antimeridian.
_TURNS = (0, -360, 360)
# Regions that most states count to a country, and that the map draws as units without a code of their own.
_PARTS = {"Somaliland": "SO", "N. Cyprus": "CY"}


class Patch(NamedTuple):
    """A stretch of land: a point in it, how far it reaches from there, and the box round it."""

    lat: float
    lon: float
    radius_km: float
    bbox: BBox


class Borders:
    """The outlines of the countries, by their codes of two letters.

    `lines` are the stretches of coast and border, each with the countries it is an outline of.
    """

    def __init__(self, rings: dict[str, list[Ring]], lines: Sequence[tuple[Ring, Mapping[str, int]]] = ()) -> None:
        self._rings = rings
        self._lines = lines
        self._shape = cache(self._drawn)
        self._main = cache(self._main_land)

    @classmethod
    def load(cls) -> Borders:
        """Read the outlines that come with geomap."""
        packed = gzip.decompress(_WORLD.read_bytes())
        (length,) = struct.unpack_from("<I", packed)
        head = json.loads(packed[4 : 4 + length])
        arcs = list(_arcs(packed[4 + length :], head["steps"]))
        rings: defaultdict[str, list[Ring]] = defaultdict(list)
        owners: list[Counter[str]] = [Counter() for _ in arcs]
        for code, name, _, _, _, polygons in head["countries"]:
            owner = code or _PARTS.get(name, "")
            # Lakes and enclaves are holes; near their edge the map is too coarse to tell, so they are filled.
            rings[owner] += [_joined(polygon[0], arcs) for polygon in polygons]
            for arc in (arc for polygon in polygons for ring in polygon for arc in ring):
                owners[max(arc, ~arc)][owner] += 1
        rings.pop("", None)
        return cls(dict(rings), list(zip(arcs, owners, strict=True)))

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

    def main_box(self, country: str) -> BBox | None:
        """Return the box round a country's main land, `east` perhaps beyond 180; None if the map does not draw it."""
        return BBox(*self._main(country).bounds) if country in self._rings else None

    def within(self, country: str, box: BBox) -> Patch | None:
        """Return the part of a country's main land that lies in a box as `main_box` has it, or None if none does."""
        import shapely

        inside = shapely.clip_by_rect(self._main(country), *box)
        if inside.is_empty or not inside.area:
            return None
        lon, lat = inside.centroid.coords[0]
        if not shapely.contains_xy(inside, lon, lat):
            lon, lat = inside.representative_point().coords[0]
        return _patch(lat, lon, shapely.get_coordinates(inside).tolist())

    def border(self, one: str, other: str) -> list[tuple[float, float]]:
        """Return the points of the border two countries share, as (lat, lon): none if they share none."""
        shared = (line for line, owners in self._lines if owners.keys() == {one, other})
        return [(lat, lon) for line in shared for lon, lat in line]

    def coast(self, country: str) -> list[tuple[float, float]]:
        """Return the points of a country's coast, as (lat, lon): none for one that has none."""
        alone = (line for line, owners in self._lines if owners == {country: 1})
        return [(lat, lon) for line in alone for lon, lat in line]

    def _main_land(self, country: str) -> BaseGeometry:
        import shapely

        parts = shapely.get_parts(self._shape(country)).tolist()
        # Square degrees shrink towards the poles.
        areas = [part.area * cos(radians(part.centroid.y)) for part in parts]
        large = [area >= MAIN_LAND_MIN_SHARE * max(areas) for area in areas]
        group = [part for part, is_large in zip(parts, large, strict=True) if is_large]
        left = [part for part, is_large in zip(parts, large, strict=True) if not is_large]
        for member in group:
            gaps = shapely.distance(member, left).tolist()
            group += [part for part, gap in zip(left, gaps, strict=True) if gap <= MAIN_LAND_GAP_DEG]
            left = [part for part, gap in zip(left, gaps, strict=True) if gap > MAIN_LAND_GAP_DEG]
        return shapely.union_all(group)

    def _drawn(self, country: str) -> BaseGeometry:
        import shapely

        # Simplified to nothing, an islet is still a few points.
        shapes = (shapely.Polygon(ring) if len(ring) > 3 else shapely.MultiPoint(ring) for ring in self._rings[country])
        shape: Any = shapely.union_all([shapely.make_valid(shape) for shape in shapes])
        shapely.prepare(shape)
        return shape


def _patch(lat: float, lon: float, points: Sequence[Sequence[float]]) -> Patch:
    """Return the patch of (lon, lat) points round one of its own."""
    reach = max(distance_km(a_lat=lat, a_lon=lon, b_lat=y, b_lon=x) for x, y in points)
    lons, lats = [x for x, _ in points], [y for _, y in points]
    return Patch(lat, wrap_lon(lon), reach, BBox(wrap_lon(min(lons)), min(lats), wrap_lon(max(lons)), max(lats)))


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
