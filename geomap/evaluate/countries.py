"""Say which country a gold toponym lies in, and whether it stands for a country: a country has no one right point.

Gold rarely names countries, so they are found by rules in a fixed order, each with the gazetteer that comes with
geomap: first what the gold says, then its GeoNames number, the nearest place of its name, the place it was paired with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from geomap.evaluate.gold import GoldToponym
from geomap.evaluate.matching import Judged
from geomap.evaluate.measures import error_km
from geomap.evaluate.predicted import Predicted
from geomap.model import BBox, Kind, NamedPlace, Place
from geomap.words import name_key

__all__ = ["Countries", "CountryOverlap", "Gazetteer"]

# A place of the same name within this distance is the same place, or in the same country.
_NEAR_KM = 161
_CODE_LETTERS = 2


class Gazetteer(Protocol):
    """What the rules ask of a gazetteer."""

    def lookup(self, key: str, /) -> Sequence[NamedPlace]:
        """Return the places a key (see `words.name_key`) can mean."""

    def place(self, id: str, /) -> Place | None:  # noqa: A002 - the field's own name
        """Return a place by its id, or None."""


@dataclass(frozen=True, slots=True)
class CountryOverlap:
    """What a map's reader sees: names counted by country, as geomap placed them and as the gold does.

    `overlap` is the sum of the smaller counts over the sum of the larger; `unknown` gold toponyms have a point
    but no country that the rules find, and seas and continents lie in none: both are left out.
    """

    overlap: float | None
    gold: int
    predicted: int
    unknown: int


class Countries:
    """The rules, with the gazetteer they ask."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def same(self, predicted: Predicted, gold: GoldToponym) -> bool:
        """Say whether a prediction and its gold both stand for one and the same country."""
        place = self._gazetteer.place(f"geonames:{predicted.geonameid}") if predicted.geonameid else None
        return place is not None and place.kind is Kind.COUNTRY and place.country == self._stands_for(gold)

    def overlap(self, documents: Iterable[Judged]) -> CountryOverlap:
        """Return how far the counts by country agree."""
        gold: Counter[str] = Counter()
        predicted: Counter[str] = Counter()
        unknown = 0
        for judged in documents:
            paired = {id(pair.gold): pair for pair in judged.pairs if pair.km is not None and pair.km <= _NEAR_KM}
            for toponym in filter(lambda toponym: toponym.placed, judged.gold):
                country = self._country(toponym)
                if country is None and id(toponym) in paired:
                    country = paired[id(toponym)].predicted.country
                unknown += country is None
                gold[country or ""] += 1
            predicted.update(one.country for one in judged.predicted if one.placed)
        del gold[""], predicted[""]
        largest = sum((gold | predicted).values())
        shared = sum((gold & predicted).values()) / largest if largest else None
        return CountryOverlap(shared, sum(gold.values()), sum(predicted.values()), unknown)

    def _country(self, toponym: GoldToponym) -> str | None:
        """Return the code of the country a toponym lies in, '' for none, or None when no rule finds it."""
        if len(toponym.country) == _CODE_LETTERS and toponym.country.isupper():
            return toponym.country
        place = self._of_number(toponym) or self._nearest(toponym)
        return place.country if place else None

    def _stands_for(self, toponym: GoldToponym) -> str:
        """Return the country that a toponym means as a whole, or ''.

        Without a number that the gazetteer knows: a name of that country, with a point inside its box.
        """
        place = self._of_number(toponym)
        if place is not None:
            return place.country if place.kind is Kind.COUNTRY else ""
        for named in self._gazetteer.lookup(name_key(toponym.text)):
            if named.place.kind is Kind.COUNTRY and _inside(toponym, named.place.bbox):
                return named.place.country
        return ""

    def _of_number(self, toponym: GoldToponym) -> Place | None:
        return self._gazetteer.place(f"geonames:{toponym.geonameid}") if toponym.geonameid else None

    def _nearest(self, toponym: GoldToponym) -> Place | None:
        """Return the place of the same name that is nearest to a toponym's point, if it is near."""
        if toponym.lat is None or toponym.lon is None:
            return None
        near = [
            (error_km(a_lat=place.lat, a_lon=place.lon, b_lat=toponym.lat, b_lon=toponym.lon), place.id, place)
            for place, *_ in self._gazetteer.lookup(name_key(toponym.text))
        ]
        km, _, place = min(near, default=(0.0, "", None))
        return place if km <= _NEAR_KM else None


def _inside(toponym: GoldToponym, box: BBox | None) -> bool:
    if box is None or toponym.lat is None or toponym.lon is None:
        return False
    in_lon = box.west <= toponym.lon <= box.east
    if box.west > box.east:
        in_lon = toponym.lon >= box.west or toponym.lon <= box.east
    return in_lon and box.south <= toponym.lat <= box.north
