"""Decide which place each mention of a document means.

Every place of a name gets a score, the weighted sum of its named features; a softmax makes them
probabilities.  Names are first judged alone, then again with the others' likeliest places as
company.  Within a document a name keeps one meaning, unless a region behind it says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp
from typing import NamedTuple, TypeAlias

from geomap.gazetteer.spelling import spelling_key
from geomap.model import Candidate, Kind, Mention, Outcome, Place, Resolution
from geomap.resolve.beside import REGIONS
from geomap.resolve.features import CONTEXT, DIVISIONS, NEEDS, STANDING, Company, Context, Contextual
from geomap.resolve.grouping import NOTHING_DECIDED, Decided, Group
from geomap.resolve.habit import NO_HABIT, Habit
from geomap.resolve.reasons import doubt, reason
from geomap.resolve.spot import SAME_SPOT_KM, apart_km
from geomap.resolve.weights import Weights, shipped_weights
from geomap.words import name_key

__all__ = ["Ranking", "Scored", "decide", "likely_places", "probabilities", "scored"]

# (score, index into the group's entries), best first.
Ranking: TypeAlias = tuple[tuple[float, int], ...]


class Scored(NamedTuple):
    """A group's ranking, the company it was made in, and what each of `entries` is worth without any."""

    ranking: Ranking
    context: Context
    standing: tuple[float, ...]


# Judged alone, then twice in company: a third round moves next to nothing.
ROUNDS = 2
# Candidates kept on a resolution, for explaining.
MAX_KEPT = 6
_SPOTS = frozenset({Kind.CITY, Kind.NEIGHBOURHOOD, Kind.ADMIN2, Kind.FACILITY, Kind.ISLAND})
# Neighbours are sought among this many names before and after, so that a long list costs no more a name.
WINDOW = 25
# Only a place that is itself likely says something about its neighbours.
SURE = 0.4


def likely_places(
    groups: Sequence[Group], judged: Sequence[Scored], weights: Weights | None = None
) -> list[tuple[Place, float] | None]:
    """Return the likeliest place of each group and its probability, from what `scored` says."""
    table = weights or shipped_weights()
    return [_likeliest(group, each.ranking, table) for group, each in zip(groups, judged, strict=True)]


def decide(
    mentions: Sequence[Mention],
    groups: Sequence[Group],
    judged: Sequence[Scored],
    *,
    decided: Decided = NOTHING_DECIDED,
    weights: Weights | None = None,
) -> list[Resolution]:
    """Return one resolution per mention of a document whose mentions are grouped and scored already."""
    table = weights or shipped_weights()
    results: dict[int, Resolution] = {}
    usual = {
        group.name: group.entries[each.ranking[0][1]].place
        for group, each in zip(groups, judged, strict=True)
        if each.ranking and not group.other
    }
    for group, (found, context, _) in zip(groups, judged, strict=True):
        ranking = _town_first(group, _elsewhere(group, found, usual.get(group.name)) if group.other else found)
        telling = _telling(context, table)
        kept = tuple(_candidate(group, i, score, context, telling, table) for score, i in ranking[:MAX_KEPT])
        sure, none = _sureness(group, ranking, table)
        for i in group.members:
            if group.settled:
                why = reason(mentions[i], kept, len(ranking), decided=decided[mentions[i]][1])
                results[i] = Resolution(mentions[i], Outcome.RESOLVED, kept, 1.0, why)
            elif none > sure:
                why = doubt(mentions[i], kept, len(ranking))
                results[i] = Resolution(mentions[i], Outcome.UNKNOWN, kept, 0.0, why)
            else:
                why = reason(mentions[i], kept, len(ranking))
                results[i] = Resolution(mentions[i], Outcome.RESOLVED, kept, sure, why)
    return [results[i] for i in range(len(mentions))]


def scored(
    groups: Sequence[Group],
    weights: Weights | None = None,
    habit: Habit = NO_HABIT,
    before: Sequence[Scored] = (),
) -> Sequence[Scored]:
    """Return each group's ranking in the company of the others, and that company.

    `habit` is what the other articles of the source are about; `before` is what was said without it.
    """
    if before and not habit.others:
        return before
    table = weights or shipped_weights()
    standing = [each.standing for each in before] or [_standing(group, table) for group in groups]
    contexts = _contexts(groups, [None] * len(groups), habit)
    for _ in range(ROUNDS):
        rankings = [_ranked(*each, table) for each in zip(groups, standing, contexts, strict=True)]
        likely = [_likeliest(group, ranking, table) for group, ranking in zip(groups, rankings, strict=True)]
        contexts = _contexts(groups, likely, habit)
    return [
        Scored(_ranked(group, stand, context, table), context, stand)
        for group, stand, context in zip(groups, standing, contexts, strict=True)
    ]


def probabilities(ranking: Ranking, elsewhere: float) -> list[float]:
    """Return the softmax of a ranking's scores, beside the score of "none of these"."""
    top = max(ranking[0][0], elsewhere)
    odds = [exp(score - top) for score, _ in ranking]
    total = sum(odds) + exp(elsewhere - top)
    return [value / total for value in odds]


def _standing(group: Group, weights: Weights) -> tuple[float, ...]:
    """Return what each place of a name is worth before anything is known of the document."""
    table = tuple(zip(STANDING, weights.standing, strict=True))
    found = []
    for position, entry in enumerate(group.entries):
        score = 0.0
        for feature, weight in table:
            score += weight * feature(entry, position)
        found.append((weights.own if entry.own else 0.0) + score)
    return tuple(found)


def _ranked(group: Group, standing: Sequence[float], context: Context, weights: Weights) -> Ranking:
    found = []
    telling = _telling(context, weights)
    for i, entry in enumerate(group.entries):
        score, place = standing[i], entry.place
        for feature, weight in telling:
            score += weight * feature(place, context)
        # What a person decided for stands first; the id settles ties, so that rebuilding the gazetteer moves no pin.
        found.append((group.settled and i > 0, -score, place.id, i))
    found.sort()
    return tuple((-negative, i) for _, negative, _, i in found)


def _telling(context: Context, weights: Weights) -> list[tuple[Contextual, float]]:
    """Return the features that can say something in this context, each with its weight."""
    return [(f, weight) for f, weight in zip(CONTEXT, weights.context, strict=True) if NEEDS[f](context)]


def _likeliest(group: Group, ranking: Ranking, weights: Weights) -> tuple[Place, float] | None:
    if not ranking:
        return None
    place = group.entries[ranking[0][1]].place
    return place, 1.0 if group.settled else probabilities(ranking, weights.elsewhere)[0]


def _contexts(groups: Sequence[Group], likely: Sequence[tuple[Place, float] | None], habit: Habit) -> list[Context]:
    """Return what the others suggest about each group, in time linear in their number."""
    countries: defaultdict[str, float] = defaultdict(float)
    admins: defaultdict[str, float] = defaultdict(float)
    named: set[str] = set()
    spots: list[Place | None] = []
    for place, probability in (each or (None, 0.0) for each in likely):
        spots.append(place if place and place.kind in _SPOTS and probability >= SURE else None)
        if place:
            countries[place.country] += probability
            admins[place.admin1_id or place.id] += probability
            if place.kind in REGIONS:
                named.add(place.id)
    total = sum(countries.values())
    shared = frozenset(named)
    contexts = []
    for i, (group, own) in enumerate(zip(groups, likely, strict=True)):
        anchors = [place for place in (*spots[max(0, i - WINDOW) : i], *spots[i + 1 : i + 1 + WINDOW]) if place]
        company = Company(countries, admins, total, *(own or (None, 0.0)))
        contexts.append(Context(group.name, company, shared, anchors, group.beside, habit, group.cues, group.one_spot))
    return contexts


def _elsewhere(group: Group, ranking: Ranking, usual: Place | None) -> Ranking:
    """Leave out what the document calls so elsewhere, where it speaks of "the other Vancouver"."""
    others = tuple(item for item in ranking if usual and apart_km(group.entries[item[1]].place, usual) > SAME_SPOT_KM)
    return others or ranking


def _town_first(group: Group, ranking: Ranking) -> Ranking:
    """Put a town before the district or province named after it, where that leads: "Basra" is the city.

    Either is right for a world map, and the scores hardly tell them apart; readers mean the town
    unless the text says "Basra province", which is a name of its own in the gazetteer.
    """
    if not ranking or group.settled:
        return ranking
    best = group.entries[ranking[0][1]]
    if best.place.kind not in DIVISIONS:
        return ranking
    for position, (_, i) in enumerate(ranking[:MAX_KEPT]):
        town = group.entries[i].place
        # Gaza is not named like the Gaza Strip, which "Gaza" means.
        named_alike = _alike(town.name, best.place.name)
        if town.kind is Kind.CITY and named_alike and best.place.id in {town.admin1_id, town.admin2_id}:
            lifted = (ranking[0][0], i)
            return (lifted, *ranking[:position], *ranking[position + 1 :])
    return ranking


def _alike(one: str, other: str) -> bool:
    """Say whether two names are the same, or the same in another transliteration: Hodeidah and Al Hudaydah."""
    return name_key(one) == name_key(other) or spelling_key(one) == spelling_key(other) != ""


def _sureness(group: Group, ranking: Ranking, weights: Weights) -> tuple[float, float]:
    """Return the probability that the best place is right to within `SAME_SPOT_KM`, and that none is.

    Baghdad the city and Baghdad the province are two entries but one spot on a map.
    """
    if not ranking:
        return 0.0, 1.0
    best = group.entries[ranking[0][1]].place
    shares = probabilities(ranking, weights.elsewhere)
    places = (group.entries[i].place for _, i in ranking)
    here = sum(share for share, place in zip(shares, places, strict=True) if apart_km(best, place) <= SAME_SPOT_KM)
    return min(1.0, here), 1 - sum(shares)


def _candidate(  # noqa: PLR0917 - what a score is made of
    group: Group,
    i: int,
    score: float,
    context: Context,
    telling: Sequence[tuple[Contextual, float]],
    weights: Weights,
) -> Candidate:
    entry = group.entries[i]
    place = entry.place
    worth = [("own", weights.own)] if entry.own else []
    worth += [(f.__name__, w * x) for f, w in zip(STANDING, weights.standing, strict=True) if (x := f(entry, i))]
    worth += [(f.__name__, w * x) for f, w in telling if (x := f(place, context))]
    told = sorted([item for item in worth if item[1]], key=_most_first)
    return Candidate(place, score, entry.name_kind, tuple(told))


def _most_first(item: tuple[str, float]) -> tuple[float, str]:
    return -abs(item[1]), item[0]
