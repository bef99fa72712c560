"""Read what actors do to and in places: attacks, visits, requests, threats, and any other act somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.link.agents import Agent, agents
from geomap.link.clauses import is_passive, trigger_of
from geomap.link.finding import Finding, finding
from geomap.link.people import actors
from geomap.link.places import located, targets
from geomap.link.scene import Scene
from geomap.link.tree import Token
from geomap.model import ActorType, Relation

__all__ = ["acts", "present", "prices", "seeking", "suffering", "threats"]

_WARLIKE = frozenset({ActorType.STATE, ActorType.MILITARY, ActorType.ARMED_GROUP, ActorType.POPULATION})


def acts(scene: Scene) -> Iterator[Finding]:
    """An actor does something to or in a place."""
    for token in scene.tree:
        trigger = trigger_of(scene, token)
        if trigger is None or trigger.patient:
            continue
        found = targets(scene, token, trigger)
        doers = agents(scene, token) if found else []
        for agent in doers:
            relation = Relation.PRESENT if _is_peaceful(scene, token, agent) else trigger.relation
            for target in found:
                rule = f"{agent.rule} + {trigger.id} + {target.rule}"
                yield finding(scene, token, agent, relation, target.spot, rule=rule)


def _is_peaceful(scene: Scene, token: Token, agent: Agent) -> bool:
    """Tell a rescue operation and a charity's campaign from those of an army."""
    if not scene.grammar.has("soft_acts", token.lemma):
        return False
    modifiers = {child.lemma for child in scene.tree.children(token, "amod", "compound", "nmod")}
    warlike = scene.cast.actor(agent.who.actor_id).type in _WARLIKE
    return not warlike or token.tag.startswith("NNP") or bool(modifiers & scene.grammar.sets["peaceful"])


def threats(scene: Scene) -> Iterator[Finding]:
    """Whoever threatens to act on a place threatens it."""
    for token in scene.tree:
        trigger = trigger_of(scene, token)
        head = scene.tree.head(token)
        if not trigger or trigger.relation is not Relation.ASSAULT or token.dep != "xcomp" or not head:
            continue
        if head.lemma in {"threaten", "vow", "warn"}:
            for agent in agents(scene, head):
                for target in targets(scene, token, trigger):
                    rule = f"{agent.rule} + threaten to {trigger.id} + {target.rule}"
                    yield finding(scene, head, agent, Relation.THREATEN, target.spot, rule=rule)


def seeking(scene: Scene) -> Iterator[Finding]:
    """Whoever seeks a country's help asks it."""
    for token in scene.tree:
        if token.lemma not in {"seek", "request"} or not token.is_verb:
            continue
        for wanted in scene.tree.children(token, "dobj"):
            owner = scene.tree.child(wanted, "poss")
            asked = [owner] if owner else [obj for prep, obj in scene.tree.prepositions(wanted) if prep == "from"]
            for spot in (scene.spot(each) for each in asked):
                if spot and spot.country:
                    for agent in agents(scene, token):
                        yield finding(scene, token, agent, Relation.REQUEST, spot, rule=f"{agent.rule} + seek help")


def prices(scene: Scene) -> Iterator[Finding]:
    """Whoever says that a country will pay a price threatens it."""
    for token in scene.tree:
        head = scene.tree.head(token)
        if not scene.grammar.has("price_nouns", token.lemma) or token.dep != "dobj" or not head or head.lemma != "pay":
            continue
        payers = [agent.who for agent in agents(scene, head)]
        for below, above in scene.tree.ancestors(head):
            if below.dep == "ccomp" and scene.grammar.has("speech_verbs", above.lemma):
                for agent in agents(scene, above):
                    for payer in payers:
                        spot = next((s for s in scene.spots_in(payer.span)), None)
                        if spot:
                            yield finding(
                                scene, above, agent, Relation.THREATEN, spot, rule=f"{agent.rule} + pay a price"
                            )
                break


def suffering(scene: Scene) -> Iterator[Finding]:
    """Someone is where they are attacked or arrested."""
    for token in scene.tree:
        trigger = trigger_of(scene, token)
        hard = trigger is not None and trigger.relation in {Relation.ASSAULT, Relation.COERCE}
        if not token.is_verb or not (hard or scene.grammar.has("hard_verbs", token.lemma)):
            continue
        for patient in scene.tree.children(token, "dobj"):
            for who in actors(scene, patient):
                for target in located(scene, token):
                    rule = f"object of {token.lemma} + {target.rule}"
                    yield finding(scene, token, Agent(who, "object"), Relation.PRESENT, target.spot, rule=rule)


def present(scene: Scene) -> Iterator[Finding]:
    """Someone does, or suffers, anything at all in a place."""
    for token in scene.tree:
        if not token.is_verb or scene.grammar.has("stative_verbs", token.lemma):
            continue
        if is_passive(scene, token):
            patient = scene.tree.child(token, "nsubjpass")
            who = [Agent(each, "patient") for each in actors(scene, patient)] if patient else []
        else:
            who = agents(scene, token)
        for agent in who:
            for target in located(scene, token):
                yield finding(
                    scene, token, agent, Relation.PRESENT, target.spot, rule=f"{agent.rule} + any verb + {target.rule}"
                )
