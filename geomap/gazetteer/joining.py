"""Make one place of what two layers say of it: a person's correction and the place below, a dump and the default."""

from __future__ import annotations

from dataclasses import replace

from geomap.model import Place

__all__ = ["corrected", "joined"]

# A point that differs by less, about a kilometre, is the same point, rounded.
SAME_POINT_DEG = 0.01


def corrected(mine: Place, below: Place | None, unsaid: frozenset[str]) -> Place:
    """Return a person's entry for a known place, with what it leaves out as the layers below have it."""
    if below is None:
        return mine
    return replace(
        mine,
        kind=below.kind if "kind" in unsaid else mine.kind,
        disputed=below.disputed if "disputed" in unsaid else mine.disputed,
        note=mine.note or below.note,
        country=mine.country or below.country,
        feature=mine.feature or below.feature,
        admin1=mine.admin1 or below.admin1,
        admin1_id=mine.admin1_id or below.admin1_id,
        admin2_id=mine.admin2_id or below.admin2_id,
        population=mine.population or below.population,
        bbox=mine.bbox or below.bbox,
    )


def joined(near: Place, far: Place) -> Place:
    """Return a place of two indexes: the nearer one's point and people, the farther one's reviewed name and remark.

    An imported dump is newer; but the index that comes with geomap knows the name readers know, the
    extent and who claims the place.  Where the points differ, the source is that of the nearer one: a
    reader checks the point first.
    """
    if near is far:
        return far
    moved = max(abs(near.lat - far.lat), abs(near.lon - far.lon)) > SAME_POINT_DEG
    source = near.source if moved else far.source
    return replace(far, lat=near.lat, lon=near.lon, population=near.population or far.population, source=source)
