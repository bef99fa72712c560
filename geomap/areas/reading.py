"""What a rule reads, and the small steps that several rules share: articles, directions, "the city of"."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.areas.amounts import Amount
from geomap.areas.lexicon import values, word_list
from geomap.areas.scene import Scene
from geomap.model import AreaRelation

__all__ = [
    "CENTRE",
    "COMPACT_KM",
    "POSSESSIVE",
    "Reading",
    "bearing_behind",
    "bearings_before",
    "behind_class",
    "lead",
    "over",
    "sides_before",
]

# "Near", "outside" and "between" something larger than this say nothing of where.
COMPACT_KM = 100.0
POSSESSIVE = "'s"
# Stands for the middle of a place among bearings.
CENTRE = -1.0
# "the besieged northern Iraqi city of": so many words between the article and "city".
_CLASS_MAX_WORDS = 3
# The words before "off X", "from X to Y" or "between X and Y" that may speak of the sea, a road, or what two share.
_LEAD_WORDS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase `[start, end)` round a name: how the area lies to the place, or to both places where `paired`.

    `bearings` are the sides spoken of, in degrees, or CENTRE; `amount` is a distance; `beside` means at close
    quarters, `coastal` that it is the coast of a part.
    """

    relation: AreaRelation
    start: int
    end: int
    bearings: tuple[float, ...] = ()
    amount: Amount | None = None
    paired: bool = False
    beside: bool = False
    coastal: bool = False


def over(scene: Scene, i: int, words: frozenset[str]) -> int:
    """Step over words of a list, going back."""
    while scene.word(i) in words:
        i += 1
    return i


def lead(scene: Scene, i: int) -> list[str]:
    """Return the few words from `i` back that tell what the phrase is about, the nearest first."""
    return [scene.word(k) for k in range(i, i + _LEAD_WORDS)]


def behind_class(scene: Scene) -> int:
    """Return how many words before the name only say what it is: "the", "the besieged northern city of"."""
    articles = word_list("articles")
    i = int(scene.word(0) in articles)
    k = i + (scene.word(i) in {"of", ","})
    if scene.word(k) not in word_list("classes"):
        return i
    for j in range(k + 1, k + 2 + _CLASS_MAX_WORDS):
        if scene.word(j) in articles:
            return j + 1
        if not scene.word(j).isalpha() or scene.word(j) == "of":
            break
    return k + 1 if scene.word(i) != "of" else i


def bearings_before(scene: Scene, i: int, table: str) -> tuple[tuple[float, ...], int]:
    """Return the bearings that the words from `i` back name, and where they end: "south-western", "south and east"."""
    bearing, k = _bearing(scene, i, table)
    if bearing is None:
        return (), i
    if scene.word(k) in {"and", "or"}:
        other, after = _bearing(scene, k + 1, table)
        if other is not None:
            return (other, bearing), after
    return (bearing,), k


def sides_before(scene: Scene, i: int) -> tuple[tuple[float, ...], int]:
    """Return the bearings that an adjective or, failing that, a noun names: "southern Lebanon", "south Lebanon"."""
    sides, k = bearings_before(scene, i, "adjectives")
    return (sides, k) if sides else bearings_before(scene, i, "directions")


def _bearing(scene: Scene, i: int, table: str) -> tuple[float | None, int]:
    """Return one bearing, in one word or two: "south west", "north central"."""
    known = values(table)
    joined = scene.word(i + 1) + scene.word(i)
    if scene.word(i + 1) in values("directions") and joined in known:
        return known[joined], i + 2
    return known.get(scene.word(i)), i + 1


def bearing_behind(scene: Scene, i: int) -> float | None:
    """Return the bearing that the word `i` places behind the name says of a part: "eastern", "south", "central"."""
    word = scene.behind(i)
    if word in word_list("centre_adjectives"):
        return CENTRE
    return values("adjectives").get(word, values("directions").get(word))
