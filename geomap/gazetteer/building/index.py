"""Turn finished drafts into the table of names: for each key its places, best first.

A draft gives entries, one line of text each; sorted, the entries of all drafts that share a key stand
together.  There all names meet, so there a town's alternate name gives way to the countries, peoples
and ordinary words that are spelled the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from geomap.gazetteer.building.draft import Draft, closer
from geomap.gazetteer.building.naming import keep_alternate, swapped, variants
from geomap.gazetteer.building.prior import rank
from geomap.gazetteer.layout import COMMON, Posting, pack
from geomap.gazetteer.spelling import TRANSLITERATED, spelling_key
from geomap.model import Kind, NameKind
from geomap.words import name_key

__all__ = ["NameRules", "Verdict", "keys_of", "name_lines", "postings", "spelling_lines"]

# An alternate name of a place of these kinds gives way to a country or people of that name.
_YIELDING = frozenset({Kind.CITY, Kind.NEIGHBOURHOOD, Kind.ADMIN2, Kind.ADMIN3, Kind.AIRPORT, Kind.PORT})
# No prior is so high; what is left of it sorts as text, best first.
_PRIOR_CEILING = 30.0
_PRIOR_STEPS = 1_000_000
_SURE, _UNSURE, _YIELDS = "0", "1", "2"
# Other spellings lead only to what a place is called, never to its people or its letters.
_SPELT = frozenset({NameKind.NAME, NameKind.ALIAS})


class Verdict(NamedTuple):
    """What is known of a key before any place claims it."""

    common_word: bool = False
    reserved: bool = False  # the name of a country or a people


def no_verdict(_: str) -> Verdict:
    """Know nothing of any key."""
    return _NOTHING_KNOWN


_NOTHING_KNOWN = Verdict()


@dataclass(frozen=True, slots=True)
class NameRules:
    """Which names are kept: `keep` filters unchecked ones, `judge` knows the words and peoples of the world."""

    keep: Callable[[str], bool] = keep_alternate
    judge: Callable[[str], Verdict] = no_verdict
    preferred: Mapping[str, str] = field(default_factory=dict)


def keys_of(draft: Draft, keep: Callable[[str], bool]) -> dict[str, tuple[NameKind, bool]]:
    """Return the keys of a draft's names, each with how it belongs, and whether nobody has checked it."""
    keys: dict[str, tuple[NameKind, bool]] = {}

    def put(name: str, kind: NameKind, *, unsure: bool) -> None:
        key = name_key(name)
        known = keys.get(key, (kind, unsure))
        if key:
            keys[key] = (closer(kind, known[0]), unsure and known[1])

    for name, kind in draft.names.items():
        trusted = name in draft.trusted
        if trusted or keep(name):
            put(name, kind, unsure=kind is NameKind.ALIAS and not trusted)
            for other in swapped(draft, name):
                put(other, NameKind.ALIAS, unsure=not trusted)
            if kind is NameKind.NAME or (kind is NameKind.ALIAS and draft.kind is Kind.ADMIN1):
                for variant in variants(draft, name):
                    put(variant, NameKind.ALIAS, unsure=kind is NameKind.ALIAS)
    return _own_spellings(draft, keys)


def _own_spellings(draft: Draft, keys: dict[str, tuple[NameKind, bool]]) -> dict[str, tuple[NameKind, bool]]:
    """Let a mere transliteration of a place's name be its name: "Bint Jbeil" is no other name of Bent Jbail."""
    if draft.country not in TRANSLITERATED:
        return keys
    own = {spelling_key(key) for key, (kind, _) in keys.items() if kind is NameKind.NAME} - {""}
    return {
        key: (NameKind.NAME if kind is NameKind.ALIAS and spelling_key(key) in own else kind, unsure)
        for key, (kind, unsure) in keys.items()
    }


def name_lines(
    number: int, draft: Draft, keys: Mapping[str, tuple[NameKind, bool]], preferred: Mapping[str, str]
) -> Iterator[str]:
    """Yield a line for each key of a draft; sorted, the lines of a key come together and the best first."""
    yields = _YIELDS if draft.kind in _YIELDING else _UNSURE
    for key, (kind, unsure) in keys.items():
        leads = preferred.get(key) == draft.id
        prior = _prior(draft.kind, draft.feature, draft.population, kind, leads)
        packed = pack(Posting(number, kind, common_word=False, usual=leads))
        yield f"{key}\t{prior}\t{packed:010}\t{yields if unsure else _SURE}"


def spelling_lines(number: int, draft: Draft, keys: Mapping[str, tuple[NameKind, bool]]) -> Iterator[str]:
    """Yield a line for each spelling key of a draft's names, sorted like those of `name_lines`."""
    if draft.country not in TRANSLITERATED:
        return
    spelt = {spelling_key(key) for key, (kind, _) in keys.items() if kind in _SPELT} - {""}
    prior = _prior(draft.kind, draft.feature, draft.population, NameKind.ALIAS, False)  # noqa: FBT003 - for the cache
    packed = pack(Posting(number, NameKind.ALIAS, common_word=False))
    for key in sorted(spelt):
        yield f"{key}\t{prior}\t{packed:010}\t{_SURE}"


def postings(lines: Iterable[str], judge: Callable[[str], Verdict] = no_verdict) -> Iterator[tuple[str, list[int]]]:
    """Yield each key of sorted lines with its packed postings, best first."""
    for key, group in groupby(lines, key=_key):
        common, reserved = judge(key)
        mark = COMMON if common else 0
        packed = []
        for line in group:
            _, _, bits, sure = line.split("\t")
            if not ((common and sure != _SURE) or (reserved and sure == _YIELDS)):
                packed.append(int(bits) | mark)
        if packed:
            yield key, packed


def _key(line: str) -> str:
    return line[: line.index("\t")]


# Most places of a dump have no people, and all of a kind are then alike.
@lru_cache(65_536)
def _prior(place_kind: Kind, feature: str, population: int, kind: NameKind, leads: bool) -> str:  # noqa: FBT001
    """Return the place of a name in the order of its key, as text."""
    draft = Draft("", "", place_kind, feature=feature, population=population)
    not_preferred, no_country, descending, _ = rank(draft, kind, preferred=leads)
    return f"{not_preferred:d}{no_country:d}{round((_PRIOR_CEILING + descending) * _PRIOR_STEPS):09}"
