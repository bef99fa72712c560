"""Say which places a verb or an event noun aims at, and where it takes place.

A place may stand directly, in a piece of itself ("Iraqi territory", "the city of Mosul"), in what is hit
("Israeli targets"), or further inside a phrase ("a school in Gaza").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from geomap.link.clauses import acts_as_verb, is_passive, lender, participants
from geomap.link.grammar import Trigger
from geomap.link.scene import Scene, Spot
from geomap.link.tree import Token
from geomap.model import Label, Relation, Role, Span

__all__ = ["Target", "located", "targets"]

# Phrases inside phrases: "a base near the border of Iraq" is two deep.
_DEPTH = 2
_COUNTED = frozenset({Role.LITERAL, Role.METONYM})
_MODIFIERS = ("compound", "amod", "nmod", "poss")


class Target(NamedTuple):
    """A place that a trigger binds; `rule` is the preposition or position that brings it."""

    spot: Spot
    rule: str


def targets(scene: Scene, token: Token, trigger: Trigger) -> list[Target]:
    """Return the places that a verb or an event noun binds, the same place once."""
    verb = acts_as_verb(scene, token)
    found = list(_of_verb(scene, token, trigger) if verb else _of_noun(scene, token, trigger))
    first: dict[str, Target] = {}
    for target in found:
        first.setdefault(target.spot.place.id, target)
    return list(first.values())


def located(scene: Scene, token: Token) -> Iterator[Target]:
    """Yield the places that say where something is: "stationed in Chad", "west of Damascus"."""
    for prep, obj in scene.tree.prepositions(token):
        if scene.grammar.has("locative", prep):
            for spot in _spots(scene, obj):
                yield Target(spot, prep)


def _of_verb(scene: Scene, verb: Token, trigger: Trigger) -> Iterator[Target]:
    passive = is_passive(scene, verb)
    objects = scene.tree.children(verb, "nsubjpass") if passive else scene.tree.children(verb, "dobj")
    # The parser takes a place right behind its verb for an adverb now and then.
    objects += [each for each in scene.tree.children(verb, "npadvmod", "advmod") if scene.spot(each) and not passive]
    if passive and not objects and verb.dep == "acl" and (head := scene.tree.head(verb)):
        objects = [head]
    for obj in objects:
        if trigger.relation is Relation.CONTROL and not _is_land(scene, obj):
            continue
        if trigger.object:
            yield from (Target(spot, "object") for spot in _spots(scene, obj, aimed=_stands_for_country(trigger)))
        if trigger.nested:
            yield from _phrases(scene, obj, trigger)
    yield from _phrases(scene, verb, trigger)


def _is_land(scene: Scene, token: Token) -> bool:
    """Say whether a thing can be held: a place, a piece or a part of one; not "drugs" or "a win"."""
    has = scene.grammar.has
    named = bool(scene.spot(token) or scene.name(token))
    return named or has("territories", token.lemma) or has("targets", token.lemma) or has("parts", token.lemma)


def _of_noun(scene: Scene, noun: Token, trigger: Trigger) -> Iterator[Target]:
    yield from _phrases(scene, noun, trigger)
    for child in scene.tree.children(noun, "compound", "nmod"):
        spot = scene.spot(child)
        if spot and spot.role in _COUNTED and (not spot.country or trigger.id in {"fight", "control"}):
            yield Target(spot, "compound")
    for token in participants(scene, noun):
        yield from (Target(spot, "between") for spot in _spots(scene, token, alone=True))
        if trigger.located:
            yield from _where_they_are(scene, token)
    light = lender(scene, noun)
    if light is not None:
        yield from _phrases(scene, light, trigger)


def _where_they_are(scene: Scene, token: Token) -> Iterator[Target]:
    """Yield where the parties of "attacks between X and Y" are: there it takes place."""
    yield from located(scene, token)
    for clause in scene.tree.children(token, "acl"):
        yield from located(scene, clause)


def _phrases(scene: Scene, token: Token, trigger: Trigger) -> Iterator[Target]:
    """Yield the places in the prepositional phrases that a trigger takes."""
    has = scene.grammar.has
    for prep, obj in scene.tree.prepositions(token):
        aimed = prep in trigger.to
        here = trigger.located and (has("locative", prep) or (prep == "for" and has("stakes", obj.lemma)))
        if aimed or here or (trigger.origin and prep == "from"):
            yield from (
                Target(spot, prep)
                for spot in _spots(scene, obj, aimed=aimed and not here and _stands_for_country(trigger))
            )
    if trigger.located:
        yield from (Target(spot, "near") for spot in _beside(scene, token))


def _stands_for_country(trigger: Trigger) -> bool:
    """Say whether what is done to someone or something of a country is done to it."""
    return trigger.addressee or trigger.relation in {Relation.ASSAULT, Relation.COERCE}


def _spots(scene: Scene, token: Token, *, aimed: bool = False, alone: bool = False) -> list[Spot]:
    """Return the places that a noun phrase means; `aimed`: someone of the place stands for it too."""
    found: list[Spot] = []
    for each in scene.tree.conjuncts(token):
        found += _one(scene, each, aimed=aimed, depth=_DEPTH)
        if alone:
            break
    return found


def _one(scene: Scene, token: Token, *, aimed: bool, depth: int) -> list[Spot]:
    spot = scene.spot(token)
    if spot and not scene.name(token):
        return [spot] if spot.role is not Role.DEMONYM else []
    name = scene.name(token)
    if name and name.label is Label.ORGANISATION and (inside := _in_name(scene, Span(name.start, name.end))):
        return inside
    piece = _owner(scene, token, aimed=aimed)
    piece = piece or _town(scene, token)
    if piece:
        return [piece]
    if depth == 0 or (scene.name(token) and not aimed and not scene.tree.children(token, "prep")):
        return []
    inner: list[Spot] = []
    for prep, obj in scene.tree.prepositions(token):
        if prep == "of" or scene.grammar.has("locative", prep):
            for each in scene.tree.conjuncts(obj):
                inner += _one(scene, each, aimed=False, depth=depth - 1)
    return inner + _beside(scene, token)


def _in_name(scene: Scene, span: Span) -> list[Spot]:
    """Return the town that an institution's name holds: what is done at "Mosul University" is done in Mosul."""
    return [spot for spot in scene.spots_in(span) if spot.role is Role.EMBEDDED and not spot.country][:1]


def _owner(scene: Scene, token: Token, *, aimed: bool) -> Spot | None:
    """Return the place that a piece of it, or who is hit or met, stands for."""
    if token.is_noun and scene.grammar.has("territories", token.lemma):
        # "the Malian town of Gao" is Gao.
        named = (scene.spot(obj) for prep, obj in scene.tree.prepositions(token) if prep == "of")
        return next((spot for spot in named if spot), None) or _modifier(scene, token)
    if aimed and (
        scene.grammar.has("targets", token.lemma) or token.lemma in scene.grammar.agents or scene.name(token)
    ):
        return scene.country_of(token)
    return None


def _town(scene: Scene, token: Token) -> Spot | None:
    """Return the town a thing stands in: "Maiduguri market", "Mosul's hospital"."""
    for child in scene.tree.children(token, "compound", "nmod", "poss"):
        spot = scene.spot(child)
        if spot and not spot.country and spot.role in _COUNTED and not scene.name(child):
            return spot
    return None


def _modifier(scene: Scene, token: Token) -> Spot | None:
    for child in scene.tree.children(token, *_MODIFIERS):
        spot = scene.spot(child)
        if spot and not scene.name(child):
            return spot
    return None


def _beside(scene: Scene, token: Token) -> list[Spot]:
    """Return the place in "west of Damascus" and "outside Mosul" where the parser made an adverb of it."""
    found: list[Spot] = []
    for adverb in scene.tree.children(token, "advmod"):
        if not scene.grammar.has("territories", adverb.lemma):
            continue
        for prep, obj in scene.tree.prepositions(adverb):
            if prep == "of":
                found += _one(scene, obj, aimed=False, depth=0)
    return found
