"""Read a distance that stands before a place name: "about 40 km", "two and a half miles", "10 to 15 km".

The words are read backwards from where the distance ends.  How exact an amount is, is told by how
round it is, after the point-radius method (Wieczorek, Guo and Hijmans 2004, IJGIS 18(8):745-767).
"""

from __future__ import annotations

from typing import NamedTuple

from geomap.areas.lexicon import values, word_list
from geomap.areas.scene import Scene

__all__ = ["Amount", "distance_before"]

# No distance on earth is longer in writing; a line of a thousand digits is none.
DIGITS_MAX = 9
# "(25 miles)", "(25 to 30 miles)": a second telling of the same distance.
_ASIDE_MAX_TOKENS = 8
_JOINS = frozenset({"to", "or", "-", "\u2013"})


class Amount(NamedTuple):
    """A distance and how far it may be off, both in km; its first word is the `first` before the name."""

    km: float
    give_km: float
    first: int


class _Number(NamedTuple):
    value: float
    give: float
    next: int


def distance_before(scene: Scene, i: int) -> Amount | None:
    """Return the distance whose last word is the one `i` places before the name, or None."""
    i = _over_aside(scene, i)
    two = f"{scene.word(i + 1)} {scene.word(i)}"
    name, i = (two, i + 2) if two in values("units") else (scene.word(i), i + 1)
    unit = values("units").get(name)
    if unit is None:
        return None
    # "40-kilometre"
    i += scene.word(i) in {"-", "\u2013"}
    number = _number(scene, i)
    if number is None:
        return None
    value, give, i = number
    lower = _number(scene, i + 1) if scene.word(i) in _JOINS or scene.word(i) == "and" else None
    if lower is not None and lower.value < value and (scene.word(i) in _JOINS or scene.word(lower.next) == "between"):
        i = lower.next + (scene.word(lower.next) in {"between", "from"})
        value, give = (lower.value + value) / 2, (value - lower.value) / 2
    last = i
    while scene.word(i) in word_list("hedges"):
        i += 1
    return Amount(value * unit, give * unit * (2 if i > last else 1), i - 1)


def _over_aside(scene: Scene, i: int) -> int:
    """Step over "(25 miles)" and ", or 25 miles,": the same distance in other units."""
    if scene.word(i) == ")":
        opening = next((k for k in range(i + 1, i + _ASIDE_MAX_TOKENS) if scene.word(k) == "("), None)
        return i if opening is None else opening + 1
    if scene.word(i) == ",":
        again = next((k for k in range(i + 1, i + _ASIDE_MAX_TOKENS) if scene.word(k) == "or"), None)
        return i + 1 if again is None else again + 1 + (scene.word(again + 1) == ",")
    return i


def _number(scene: Scene, i: int) -> _Number | None:
    """Return the number whose last word is `i` places before the name, and how far it may be off."""
    word = scene.word(i)
    if word[:1].isdecimal():
        if len(word) > DIGITS_MAX:
            return None
        value = float(word.replace(",", ""))
        return _Number(value, _roundness(word), i + 1)
    # "a few miles", "a couple of miles", "dozens of kilometres"
    if word == "of" and scene.word(i + 1) in values("vague"):
        i, word = i + 1, scene.word(i + 1)
    if word in values("vague"):
        return _Number(values("vague")[word], values("vague")[word], i + 1 + (scene.word(i + 1) == "a"))
    if word in {"a", "an"}:
        half = scene.word(i + 1) == "half"
        return _Number(0.5 if half else 1.0, 0.5, i + 1 + half)
    return _spelt(scene, i)


def _spelt(scene: Scene, i: int) -> _Number | None:
    """Return a number in words, up to a few hundred: "twenty-five", "two hundred", "half a"."""
    table = values("numbers")
    tens = next((ten for ten in table if table[ten] >= 20 and scene.word(i).startswith(ten)), "")
    rest = scene.word(i)[len(tens) :]
    if tens and rest in table and table[rest] < 10:
        return _Number(table[tens] + table[rest], 0.5, i + 1)
    if scene.word(i) not in table:
        return None
    value = table[scene.word(i)]
    i += 1
    if value == 0.5 and (scene.word(i), scene.word(i + 1)) == ("a", "and"):
        whole = _number(scene, i + 2)
        return _Number(whole.value + value, 0.5, whole.next) if whole else None
    if value < 10 and 20 <= table.get(scene.word(i), 0) < 100:
        value, i = value + table[scene.word(i)], i + 1
    elif value >= 12 and table.get(scene.word(i), 100) < 10:
        value, i = value * table[scene.word(i)], i + 1
    i += scene.word(i) == "a"
    return _Number(value, _roundness(f"{value:g}"), i)


def _roundness(digits: str) -> float:
    """Return half of the last digit that was written on purpose: 7.5 is good to 0.05, 40 to 5, 1,200 to 50."""
    whole, _, fraction = digits.replace(",", "").partition(".")
    if fraction:
        return 0.5 * 10.0 ** -len(fraction)
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return 0.5 * 10.0**zeros
