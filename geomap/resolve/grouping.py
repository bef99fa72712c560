"""Put the mentions of a document that must mean the same place together, each group with its options.

Within a document a name keeps one meaning, unless a region behind it, or a person, says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from geomap.model import Kind, Mention, NamedPlace, NameKind, Place, Role, contains
from geomap.resolve.beside import NOWHERE, REGIONS, Beside, beside, is_other
from geomap.resolve.cues import cued_kinds
from geomap.resolve.options import Gazetteer, all_options
from geomap.resolve.spot import SAME_SPOT_KM, apart_km

__all__ = ["NOTHING_DECIDED", "Decided", "Group", "grouped"]

# What a person decided that mentions mean, each with the reason as people are told it.
Decided: TypeAlias = Mapping[Mention, tuple[Place, str]]

NOTHING_DECIDED: Decided = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of a document that share a name and, where one stands beside it, a region.

    `settled` says that a person decided for the first of `entries`, `one_spot` that all places of the name lie
    together, `other` that the text means another place than the one it calls so elsewhere.
    """

    name: str
    members: tuple[int, ...]
    entries: tuple[NamedPlace, ...]
    beside: Beside = NOWHERE
    settled: bool = False
    other: bool = False
    one_spot: bool = False
    cues: Mapping[Kind, float] = field(default_factory=dict)


class _Key(NamedTuple):
    """What mentions of one group have in common; `holding` is the id of the region beside the name, if any."""

    name: str
    holding: str
    is_demonym: bool
    is_other: bool


def grouped(
    mentions: Sequence[Mention], gazetteer: Gazetteer, text: str, decided: Decided = NOTHING_DECIDED
) -> list[Group]:
    """Put the mentions that must mean the same place together, each group with its options."""
    found = all_options(mentions, gazetteer)
    entries = [_settled(mention, decided) or known for mention, known in zip(mentions, found, strict=True)]
    members: dict[_Key, list[int]] = {}
    sides: dict[_Key, Beside] = {}
    with_region: dict[str, _Key] = {}
    led: set[int] = set()
    for i, mention in enumerate(mentions):
        side = beside(mentions, entries, i, text)
        key = _key(mention, entries[i], side, text, settled=mention in decided)
        members.setdefault(key, []).append(i)
        sides[key] = _joined(side, sides.get(key, NOWHERE))
        if side.leading:
            led.add(i)
        if side.holding and not key.is_other and mention not in decided:
            with_region.setdefault(key.name, key)
    # A bare "Paris" in an article that said "Paris, Texas" means that one, but for "In Tennessee, Paris ...".
    for key in [key for key in members if key == _Key(key.name, "", is_demonym=False, is_other=False)]:
        if key.name in with_region:
            bare = members.pop(key)
            members[with_region[key.name]].extend(i for i in bare if i not in led)
            if stay := [i for i in bare if i in led]:
                members[key] = stay
    groups = []
    for key, those in members.items():
        first, cues = those[0], _cues(mentions, those, text)
        if mentions[first] in decided:
            known = _settled_first(entries[first][0], found[first])
        else:
            known = _held(entries[first], sides[key].holding)
        groups.append(
            Group(
                key.name,
                tuple(those),
                known,
                sides[key],
                settled=mentions[first] in decided,
                other=key.is_other,
                one_spot=_one_spot(known),
                cues=cues,
            )
        )
    return groups


def _key(mention: Mention, entries: Sequence[NamedPlace], side: Beside, text: str, *, settled: bool) -> _Key:
    # A mention that a person decided on does not speak for others of its name.
    holding = f"decided {entries[0].place.id}" if settled else side.holding[0].place.id if side.holding else ""
    demonym = mention.role is Role.DEMONYM
    return _Key(mention.key or mention.text, holding, demonym, not demonym and is_other(mention, text))


def _joined(side: Beside, old: Beside) -> Beside:
    """Keep what stood beside a name at an earlier mention, where the later one says nothing."""
    return Beside(*(new or before for new, before in zip(side, old, strict=True)))


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


def _settled_first(entry: NamedPlace, known: Sequence[NamedPlace]) -> tuple[NamedPlace, ...]:
    """Put the place decided on before the others of the name, which stay to be shown as runners-up."""
    return (entry, *(other._replace(own=False) for other in known if other.place.id != entry.place.id))


def _held(entries: tuple[NamedPlace, ...], holding: Sequence[NamedPlace]) -> tuple[NamedPlace, ...]:
    """Leave only the places inside the region that stands beside the name, if there are any.

    "Paris, Texas" settles it; but "Georgia, Florida" is a list of states, so regions keep all readings.
    """
    held = tuple(entry for entry in entries if any(contains(outer.place, entry.place) for outer in holding))
    return held if held and entries[0].place.kind not in REGIONS else entries


def _one_spot(entries: Sequence[NamedPlace]) -> bool:
    """Say whether all places of a name lie so near each other that choosing among them moves no pin on a world map."""
    places = [entry.place for entry in entries]
    return bool(places) and all(apart_km(places[0], place) <= SAME_SPOT_KM for place in places[1:])
