"""Put the mentions of a document that must mean the same place together, each group with its options.

Within a document a name keeps one meaning, unless a region behind it, or a person, says otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias

from geomap.model import Kind, Mention, NamedPlace, NameKind, Place, Role
from geomap.resolve.cues import cued_kinds
from geomap.resolve.features import contains
from geomap.resolve.options import Gazetteer, all_options

__all__ = ["NOTHING_DECIDED", "REGIONS", "Decided", "Group", "grouped"]

# What a person decided that mentions mean, each with the reason as people are told it.
Decided: TypeAlias = Mapping[Mention, tuple[Place, str]]

NOTHING_DECIDED: Decided = MappingProxyType({})
REGIONS = frozenset({Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2})
_COMMA = re.compile(r",\s{1,3}|\s\(|,\s+in\s+|\s+in\s+(?:the\s+)?|\s+of\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of a document that share a name and, where one stands behind it, a region.

    `settled` says that a person decided for the first of `entries`.
    """

    name: str
    members: tuple[int, ...]
    entries: tuple[NamedPlace, ...]
    region: tuple[NamedPlace, ...] = ()
    inside: tuple[NamedPlace, ...] = ()
    settled: bool = False
    cues: Mapping[Kind, float] = field(default_factory=dict)


def grouped(
    mentions: Sequence[Mention], gazetteer: Gazetteer, text: str, decided: Decided = NOTHING_DECIDED
) -> list[Group]:
    """Put the mentions that must mean the same place together, each group with its options."""
    found = all_options(mentions, gazetteer)
    entries = [_settled(mention, decided) or known for mention, known in zip(mentions, found, strict=True)]
    keys: dict[tuple[str, str, bool], list[int]] = {}
    cues: dict[tuple[str, str, bool], tuple[tuple[NamedPlace, ...], tuple[NamedPlace, ...]]] = {}
    with_region: dict[str, tuple[str, str, bool]] = {}
    for i, mention in enumerate(mentions):
        name, demonym = mention.key or mention.text, mention.role is Role.DEMONYM
        region = _region_behind(mentions, entries, i, text)
        inside = entries[i - 1] if i and _region_behind(mentions, entries, i - 1, text) else ()
        settled = mention in decided
        # A mention that a person decided on does not speak for others of its name.
        behind = f"decided {entries[i][0].place.id}" if settled else region[0].place.id if region else ""
        key = (name, behind, demonym)
        keys.setdefault(key, []).append(i)
        old = cues.get(key, ((), ()))
        cues[key] = (region or old[0], inside or old[1])
        if region and not settled:
            with_region.setdefault(name, key)
    # A bare "Paris" in an article that said "Paris, Texas" means that one.
    for key in [key for key in keys if not key[1] and not key[2] and key[0] in with_region]:
        keys[with_region[key[0]]].extend(keys.pop(key))
    made = [
        _settled_group(key[0], members, entries[members[0]][0], found[members[0]], *cues[key])
        if mentions[members[0]] in decided
        else _group(key[0], members, entries[members[0]], *cues[key])
        for key, members in keys.items()
    ]
    return [replace(group, cues=_cues(mentions, group.members, text)) for group in made]


def _cues(mentions: Sequence[Mention], members: Sequence[int], text: str) -> dict[Kind, float]:
    """Return what part of a name's mentions with words of a kind beside them speaks of each kind."""
    cued = [kinds for i in members if (kinds := cued_kinds(text, mentions[i].start, mentions[i].end))]
    votes = Counter(kind for kinds in cued for kind in kinds)
    return {kind: n / len(cued) for kind, n in votes.items()}


def _settled(mention: Mention, decided: Decided) -> tuple[NamedPlace, ...]:
    """Return the one reading a person left a mention, or ()."""
    if mention not in decided:
        return ()
    return (NamedPlace(decided[mention][0], NameKind.NAME, common_word=False, own=True),)


def _settled_group(  # noqa: PLR0917 - what a group is made of
    name: str,
    members: Sequence[int],
    entry: NamedPlace,
    known: Sequence[NamedPlace],
    region: tuple[NamedPlace, ...],
    inside: tuple[NamedPlace, ...],
) -> Group:
    """Put the place decided on before the others of the name, which stay to be shown as runners-up."""
    others = (other._replace(own=False) for other in known if other.place.id != entry.place.id)
    return Group(name, tuple(members), (entry, *others), region, inside, settled=True)


def _group(
    name: str,
    members: Sequence[int],
    entries: tuple[NamedPlace, ...],
    region: tuple[NamedPlace, ...],
    inside: tuple[NamedPlace, ...],
) -> Group:
    """Leave only the places inside the region that stands behind the name, if there are any.

    "Paris, Texas" settles it; but "Georgia, Florida" is a list of states, so regions keep all readings.
    """
    held = tuple(entry for entry in entries if any(contains(outer.place, entry.place) for outer in region))
    settles = held and entries[0].place.kind not in REGIONS
    return Group(name, tuple(members), held if settles else entries, region, inside)


def _region_behind(
    mentions: Sequence[Mention], entries: Sequence[tuple[NamedPlace, ...]], i: int, text: str
) -> tuple[NamedPlace, ...]:
    """Return the readings as a region of the mention right behind mention `i`, if one is."""
    if i + 1 >= len(mentions) or not _COMMA.fullmatch(text, mentions[i].end, mentions[i + 1].start):
        return ()
    if Role.DEMONYM in {mentions[i].role, mentions[i + 1].role}:
        return ()
    return tuple(entry for entry in entries[i + 1] if entry.place.kind in REGIONS)
