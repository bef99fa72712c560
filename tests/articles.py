"""Articles as tests write them, and six places that stand for a gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.model import Document, Kind, NamedPlace, NameKind, Place, Zone, ZoneKind
from geomap.words import name_key

__all__ = [
    "BAGHDAD",
    "FRANCE",
    "IRAQ",
    "PARIS",
    "PARIS_TEXAS",
    "READING",
    "SMALL_WORLD",
    "TEXAS",
    "WASHINGTON",
    "Actors",
    "SmallWorld",
    "Tags",
    "article",
]

PARIS = Place(
    "geonames:2988507",
    "Paris",
    Kind.CITY,
    48.853,
    2.349,
    "FR",
    "PPLC",
    "Île-de-France",
    "geonames:3012874",
    population=2_100_000,
)
PARIS_TEXAS = Place(
    "geonames:4717560",
    "Paris",
    Kind.CITY,
    33.661,
    -95.556,
    "US",
    "PPLA2",
    "Texas",
    "geonames:4736286",
    population=25_000,
)
TEXAS = Place("geonames:4736286", "Texas", Kind.ADMIN1, 31.25, -99.25, "US", "ADM1", "Texas", population=29_000_000)
FRANCE = Place("geonames:3017382", "France", Kind.COUNTRY, 46.0, 2.0, "FR", "PCLI", population=67_000_000)
IRAQ = Place("geonames:99237", "Iraq", Kind.COUNTRY, 33.0, 44.0, "IQ", "PCLI", population=38_000_000)
BAGHDAD = Place(
    "geonames:98182", "Baghdad", Kind.CITY, 33.34, 44.4, "IQ", "PPLC", "Baghdad", "geonames:98180", population=7_200_000
)
WASHINGTON = Place(
    "geonames:4140963",
    "Washington",
    Kind.CITY,
    38.895,
    -77.036,
    "US",
    "PPLC",
    "District of Columbia",
    population=690_000,
)
READING = Place(
    "geonames:2639577",
    "Reading",
    Kind.CITY,
    51.456,
    -0.971,
    "GB",
    "PPLA2",
    "England",
    "geonames:6269131",
    population=318_000,
)
UNITED_STATES = Place(
    "geonames:6252001", "United States", Kind.COUNTRY, 39.76, -98.5, "US", "PCLI", population=331_000_000
)

WHITE_HOUSE = Place("geomap:white-house", "White House", Kind.FACILITY, 38.898, -77.037, "US")


@dataclass(frozen=True)
class SmallWorld:
    """A gazetteer of a few places, with the answers of the real one."""

    names: dict[str, tuple[NamedPlace, ...]]

    def reach(self, phrase: str, /) -> tuple[bool, bool]:
        return phrase in self.names, any(key.startswith(f"{phrase} ") for key in self.names)

    def lookup(self, key: str, /) -> tuple[NamedPlace, ...]:
        return self.names.get(key, ())

    def first(self, key: str, /) -> NamedPlace | None:
        return next(iter(self.lookup(key)), None)

    def spelt_like(self, name: str, /) -> tuple[NamedPlace, ...]:  # noqa: ARG002 - nothing is spelt otherwise here
        return ()

    def blocks(self, key: str, /) -> bool:  # noqa: ARG002 - nobody blocks anything here
        return False

    def keys(self, start: str = "") -> Iterator[str]:
        return (key for key in self.names if key.startswith(start))

    def place(self, id: str) -> Place | None:  # noqa: A002 - the field's own name
        return next((named.place for found in self.names.values() for named in found if named.place.id == id), None)


def _world(*rows: tuple[str, Place, NameKind, bool]) -> SmallWorld:
    names: dict[str, tuple[NamedPlace, ...]] = {}
    for name, place, kind, common in rows:
        key = name_key(name)
        names[key] = (*names.get(key, ()), NamedPlace(place, kind, common))
    return SmallWorld(names)


SMALL_WORLD = _world(
    ("Paris", PARIS, NameKind.NAME, False),
    ("Paris", PARIS_TEXAS, NameKind.NAME, False),
    ("Texas", TEXAS, NameKind.NAME, False),
    ("Tex", TEXAS, NameKind.ABBREVIATION, False),
    ("France", FRANCE, NameKind.NAME, False),
    ("French", FRANCE, NameKind.DEMONYM, False),
    ("Iraq", IRAQ, NameKind.NAME, False),
    ("Iraqi", IRAQ, NameKind.DEMONYM, False),
    ("Baghdad", BAGHDAD, NameKind.NAME, False),
    ("Washington", WASHINGTON, NameKind.NAME, False),
    ("Reading", READING, NameKind.NAME, True),
    ("White House", WHITE_HOUSE, NameKind.NAME, False),
    ("US", UNITED_STATES, NameKind.ABBREVIATION, False),
    ("United States", UNITED_STATES, NameKind.NAME, False),
)


def article(text: str, *, id: str = "a", title: str = "") -> Document:  # noqa: A002 - the field's own name
    """Return a document of one body paragraph."""
    return Document(id, text, (Zone(0, len(text), ZoneKind.BODY),), title=title)


class Tags:
    """A tagger that knows the phrases it is told, and nothing else."""

    def __init__(self, **labels: str) -> None:
        self._phrases = {phrase: label for label, phrases in labels.items() for phrase in phrases.split("|")}

    def tag(self, sentences: Sequence[Sequence[str]], /) -> list[list[str]]:
        return [self._line(list(words)) for words in sentences]

    def _line(self, words: list[str]) -> list[str]:
        tags = ["O"] * len(words)
        for phrase, label in self._phrases.items():
            parts = phrase.split()
            for i in range(len(words) - len(parts) + 1):
                if words[i : i + len(parts)] == parts:
                    tags[i : i + len(parts)] = [f"B-{label}", *[f"I-{label}"] * (len(parts) - 1)]
        return tags


class Actors:
    """A table of actors that knows the names it is told."""

    def __init__(self, *names: str) -> None:
        self._names = [name.split() for name in names]

    def longest(self, words: Sequence[str], i: int, /) -> tuple[int, str] | None:
        fits = [name for name in self._names if list(words[i : i + len(name)]) == name]
        best = max(fits, key=len, default=None)
        return (len(best), "-".join(best).lower()) if best else None
