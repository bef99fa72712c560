"""Turn finished drafts into the table of names: for each key its places, best first.

Here all names meet, so here a town's alternate name gives way to the countries, peoples and
ordinary words that are spelled the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from geomap.gazetteer.curated import Curated
from geomap.gazetteer.draft import Draft, Drafts, closer
from geomap.gazetteer.naming import keep_alternate, variants
from geomap.gazetteer.prior import rank
from geomap.model import Kind, NameKind
from geomap.words import name_key

__all__ = ["Entry", "index_names"]

# An alternate name of a place of these kinds gives way to a country or people of that name.
_YIELDING = frozenset({Kind.CITY, Kind.NEIGHBOURHOOD, Kind.ADMIN2, Kind.ADMIN3, Kind.AIRPORT, Kind.PORT})


class Entry(NamedTuple):
    """One place of a key."""

    draft: Draft
    name_kind: NameKind
    common_word: bool


def index_names(drafts: Drafts, curated: Curated) -> dict[str, list[Entry]]:
    """Return every key with its entries, best first."""
    reserved = {key for draft in drafts.of_kind(Kind.COUNTRY) for key in _country_keys(draft)}
    reserved |= curated.demonyms
    table: dict[str, dict[str, NameKind]] = {}
    for draft in drafts:
        for key, (kind, unsure) in _keys(draft).items():
            if unsure and (key in curated.common_words or (key in reserved and draft.kind in _YIELDING)):
                continue
            table.setdefault(key, {})[draft.id] = kind
    return {
        key: _ordered(drafts, places, curated.preferred.get(key), common_word=key in curated.common_words)
        for key, places in sorted(table.items())
    }


def _keys(draft: Draft) -> dict[str, tuple[NameKind, bool]]:
    """Return the keys of a draft's names, each with how it belongs, and whether nobody has checked it."""
    keys: dict[str, tuple[NameKind, bool]] = {}

    def put(name: str, kind: NameKind, *, unsure: bool) -> None:
        key = name_key(name)
        known = keys.get(key, (kind, unsure))
        if key:
            keys[key] = (closer(kind, known[0]), unsure and known[1])

    for name, kind in draft.names.items():
        trusted = name in draft.trusted
        if trusted or keep_alternate(name):
            put(name, kind, unsure=kind is NameKind.ALIAS and not trusted)
            if kind is NameKind.NAME or (kind is NameKind.ALIAS and draft.kind is Kind.ADMIN1):
                for variant in variants(draft, name):
                    put(variant, NameKind.ALIAS, unsure=kind is NameKind.ALIAS)
    return keys


def _country_keys(draft: Draft) -> Iterable[str]:
    return (name_key(name) for name in draft.names if name in draft.trusted)


def _ordered(
    drafts: Drafts, places: Mapping[str, NameKind], preferred: str | None, *, common_word: bool
) -> list[Entry]:
    entries = [Entry(drafts.by_id[place_id], kind, common_word) for place_id, kind in places.items()]
    entries.sort(key=lambda entry: rank(entry.draft, entry.name_kind, preferred=entry.draft.id == preferred))
    return entries
