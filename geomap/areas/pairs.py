"""Read phrases that join two place names: a border they share, a road from one to the other, what lies between."""

from __future__ import annotations

from geomap.areas.extent import radius_km
from geomap.areas.lexicon import values, word_list
from geomap.areas.reading import COMPACT_KM, POSSESSIVE, Reading, lead, over
from geomap.areas.scene import DASHES, Scene
from geomap.model import AreaRelation

__all__ = ["between", "border", "road"]


def border(scene: Scene) -> Reading | None:
    """Where two places meet: "the Mali-Niger border", "the border of Mali and Niger", "Mali's border with Niger"."""
    if scene.partner is None:
        return None
    words = word_list("borders")
    behind = [token.key for token in scene.beyond[:2]]
    joined = len(scene.gap) == 1 and scene.gap[0] in DASHES
    if joined and behind[:1] and behind[0] in words:
        return Reading(AreaRelation.BORDER, scene.start, scene.beyond[0].end, paired=True)
    if scene.gap in {("and",), ("and", "the")}:
        i = over(scene, 0, frozenset({"the"}))
        if scene.word(i) in {"between", "of"} and scene.word(i + 1) in words:
            return Reading(AreaRelation.BORDER, scene.from_word(i + 1), scene.partner_end, paired=True)
    if _is_border_with(scene.gap):
        return Reading(AreaRelation.BORDER, scene.start, scene.partner_end, paired=True)
    return None


def _is_border_with(gap: tuple[str, ...]) -> bool:
    """Say whether the words between two names are "'s long southern border with" or "southern border with"."""
    gap = gap[:-1] if gap[-1:] == ("the",) else gap
    owned = gap[:1] == (POSSESSIVE,)
    *others, line, joint = ("", "", *(gap[1:] if owned else gap))
    said = [word for word in others if word and not (owned or word in values("adjectives"))]
    return joint == "with" and line in word_list("borders") and not said and len(others) <= 4


def road(scene: Scene) -> Reading | None:
    """On the way: "the road from Gao to Kidal", "the Gao-Kidal road", "a highway linking Gao and Kidal"."""
    if scene.partner is None or not _compact(scene):
        return None
    roads = word_list("roads")
    if len(scene.gap) == 1 and scene.gap[0] in DASHES and scene.beyond and scene.beyond[0].key in roads:
        return Reading(AreaRelation.BETWEEN, scene.start, scene.beyond[0].end, paired=True)
    i = over(scene, 0, frozenset({"the"}))
    linked = scene.word(i) in word_list("linking") and scene.gap in {("to",), ("with",), ("and",)}
    if not linked and not (scene.word(i) == "from" and scene.gap == ("to",)):
        return None
    said = lead(scene, i + 1)
    k = next((k for k, word in enumerate(said) if word in roads), None)
    if k is None or "," in said[:k] or "(" in said[:k]:
        return None
    return Reading(AreaRelation.BETWEEN, scene.from_word(i + 1 + k), scene.partner_end, paired=True)


def between(scene: Scene) -> Reading | None:
    """Somewhere between two towns: "between Gao and Kidal", where nobody deals with the other there."""
    i = over(scene, 0, frozenset({"the"}))
    if scene.partner is None or scene.word(i) != "between" or scene.gap not in {("and",), ("and", "the")}:
        return None
    if not _compact(scene) or not word_list("mutual").isdisjoint(lead(scene, i + 1)):
        return None
    return Reading(AreaRelation.BETWEEN, scene.from_word(i), scene.partner_end, paired=True)


def _compact(scene: Scene) -> bool:
    """Say whether both places are small enough for something to lie between them."""
    assert scene.partner is not None
    return max(radius_km(scene.place), radius_km(scene.partner)) <= COMPACT_KM
