"""The places while the index is built: drafts that several sources fill in, kept by their id.

Sources run in order of trust, so a field that is filled stays as it is; names only add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from geomap.model import BBox, Kind, NameKind

__all__ = ["Draft", "Drafts", "closer"]

# The closest first: what is known to be an abbreviation or a demonym is more than "another name".
_CLOSENESS = (NameKind.NAME, NameKind.ABBREVIATION, NameKind.DEMONYM, NameKind.ALIAS)


def closer(one: NameKind, other: NameKind) -> NameKind:
    """Return which of two ways to belong to a place says more."""
    return min(one, other, key=_CLOSENESS.index)


@dataclass(slots=True)
class Draft:
    """One place that is not finished; `names` are as written, each with the best way it belongs."""

    id: str
    name: str
    kind: Kind
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    feature: str = ""
    parent: str = ""
    population: int = 0
    bbox: BBox | None = None
    source: str = "GeoNames"
    disputed: bool = False
    note: str = ""
    iso: str = ""
    type_word: str = ""
    # Whether `name` is known to be the English one.
    english: bool = False
    names: dict[str, NameKind] = field(default_factory=dict)
    # Names written by hand or for this very place pass the filters for unchecked alternate names.
    trusted: set[str] = field(default_factory=set)

    def put_at(self, *, lat: float, lon: float) -> None:
        """Set the point, unless a better source has set it."""
        if self.lat is None:
            self.lat, self.lon = lat, lon

    def call(self, name: str, kind: NameKind = NameKind.ALIAS, *, trusted: bool = False) -> None:
        """Add a name; a name that is there keeps the closer of the two kinds."""
        self.names[name] = closer(kind, self.names.get(name, kind))
        if trusted:
            self.trusted.add(name)

    def rename(self, name: str) -> None:
        """Make `name` the name readers see; the old one stays a name of the place."""
        self.call(self.name, NameKind.NAME, trusted=True)
        self.name = name
        self.call(name, NameKind.NAME, trusted=True)


class Drafts:
    """All drafts by id, and the codes under which sources speak of countries and divisions."""

    def __init__(self) -> None:
        self.by_id: dict[str, Draft] = {}
        self.by_code: dict[str, Draft] = {}

    def __iter__(self) -> Iterator[Draft]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def add(self, draft: Draft, *, code: str = "") -> Draft:
        """Add a draft under its main name, or return the one that has this id already."""
        known = self.by_id.setdefault(draft.id, draft)
        if known is draft:
            draft.call(draft.name, NameKind.NAME, trusted=True)
        if code:
            self.by_code.setdefault(code, known)
        return known

    def geonames(self, number: int | str) -> Draft | None:
        """Return the draft of a GeoNames number."""
        return self.by_id.get(f"geonames:{number}")

    def country(self, code: str) -> Draft | None:
        """Return the draft of a country by its two letters."""
        return self.by_code.get(code)

    def of_kind(self, *kinds: Kind) -> Iterator[Draft]:
        """Yield the drafts of some kinds, in the order they were added."""
        return (draft for draft in self.by_id.values() if draft.kind in kinds)
