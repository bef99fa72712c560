"""Guess in which country and region an unknown name lies: where the other places of its texts lie.

A place in the same sentence says more than one elsewhere in the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from geomap.model import Annotation, Place, Role, Span

__all__ = ["Company", "Region", "Surroundings"]

# Only what the text speaks of literally says where it is: "Washington said" is anywhere.
_ROLES = frozenset({Role.LITERAL, Role.DATELINE})
# What the places of the same sentence weigh together, against all those of the document.
SENTENCE_SHARE = 0.5
# A division is guessed where at least half of what was named lies in it ...
ADMIN_MIN_SHARE = 0.5
# ... and a country taken for granted where two places or more agree, against few others.
STRONG_MIN_SHARE = 0.7
STRONG_MIN_PLACES = 2
# Of a document that names more divisions, those with the most places: only one with half of all is guessed.
MAX_ADMINS = 50


@dataclass(frozen=True, slots=True)
class Region:
    """Where a name may lie: a country, perhaps a first-level division, and the share of its company there."""

    country: str
    admin1: str
    share: float
    is_strong: bool

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.admin1, self.country)))
        return f"{where} ({self.share:.0%})"


class Shares(NamedTuple):
    """How many of some places lie in each country and first-level division.

    `witnesses` are the ids of as many places of each country as make a guess strong.
    """

    places: int
    countries: Counter[str]
    admins: Counter[tuple[str, str]]
    witnesses: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, places: Iterable[Place]) -> Shares:
        """Count places; each counts once, however often it is named."""
        distinct = {place.id: place for place in places}.values()
        witnesses: dict[str, list[str]] = {}
        for place in distinct:
            known = witnesses.setdefault(place.country, [])
            if len(known) < STRONG_MIN_PLACES:
                known.append(place.id)
        admins = Counter((place.country, place.admin1) for place in distinct if place.admin1)
        commonest = Counter(dict(admins.most_common(MAX_ADMINS)))
        return cls(len(distinct), Counter(place.country for place in distinct), commonest, witnesses)


class Surroundings:
    """The places of one document that say something about where it is, and where they stand in it.

    They are counted once a document, not once a name: a gazette has a thousand of either.
    """

    def __init__(self, annotation: Annotation) -> None:
        found = [
            (r.mention.start, r.place)
            for r in annotation.resolutions
            if r.place and r.place.country and r.mention.role in _ROLES
        ]
        found.sort(key=itemgetter(0))
        self._starts = [start for start, _ in found]
        self._places = [place for _, place in found]

    @cached_property
    def whole(self) -> Shares:
        """Count the places of the document."""
        return Shares.of(self._places)

    def of(self, sentence: Span) -> Shares:
        """Count the places that begin in a sentence."""
        first, last = (bisect_left(self._starts, at) for at in sentence)
        return Shares.of(self._places[first:last])


@dataclass(slots=True)
class Company:
    """The places named around an unknown name, added up over its mentions."""

    countries: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    admins: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    witnesses: dict[str, set[str]] = field(default_factory=dict)

    def add(self, document: Shares, sentence: Shares) -> None:
        """Add the company of one mention; each mention counts the same, however long its document is."""
        share = SENTENCE_SHARE if sentence.places else 0.0
        for shares, weight in ((document, 1 - share), (sentence, share)):
            for country, n in shares.countries.items():
                self.countries[country] += weight * n / shares.places
            for admin, n in shares.admins.items():
                self.admins[admin] += weight * n / shares.places
        for country, ids in document.witnesses.items():
            known = self.witnesses.setdefault(country, set())
            if len(known) < STRONG_MIN_PLACES:
                known.update(ids)

    def region(self) -> Region | None:
        """Return the likeliest region, or None without company."""
        if not self.countries:
            return None
        total = sum(self.countries.values())
        country, weight = min(self.countries.items(), key=lambda item: (-item[1], item[0]))
        inside = [(w, admin) for (code, admin), w in self.admins.items() if code == country]
        best, admin = max(inside, key=lambda item: (item[0], item[1]), default=(0.0, ""))
        share = weight / total
        strong = share >= STRONG_MIN_SHARE and len(self.witnesses[country]) >= STRONG_MIN_PLACES
        return Region(country, admin if best >= ADMIN_MIN_SHARE * total else "", share, strong)
