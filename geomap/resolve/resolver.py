"""Decide which place each mention of a document means.

Every place of a name gets a score, the weighted sum of its named features; a softmax makes them
probabilities.  Names are first judged alone, then again with the others' likeliest places as
company.  Within a document a name keeps one meaning, unless a region behind it says otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from types import MappingProxyType
from typing import TypeAlias

from geomap.geo import distance_km
from geomap.model import Candidate, Kind, Mention, NamedPlace, NameKind, Outcome, Place, Resolution, Role
from geomap.resolve.features import CONTEXT, NO_COMPANY, STANDING, Company, Context, contains
from geomap.resolve.options import Gazetteer, all_options
from geomap.resolve.reasons import doubt, reason
from geomap.resolve.weights import Weights, shipped_weights
from geomap.words import name_key

__all__ = ["SAME_SPOT_KM", "Group", "Ranking", "grouped", "probabilities", "resolve", "scored"]

# (score, index into the group's entries), best first.
Ranking: TypeAlias = tuple[tuple[float, int], ...]
# What a person decided that mentions mean, each with the reason as people are told it.
Decided: TypeAlias = Mapping[Mention, tuple[Place, str]]

_NOTHING_DECIDED: Decided = MappingProxyType({})
# Judged alone, then twice in company: a third round moves next to nothing.
ROUNDS = 2
# Candidates kept on a resolution, for explaining.
MAX_KEPT = 6
_COMMA = re.compile(r",\s{1,3}|\s\(|,\s+in\s+|\s+in\s+(?:the\s+)?|\s+of\s+(?:the\s+)?")
_REGIONS = frozenset({Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2})
_DIVISIONS = frozenset({Kind.ADMIN1, Kind.ADMIN2, Kind.ADMIN3})
_SPOTS = frozenset({Kind.CITY, Kind.NEIGHBOURHOOD, Kind.ADMIN2, Kind.FACILITY, Kind.ISLAND})
# The field's bound for "the right place": 100 miles.
SAME_SPOT_KM = 161.0
# Neighbours are sought among this many names before and after, so that a long list costs no more a name.
WINDOW = 25
# Only a place that is itself likely says something about its neighbours.
SURE = 0.4


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


def resolve(
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    text: str,
    weights: Weights | None = None,
    decided: Decided = _NOTHING_DECIDED,
) -> list[Resolution]:
    """Return one resolution per place mention, in the order given.  `text` is the document's.

    What is `decided` is certain, and company for the rest like any other place.
    """
    table = weights or shipped_weights()
    groups = grouped(mentions, gazetteer, text, decided)
    results: dict[int, Resolution] = {}
    for group, (found, context) in zip(groups, scored(groups, table), strict=True):
        ranking = _town_first(group, found)
        kept = tuple(_candidate(group, i, score, context, table) for score, i in ranking[:MAX_KEPT])
        sure, none = _sureness(group, ranking, table)
        for i in group.members:
            if group.settled:
                results[i] = Resolution(mentions[i], Outcome.RESOLVED, kept, 1.0, decided[mentions[i]][1])
            elif none > sure:
                why = doubt(mentions[i], kept, len(ranking))
                results[i] = Resolution(mentions[i], Outcome.UNKNOWN, kept, 0.0, why)
            else:
                why = reason(mentions[i], kept, len(ranking))
                results[i] = Resolution(mentions[i], Outcome.RESOLVED, kept, sure, why)
    return [results[i] for i in range(len(mentions))]


def grouped(
    mentions: Sequence[Mention], gazetteer: Gazetteer, text: str, decided: Decided = _NOTHING_DECIDED
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
    return [
        _settled_group(key[0], members, entries[members[0]][0], found[members[0]], *cues[key])
        if mentions[members[0]] in decided
        else _group(key[0], members, entries[members[0]], *cues[key])
        for key, members in keys.items()
    ]


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
    settles = held and entries[0].place.kind not in _REGIONS
    return Group(name, tuple(members), held if settles else entries, region, inside)


def _region_behind(
    mentions: Sequence[Mention], entries: Sequence[tuple[NamedPlace, ...]], i: int, text: str
) -> tuple[NamedPlace, ...]:
    """Return the readings as a region of the mention right behind mention `i`, if one is."""
    if i + 1 >= len(mentions) or not _COMMA.fullmatch(text, mentions[i].end, mentions[i + 1].start):
        return ()
    if Role.DEMONYM in {mentions[i].role, mentions[i + 1].role}:
        return ()
    return tuple(entry for entry in entries[i + 1] if entry.place.kind in _REGIONS)


def scored(groups: Sequence[Group], weights: Weights) -> list[tuple[Ranking, Context]]:
    """Return each group's ranking in the company of the others, and that company."""
    standing = [[_standing(entry, position, weights) for position, entry in enumerate(g.entries)] for g in groups]
    contexts = [Context(group.name, NO_COMPANY, frozenset(), (), group.region, group.inside) for group in groups]
    for _ in range(ROUNDS):
        rankings = [_ranked(*each, weights) for each in zip(groups, standing, contexts, strict=True)]
        likely = [_likeliest(group, ranking, weights) for group, ranking in zip(groups, rankings, strict=True)]
        contexts = _contexts(groups, likely)
    return [(_ranked(*each, weights), each[2]) for each in zip(groups, standing, contexts, strict=True)]


def probabilities(ranking: Ranking, elsewhere: float) -> list[float]:
    """Return the softmax of a ranking's scores, beside the score of "none of these"."""
    top = max(ranking[0][0], elsewhere)
    odds = [exp(score - top) for score, _ in ranking]
    total = sum(odds) + exp(elsewhere - top)
    return [value / total for value in odds]


def _standing(entry: NamedPlace, position: int, weights: Weights) -> float:
    given = weights.own if entry.own else 0.0
    return given + sum(
        worth * feature(entry, position) for feature, worth in zip(STANDING, weights.standing, strict=True)
    )


def _ranked(group: Group, standing: Sequence[float], context: Context, weights: Weights) -> Ranking:
    found = []
    for i, entry in enumerate(group.entries):
        score = standing[i]
        for feature, weight in zip(CONTEXT, weights.context, strict=True):
            score += weight * feature(entry.place, context)
        found.append((score, i))
    # The id settles ties, so that rebuilding the gazetteer cannot move a pin.
    ranking = sorted(found, key=lambda item: (-item[0], group.entries[item[1]].place.id))
    if group.settled:
        ranking.sort(key=lambda item: item[1] != 0)
    return tuple(ranking)


def _likeliest(group: Group, ranking: Ranking, weights: Weights) -> tuple[Place, float] | None:
    if not ranking:
        return None
    place = group.entries[ranking[0][1]].place
    return place, 1.0 if group.settled else probabilities(ranking, weights.elsewhere)[0]


def _contexts(groups: Sequence[Group], likely: Sequence[tuple[Place, float] | None]) -> list[Context]:
    """Return what the others suggest about each group, in time linear in their number."""
    countries: defaultdict[str, float] = defaultdict(float)
    admins: defaultdict[str, float] = defaultdict(float)
    for place, probability in filter(None, likely):
        countries[place.country] += probability
        admins[place.admin1_id or place.id] += probability
    named = frozenset(place.id for place, _ in filter(None, likely) if place.kind in _REGIONS)
    total = sum(countries.values())
    contexts = []
    for i, (group, own) in enumerate(zip(groups, likely, strict=True)):
        near = (*likely[max(0, i - WINDOW) : i], *likely[i + 1 : i + 1 + WINDOW])
        anchors = [place for place, p in filter(None, near) if place.kind in _SPOTS and p >= SURE]
        company = Company(countries, admins, total, *(own or (None, 0.0)))
        contexts.append(Context(group.name, company, named, anchors, group.region, group.inside))
    return contexts


def _town_first(group: Group, ranking: Ranking) -> Ranking:
    """Put a town before the district or province named after it, where that leads: "Basra" is the city.

    Either is right for a world map, and the scores hardly tell them apart; readers mean the town
    unless the text says "Basra province", which is a name of its own in the gazetteer.
    """
    if not ranking or group.settled:
        return ranking
    best = group.entries[ranking[0][1]]
    if best.place.kind not in _DIVISIONS:
        return ranking
    for position, (_, i) in enumerate(ranking[:MAX_KEPT]):
        town = group.entries[i].place
        # Gaza is not named like the Gaza Strip, which "Gaza" means.
        named_alike = name_key(town.name) == name_key(best.place.name)
        if town.kind is Kind.CITY and named_alike and best.place.id in {town.admin1_id, town.admin2_id}:
            lifted = (ranking[0][0], i)
            return (lifted, *ranking[:position], *ranking[position + 1 :])
    return ranking


def _sureness(group: Group, ranking: Ranking, weights: Weights) -> tuple[float, float]:
    """Return the probability that the best place is right to within `SAME_SPOT_KM`, and that none is.

    Baghdad the city and Baghdad the province are two entries but one spot on a map.
    """
    if not ranking:
        return 0.0, 1.0
    best = group.entries[ranking[0][1]].place
    shares = probabilities(ranking, weights.elsewhere)
    places = (group.entries[i].place for _, i in ranking)
    here = sum(share for share, place in zip(shares, places, strict=True) if _apart_km(best, place) <= SAME_SPOT_KM)
    return min(1.0, here), 1 - sum(shares)


def _apart_km(a: Place, b: Place) -> float:
    return distance_km(a_lat=a.lat, a_lon=a.lon, b_lat=b.lat, b_lon=b.lon)


def _candidate(group: Group, i: int, score: float, context: Context, weights: Weights) -> Candidate:
    entry = group.entries[i]
    worth = [("own", weights.own if entry.own else 0.0)]
    worth += [(f.__name__, w * f(entry, i)) for f, w in zip(STANDING, weights.standing, strict=True)]
    worth += [(f.__name__, w * f(entry.place, context)) for f, w in zip(CONTEXT, weights.context, strict=True)]
    told = sorted((item for item in worth if item[1]), key=lambda item: (-abs(item[1]), item[0]))
    return Candidate(entry.place, score, entry.name_kind, tuple(told))
