"""The rules by which a layer is checked: each looks at one entry and says what is probably wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, Entry, PlaceEntry, PreferEntry, places_with_ids
from geomap.gazetteer.layers.fields import degrees
from geomap.gazetteer.overlay import Overlay
from geomap.geo import distance_km
from geomap.model import NamedPlace, NameKind, Place
from geomap.words import name_key

__all__ = ["RULES", "Context", "Outlines"]

# The outlines are of a map of the world: of 20,000 towns, 1 in 600 lies farther outside its own country, nearly all
# of them on islets that the map leaves out.
COUNTRY_TOLERANCE_KM = 25.0
_TOLERANCE = f"{COUNTRY_TOLERANCE_KM:.0f} km"
# A platform at sea belongs to a country as far out as its economic zone reaches: 200 nautical miles.
SEA_LIMIT_KM = 370.0
# A village that is farther than this from its namesake is another village.
SAME_PLACE_KM = 5.0
# Two entries for one spot: nobody tells places apart by less.
SAME_POINT_KM = 0.1


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
    def ids(self) -> dict[int, str]:
        """Return the id of each place of the file, by its line."""
        return {entry.line: id_ for entry, id_ in places_with_ids(self.entries)}

    @cached_property
    def places(self) -> dict[str, PlaceEntry]:
        """Return the places of the file by their ids."""
        return {id_: entry for entry, id_ in places_with_ids(self.entries)}

    @cached_property
    def by_key(self) -> dict[str, list[Entry]]:
        """Return the entries of the file by the keys of all their names, in the file's order."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for name in (entry.name, *getattr(entry, "names", ())):
                found[name_key(name)].append(entry)
        return found


Said = Iterator[tuple[bool, str, str]]  # is it an error, what is wrong, what to do
Rule = Callable[[Entry, Context], Said]


def swapped_coordinates(entry: Entry, context: Context) -> Said:
    """The point lies far outside its country, and would lie inside with latitude and longitude swapped."""
    if isinstance(entry, PlaceEntry) and (km := _swapped_km(entry, context)):
        yield (
            True,
            f"{entry.name!r} with {_point(entry)} lies {km:,.0f} km outside {entry.country}",
            f"lat={degrees(entry.lon)}, lon={degrees(entry.lat)} lies in {entry.country}: are the two swapped?",
        )


def outside_its_country(entry: Entry, context: Context) -> Said:
    """The point lies outside its country, by more than the map is coarse."""
    if not isinstance(entry, PlaceEntry) or entry.disputed or _swapped_km(entry, context):
        return
    km = context.borders.distance_outside_km(entry.country, lat=entry.lat, lon=entry.lon) or 0.0
    if km > COUNTRY_TOLERANCE_KM:
        yield (
            km > SEA_LIMIT_KM,
            f"{entry.name!r} with {_point(entry)} lies {km:,.0f} km outside {entry.country}, more than {_TOLERANCE}",
            "Mend the point or the country; for a contested place write disputed = true",
        )


def name_twice(entry: Entry, context: Context) -> Said:
    """The file says the same name of the same place twice, or wants it to mean two things."""
    key = name_key(entry.name)
    before = [other for other in context.by_key[key] if other.line < entry.line]
    names = [entry.name, *getattr(entry, "names", ())]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield False, f"{entry.name!r} has the name {name!r} twice", "Take one out"
    for other in before:
        if type(other) is not type(entry) and not (isinstance(entry, AliasEntry) and isinstance(other, PlaceEntry)):
            continue
        if said := _said_twice(entry, other, context):
            yield said
            return


def english_word(entry: Entry, context: Context) -> Said:
    """A name is an ordinary English word, which texts mostly mean otherwise."""
    if isinstance(entry, BlockEntry | PreferEntry):
        return
    for name in (entry.name, *getattr(entry, "names", ())):
        # Texts are folded before they are looked up, so the folded name is what must be no word.
        if context.is_english(name_key(name).lower()):
            yield (
                False,
                f"{name!r} is an ordinary English word",
                f"Every {name.capitalize()!r} may be taken for the place: if that is too often, take the name out",
            )


def near_duplicate(entry: Entry, context: Context) -> Said:
    """A place of the layers below has the same name, or another spelling of it, at nearly the same point."""
    if not isinstance(entry, PlaceEntry) or (entry.id and context.below.place(entry.id)):
        return
    for name in (entry.name, *entry.names):
        for named in (*context.below.lookup(name_key(name)), *context.below.spelt_like(name)):
            place = named.place
            km = distance_km(a_lat=entry.lat, a_lon=entry.lon, b_lat=place.lat, b_lon=place.lon)
            if km <= SAME_PLACE_KM and named.name_kind is not NameKind.DEMONYM:
                yield (
                    False,
                    f"{entry.name!r} lies {km:.1f} km from {place.name!r}, {place.id}, which is known already",
                    f'Write id = "{place.id}" to correct that place, or an alias of it to add a name',
                )
                return


def place_of_no_layer(entry: Entry, context: Context) -> Said:
    """An alias or a preferred meaning names a place that is nowhere."""
    if isinstance(entry, AliasEntry | PreferEntry) and not _place(entry.place, context):
        known = [named.place.id for named in context.below.lookup(name_key(entry.name))]
        remedy = f"{entry.name!r} is {known[0]} in the gazetteer" if known else "Find one: geomap gazetteer search NAME"
        yield True, f"{entry.name!r} is to mean {entry.place}, which no layer has", remedy


def block_of_nothing(entry: Entry, context: Context) -> Said:
    """A name is blocked that nothing has."""
    if isinstance(entry, BlockEntry) and not context.below.lookup(name_key(entry.name)):
        yield False, f"nothing is called {entry.name!r}, which is blocked", "Check its spelling, or take it out"


def hidden_by_a_nearer_layer(entry: Entry, context: Context) -> Said:
    """A nearer layer says otherwise, so that the entry changes nothing here."""
    key = name_key(entry.name)
    for layer in context.nearer:
        hidden = f"{entry.name!r} is hidden by {layer.title}, which is nearer and "
        remedy = "Take it out of one of the two"
        if isinstance(entry, PlaceEntry):
            if context.ids[entry.line] in layer.places:
                yield False, f"{hidden}has {context.ids[entry.line]} too", remedy
            elif key in layer.blocked:
                yield False, f"{hidden}blocks the name", remedy
        elif isinstance(entry, PreferEntry):
            if layer.preferred.get(key, entry.place) != entry.place:
                yield False, f"{hidden}prefers {layer.preferred[key]}", remedy
        elif key in layer.blocked:
            yield False, f"{hidden}blocks the name" + (" already" if isinstance(entry, BlockEntry) else ""), remedy
        elif isinstance(entry, BlockEntry) and (key in layer.names or key in layer.preferred):
            yield False, f"{hidden}gives the name a place", remedy


RULES: tuple[Rule, ...] = (
    swapped_coordinates,
    outside_its_country,
    name_twice,
    english_word,
    near_duplicate,
    place_of_no_layer,
    block_of_nothing,
    hidden_by_a_nearer_layer,
)


def _said_twice(entry: Entry, other: Entry, context: Context) -> tuple[bool, str, str] | None:
    """Return what to say of an entry whose name an earlier entry of the file has too."""
    again = f"{entry.name!r} stands already in line {other.line}"
    match entry, other:
        case PlaceEntry(), PlaceEntry():
            km = distance_km(a_lat=entry.lat, a_lon=entry.lon, b_lat=other.lat, b_lon=other.lon)
            return (True, f"{again}, at the same point", "Take one out") if km <= SAME_POINT_KM else None
        case AliasEntry(), PlaceEntry():
            same = context.ids[other.line] == entry.place
            return (False, f"{again}, as a name of the same place", "Take the alias out") if same else None
        case PreferEntry(), PreferEntry() if entry.place != other.place:
            return True, f"{again}, with another meaning: {other.place}", "A name has one preferred meaning"
        case AliasEntry(), AliasEntry() if entry.place != other.place:
            return None
        case _:
            return False, again, "Take one out"


def _swapped_km(entry: PlaceEntry, context: Context) -> float:
    """Return how far outside its country a point lies that would be inside if it were swapped, else 0."""
    if entry.disputed or abs(entry.lon) > 90:
        return 0.0
    outside = context.borders.distance_outside_km(entry.country, lat=entry.lat, lon=entry.lon) or 0.0
    swapped = context.borders.distance_outside_km(entry.country, lat=entry.lon, lon=entry.lat)
    return outside if outside > COUNTRY_TOLERANCE_KM and swapped is not None and swapped == 0 else 0.0


def _place(id_: str, context: Context) -> bool:
    inside = id_ in context.places or any(id_ in layer.places for layer in context.nearer)
    return inside or context.below.place(id_) is not None


def _point(entry: PlaceEntry) -> str:
    return f"lat={degrees(entry.lat)}, lon={degrees(entry.lon)}"
