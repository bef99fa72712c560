"""Which names of a place are worth storing, and which other forms English texts give them.

GeoNames' alternate names carry every language, code and romanisation without saying which is which:
one visible list of filters drops what no English text would print.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeAlias

from geomap.gazetteer.building.draft import Draft
from geomap.model import Kind

__all__ = ["FILTERS", "keep_alternate", "plain", "swapped", "variants"]

# Alternate names this short are codes far more often than names.
MIN_LETTERS = 4
# Longer ones are descriptions.
MAX_LETTERS = 60

_NOT_LATIN = re.compile("[^\u0000-\u024f\u0259\u02b0-\u036f\u1e00-\u1eff\u2010-\u2027\u2032]")
_PUNCTUATION = re.compile(r"[()\[\]/;=_|:<>\"]")

Filter: TypeAlias = Callable[[str], bool]


def latin(name: str) -> bool:
    """Keep names written in Latin letters."""
    return not _NOT_LATIN.search(name)


def long_enough(name: str) -> bool:
    """Drop codes of airports and states, and descriptions."""
    return MIN_LETTERS <= len(name) <= MAX_LETTERS


def capitalised(name: str) -> bool:
    """Drop transcriptions letter by letter ("ba ge da"), which have no capital."""
    return not name.islower()


def not_a_code(name: str) -> bool:
    """Drop port and station codes, which are all capitals and digits."""
    return " " in name or not name.isupper()


def plain_words(name: str) -> bool:
    """Drop names with brackets, slashes or other marks that are no part of a name."""
    return not _PUNCTUATION.search(name)


FILTERS: tuple[Filter, ...] = (latin, long_enough, capitalised, not_a_code, plain_words)


def keep_alternate(name: str) -> bool:
    """Say whether an unchecked alternate name passes every filter."""
    return all(keep(name) for keep in FILTERS)


# --- other forms -------------------------------------------------------------------------------

# Words for a division that English texts put after its name or leave out.
_TYPE_WORDS = (
    "Province", "Governorate", "Region", "State", "Oblast", "Krai", "Raion", "County", "Parish", "Borough", "District",
    "Department", "Prefecture", "Canton", "Voivodeship", "Municipality", "Division", "Emirate", "Republic",
)  # fmt: skip
_ENDING = re.compile(rf"^(?P<own>.+) (?P<word>{'|'.join(_TYPE_WORDS)})$")
_LEADING = re.compile(rf"^(?P<word>{'|'.join(_TYPE_WORDS)}) of (?P<own>.+)$")
# Types of the ISO list that differ from the word in use.
_IN_USE = {"Autonomous region": "Region", "Rayon": "Raion", "Voivodship": "Voivodeship", "Land": "State"}
_SPELLINGS = (
    (re.compile(r"\bSaint\b"), "St."),
    (re.compile(r"\bSt\b\.?"), "Saint"),
    (re.compile(r"\bSainte\b"), "Ste."),
    (re.compile(r"\bSte\b\.?"), "Sainte"),
    (re.compile(r"\bMount\b"), "Mt."),
    (re.compile(r"\bMt\b\.?"), "Mount"),
    (re.compile(r"\bFort\b"), "Ft."),
    (re.compile(r"\bFt\b\.?"), "Fort"),
    (re.compile(r" and "), " & "),
    (re.compile(r" & "), " and "),
    (re.compile(r"(?<=\w)['\u2019]s\b"), "s"),
    (re.compile(r"\b([Cc])enter\b"), r"\1entre"),
    (re.compile(r"\b([Cc])entre\b"), r"\1enter"),
    (re.compile(r"\b([Hh])arbor\b"), r"\1arbour"),
    (re.compile(r"\b([Hh])arbour\b"), r"\1arbor"),
)
_RESPELT = re.compile("|".join(pattern.pattern for pattern, _ in _SPELLINGS))
# Words that papers put for one another behind a name: "Engels air base", "Engels airfield".
_ALIKE = (
    ("air base", "airbase", "airfield"),
    ("nuclear power plant", "nuclear power station", "nuclear plant", "NPP"),
    ("border crossing", "crossing"),
    ("refugee camp", "camp"),
)
_SWAPS = tuple((re.compile(rf"(?i)^(?P<own>\S.*?)[ -](?:{'|'.join(words)})$"), words) for words in _ALIKE)
_BUILT = frozenset([Kind.FACILITY, Kind.AIRPORT, Kind.NEIGHBOURHOOD])
# The Arabic article as GeoNames writes it before a name.
_ARTICLE = re.compile(r"^(?:A[dlnrstz]|Ash|Ath|Adh|El|Es)[ -](?=[^\W\d_])")
_ARABIC_SPEAKING = frozenset(
    ["AE", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY",
     "TD", "TN", "YE"]
)  # fmt: skip


# Where GeoNames' main names are scholars' romanisations, which papers print without the marks.
_ROMANISED = _ARABIC_SPEAKING | frozenset(["AF", "BD", "DJ", "ER", "ET", "IN", "IR", "JP", "LK", "NP", "PK", "TH"])
_MARKS = re.compile("[\u0300-\u036f\u02bb-\u02bf]")


def plain(draft: Draft) -> str:
    """Return a place's name as papers print it: "Al Fallujah" for GeoNames' "Al Fallūjah"."""
    if draft.country not in _ROMANISED or draft.name.isascii():
        return draft.name
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", draft.name)))


def variants(draft: Draft, name: str) -> Iterator[str]:
    """Yield other forms of one of a place's main names."""
    yield from _respelt(name)
    if draft.kind in {Kind.ADMIN1, Kind.ADMIN2}:
        yield from _with_type(name, draft.type_word)
    if draft.country in _ARABIC_SPEAKING and (article := _ARTICLE.match(name)):
        yield name[article.end() :]
        # The article as it is written, whatever letter it is spoken with: "Al-Raqqah" for "Ar Raqqah".
        yield f"Al {name[article.end() :]}"


def swapped(draft: Draft, name: str) -> Iterator[str]:
    """Yield a name of a base, plant, crossing or camp with the other words for what it is."""
    if draft.kind in _BUILT:
        for pattern, words in _SWAPS:
            if match := pattern.match(name):
                yield from (f"{match['own']} {word}" for word in words)
                return


def _respelt(name: str) -> list[str]:
    """Return the name with one or several of its words in their other spelling."""
    # Most names have no such word, and this is asked for every name of a dump.
    if not _RESPELT.search(name):
        return []
    forms = {name: None}
    for pattern, spelling in _SPELLINGS:
        forms.update(dict.fromkeys(pattern.sub(spelling, form, count=1) for form in tuple(forms)))
    return list(forms)[1:]


def _with_type(name: str, type_word: str) -> Iterator[str]:
    match = _ENDING.match(name) or _LEADING.match(name)
    if match:
        yield match["own"]
        yield f"{match['own']} {match['word']}"
        yield f"{match['word']} of {match['own']}"
        return
    word = _IN_USE.get(type_word, type_word)
    if word in _TYPE_WORDS:
        yield f"{name} {word}"
        yield f"{word} of {name}"
