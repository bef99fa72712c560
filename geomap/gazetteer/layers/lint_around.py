"""The rules by which an entry is checked against other layers: those below its own, and those nearer."""

from __future__ import annotations

from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, Entry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.lint_context import Context, Said
from geomap.geo import distance_km
from geomap.model import NameKind
from geomap.words import name_key

__all__ = ["block_of_nothing", "hidden_by_a_nearer_layer", "near_duplicate", "place_of_no_layer"]

# A village that is farther than this from its namesake is another village.
SAME_PLACE_KM = 5.0


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


def _place(id_: str, context: Context) -> bool:
    inside = id_ in context.places or any(id_ in layer.places for layer in context.nearer)
    return inside or context.below.place(id_) is not None
