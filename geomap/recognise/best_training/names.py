"""Names to put into sentences: places of the gazetteer, persons and organisations of the sources, and invented ones.

A name that was never seen must tell nothing by being new: so there are new names of every kind.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from string import ascii_uppercase

from geomap.recognise.augment import Demonyms
from geomap.recognise.tags import spans
from geomap.recognise.training_data import Sentence
from geomap.words import words

__all__ = ["NAME_MAX_WORDS", "Names"]

NAME_MAX_WORDS = 3
CITY_MIN_POPULATION = 3000
# Big towns are named more often than small ones, but not as much more often as they are bigger.
POPULATION_POWER = 0.35
# Kinds of the index: first-level divisions, regions, towns, islands.
_DIVISION, _REGION, _CITY, _ISLAND = 2, 5, 6, 12
_SHORT_COUNTRIES = ("US", "U.S.", "US", "UK", "U.K.", "USA", "UAE", "DRC", "EU", "America", "Britain")
# An invented name follows the letters of real ones, so many at a time.
_LETTERS_TOGETHER = 3
_INVENTED_LETTERS = range(4, 12)


class Names:
    """Names to put into sentences: of places, persons, organisations and peoples."""

    def __init__(self, index: Path, sentences: Iterable[Sentence], demonyms: Demonyms) -> None:
        self.places, self._place_weights = _places(index)
        self.short_places = [name for name in self.places if len(name) == 1]
        self.states = _query(index, "kind = 2 AND country IN ('US', 'CA', 'AU', 'IN')")
        self.countries = _query(index, "kind = 1")
        pools: dict[str, dict[tuple[str, ...], None]] = {"LOC": {}, "ORG": {}, "PER": {}, "NORP": {}}
        for sentence in sentences:
            for span in spans(sentence.tags):
                name = sentence.words[span.start : span.end]
                if all(word[0].isupper() for word in name if word[0].isalpha()):
                    pools[span.label][name] = None
        self.pools = {label: list(pool) for label, pool in pools.items()}
        self.given = [name[:1] for name in self.pools["PER"] if len(name) == 2]
        self.family = [name[1:] for name in self.pools["PER"] if len(name) == 2]
        self._families, self._givens = (_Chain(name[0] for name in pool) for pool in (self.family, self.given))
        self.peoples = [tuple(word.capitalize() for word in name) for name in sorted(demonyms) if len(name) == 1]

    def place(self, random: Random) -> tuple[str, ...]:
        """Return the name of a town, sometimes of a division, a region or an island."""
        return random.choices(self.places, cum_weights=self._place_weights)[0]

    def country(self, random: Random) -> tuple[str, ...]:
        """Return the name of a country, often one written short."""
        return random.choice(self.countries) if random.random() < 0.75 else (random.choice(_SHORT_COUNTRIES),)

    def person(self, random: Random, size: int) -> tuple[str, ...]:
        """Return the name of a person, in one word or more."""
        lot = random.random()
        if lot < 0.35:
            family = (self._families.invented(random),)
        elif lot < 0.6:
            # Some are called like towns.
            family = random.choice(self.short_places)
        else:
            family = random.choice(self.family)
        if size == 1:
            return family
        if random.random() < 0.25:
            return random.choice(self.pools["PER"])
        given = (self._givens.invented(random),) if random.random() < 0.35 else random.choice(self.given)
        return given + family

    def acronym(self, random: Random) -> tuple[str, ...]:
        """Return some capitals."""
        return ("".join(random.choices(ascii_uppercase, k=random.randint(2, 5))),)


class _Chain:
    """Invents words in which letters follow each other as they do in known ones."""

    def __init__(self, known: Iterable[str]) -> None:
        self._next: defaultdict[str, list[str]] = defaultdict(list)
        for word in known:
            text = "^" * _LETTERS_TOGETHER + word.lower() + "$"
            for at in range(_LETTERS_TOGETHER, len(text)):
                self._next[text[at - _LETTERS_TOGETHER : at]].append(text[at])

    def invented(self, random: Random) -> str:
        """Return a word with a capital."""
        while True:
            text = "^" * _LETTERS_TOGETHER
            while not text.endswith("$"):
                text += random.choice(self._next[text[-_LETTERS_TOGETHER:]])
            if len(text) - _LETTERS_TOGETHER - 1 in _INVENTED_LETTERS:
                return text[_LETTERS_TOGETHER:-1].capitalize()


def _query(index: Path, where: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(f"file:{index}?mode=ro", uri=True) as connection:
        rows = connection.execute(f"SELECT name FROM place WHERE {where} ORDER BY id")  # noqa: S608 - no user's text
        names = [tuple(word.text for word in words(name)) for (name,) in rows]
    return [name for name in names if _usable(name)]


def _places(index: Path) -> tuple[list[tuple[str, ...]], list[float]]:
    names: list[tuple[str, ...]] = []
    weights: list[float] = []
    total = 0.0
    with sqlite3.connect(f"file:{index}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT name, kind, population FROM place"
            " WHERE kind IN (?, ?, ?) OR kind = ? AND population >= ? ORDER BY id",
            (_DIVISION, _REGION, _ISLAND, _CITY, CITY_MIN_POPULATION),
        )
        for text, kind, population in rows:
            name = tuple(word.text for word in words(text))
            if _usable(name):
                size = max(population or 0, CITY_MIN_POPULATION) if kind == _CITY else 3 * CITY_MIN_POPULATION
                total += size**POPULATION_POWER
                names.append(name)
                weights.append(total)
    return names, weights


def _usable(name: Sequence[str]) -> bool:
    plain = all(word[0].isalpha() or word in {"-", "'s"} for word in name)
    return 0 < len(name) <= NAME_MAX_WORDS and plain and name[0][0].isupper() and len("".join(name)) > 2
