"""Turn a TopoJSON world into the small binary base map that every page carries.

Borders are stored once, as arcs that countries share, so simplifying an arc keeps neighbours
joined; what is left becomes differences of a few bits, which gzip packs well.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, inf, radians
from typing import Any, NamedTuple

from geomap.model import BBox

__all__ = ["Stretch", "contested_arcs", "decode_arcs", "owners_of", "pack_arcs", "simplify", "split_arcs"]

Point = tuple[float, float]  # lon, lat: TopoJSON's order, in this module only
# A closed ring of fewer points than this has no area worth drawing.
RING_MIN_POINTS = 5


class Stretch(NamedTuple):
    """Part of a border: the two units that meet there, and the box it lies in, or None for all of it."""

    units: frozenset[str]
    box: BBox | None


def decode_arcs(topology: Mapping[str, Any]) -> list[list[Point]]:
    """Return the arcs of a quantised topology in degrees, each without a jump at the antimeridian."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc: list[Point] = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            lon = x * scale_x + move_x
            # An arc that crosses the antimeridian goes on beyond 180 instead of coming back from -180.
            lon += 360 * round((arc[-1][0] - lon) / 360) if arc else 0
            arc.append((lon, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def split_arcs(
    arcs: Sequence[Sequence[Point]], stretches: Sequence[Stretch], owners: Mapping[int, frozenset[str]]
) -> tuple[list[list[Point]], dict[int, list[int]]]:
    """Cut arcs where a contested stretch begins or ends; return the pieces and which pieces each old arc became."""
    pieces: list[list[Point]] = []
    became: dict[int, list[int]] = {}
    for index, arc in enumerate(arcs):
        boxes = [s.box for s in stretches if s.box is not None and s.units == owners.get(index)]
        became[index] = []
        for piece in _cut(arc, boxes):
            became[index].append(len(pieces))
            pieces.append(piece)
    return pieces, became


def contested_arcs(
    arcs: Sequence[Sequence[Point]], stretches: Sequence[Stretch], owners: Mapping[int, frozenset[str]]
) -> list[int]:
    """Return the numbers of the arcs that are drawn dashed."""
    found = set()
    for index, arc in enumerate(arcs):
        middle = arc[len(arc) // 2]
        for stretch in stretches:
            if stretch.units == owners.get(index) and (stretch.box is None or _inside(stretch.box, middle)):
                found.add(index)
    return sorted(found)


def simplify(arc: Sequence[Point], *, min_area_deg2: float) -> list[Point]:
    """Drop the points that matter least (Visvalingam and Whyatt); the ends always stay."""
    count = left = len(arc)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    areas, alive = [inf] * count, [True] * count
    heap: list[tuple[float, int]] = []
    for i in range(1, count - 1):
        areas[i] = _area(arc[i - 1], arc[i], arc[i + 1])
        heapq.heappush(heap, (areas[i], i))
    closed = arc[0] == arc[-1]
    while heap:
        area, i = heapq.heappop(heap)
        if area >= min_area_deg2 or (closed and left <= RING_MIN_POINTS):
            break
        if not alive[i] or area != areas[i]:
            continue
        alive[i], left = False, left - 1
        low, high = before[i], after[i]
        after[low], before[high] = high, low
        for j in (low, high):
            if 0 < j < count - 1:
                areas[j] = max(area, _area(arc[before[j]], arc[j], arc[after[j]]))
                heapq.heappush(heap, (areas[j], j))
    return [point for point, kept in zip(arc, alive, strict=True) if kept]


def pack_arcs(arcs: Sequence[Sequence[Point]], *, steps_per_degree: int) -> bytes:
    """Return arcs as zigzag varints: the number of points, then each point's step from the one before."""
    packed = bytearray()
    for arc in arcs:
        grid = [(round(lon * steps_per_degree), round(lat * steps_per_degree)) for lon, lat in arc]
        kept = [grid[0], *(b for a, b in pairwise(grid) if a != b)]
        packed += _varint(len(kept))
        for (ax, ay), (bx, by) in pairwise([(0, 0), *kept]):
            packed += _varint(_zigzag(bx - ax)) + _varint(_zigzag(by - ay))
    return bytes(packed)


def owners_of(geometries: Sequence[tuple[str, list[list[list[int]]]]]) -> dict[int, frozenset[str]]:
    """Return for each arc the units whose outline it is part of; `geometries` are (unit, polygons of rings)."""
    owners: dict[int, set[str]] = defaultdict(set)
    for unit, polygons in geometries:
        for ring in (ring for polygon in polygons for ring in polygon):
            for arc in ring:
                owners[~arc if arc < 0 else arc].add(unit)
    return {arc: frozenset(units) for arc, units in owners.items()}


def _cut(arc: Sequence[Point], boxes: Sequence[BBox]) -> Iterator[list[Point]]:
    """Yield the parts of an arc that lie wholly inside or wholly outside the boxes, joined end to end."""
    piece = [arc[0]]
    state = any(_inside(box, arc[0]) for box in boxes)
    for point in arc[1:]:
        piece.append(point)
        now = any(_inside(box, point) for box in boxes)
        if now != state and point != arc[-1]:
            yield piece
            piece, state = [point], now
    yield piece


def _inside(box: BBox, point: Point) -> bool:
    lon, lat = point
    return box.west <= lon <= box.east and box.south <= lat <= box.north


def _area(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle in square degrees as they are at its latitude."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * cos(radians(b[1]))


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _varint(value: int) -> bytes:
    packed = bytearray()
    while value > 127:
        packed.append(value & 127 | 128)
        value >>= 7
    packed.append(value)
    return bytes(packed)
