"""Read phrases that speak of one side of a place, or of its middle."""

from __future__ import annotations

from geomap.areas.lexicon import values, word_list
from geomap.areas.reading import (
    CENTRE,
    POSSESSIVE,
    Reading,
    bearing_behind,
    bearings_before,
    behind_class,
    sides_before,
)
from geomap.areas.scene import DASHES, Scene
from geomap.model import AreaRelation

__all__ = ["part"]


def part(scene: Scene) -> Reading | None:
    """One side of a place, or its middle: "southern Lebanon", "the east of Libya", "Ukraine's eastern regions"."""
    return _adjective_part(scene) or _noun_part(scene) or _part_behind(scene)


def _adjective_part(scene: Scene) -> Reading | None:
    sides, k = sides_before(scene, 0)
    if not sides and scene.word(0) in word_list("centre_adjectives"):
        sides, k = (CENTRE,), 1
    return Reading(AreaRelation.PART, scene.from_word(k - 1), scene.end, sides) if sides else None


def _noun_part(scene: Scene) -> Reading | None:
    """Read "the south of X", "the southern part of X", "the heart of X"."""
    i = behind_class(scene)
    if scene.word(i) != "of":
        return None
    i += 1
    if scene.word(i) in word_list("parts") and scene.is_small(i):
        sides, k = sides_before(scene, i + 1)
        if not sides and scene.word(i + 1) in word_list("centre_adjectives"):
            sides, k = (CENTRE,), i + 2
        coastal = scene.word(i) in word_list("coasts")
        return Reading(AreaRelation.PART, scene.from_word(k - 1), scene.end, sides, coastal=coastal) if sides else None
    if scene.word(i) in word_list("centre_nouns"):
        plain = scene.is_small(i) and scene.word(i + 1) == "the"
        return Reading(AreaRelation.PART, scene.from_word(i), scene.end, (CENTRE,)) if plain else None
    sides, k = bearings_before(scene, i, "directions")
    while _is_depth(scene.word(k)):
        k += 1
    # "To the south of X" is outside it, "in the south of X" inside.
    if not sides or scene.word(k) != "the" or scene.word(k + 1) == "to":
        return None
    return Reading(AreaRelation.PART, scene.from_word(k - 1), scene.end, sides)


def _is_depth(word: str) -> bool:
    return word in word_list("depths") or word.endswith(tuple(word_list("depth_endings")))


def _part_behind(scene: Scene) -> Reading | None:
    """Read "'s eastern regions", "'s south"."""
    if scene.behind(0) != POSSESSIVE:
        return None
    k = 1 + _is_depth(scene.behind(1))
    side = bearing_behind(scene, k)
    if side is None:
        return None
    following = scene.behind(k + 1)
    if following in word_list("parts"):
        coastal = following in word_list("coasts")
        return Reading(AreaRelation.PART, scene.start, scene.after[k + 1].end, (side,), coastal=coastal)
    # "Libya's east and" is a part of it, "Libya's east coast road" not a known one.
    alone = not following[:1].isalpha() or following in word_list("goes_on")
    if scene.behind(k) not in values("directions") or not alone or following in DASHES:
        return None
    return Reading(AreaRelation.PART, scene.start, scene.after[k].end, (side,))
