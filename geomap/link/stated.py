"""Read the links that a sentence states.

Each reading is a rule of its own in `RULES`; a link carries the name of its rule and of the positions
that gave its actor and its place, so a reader can see why it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from geomap.link.acts import acts, present, reckoning, seeking, suffering, threats
from geomap.link.finding import Finding
from geomap.link.scene import Scene
from geomap.link.whereabouts import being, belonging, named_after, office, phrase, seat, stationed
from geomap.model import ActorType, Relation, Status

__all__ = ["RULES", "stated"]

Rule: TypeAlias = Callable[[Scene], Iterator[Finding]]

# What says most comes first: that someone is present says nothing beside what they do there.
RULES: tuple[Rule, ...] = (
    acts, threats, seeking, reckoning, stationed, being, phrase, seat, named_after, belonging, office, suffering,
    present,
)  # fmt: skip
# A country does not move or meet at a spot of itself, and is everywhere in itself.
_NOT_OF_STATES = frozenset({Relation.PRESENT, Relation.LOCATED_IN, Relation.MOVE})


def stated(scene: Scene) -> list[Finding]:
    """Return what a sentence states, each actor, relation, status and place once.

    That someone is present says nothing beside what they do there.
    """
    found: dict[tuple[str, Relation, Status, str], Finding] = {}
    pairs: set[tuple[str, str]] = set()
    for rule in RULES:
        for finding in rule(scene):
            pair = finding.who.actor_id, finding.spot.place.id
            if _is_idle(scene, finding) or (finding.relation is Relation.PRESENT and pair in pairs):
                continue
            pairs.add(pair)
            found.setdefault((pair[0], finding.relation, finding.status, pair[1]), finding)
    return list(found.values())


def _is_idle(scene: Scene, finding: Finding) -> bool:
    """Say whether a link says nothing: a state and itself, or an actor and a place in its own words."""
    actor = scene.cast.actor(finding.who.actor_id)
    if actor.type is ActorType.STATE:
        own = finding.spot.country == actor.base or finding.spot.span == finding.who.span
        return own or finding.relation in _NOT_OF_STATES
    static = finding.trigger is None
    inside = finding.who.span.start <= finding.spot.span.start < finding.who.span.end
    return inside and not static
