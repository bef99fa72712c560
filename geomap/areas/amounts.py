"""Read a distance that stands before a place name: "about 40 km", "two and a half miles", "10 to 15 km".

The words up to where the distance ends are laid out as one line, and read from its end.  A distance that
cannot be read, or is too short to draw, is endless: farther than any rule allows.
"""

from __future__ import annotations

import re
from functools import cache
from math import inf
from typing import NamedTuple

from geomap.areas.lexicon import values, word_list
from geomap.areas.numbers import Number, number_before
from geomap.areas.scene import Scene

__all__ = ["Amount", "distance_before"]

# Nearer than this is at the place itself: where its own middle lies is not known so well.
DISTANCE_MIN_KM = 0.1
# "(25 miles)", "(25 to 30 miles)": a second telling of the same distance.
_ASIDE_MAX_TOKENS = 8
# Between two ends of a range; "and" only behind "between".
_JOIN = re.compile(r"(?: (?P<word>to|or|and) |\s?[-\u2013] ?)$")
_GLUED = re.compile(r"[-\u2013]$")


class Amount(NamedTuple):
    """A distance and how far it may be off, both in km; its first word is the `first` before the name."""

    km: float
    give_km: float
    first: int


def distance_before(scene: Scene, i: int) -> Amount | None:
    """Return the distance whose last word is the one `i` places before the name, or None."""
    i = _over_aside(scene, i)
    # "40 km or so", "40 km or more"
    loose = scene.word(i) in {"so", "more"} and scene.word(i + 1) == "or"
    line, words = _line(scene, i + 2 * loose)
    match = _units().search(line)
    if match is None:
        return None
    unit, more = values("units")[match["unit"]], match["more"]
    number = number_before(line[: match.start()])
    if number is None:
        return None
    number = number._replace(value=number.value + values("fractions")[more]) if more else number
    number, start = _with_range(line, number, match["unit"])
    i = next(word for at, word in reversed(words) if at <= start)
    while scene.word(i + 1) in word_list("hedges"):
        i, loose = i + 1, True
    km = number.value * unit
    if not DISTANCE_MIN_KM <= km < inf:
        return Amount(inf, 0.0, i)
    return Amount(km, number.give * unit * (2 if loose else 1), i)


def _line(scene: Scene, i: int) -> tuple[str, list[tuple[int, int]]]:
    """Return the words from `i` back as one line, and where in it each of them begins.

    "Five-mile" is two words; what the text writes together otherwise stays so.
    """
    line, words = "", []
    for k in range(len(scene.before) - 1, i - 1, -1):
        token = scene.before[k]
        apart = k + 1 < len(scene.before) and scene.before[k + 1].end < token.start
        line += " " if apart else ""
        words.append((len(line), k))
        line += " ".join(_joined().findall(token.key)) if _compound().fullmatch(token.key) else token.key
    return line, words


def _over_aside(scene: Scene, i: int) -> int:
    """Step over "(25 miles)" and ", or 25 miles,": the same distance in other units."""
    if scene.word(i) == ")":
        opening = next((k for k in range(i + 1, i + _ASIDE_MAX_TOKENS) if scene.word(k) == "("), None)
        return i if opening is None else opening + 1
    if scene.word(i) == ",":
        again = next((k for k in range(i + 1, i + _ASIDE_MAX_TOKENS) if scene.word(k) == "or"), None)
        return i + 1 if again is None else again + 1 + (scene.word(again + 1) == ",")
    return i


def _with_range(line: str, number: Number, unit: str) -> tuple[Number, int]:
    """Return the middle of "10 to 15", or the number alone, and where it begins."""
    before = line[: number.start]
    join = _JOIN.search(before)
    said = before[: join.start()].removesuffix(unit) if join else ""
    lower = number_before(said) if join else None
    if join and lower:
        # "Two to three hundred" begins at two hundred.
        times = number.scale if lower.scale == 1 and lower.value * number.scale < number.value else 1.0
        value, rest = lower.value * times, said[: lower.start].rstrip()
        between = next((word for word in ("between", "from") if rest.endswith(word)), "")
        if value < number.value < inf and (join["word"] != "and" or between == "between"):
            middle, give = (value + number.value) / 2, (number.value - value) / 2
            return Number(middle, give, lower.start), len(rest) - len(between) if between else lower.start
    return (number._replace(value=inf) if _GLUED.search(before) else number), number.start


@cache
def _units() -> re.Pattern[str]:
    """Return what finds a unit at the end of a line: "40 km", "40-kilometre", "a mile and a half"."""
    units = "|".join(sorted(values("units"), key=len, reverse=True))
    return re.compile(
        rf"(?:\s?[-\u2013]\s?|\s|(?<=[^\W_])(?<![^\W\d_]))(?P<unit>{units})(?: and a (?P<more>half|quarter))?$"
    )


@cache
def _joined() -> re.Pattern[str]:
    parts = {*_first_words(), "a", "and", *(unit for unit in values("units") if len(unit) > 1)}
    return re.compile(
        "|".join(f"{part}s?" if part in values("fractions") else part for part in sorted(parts, key=len, reverse=True))
    )


@cache
def _compound() -> re.Pattern[str]:
    """Return what tells words that a hyphen joined: they begin with a number."""
    first = "|".join(sorted(_first_words(), key=len, reverse=True))
    return re.compile(f"(?:{first})s?(?:{_joined().pattern})+")


def _first_words() -> set[str]:
    return {word for table in ("numbers", "scales", "fractions") for word in values(table)}
