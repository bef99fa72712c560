"""Read from the words round a place name which area is meant: "40 km north of Mosul", "southern Lebanon".

Every rule in `RULES` reads one kind of phrase; the first that finds its own decides.  A rule looks only at
words and at what kind of place it is; where the area lies is for `shapes.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from geomap.areas.amounts import distance_before
from geomap.areas.extent import radius_km
from geomap.areas.lexicon import phrases, values, word_list
from geomap.areas.pairs import between, border, road
from geomap.areas.parts import part
from geomap.areas.reading import (
    CENTRE,
    COMPACT_KM,
    POSSESSIVE,
    Reading,
    bearing_behind,
    bearings_before,
    behind_class,
    lead,
    over,
    sides_before,
)
from geomap.areas.scene import Scene
from geomap.model import AreaRelation, Kind

__all__ = ["RULES", "read"]

Rule: TypeAlias = Callable[[Scene], Reading | None]

# A distance without a direction is a ring; one farther out than this is no area on any map.
RING_MAX_KM = 100.0
# Beyond this a direction is a way of speaking: "5,000 miles west of London".
DISTANCE_MAX_KM = 1_500.0


def distance(scene: Scene) -> Reading | None:
    """So far in a direction: "about 15 miles (24 km) south-west of Mosul"."""
    i = behind_class(scene)
    if scene.word(i) not in {"of", "from"}:
        return None
    sides, i = bearings_before(scene, i + 1, "directions")
    if not sides:
        return None
    i = over(scene, i, frozenset({"to", "the", "due", "away", "-"}))
    amount = distance_before(scene, i)
    if amount is None or amount.km > DISTANCE_MAX_KM:
        return None
    start = scene.from_word(amount.first)
    return Reading(AreaRelation.DISTANCE, start, scene.end, sides[:1], amount)


def ring(scene: Scene) -> Reading | None:
    """So far, in no direction: "three miles outside Mosul", "within 10 km of the city"."""
    i = behind_class(scene)
    i += (scene.word(i), scene.word(i + 1)) == ("of", "outside")
    joint = scene.word(i)
    if joint not in {"from", "outside", "of"}:
        return None
    amount = distance_before(scene, over(scene, i + 1, word_list("ranges")))
    if amount is None or amount.km > RING_MAX_KM:
        return None
    within = scene.word(amount.first + 1) == "within"
    if joint == "of" and not within:
        return None
    return Reading(AreaRelation.NEAR, scene.from_word(amount.first + within), scene.end, (), amount)


def offshore(scene: Scene) -> Reading | None:
    """On the water: "off the coast of Somalia", "off Yemen's western coast", "a tanker sank off Hodeidah"."""
    coasts = word_list("coasts")
    i = behind_class(scene)
    sides: tuple[float, ...] = ()
    end = scene.end
    stated = scene.word(i) == "of" and scene.word(i + 1) in coasts
    if stated:
        sides, i = sides_before(scene, i + 2)
        i = over(scene, i, frozenset({"the"}))
    elif (coast := _coast_behind(scene)) is not None:
        stated, (sides, end) = True, coast
    if scene.word(i) != "off":
        return None
    amount = distance_before(scene, i + 1)
    if amount is not None and amount.km > DISTANCE_MAX_KM:
        return None
    if not stated and amount is None and word_list("afloat").isdisjoint(lead(scene, i + 1)):
        return None
    start = scene.from_word(amount.first if amount else over(scene, i + 1, word_list("nudges")) - 1)
    return Reading(AreaRelation.OFFSHORE, start, end, sides, amount)


def _coast_behind(scene: Scene) -> tuple[tuple[float, ...], int] | None:
    """Read "'s western coast" or "coast" behind the name: its sides, and where it ends."""
    i = int(scene.behind(0) == POSSESSIVE)
    side = bearing_behind(scene, i)
    i += side is not None
    if scene.behind(i) not in word_list("coasts"):
        return None
    return ((side,) if side is not None and side != CENTRE else ()), scene.after[i].end


def outskirts(scene: Scene) -> Reading | None:
    """On the rim of a town: "the southern outskirts of Beirut", "Beirut's suburbs", "suburban Chicago"."""
    if not _small(scene):
        return None
    rims = word_list("rims")
    i = behind_class(scene)
    if scene.word(i) == "of" and scene.word(i + 1) in rims:
        sides, k = sides_before(scene, i + 2)
        # In "the Fulda suburbs of Arden and Selby" these are themselves the suburbs.
        if scene.word(k) == "'s" or (scene.after_name and k == len(scene.before)):
            return None
        return Reading(AreaRelation.OUTSKIRTS, scene.from_word(k - 1), scene.end, sides)
    if scene.word(0) in word_list("rim_adjectives"):
        return Reading(AreaRelation.OUTSKIRTS, scene.from_word(0), scene.end)
    k = int(scene.behind(0) == POSSESSIVE)
    side = bearing_behind(scene, k)
    k += side is not None
    # "The Beirut suburb of Hadath" is named itself.
    if scene.behind(k) in rims and scene.behind(k + 1) != "of":
        sides = (side,) if side is not None and side != CENTRE else ()
        return Reading(AreaRelation.OUTSKIRTS, scene.start, scene.after[k].end, sides)
    return None


def direction(scene: Scene) -> Reading | None:
    """Beyond a place on one side, no distance told: "just north of Mosul", "west of the Euphrates"."""
    i = behind_class(scene)
    if scene.word(i) != "of":
        return None
    sides, i = bearings_before(scene, i + 1, "directions")
    if not sides:
        return None
    if scene.word(i) == "the" and scene.word(i + 1) == "to":
        i += 2
    k = over(scene, i, word_list("nudges"))
    # A distance that is too far, or that nobody can read, is not "on that side of it".
    told = scene.word(k) in values("units") or scene.word(k) in word_list("journeys")
    if told or distance_before(scene, k) is not None:
        return None
    return Reading(AreaRelation.DIRECTION, scene.from_word(k - 1), scene.end, sides, beside=k > i)


def near(scene: Scene) -> Reading | None:
    """Close to a place, on whatever side: "near Mosul", "in the vicinity of the airport"."""
    if not _small(scene):
        return None
    i = behind_class(scene)
    for length in (4, 3, 2, 1):
        if tuple(scene.word(k) for k in range(i, i + length)) in phrases("near"):
            k = over(scene, i + length, word_list("nudges"))
            far = distance_before(scene, k) is not None
            return None if far else Reading(AreaRelation.NEAR, scene.from_word(k - 1), scene.end, beside=True)
    return None


RULES: tuple[Rule, ...] = (
    distance, ring, border, road, between, offshore, outskirts, part, direction, near,
)  # fmt: skip


def read(scene: Scene) -> tuple[Reading, str] | None:
    """Return what the first rule that finds a phrase reads, and the rule's name."""
    for rule in RULES:
        reading = rule(scene)
        if reading is not None:
            return reading, rule.__name__
    return None


def _small(scene: Scene) -> bool:
    return radius_km(scene.place) <= COMPACT_KM and scene.place.kind is not Kind.COUNTRY
