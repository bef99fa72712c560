"""The rules by which an entry is checked by itself and against its own file; each says what is probably wrong."""

from __future__ import annotations

from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, Entry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.fields import degrees
from geomap.gazetteer.layers.lint_context import Context, Said
from geomap.geo import distance_km
from geomap.words import name_key

__all__ = ["english_word", "name_twice", "outside_its_country", "swapped_coordinates"]

# The outlines are of a map of the world: of 20,000 towns, 1 in 600 lies farther outside its own country, nearly all
# of them on islets that the map leaves out.
COUNTRY_TOLERANCE_KM = 25.0
_TOLERANCE = f"{COUNTRY_TOLERANCE_KM:.0f} km"
# A platform at sea belongs to a country as far out as its economic zone reaches: 200 nautical miles.
SEA_LIMIT_KM = 370.0
# Two entries for one spot: nobody tells places apart by less.
SAME_POINT_KM = 0.1


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
    km = context.outside_km(entry.country, lat=entry.lat, lon=entry.lon) or 0.0
    if km > COUNTRY_TOLERANCE_KM:
        yield (
            km > SEA_LIMIT_KM,
            f"{entry.name!r} with {_point(entry)} lies {km:,.0f} km outside {entry.country}, more than {_TOLERANCE}",
            "Mend the point or the country; for a contested place write disputed = true",
        )


def name_twice(entry: Entry, context: Context) -> Said:
    """The file says the same name of the same place twice, or wants it to mean two things."""
    key = name_key(entry.name)
    others = context.namesakes(key, lat=entry.lat) if isinstance(entry, PlaceEntry) else context.by_key[key]
    names = [entry.name, *getattr(entry, "names", ())]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield False, f"{entry.name!r} has the name {name!r} twice", "Take one out"
    for other in others:
        if other.line >= entry.line:
            return
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
    outside = context.outside_km(entry.country, lat=entry.lat, lon=entry.lon) or 0.0
    if outside <= COUNTRY_TOLERANCE_KM:
        return 0.0
    return outside if context.outside_km(entry.country, lat=entry.lon, lon=entry.lat) == 0 else 0.0


def _point(entry: PlaceEntry) -> str:
    return f"lat={degrees(entry.lat)}, lon={degrees(entry.lon)}"
