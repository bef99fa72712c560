"""The named features by which one place is preferred to another of the same name.

Standing features belong to the place and its name; context features ask what else the document
names.  Each is a number from 0 to 1; `data/weights.toml` says what each is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import cos, exp, hypot, log10, radians
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from geomap.gazetteer.english import is_english
from geomap.geo import KM_PER_DEGREE
from geomap.model import Kind, NamedPlace, NameKind, Place, contains
from geomap.resolve.beside import NOWHERE, Beside
from geomap.resolve.habit import NO_HABIT, Habit

__all__ = ["CONTEXT", "DIVISIONS", "NEEDS", "NO_COMPANY", "STANDING", "Company", "Context", "Contextual"]

# More people than any place holds, so that `population` stays below 1.
POPULATION_CEILING_LOG10 = 10.0
LARGE_POPULATION = 300_000
# A region that leads the clause may also begin a list; no corpus has enough of them to learn from.
LEADING = 0.8
# At this distance a neighbour is worth 1/e of one next door.
NEIGHBOUR_KM = 120.0
NEIGHBOURS = 3
# Farther away than this in either direction a place is no neighbour, and its distance need not be known.
NEIGHBOUR_MAX_DEG = 5.0


# This and `Context` are made for every name, three times over; a named tuple is made in a third of the time.
class Company(NamedTuple):
    """How the likeliest places of all a document's names share out among countries and admin units.

    The values are sums of probabilities, `total` is the sum of all; `own` is the likeliest place of
    the name in question and `own_part` its probability, to be left out: a name is no company to itself.
    """

    by_country: Mapping[str, float]
    by_admin1: Mapping[str, float]
    total: float
    own: Place | None = None
    own_part: float = 0.0

    def country_share(self, country: str) -> float:
        """Return the share of the other names that lie in a country."""
        part = self.by_country.get(country)
        if part is None:
            return 0.0
        mine = self.own_part if self.own and self.own.country == country else 0.0
        return self._share(part - mine)

    def admin1_share(self, admin1_id: str) -> float:
        """Return the share of the other names that lie in a state or province."""
        part = self.by_admin1.get(admin1_id)
        if part is None:
            return 0.0
        mine = self.own_part if self.own and (self.own.admin1_id or self.own.id) == admin1_id else 0.0
        return self._share(part - mine)

    def _share(self, part: float) -> float:
        others = self.total - self.own_part
        return min(1.0, max(0.0, part / others)) if others > _NOBODY else 0.0


# Below this the sum of the others' probabilities is rounding.
_NOBODY = 1e-6
NO_COMPANY = Company({}, {}, 0.0)


class Context(NamedTuple):
    """A name and what the rest of its document suggests about it.

    `named` holds the ids of countries and regions named outright, `anchors` the likeliest places of
    the names around; `beside` are the regions that stand beside the name; `habit` is what the other articles of
    the source are about, `cues` which kinds the words beside the name speak of, `one_spot` says that all places of
    the name lie together.
    """

    name: str
    company: Company
    named: frozenset[str]
    anchors: Sequence[Place]
    beside: Beside = NOWHERE
    habit: Habit = NO_HABIT
    cues: Mapping[Kind, float] = MappingProxyType({})
    one_spot: bool = False


Standing: TypeAlias = Callable[[NamedPlace, int], float]
Contextual: TypeAlias = Callable[[Place, Context], float]


# --- standing --------------------------------------------------------------------------------


def rank(_: NamedPlace, position: int) -> float:
    """The gazetteer's own order of the places of this name."""
    return 1 / (1 + position)


def population(entry: NamedPlace, _: int) -> float:
    """How many people live there; populations span ten orders of magnitude, so their logarithm."""
    return log10(1 + entry.place.population) / POPULATION_CEILING_LOG10


def usual(entry: NamedPlace, _: int) -> float:
    """It is the sea, the state or the region that news mostly means by the bare name, by a table written by hand.

    What a table says of towns and countries shows in their size and order already.
    """
    return float(entry.usual and entry.place.kind not in _SETTLED)


def main_name(entry: NamedPlace, _: int) -> float:
    """The name is the one readers know it by."""
    return float(entry.name_kind is NameKind.NAME)


def short_form(entry: NamedPlace, _: int) -> float:
    """The name is an abbreviation of it."""
    return float(entry.name_kind is NameKind.ABBREVIATION)


def country(entry: NamedPlace, _: int) -> float:
    """It is a country."""
    return float(entry.place.kind is Kind.COUNTRY)


def first_level(entry: NamedPlace, _: int) -> float:
    """It is a state or province."""
    return float(entry.place.kind is Kind.ADMIN1)


def second_level(entry: NamedPlace, _: int) -> float:
    """It is a county or district."""
    return float(entry.place.kind in {Kind.ADMIN2, Kind.ADMIN3})


def region(entry: NamedPlace, _: int) -> float:
    """It is a region that is no state or province: the Sahel, Puntland."""
    return float(entry.place.kind is Kind.REGION)


def second_name(entry: NamedPlace, _: int) -> float:
    """It is a state, province or district under another name than its own: Nineveh as "Mosul"."""
    return float(entry.place.kind in DIVISIONS and entry.name_kind is NameKind.ALIAS)


def capital(entry: NamedPlace, _: int) -> float:
    """It is a national capital."""
    return float(entry.place.feature == "PPLC")


def seat(entry: NamedPlace, _: int) -> float:
    """It is the seat of a state or province."""
    return float(entry.place.feature == "PPLA")


def large(entry: NamedPlace, _: int) -> float:
    """It is a large city, known far beyond its region."""
    return float(entry.place.kind is Kind.CITY and entry.place.population >= LARGE_POPULATION)


def notable(entry: NamedPlace, _: int) -> float:
    """It stands in the tables written by hand: in the news, though few or none may live there."""
    return float(entry.place.source == "geomap")


def natural(entry: NamedPlace, _: int) -> float:
    """It is a continent, a sea, a strait, a river or a lake."""
    return float(entry.place.kind in _NATURAL)


def named_after(entry: NamedPlace, _: int) -> float:
    """What the text names is a house or a spot that bears its name, not the place itself."""
    return float(entry.named_after)


def ordinary(entry: NamedPlace, _: int) -> float:
    """The name is also an ordinary word or a person's name."""
    return float(entry.common_word)


def carrier(entry: NamedPlace, _: int) -> float:
    """It is an airport or a port, which are seldom meant by the bare name."""
    return float(entry.place.kind in {Kind.AIRPORT, Kind.PORT})


# --- context -----------------------------------------------------------------------------------


def plain_name(place: Place, context: Context) -> float:
    """The name ends in an ordinary word, as those of houses and streets do: "Victoria Park" may not be the town."""
    first, _, last = context.name.rpartition(" ")
    return float(bool(first) and place.source != "geomap" and place.kind not in _NATURAL and is_english(last))


def one_spot(_: Place, context: Context) -> float:
    """No place in the gazetteer that has the name lies elsewhere."""
    return float(context.one_spot)


def sole_notable(place: Place, context: Context) -> float:
    """It stands in the tables written by hand, and nothing elsewhere has the name."""
    return float(context.one_spot and place.source == "geomap")


def region_beside(place: Place, context: Context) -> float:
    """The region named beside it holds it: "Paris, Texas"; less telling where that leads: "In Texas, Paris"."""
    if any(contains(outer.place, place) for outer in context.beside.holding):
        return 1.0
    return LEADING * any(contains(outer.place, place) for outer in context.beside.leading)


def holds_previous(place: Place, context: Context) -> float:
    """It holds a place of the name it follows: the Texas of "Paris, Texas"."""
    return float(any(contains(place, inner.place) for inner in context.beside.held))


def company_country(place: Place, context: Context) -> float:
    """The share of the document's other names that lie in its country."""
    return context.company.country_share(place.country) if place.country else 0.0


def company_admin1(place: Place, context: Context) -> float:
    """The share of the document's other names that lie in its state or province."""
    return context.company.admin1_share(place.admin1_id or place.id)


def parent_named(place: Place, context: Context) -> float:
    """Its state or province is named in the document; where one stands right behind, only that one counts."""
    own = context.company.own
    named = place.admin1_id in context.named and not (own and own.id == place.admin1_id)
    return float(named and not context.beside.holding)


def source_country(place: Place, context: Context) -> float:
    """Its country is that of the source's address: a paper under ".ca" means London in Canada more often."""
    return float(bool(place.country) and place.country == context.habit.country)


def kind_cued(place: Place, context: Context) -> float:
    """The words beside the name speak of its kind: "the city of", "Mayor", "River"."""
    return context.cues.get(place.kind, 0.0)


def source_admin1(place: Place, context: Context) -> float:
    """The share of the places in its source's other articles that lie in its state or province."""
    return context.habit.share(place.admin1_id or place.id)


def neighbours(place: Place, context: Context) -> float:
    """How near the three nearest other places of the document are; one alone may be chance."""
    # Over a few degrees the earth is flat enough, and most anchors are out of the question at once.
    narrowing = cos(radians(place.lat))
    near = []
    for other in context.anchors:
        north = other.lat - place.lat
        if -NEIGHBOUR_MAX_DEG < north < NEIGHBOUR_MAX_DEG and other.id != place.id:
            east = ((other.lon - place.lon + 180.0) % 360.0 - 180.0) * narrowing
            if -NEIGHBOUR_MAX_DEG < east < NEIGHBOUR_MAX_DEG:
                near.append(hypot(north, east) * KM_PER_DEGREE)
    near.sort()
    return sum(exp(-km / NEIGHBOUR_KM) for km in near[:NEIGHBOURS]) / NEIGHBOURS


DIVISIONS = frozenset({Kind.ADMIN1, Kind.ADMIN2, Kind.ADMIN3})
_SETTLED = frozenset({Kind.CITY, Kind.COUNTRY})
_NATURAL = frozenset({Kind.CONTINENT, Kind.SEA, Kind.STRAIT, Kind.RIVER, Kind.LAKE})
STANDING: tuple[Standing, ...] = (
    rank, usual, population, large, main_name, short_form, country, first_level, second_level, region,
    second_name, capital, seat, notable, natural, carrier, named_after, ordinary,
)  # fmt: skip
CONTEXT: tuple[Contextual, ...] = (
    plain_name, one_spot, sole_notable, region_beside, holds_previous, company_country, company_admin1, parent_named,
    neighbours, source_admin1, source_country, kind_cued,
)  # fmt: skip
# Without this a feature is 0 for every place, and need not be asked.
NEEDS: Mapping[Contextual, Callable[[Context], object]] = {
    plain_name: lambda context: " " in context.name,
    one_spot: lambda context: context.one_spot,
    sole_notable: lambda context: context.one_spot,
    region_beside: lambda context: context.beside.holding or context.beside.leading,
    holds_previous: lambda context: context.beside.held,
    company_country: lambda context: context.company.total,
    company_admin1: lambda context: context.company.total,
    parent_named: lambda context: context.named,
    neighbours: lambda context: context.anchors,
    source_admin1: lambda context: context.habit.documents,
    source_country: lambda context: context.habit.country,
    kind_cued: lambda context: context.cues,
}
