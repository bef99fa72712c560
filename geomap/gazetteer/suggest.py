"""Suggest known names for one that is unknown, to ask "Did you mean Mosul?".

For people who typed or read a name, never for matching.  Other transliterations come first, then names a few
letters away, sought only among those that begin alike, so that fifteen million names cost no more than a few
hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple, Protocol

from geomap.model import NamedPlace, NameKind, Place
from geomap.words import name_key

__all__ = ["Gazetteer", "Suggestion", "suggest"]

# One wrong letter in a name of four, two in one of eight: beyond that it is another name.
MIN_SCORE = 0.74
# Too much is like a shorter name.
MIN_LETTERS = 3
# What another transliteration is worth that shares few letters ("Haweeja" for "Hawija"), unless it is an alias of
# a place whose own name is altogether another.
SPELT_ALIKE = 0.9
OWN_NAME_ALIKE = 0.5
# So many names are compared at most; more take longer than a person cares to wait.
MAX_COMPARED = 250_000
# So many of the likest names are looked up, for the most populous of their places.
MAX_LOOKED_UP = 40
# A first letter alone leaves too many names that begin alike, and typing seldom fails in the first two.
_STARTS = (2, 1)
_PLACE_NAMES = frozenset({NameKind.NAME, NameKind.ALIAS})


class Suggestion(NamedTuple):
    """A known name, the best known place it means, and how alike the names are, from 0 to 1."""

    key: str
    place: Place
    score: float


class Gazetteer(Protocol):
    """What is asked of a gazetteer; `Layered` and `Store` answer it."""

    def keys(self, start: str = "") -> Iterable[str]:
        """Yield the known keys that begin with `start`."""

    def lookup(self, key: str, /) -> tuple[NamedPlace, ...]:
        """Return the places stored under `key`, best known first."""

    def spelt_like(self, name: str, /) -> tuple[NamedPlace, ...]:
        """Return the places that have a name which may be another transliteration of `name`."""


def suggest(name: str, gazetteer: Gazetteer, *, limit: int = 5) -> list[Suggestion]:
    """Return up to `limit` places whose names are much like `name`, the likest first, then the most populous.

    Of places with one name, city and province for one, only the best known is suggested.
    """
    key = name_key(name)
    if len(key) < MIN_LETTERS:
        return []
    best: dict[str, Suggestion] = {}
    for found in (*_spelt_alike(key, gazetteer), *_typed_alike(key, gazetteer, limit)):
        own_name = name_key(found.place.name)
        known = best.get(own_name)
        if known is None or (found.score, found.key == own_name) > (known.score, known.key == own_name):
            best[own_name] = found
    return nsmallest(limit, best.values(), key=lambda found: (-found.score, -found.place.population, found.key))


def _spelt_alike(key: str, gazetteer: Gazetteer) -> Iterator[Suggestion]:
    from rapidfuzz.distance import OSA

    for named in gazetteer.spelt_like(key):
        own_name = name_key(named.place.name)
        alike = OSA.normalized_similarity(key, own_name)
        yield Suggestion(own_name, named.place, max(alike, SPELT_ALIKE if alike >= OWN_NAME_ALIKE else MIN_SCORE))


def _typed_alike(key: str, gazetteer: Gazetteer, limit: int) -> Iterator[Suggestion]:
    """Yield the likest names that begin with the same two letters; where there are few, with the same letter."""
    for length in _STARTS:
        near = _nearest(key, gazetteer.keys(key[:length]))
        for score, other in near:
            for named in gazetteer.lookup(other)[:1]:
                if named.name_kind in _PLACE_NAMES:
                    yield Suggestion(other, named.place, score)
        if len(near) >= limit:
            return


def _nearest(key: str, others: Iterable[str]) -> list[tuple[float, str]]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    compared = islice(others, MAX_COMPARED)
    alike = extract_iter(key, compared, scorer=OSA.normalized_similarity, score_cutoff=MIN_SCORE)
    # A name that two layers have comes twice.
    likest = {(-score, other) for other, score, _ in alike if other != key}
    return [(-less, other) for less, other in nsmallest(MAX_LOOKED_UP, likest)]
