"""What the index that comes with geomap knows of a name, told to whoever brings many names.

A village's alternate name must not make "police" or "Iraqi" a place: what was measured once counts for all.
"""

from __future__ import annotations

from collections.abc import Callable

from geomap.gazetteer.building.index import NameRules, Verdict
from geomap.gazetteer.building.scripts import Scripts, keeper
from geomap.gazetteer.english import is_english
from geomap.gazetteer.store import Store
from geomap.model import Kind, NameKind

__all__ = ["rules_beside"]

_OF_A_COUNTRY = frozenset({NameKind.NAME, NameKind.ABBREVIATION})


def rules_beside(default: Store, scripts: Scripts) -> NameRules:
    """Return the rules for names that will lie over an index."""
    return NameRules(keeper(scripts), _judge(default))


def _judge(default: Store) -> Callable[[str], Verdict]:
    countries = default.numbers_of_kind(Kind.COUNTRY)

    def verdict(key: str) -> Verdict:
        known = default.postings(key)
        if not known:
            return Verdict(common_word=is_english(key))
        reserved = any(
            p.name_kind is NameKind.DEMONYM or (p.name_kind in _OF_A_COUNTRY and p.number in countries) for p in known
        )
        return Verdict(known[0].common_word, reserved)

    return verdict
