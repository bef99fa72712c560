"""Make of a layer's entries what look-ups ask: its places with their ids, and the overlay that holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from geomap.gazetteer import tables
from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, Entry, PlaceEntry, PreferEntry
from geomap.gazetteer.overlay import Overlay
from geomap.gazetteer.slugs import Slugs
from geomap.model import Kind, NameKind, Place
from geomap.words import name_key

__all__ = ["id_of_name", "overlay_of", "places_with_ids"]


def overlay_of(entries: Iterable[Entry], *, title: str, digest: str) -> Overlay:
    """Return the layer that the entries make; `title` is the source of places that name none."""
    given = list(entries)
    places: dict[str, Place] = {}
    unsaid: dict[str, frozenset[str]] = {}
    # A place comes once under a name, by its first mention.
    names: defaultdict[str, dict[str, NameKind]] = defaultdict(dict)
    preferred: dict[str, str] = {}
    for entry, id_ in places_with_ids(given):
        places[id_] = _place(entry, id_, source=entry.source or title)
        unsaid[id_] = _unsaid(entry)
        names[name_key(entry.name)].setdefault(id_, NameKind.NAME)
        for name in entry.names:
            names[name_key(name)].setdefault(id_, NameKind.ALIAS)
    for other in given:
        if isinstance(other, AliasEntry):
            names[name_key(other.name)].setdefault(other.place, NameKind.ALIAS)
        elif isinstance(other, PreferEntry):
            preferred.setdefault(name_key(other.name), other.place)
    return Overlay(
        title=title,
        digest=digest,
        places=places,
        names={key: tuple(meanings.items()) for key, meanings in names.items()},
        blocked=frozenset(name_key(entry.name) for entry in given if isinstance(entry, BlockEntry)),
        preferred=preferred,
        unsaid={id_: fields for id_, fields in unsaid.items() if fields},
    )


def places_with_ids(entries: Iterable[Entry], *, taken: Iterable[str] = ()) -> Iterator[tuple[PlaceEntry, str]]:
    """Yield the places with their ids; one without an id gets `own:<its name>`, the second of a name `-2`.

    `taken` are ids of places elsewhere.
    """
    places = [entry for entry in entries if isinstance(entry, PlaceEntry)]
    used = {*taken, *(entry.id for entry in places if entry.id)}
    slugs = Slugs()
    for entry in places:
        yield entry, entry.id or slugs.of(id_of_name(entry.name), used)


def id_of_name(name: str) -> str:
    """Return the id that a place of this name gets if no other has it; letters of any script stay as they are."""
    parts = ("".join(mark for mark in word if mark not in ",;:()/#'\"") for word in name_key(name).lower().split())
    return f"own:{'-'.join(filter(None, parts))}"


def _unsaid(entry: PlaceEntry) -> frozenset[str]:
    """Return the fields without a value that would itself say so."""
    return frozenset(
        field for field, value in (("kind", entry.kind), ("disputed", entry.disputed)) if value in {"", None}
    )


def _place(entry: PlaceEntry, id_: str, *, source: str) -> Place:
    return Place(
        id=id_,
        name=entry.name,
        kind=tables.kinds().get(entry.kind, Kind.CITY),
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        population=entry.population,
        bbox=entry.bbox,
        source=source,
        disputed=bool(entry.disputed),
        note=entry.note,
    )
