"""Boxes around places of several parts, across the date line where that is the shorter way.

The map's edge cuts what crosses it into two parts; the widest gap between all parts, going round
the globe, is the outside of the box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geomap.model import BBox

__all__ = ["box_around", "box_of_main_part", "clusters"]

# Parts of a country further than this from its main land are left out of its box: the limit keeps
# Hawaii (30.1 degrees off) with the United States, and leaves French Guiana (43) out of France.
FAR_PART_DEG = 31.0


def box_around(boxes: Iterable[BBox]) -> BBox:
    """Return the smallest box that holds all boxes; `west > east` when it crosses the date line."""
    parts = sorted(boxes)
    south = min(part.south for part in parts)
    north = max(part.north for part in parts)
    # Widest gap so far: the one across the map's edge, from the easternmost end to the first start.
    west, east = parts[0].west, max(part.east for part in parts)
    widest = west + 360 - east
    reach = parts[0].east
    for part in parts[1:]:
        if part.west - reach > widest:
            widest, west, east = part.west - reach, part.west, reach
        reach = max(reach, part.east)
    return BBox(west, south, east, north)


def box_of_main_part(boxes: Sequence[BBox]) -> BBox:
    """Return the box of a country's main land with all islands that are not far from it."""
    largest = max(range(len(boxes)), key=lambda i: _area(boxes[i]))
    group = next(group for group in clusters(boxes, gap_deg=FAR_PART_DEG) if largest in group)
    return box_around(boxes[i] for i in group)


def clusters(boxes: Sequence[BBox], *, gap_deg: float) -> list[list[int]]:
    """Return the boxes' numbers in groups: a box joins a group when it is within `gap_deg` of a member."""
    groups: list[list[int]] = []
    left = list(range(len(boxes)))
    while left:
        group = [left.pop(0)]
        for member in group:
            near = [i for i in left if _gap(boxes[member], boxes[i]) <= gap_deg]
            group += near
            left = [i for i in left if i not in near]
        groups.append(sorted(group))
    return groups


def _gap(one: BBox, other: BBox) -> float:
    direct = max(one.west, other.west) - min(one.east, other.east)
    around = 360 - (max(one.east, other.east) - min(one.west, other.west))
    return max(0.0, min(direct, around), max(one.south, other.south) - min(one.north, other.north))


def _area(box: BBox) -> float:
    return (box.east - box.west) * (box.north - box.south)
