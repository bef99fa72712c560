"""One link as it is read in a sentence, before places get their ids."""

from __future__ import annotations

from typing import NamedTuple

from geomap.link.agents import Agent
from geomap.link.cast import Appearance
from geomap.link.scene import Scene, Spot
from geomap.link.status import attribution, status
from geomap.link.tree import Token
from geomap.model import Relation, Span, Status

__all__ = ["Finding", "finding", "standing"]


class Finding(NamedTuple):
    """One link as read in a sentence, before it gets the ids of places."""

    who: Appearance
    relation: Relation
    status: Status
    spot: Spot
    rule: str
    trigger: Span | None = None
    attribution: str = ""


def finding(scene: Scene, token: Token, agent: Agent, relation: Relation, spot: Spot, *, rule: str) -> Finding:
    """Return the link that an act binds, with its status and who says so."""
    return Finding(
        who=agent.who,
        relation=relation,
        status=status(scene, token),
        spot=spot,
        rule=rule,
        trigger=Span(token.start, token.end),
        attribution=attribution(scene, token),
    )


def standing(who: Appearance, relation: Relation, spot: Spot, rule: str) -> Finding:
    """Return a link that says where someone is or belongs: that is told as a fact."""
    return Finding(who, relation, Status.ASSERTED, spot, rule)
