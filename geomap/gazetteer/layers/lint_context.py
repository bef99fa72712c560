"""What a rule of the lint is given beside the entry: its file, the layers below and nearer, borders, English words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol, TypeAlias

from geomap.gazetteer.layers.entries import Entry, PlaceEntry
from geomap.gazetteer.layers.places import places_with_ids
from geomap.gazetteer.overlay import Overlay
from geomap.model import NamedPlace, Place
from geomap.words import name_key

__all__ = ["LAT_BAND_DEG", "Context", "Outlines", "Rule", "Said"]

# Namesakes are compared within bands of about a kilometre: a layer may have thousands of one name.
LAT_BAND_DEG = 0.01


class Gazetteer(Protocol):
    """What lint asks of the layers below; `Layered` and `Store` answer it."""

    def lookup(self, key: str, /) -> Sequence[NamedPlace]: ...
    def spelt_like(self, name: str, /) -> Sequence[NamedPlace]: ...
    def place(self, id: str) -> Place | None: ...  # noqa: A002 - the field's own name


class Outlines(Protocol):
    """What lint asks of the borders; `geomap.borders.Borders` answers it."""

    def distance_outside_km(self, country: str, *, lat: float, lon: float) -> float | None:
        """Return how far a point lies outside a country, 0 inside; None for a country without outlines."""


@dataclass(frozen=True)
class Context:
    """What an entry is compared with: its file, the layers below it and those nearer, borders and English words."""

    entries: Sequence[Entry]
    below: Gazetteer
    borders: Outlines
    is_english: Callable[[str], bool]
    nearer: Sequence[Overlay] = field(default=())

    @cached_property
    def outside_km(self) -> Callable[..., float | None]:
        """Return `borders.distance_outside_km`, which two rules ask for the same point one after the other."""
        return lru_cache(maxsize=8)(self.borders.distance_outside_km)

    @cached_property
    def places(self) -> dict[str, PlaceEntry]:
        """Return the places of the file by their ids."""
        return {id_: entry for entry, id_ in places_with_ids(self.entries)}

    @cached_property
    def ids(self) -> dict[int, str]:
        """Return the id of each place of the file, by its line."""
        return {entry.line: id_ for id_, entry in self.places.items()}

    @cached_property
    def by_key(self) -> dict[str, list[Entry]]:
        """Return the entries of the file by the keys of all their names, in the file's order."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for name in (entry.name, *getattr(entry, "names", ())):
                found[name_key(name)].append(entry)
        return found

    def namesakes(self, key: str, *, lat: float) -> list[PlaceEntry]:
        """Return the places of the file with a name of this key at nearly this latitude, in the file's order."""
        band = round(lat / LAT_BAND_DEG)
        near = {entry.line: entry for step in (-1, 0, 1) for entry in self._by_band.get((key, band + step), ())}
        return [near[line] for line in sorted(near)]

    @cached_property
    def _by_band(self) -> dict[tuple[str, int], list[PlaceEntry]]:
        found: defaultdict[tuple[str, int], list[PlaceEntry]] = defaultdict(list)
        for key, entries in self.by_key.items():
            for entry in entries:
                if isinstance(entry, PlaceEntry):
                    found[key, round(entry.lat / LAT_BAND_DEG)].append(entry)
        return found


Said: TypeAlias = Iterator[tuple[bool, str, str]]  # is it an error, what is wrong, what to do
Rule: TypeAlias = Callable[[Entry, Context], Said]
