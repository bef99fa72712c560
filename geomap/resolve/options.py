"""List the places a mention might mean: what the gazetteer has under its name, or under part of it.

When the whole name is unknown, named steps take away what often stands around a name ("the",
"northern", "Province"), one at a time, until the gazetteer answers.  A name that stays unknown may be
another transliteration of a known one, but only in a country that the document's other names point to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Protocol

from geomap.gazetteer.english import is_english
from geomap.gazetteer.shortening import forms
from geomap.gazetteer.spelling import spelling_key
from geomap.gazetteer.tables import name_words
from geomap.model import Label, Mention, NamedPlace, NameKind, Role
from geomap.words import is_acronym, name_key

__all__ = ["Gazetteer", "all_options", "countries_of", "is_demonym", "options", "respelt"]

# Names have at most a few plausible readings; the rest of "San Antonio"'s 300 only cost time.
MAX_OPTIONS = 60


class Gazetteer(Protocol):
    """What resolution asks of a gazetteer; `geomap.gazetteer.layered.Layered` answers it."""

    def lookup(self, key: str, /) -> tuple[NamedPlace, ...]:
        """Return the places stored under `key`, best known first."""

    def spelt_like(self, name: str, /) -> tuple[NamedPlace, ...]:
        """Return the places that have a name which may be another transliteration of `name`."""

    def blocks(self, key: str, /) -> bool:
        """Say whether a person's own layer says that `key` is never a place here."""


# A country named in passing is no reason to look there: one name in five points to where the story plays.
MIN_SHARE = 0.2
_SAINTS = frozenset({"St", "Saint", "San", "Santa", "Sainte"})
# What names a people, or stands inside another name, is no place to be found under another spelling.
_RESPELT = frozenset({Role.LITERAL, Role.METONYM, Role.DATELINE})


def all_options(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[tuple[NamedPlace, ...]]:
    """Return the options of each of a document's mentions; unknown names are also tried as other transliterations."""
    found = [options(mention, gazetteer) for mention in mentions]
    countries = countries_of(mentions, found)
    return [
        entries or respelt(mention, gazetteer, countries=countries)
        for mention, entries in zip(mentions, found, strict=True)
    ]


def options(mention: Mention, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """Return the places `mention` might mean, best known first; () when the gazetteer has none, or blocks the name."""
    for key in chain([mention.key], map(name_key, forms(mention.text))):
        if gazetteer.blocks(key):
            return ()
        if key and (found := gazetteer.lookup(key)):
            return _of_role(found, mention.role)[:MAX_OPTIONS]
    return _named_after(mention.text, gazetteer)[:MAX_OPTIONS]


def _named_after(name: str, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """Return the places that an unknown house or spot is named after, and probably in: "Fulda Hospital"."""
    for shorter in _first_words(name):
        found = gazetteer.lookup(name_key(shorter))
        if found and found[0].name_kind is not NameKind.DEMONYM and not found[0].common_word:
            return tuple(entry._replace(named_after=True) for entry in found)
    return ()


def _first_words(name: str) -> Iterator[str]:
    """Yield what may be a place's name at the head of a house's: all but its last words, the longest first."""
    words = name.split()
    # A church is named after a saint and not after the saint's town.
    if not words or words[-1].lower() not in _carriers() or words[0].rstrip(".") in _SAINTS:
        return
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[:count])


@cache
def _carriers() -> frozenset[str]:
    return frozenset((*name_words("house"), *name_words("spot")))


def respelt(mention: Mention, gazetteer: Gazetteer, *, countries: frozenset[str]) -> tuple[NamedPlace, ...]:
    """Return the places of `countries` that have a name which may be another transliteration of an unknown one."""
    if not countries or mention.label is not Label.PLACE or mention.role not in _RESPELT or _is_plain(mention.text):
        return ()
    shorter = list(forms(mention.text))
    if any(gazetteer.blocks(name_key(form)) for form in shorter):
        return ()
    for form in shorter:
        if found := [entry for entry in gazetteer.spelt_like(form) if entry.place.country in countries]:
            return _own_names_first(found, spelling_key(form))[:MAX_OPTIONS]
    return ()


def _own_names_first(found: Sequence[NamedPlace], key: str) -> tuple[NamedPlace, ...]:
    """Put the places that are called so before those that are also called so: Mosul before Nineveh."""
    own = [entry for entry in found if spelling_key(entry.place.name) == key]
    also = [entry for entry in found if entry not in own]
    return (*(entry._replace(name_kind=NameKind.NAME) for entry in own), *also)


def countries_of(mentions: Sequence[Mention], found: Sequence[tuple[NamedPlace, ...]]) -> frozenset[str]:
    """Return the countries where a fair share of a document's names lie, each name taken as its best known place."""
    places = {mention.text: entries[0].place for mention, entries in zip(mentions, found, strict=True) if entries}
    names = Counter(place.country for place in places.values() if place.country)
    return frozenset(country for country, count in names.items() if count >= MIN_SHARE * names.total())


def _is_plain(name: str) -> bool:
    """Say whether a name is an acronym, half a word, or made of English words only: none is a transliteration."""
    # "Austro-" is half a word.
    return is_acronym(name) or name.endswith("-") or all(is_english(word) for word in name_key(name).split(" "))


def is_demonym(name: str, gazetteer: Gazetteer) -> bool:
    """Say whether a name is first of all the name of a people: "Canadian", though a town bears it."""
    found = gazetteer.lookup(name_key(name))
    return bool(found) and found[0].name_kind is NameKind.DEMONYM


def _of_role(found: tuple[NamedPlace, ...], role: Role) -> tuple[NamedPlace, ...]:
    """Keep demonyms for demonyms and names for names, unless that leaves nothing."""
    wanted = role is Role.DEMONYM
    return tuple(entry for entry in found if (entry.name_kind is NameKind.DEMONYM) is wanted) or found
