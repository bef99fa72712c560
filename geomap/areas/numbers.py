"""Read the number with which words end: "about 1,200", "3 1/2", "a hundred and fifty", "three quarters of a".

All of the number is read or none of it: what begins before the words that were understood is a different
number.  How exact it is, is told by how round it is, after the point-radius method (Wieczorek, Guo and
Hijmans 2004, IJGIS 18(8):745-767).
"""

from __future__ import annotations

import re
from functools import cache
from math import inf
from typing import NamedTuple

from geomap.areas.lexicon import values

__all__ = ["Number", "number_before"]

# "5/6 km" is five or six: only these are said of a distance.
DENOMINATORS = frozenset({2, 3, 4, 5, 8, 10})
_FRACTION_SIGNS = {"\u00bd": 0.5, "\u00bc": 0.25, "\u00be": 0.75}
_SIGN = f"[{''.join(_FRACTION_SIGNS)}]"
# No distance on earth has more than nine digits.  Of decimals there are two at most: "1.500" may be either.
_DIGITS = re.compile(
    r"(?:(?<![^\s(\[~\u2248\u2014])|(?<=\w[-\u2013]))"
    r"(?:(?:(?P<mixed>\d{1,3})[ -])?(?P<over>\d{1,2})/(?P<under>\d{1,2})"
    rf"|(?P<before_sign>\d{{0,3}}) ?(?P<sign>{_SIGN})"
    r"|(?P<grouped>\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2}|\d{1,3}(?:'\d{3}){1,2}|\d{1,9})"
    r"(?P<decimals>\.\d{1,2})?)$"
)
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = {"hundred": "h", "thousand": "k", "dozen": "z", "a": "a", "an": "a", "and": "&"}
_BELOW_100 = "(?:yu?|t|u)"
_BELOW_1000 = f"(?:[uta]?h(?:&?{_BELOW_100})?|{_BELOW_100})"
# In letters, one for each word: u 1-9, t 10-19, y 20-90, h hundred, k thousand, z dozen.
_SPELT = re.compile(f"(?:{_BELOW_1000}|a)?k(?:&?{_BELOW_1000})?|{_BELOW_1000}|[uta]?z|a")
# They change a number in words, and are not understood.
_STRANGE = re.compile(r"(?:\bminus|\bpoint|\bmany|[$\u20ac\u00a3+\u2212])\s?$")


class Number(NamedTuple):
    """A number, how far it may be off, where it begins, and by what its last word multiplies: two hundred.

    A number that stands there and cannot be read is infinite.
    """

    value: float
    give: float
    start: int
    scale: float = 1.0


def number_before(text: str) -> Number | None:
    """Return the number with which a text in lower case ends, or None where it ends with none."""
    text = text.rstrip()
    number = _in_digits(text) or _fraction(text) or _in_words(text) or _vague(text)
    return number._replace(value=inf) if number and _STRANGE.search(text[: number.start]) else number


def _in_digits(text: str) -> Number | None:
    if not text or not (text[-1].isdecimal() or text[-1] in _FRACTION_SIGNS):
        return None
    match = _DIGITS.search(text)
    # "2 40 km": nobody knows where the one number ends.
    if match is None or text[: match.start()].rstrip()[-1:].isdecimal():
        return Number(inf, 0, len(text))
    if match["sign"]:
        value = float(match["before_sign"] or 0) + _FRACTION_SIGNS[match["sign"]]
    elif match["over"]:
        over, under = int(match["over"]), int(match["under"])
        if under not in DENOMINATORS or over >= under:
            return Number(inf, 0, match.start())
        value = float(match["mixed"] or 0) + over / under
    else:
        whole, decimals = re.sub(r"\D", "", match["grouped"]), match["decimals"] or ""
        return Number(float(whole + decimals), _roundness(whole + decimals), match.start())
    return Number(value, min(0.5, value), match.start())


def _fraction(text: str) -> Number | None:
    """Read "half a", "a quarter of a", "two and a half", "three quarters of a"."""
    match = _fractions().search(text)
    if match is None:
        return None
    many = values("numbers").get(match["many"] or "", 1.0)
    value = many * values("fractions")[match["easy"] or match["hard"]]
    before = text[: match.start()].rstrip()
    # "Between a quarter and half a mile" adds nothing up.
    whole = number_before(before.removesuffix(" and")) if match["many"] and before.endswith(" and") else None
    if whole is None or whole.value < 1:
        return Number(value, min(0.5, value), match.start())
    return Number(whole.value + value, 0.5, whole.start)


@cache
def _fractions() -> re.Pattern[str]:
    many = "|".join(("an?", *(word for word, value in values("numbers").items() if value < 10)))
    hard = "|".join(values("fractions"))
    return re.compile(
        rf"(?<![^\s(])(?:(?P<many>{many}) )?(?:(?P<easy>half|quarter)(?: of)?(?: an?)?|(?P<hard>{hard})s? of an?)$"
    )


def _in_words(text: str) -> Number | None:
    """Read the longest numeral in words; one that begins with "hundred" is so many times what stands before."""
    run = _numerals(text)
    for k, first in enumerate(run):
        words = [match[0] for match in run[k:]]
        of_dozens = words[0] == "a" and len(words) > 1 and text[: first.start()].endswith("half ")
        if of_dozens or not _SPELT.fullmatch("".join(map(_letter, words))):
            continue
        if k and run[k - 1][0] in values("numbers"):
            return Number(inf, 0, first.start())
        value, scale = _sum(words), values("scales").get(words[-1], 1.0)
        before = text[: first.start()].rstrip()
        many = (_vague(before) or _in_digits(before) or _fraction(before)) if words[0] in values("scales") else None
        if many is not None:
            return Number(many.value * value, many.give * value, many.start, scale)
        return Number(value, _roundness(f"{value:g}"), first.start(), scale)
    return Number(inf, 0, len(text)) if run and run[-1][0] in values("numbers") else None


def _numerals(text: str) -> list[re.Match[str]]:
    """Return the numerals in a row with which a text ends."""
    run: list[re.Match[str]] = []
    end = len(text)
    for match in reversed(list(_WORD.finditer(text))):
        if text[match.end() : end].strip() or not _letter(match[0]):
            break
        run.append(match)
        end = match.start()
    return run[::-1]


def _letter(word: str) -> str:
    value = values("numbers").get(word, 0.0)
    return _LETTERS.get(word) or ("" if not value else "u" if value < 10 else "t" if value < 20 else "y")


def _sum(words: list[str]) -> float:
    total = part = 0.0
    for word in words:
        scale = values("scales").get(word)
        part = part + values("numbers").get(word, 0.0) if scale is None else (part or 1.0) * scale
        if word == "thousand":
            total, part = part, 0.0
    return total + part or 1.0


def _vague(text: str) -> Number | None:
    """Read what nobody counted: "a few", "a couple of"; the truth may be nothing or twice that."""
    match = re.search(rf"(?<![^\s(])(?:a )?({'|'.join(values('vague'))})(?: of)?$", text)
    return Number(values("vague")[match[1]], values("vague")[match[1]], match.start()) if match else None


def _roundness(digits: str) -> float:
    """Return half of the last digit that was written on purpose: 7.5 is good to 0.05, 40 to 5, 1200 to 50."""
    whole, _, fraction = digits.partition(".")
    if fraction:
        return 0.5 * 10.0 ** -len(fraction)
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return 0.5 * 10.0**zeros
