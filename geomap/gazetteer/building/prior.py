"""The order of a name's places when nothing is known of the text: best first.

Countries by their own name lead; after them a place counts by its people, and by how the name
belongs to it: an alternate name is worth as much as the main name of a place 30 times smaller.
"""

from __future__ import annotations

from math import log10

from geomap.gazetteer.building.draft import Draft
from geomap.model import Kind, NameKind

__all__ = ["rank"]

# In powers of ten of people: places without a count are as prominent as if they had so many.
_FLOORS = {
    Kind.CONTINENT: 9.0,
    Kind.COUNTRY: 6.0,
    Kind.SEA: 7.0,
    Kind.STRAIT: 5.5,
    Kind.ADMIN1: 5.3,
    Kind.REGION: 5.0,
    Kind.RIVER: 5.0,
    Kind.LAKE: 4.8,
    Kind.ISLAND: 4.8,
    Kind.MOUNTAIN: 4.8,
    Kind.LINE: 4.8,
    Kind.FACILITY: 4.5,
    Kind.AIRPORT: 4.0,
    Kind.ADMIN2: 3.5,
    Kind.PORT: 3.0,
    Kind.ADMIN3: 3.0,
    Kind.NEIGHBOURHOOD: 3.0,
    Kind.CITY: 2.5,
}
# Capitals of countries and of divisions are in the news more than their people alone would say.
_SEATS = {"PPLC": 1.0, "PPLA": 0.3}
# A district is called by its seat's name, and then the seat is meant.
_DISTRICT = {Kind.ADMIN2: -1.0, Kind.ADMIN3: -1.5}
_NAME_KINDS = {NameKind.NAME: 0.0, NameKind.ALIAS: -1.5, NameKind.ABBREVIATION: 2.0, NameKind.DEMONYM: 2.0}


def rank(draft: Draft, name_kind: NameKind, *, preferred: bool) -> tuple[bool, bool, float, str]:
    """Return a key that sorts the places of one name, best first; the id settles ties."""
    country = draft.kind is Kind.COUNTRY and name_kind is NameKind.NAME
    people = max(log10(1 + draft.population), _FLOORS[draft.kind])
    prior = people + _SEATS.get(draft.feature, 0.0) + _DISTRICT.get(draft.kind, 0.0) + _NAME_KINDS[name_kind]
    return (not preferred, not country, -round(prior, 6), draft.id)
