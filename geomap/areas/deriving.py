"""Add to each resolution how exact it is, and the area that the words round its name derive from its place.

Most names are told at a glance to have no such words, so the cost is that of looking at their neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from geomap.areas.boxes import closed
from geomap.areas.extent import radius_km
from geomap.areas.reading import COMPACT_KM, Reading
from geomap.areas.rules import read
from geomap.areas.scene import AFTER_CHARS, BEFORE_CHARS, Scene, tokens_of, worth_reading
from geomap.areas.shapes import shape_of
from geomap.geo import distance_km, wrap_lon
from geomap.model import AREA_KINDS, AreaRelation, DerivedArea, Kind, Mention, Place, Resolution, Role

__all__ = ["with_areas"]

# "'s long southern border with the" stands between two names that one phrase joins.
GAP_MAX_CHARS = 40


# Follows the last name.
NOTHING = (-1, -1)


class _View(NamedTuple):
    """How far the words round a name may be read, whether another name ends there, and which name follows."""

    left: int
    after_name: bool
    right: int
    following: tuple[int, int]


def with_areas(text: str, mentions: Sequence[Mention], resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions in the order given, each with its error radius and, where the text derives one, its area.

    `mentions` are all of the document: where another name stands, a phrase ends.  An area built from two
    places is added to both.
    """
    literal = {(r.mention.start, r.mention.end): r for r in resolutions if r.place and r.mention.role is Role.LITERAL}
    likely = [span for span in literal if worth_reading(text, *span)]
    found: dict[tuple[int, int], DerivedArea] = {}
    views = _views(mentions) if likely else {}
    for span in likely:
        view = views.get(span)
        if view is None or span in found:
            continue
        partner = None if view.following in found else literal.get(view.following)
        area = _derived(text, literal[span], view, partner)
        if area is not None:
            found[span] = area
            if partner is not None and area.end >= partner.mention.end:
                found[view.following] = area
    return [_completed(r, found.get((r.mention.start, r.mention.end))) for r in resolutions]


def _views(mentions: Sequence[Mention]) -> dict[tuple[int, int], _View]:
    """Return what may be read round each name; a name inside another one has nothing of its own.

    A people does not end a view: "40 km north of the Iraqi city of Mosul".
    """
    spans = sorted({(m.start, m.end) for m in mentions if m.role is not Role.DEMONYM}, key=lambda s: (s[0], -s[1]))
    starts = [start for start, _ in spans]
    views = {}
    reach = 0
    for start, end in spans:
        if start >= reach:
            n = bisect_left(starts, end)
            following = spans[n] if n < len(spans) else NOTHING
            right = end + AFTER_CHARS if following == NOTHING else min(following[0], end + AFTER_CHARS)
            left = max(reach, start - BEFORE_CHARS)
            views[start, end] = _View(left, left == reach > 0, right, following)
        reach = max(reach, end)
    return views


def _derived(text: str, resolution: Resolution, view: _View, partner: Resolution | None) -> DerivedArea | None:
    """Return the area round a name, if the words there speak of one; `partner` is the next name, if it has a place."""
    mention, place = resolution.mention, resolution.place
    other = partner.place if partner is not None else None
    assert place is not None
    before = tokens_of(text, view.left, mention.start, back=True)
    after = tokens_of(text, mention.end, view.right, back=False)
    at_name = bool(before) and view.after_name and not text[view.left : before[-1].start].strip()
    scene = Scene(place, mention.start, mention.end, before, after, at_name)
    # Most names that follow closely stand behind a comma, in a list.
    close = partner is not None and partner.mention.start - mention.end <= GAP_MAX_CHARS and text[mention.end] != ","
    if partner is not None and other is not None and close:
        end = partner.mention.end
        gap = tuple(token.key for token in tokens_of(text, mention.end, partner.mention.start, back=False))
        beyond = tokens_of(text, end, end + AFTER_CHARS, back=False)
        scene = replace(scene, partner=other, partner_end=end, gap=gap, beyond=beyond)
    outcome = read(scene)
    if outcome is None:
        return None
    reading, rule = outcome
    return _area(text, reading, rule, place, scene.partner if reading.paired else None)


def _area(text: str, reading: Reading, rule: str, place: Place, partner: Place | None) -> DerivedArea | None:
    shape = shape_of(reading, place, partner)
    if shape is None:
        return None
    places = (place,) if partner is None else (place, partner)
    return DerivedArea(
        start=reading.start,
        end=reading.end,
        text=text[reading.start : reading.end],
        relation=reading.relation,
        place_ids=tuple(each.id for each in places),
        lat=round(shape.lat, 4),
        lon=round(wrap_lon(shape.lon), 4),
        radius_km=round(shape.radius_km, 1),
        precision=_precision(reading.relation, places, shape.radius_km),
        bbox=closed(shape.bbox) if shape.bbox else None,
        rule=rule,
    )


def _precision(relation: AreaRelation, places: Sequence[Place], km: float) -> int:
    """Return ACLED's geo_precision: a part of a town is an exact place still, a part of a country is none."""
    if relation is AreaRelation.PART and places[0].kind not in AREA_KINDS:
        return 1
    of_country = relation in {AreaRelation.PART, AreaRelation.BORDER} and all(p.kind is Kind.COUNTRY for p in places)
    return 3 if of_country or km > COMPACT_KM else 2


def _completed(resolution: Resolution, area: DerivedArea | None) -> Resolution:
    """Return a resolution with its error radius: how far from its place the thing meant may lie."""
    place = resolution.place
    if place is None:
        return resolution
    reach = radius_km(place)
    if area is not None:
        away = distance_km(a_lat=place.lat, a_lon=place.lon, b_lat=area.lat, b_lon=area.lon) + area.radius_km
        reach = min(away, reach) if area.relation is AreaRelation.PART else away
    return replace(resolution, radius_km=round(reach, 1), area=area)
