"""Guess in which country and region an unknown name lies: where the other places of its texts lie.

A place in the same sentence says more than one elsewhere in the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geomap.model import Annotation, Place, Role, Span

__all__ = ["Company", "Region", "around", "company_of"]

# Only what the text speaks of literally says where it is: "Washington said" is anywhere.
_ROLES = frozenset({Role.LITERAL, Role.DATELINE})
# What the places of the same sentence weigh together, against all those of the document.
SENTENCE_SHARE = 0.5
# A division is guessed where at least half of what was named lies in it ...
ADMIN_MIN_SHARE = 0.5
# ... and a country taken for granted where two places or more agree, against few others.
STRONG_MIN_SHARE = 0.7
STRONG_MIN_PLACES = 2


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


@dataclass(slots=True)
class Company:
    """The places named around an unknown name, added up over its mentions."""

    countries: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    admins: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    witnesses: dict[str, set[str]] = field(default_factory=dict)

    def add(self, around: Mapping[Place, float]) -> None:
        """Add the company of one mention; each mention counts the same, however long its document is."""
        for place, weight in around.items():
            self.countries[place.country] += weight
            if place.admin1:
                self.admins[place.country, place.admin1] += weight
            known = self.witnesses.setdefault(place.country, set())
            if len(known) < STRONG_MIN_PLACES:
                known.add(place.id)

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


def company_of(annotation: Annotation) -> list[tuple[Span, Place]]:
    """Return where a document's places stand, those that say something about where it is."""
    return [
        (Span(r.mention.start, r.mention.end), r.place)
        for r in annotation.resolutions
        if r.place and r.place.country and r.mention.role in _ROLES
    ]


def around(sentence: Span, company: Iterable[tuple[Span, Place]]) -> dict[Place, float]:
    """Return what each place of a document weighs for a name in `sentence`; 1 together."""
    everywhere: dict[Place, bool] = {}
    for span, place in company:
        inside = sentence.start <= span.start < sentence.end
        everywhere[place] = everywhere.get(place, False) or inside
    beside = sum(everywhere.values())
    share = SENTENCE_SHARE if beside else 0.0
    document = (1 - share) / len(everywhere) if everywhere else 0.0
    return {place: document + (share / beside if inside else 0.0) for place, inside in everywhere.items()}
