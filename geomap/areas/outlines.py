"""Follow the outlines of countries, and the boxes of other places: a part, a coast, a border that two share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from geomap.areas.boxes import centre_of, grown, is_corner, meet, opened, part_of, reach_km, square
from geomap.areas.extent import radius_km
from geomap.borders import Borders
from geomap.geo import distance_km, middle
from geomap.model import BBox, Kind, Place

__all__ = [
    "BORDER_GIVE_KM",
    "Shape",
    "box_of",
    "coast_of",
    "is_drawn",
    "part_of_country",
    "shape_of_box",
    "shared_border",
]

# Borders and boxes are drawn some kilometres off, and a crossing has a hinterland.
BORDER_GIVE_KM = 25.0


class Shape(NamedTuple):
    """A point, how far the area may reach from it, and the box round the area or None for a circle."""

    lat: float
    lon: float
    radius_km: float
    bbox: BBox | None = None


# Texts speak of the same few countries and borders over and over.
@lru_cache(256)
def shared_border(place: Place, partner: Place) -> Shape | None:
    """Return the stretch that both outlines share, as far as it runs in the boxes of those that are no countries."""
    if place.country == partner.country or not (place.country and partner.country):
        box = meet(box_of(place), box_of(partner), give_km=BORDER_GIVE_KM)
        return shape_of_box(box) if box else None
    line: Sequence[tuple[float, float]] = _borders().border(place.country, partner.country)
    for each in (place, partner):
        if each.kind is not Kind.COUNTRY:
            wide = grown(box_of(each), km=BORDER_GIVE_KM)
            line = [point for point in line if _holds(wide, point)]
    return _along(line, 0.0)


@cache
def _borders() -> Borders:
    return Borders.load()


def is_drawn(country: str) -> bool:
    """Say whether the base map has a country's outline."""
    return _borders().main_box(country) is not None


@lru_cache(256)
def coast_of(country: str, sides: tuple[float, ...], reach_km: float) -> Shape | None:
    """Return the coast of a country's main land on the sides named, or all of it, with the waters before it."""
    main = _borders().main_box(country)
    if main is None:
        return None
    part = part_of(main, sides) if sides else main
    return _along([point for point in _borders().coast(country) if _holds(part, point)], reach_km)


@lru_cache(256)
def part_of_country(country: str, sides: tuple[float, ...]) -> Shape | None:
    """Return the part of a country's main land on the sides named.

    A corner is the western or eastern half of the land in the north or south: of a country that lies aslant, the
    corner of its box is mostly abroad.
    """
    main = _borders().main_box(country)
    if main is None:
        return None
    box = part_of(main, sides)
    if len(sides) == 1 and is_corner(sides[0]):
        half = _borders().within(country, box._replace(west=main.west, east=main.east))
        if half is not None:
            land = opened(half.bbox)
            turn = 360 if land.west < main.west - 1 else 0
            land = part_of(land._replace(west=land.west + turn, east=land.east + turn), sides)
            box = box._replace(west=land.west, east=land.east)
    patch = _borders().within(country, box)
    return Shape(*patch) if patch else None


def box_of(place: Place) -> BBox:
    """Return the box of a country's main land, of another area, or round the circle of a town."""
    if place.kind is Kind.COUNTRY and (main := _borders().main_box(place.country)) is not None:
        return main
    return opened(place.bbox) if place.bbox else square(lat=place.lat, lon=place.lon, km=radius_km(place))


def shape_of_box(box: BBox | None) -> Shape | None:
    """Return the shape of a box, round its middle."""
    if box is None:
        return None
    lat, lon = centre_of(box)
    return Shape(lat, lon, reach_km(box), box)


def _holds(box: BBox, point: tuple[float, float]) -> bool:
    lat, lon = point
    return box.south <= lat <= box.north and any(box.west <= lon + turn <= box.east for turn in (0, 360, -360))


def _along(line: Sequence[tuple[float, float]], reach: float) -> Shape | None:
    """Return the shape of points of a line: round the one nearest to their middle, as far as the farthest and on."""
    if not line:
        return None
    lat, lon = middle(line)
    lat, lon = min(line, key=lambda point: distance_km(a_lat=lat, a_lon=lon, b_lat=point[0], b_lon=point[1]))
    farthest = max(distance_km(a_lat=lat, a_lon=lon, b_lat=point[0], b_lon=point[1]) for point in line)
    lons = [lon + (x - lon + 180) % 360 - 180 for _, x in line]
    box = BBox(min(lons), min(y for y, _ in line), max(lons), max(y for y, _ in line))
    return Shape(lat, lon, farthest + max(reach, 1.0), grown(box, km=reach) if reach else box)
