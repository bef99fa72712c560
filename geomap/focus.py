"""Decide what a document, or a pile of them, is about, apart from where it was written.

Every counted mention speaks for its place and for that place's country: what is spoken of most is what the text is
about.  Of places named equally often the one named first counts more, as news begins with what matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from geomap.model import DEFAULT_ROLES, Focus, Kind, Place, Resolution, Role, contains

__all__ = ["CountryOf", "Spoken", "focus", "spoken_of", "written_at"]

# What is named half as often as the first is a second focus; more than three are a list, not a focus.
SECOND_SHARE = 0.5
MAX_FOCUS = 3
# Of all mentions.  With less, a text is about no one country, or no one place.
COUNTRY_MIN_SHARE = 0.2
PLACE_MIN_SHARE = 0.05

# Places by id with the number of their counted mentions, in the order in which they are first named.
Spoken: TypeAlias = Mapping[str, tuple[Place, int]]
# The place that a code of two letters stands for, if it is known.
CountryOf: TypeAlias = Callable[[str], Place | None]


def spoken_of(resolutions: Iterable[Resolution]) -> Spoken:
    """Return how often a document speaks of each place."""
    found: dict[str, tuple[Place, int]] = {}
    for resolution in resolutions:
        if resolution.place and resolution.mention.role in DEFAULT_ROLES:
            place, count = found.get(resolution.place.id, (resolution.place, 0))
            found[place.id] = place, count + 1
    return found


def focus(spoken: Spoken, country_of: CountryOf) -> tuple[Focus, ...]:
    """Return the countries spoken of most, then the places, each with its share of all mentions.

    A place named only once is in focus where nothing is named twice, and it is named first.
    """
    total = sum(count for _, count in spoken.values())
    countries: Counter[str] = Counter()
    places: Counter[str] = Counter()
    known: dict[str, Place] = {}
    for id_, (place, count) in spoken.items():
        if place.country:
            countries[place.country] += count
        if place.country and place.kind is Kind.COUNTRY:
            known[place.country] = place
        else:
            places[id_] += count
    wide = (
        (known.get(code) or country_of(code), share) for code, share in _most(countries, total, least=COUNTRY_MIN_SHARE)
    )
    named = list(_most(places, total, least=PLACE_MIN_SHARE))
    near = [(spoken[id_][0], share) for i, (id_, share) in enumerate(named) if i == 0 or places[id_] > 1]
    return tuple(Focus(place, share) for place, share in (*wide, *near) if place)


def written_at(resolutions: Iterable[Resolution]) -> tuple[Place, ...]:
    """Return the places of a document's dateline, without the country or region that holds one of them."""
    filed = [r.place for r in resolutions if r.place and r.mention.role is Role.DATELINE]
    places = {place.id: place for place in filed}.values()
    return tuple(place for place in places if not any(contains(place, other) for other in places))


def _most(counts: Counter[str], total: int, *, least: float) -> Iterator[tuple[str, float]]:
    """Yield what is counted most, with its share; of equals the first counted."""
    first = max(counts.values(), default=0)
    for key, count in counts.most_common(MAX_FOCUS):
        if count >= SECOND_SHARE * first and count >= least * total:
            yield key, count / total
