"""Add one place written by hand, or lay it over the same place of a package.

The hand decides name, kind, extent and remark; GeoNames' own point stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geomap.errors import GazetteerError
from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.rows import Row
from geomap.model import AREA_KINDS, BBox, Kind, NameKind
from geomap.words import name_key

__all__ = ["add_place"]

# A row that carries a GeoNames number must lie this near to that place, or the number is wrong:
# areas have no one point that all agree on.
_NEAR_DEG = 1.0
_NEAR_AREA_DEG = 12.0
# Kinds that sources tell apart differently: the Suez Canal is a river to one, an air base an airport to another.
_WATERS = frozenset({Kind.SEA, Kind.STRAIT, Kind.LAKE, Kind.RIVER})
_AIRFIELDS = frozenset({Kind.FACILITY, Kind.AIRPORT})


def add_place(
    row: Row, drafts: Drafts, slugs: dict[str, Draft], by_key: Mapping[str, Sequence[Draft]]
) -> GazetteerError | None:
    """Add the place of a row of places.tsv; return what is wrong with the row, or None.

    `by_key` are the packages' places by the key of their main name.
    """
    if row["kind"] not in set(Kind):
        return row.error(f"kind is {row['kind']!r}", hint=f"Kinds: {', '.join(Kind)}")
    point = _numbers(row, "lat", "lon")
    box = _numbers(row, "west", "south", "east", "north")
    if point is None or not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        return row.error(f"lat={row['lat']}, lon={row['lon']} is no point", hint="Degrees, lat -90 to 90")
    if row["slug"] in slugs:
        return row.error(f"slug {row['slug']!r} is there twice", hint="Give every place its own slug")
    if box and not (-90 <= box[1] <= box[3] <= 90 and all(-180 <= lon <= 180 for lon in (box[0], box[2]))):
        return row.error(f"west, south, east, north = {box} is no box", hint="Degrees, south <= north")
    hand = _draft(row, point, box)
    known = drafts.geonames(row["geonameid"]) if row["geonameid"] else _same(hand, by_key)
    if known is not None and row["geonameid"] and not _near(known, hand):
        return row.error(
            f"GeoNames {row['geonameid']} is {known.name!r} at lat={known.lat}, lon={known.lon}, not {row['name']!r}",
            hint="Mend the number or leave it empty",
        )
    slugs[row["slug"]] = _over(known, hand) if known else drafts.add(hand)
    return None


def _draft(row: Row, point: list[float], box: list[float] | None) -> Draft:
    countries = row["country"].split("|")
    draft = Draft(
        f"geonames:{row['geonameid']}" if row["geonameid"] else f"geomap:{row['slug']}",
        row["name"],
        Kind(row["kind"]),
        countries[0] if len(countries) == 1 else "",
        lat=point[0],
        lon=point[1],
        bbox=BBox(*box) if box else None,
        source="geomap",
        disputed=row["disputed"] == "1",
        note=row["note"],
    )
    draft.call(draft.name, NameKind.NAME, trusted=True)
    for name in filter(None, row["names"].split("|")):
        draft.call(name.strip(), trusted=True)
    return draft


def _numbers(row: Row, *columns: str) -> list[float] | None:
    """Return the cells as numbers, or None when one is empty or no number."""
    try:
        return [float(row[column]) for column in columns]
    except ValueError:
        return None


def _same(hand: Draft, by_key: Mapping[str, Sequence[Draft]]) -> Draft | None:
    """Return the place of a package that a row without a number means: same name, kind and spot."""
    for draft in by_key.get(name_key(hand.name), ()):
        kinds = {draft.kind, hand.kind}
        alike = len(kinds) == 1 or kinds <= _WATERS or kinds <= _AIRFIELDS
        at_home = draft.country == hand.country or not draft.country
        # Whose an area is can be disputed; its spot is not.
        if alike and (_near(draft, hand) if at_home else hand.disputed and _near(draft, hand, limit=_NEAR_DEG)):
            return draft
    return None


def _near(known: Draft, hand: Draft, *, limit: float | None = None) -> bool:
    if known.lat is None or known.lon is None or hand.lat is None or hand.lon is None:
        return True
    if limit is None:
        limit = _NEAR_AREA_DEG if known.kind in AREA_KINDS and hand.kind in AREA_KINDS else _NEAR_DEG
    around = abs(known.lon - hand.lon)
    inside = hand.bbox is not None and limit == _NEAR_AREA_DEG and _within(hand.bbox, known.lat, known.lon)
    return inside or (abs(known.lat - hand.lat) <= limit and min(around, 360 - around) <= limit)


def _within(box: BBox, lat: float, lon: float) -> bool:
    east = box.east if box.east >= box.west else box.east + 360
    return box.south <= lat <= box.north and (box.west <= lon <= east or box.west <= lon + 360 <= east)


def _over(known: Draft, hand: Draft) -> Draft:
    """Lay a row over the place of a package."""
    known.rename(hand.name)
    known.kind = hand.kind
    known.country = hand.country or known.country
    known.bbox = hand.bbox or known.bbox
    known.disputed, known.note = hand.disputed, hand.note
    known.put_at(lat=hand.lat or 0.0, lon=hand.lon or 0.0)
    for name, kind in hand.names.items():
        known.call(name, kind, trusted=True)
    return known
