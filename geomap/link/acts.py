"""Read what actors do to and in places: attacks, visits, requests, threats, and any other act somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from geomap.link.agents import Agent, agents
from geomap.link.clauses import is_passive, trigger_of
from geomap.link.finding import Finding, finding
from geomap.link.people import actors
from geomap.link.places import located, targets
from geomap.link.scene import Scene
from geomap.link.tree import Token
from geomap.model import ActorType, Relation

__all__ = ["acts", "present", "reckoning", "seeking", "suffering", "threats"]

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
        if scene.grammar.has("threat_verbs", head.lemma):
            for agent in agents(scene, head):
                for target in targets(scene, token, trigger):
                    rule = f"{agent.rule} + threaten to {trigger.id} + {target.rule}"
                    yield finding(scene, head, agent, Relation.THREATEN, target.spot, rule=rule)


def seeking(scene: Scene) -> Iterator[Finding]:
    """Whoever seeks a country's help, or help from it, asks it."""
    for token in scene.tree:
        if not token.is_verb or not scene.grammar.has("seeking_verbs", token.lemma):
            continue
        sought = [obj for prep, obj in scene.tree.prepositions(token) if prep == "for"]
        for wanted in [*scene.tree.children(token, "dobj"), *sought]:
            if not scene.grammar.has("favours", wanted.lemma):
                continue
            owner = scene.tree.child(wanted, "poss")
            asked = [owner] if owner else [obj for prep, obj in scene.tree.prepositions(wanted) if prep == "from"]
            for spot in (scene.spot(each) for each in asked):
                if spot and spot.country:
                    for agent in agents(scene, token):
                        yield finding(scene, token, agent, Relation.REQUEST, spot, rule=f"{agent.rule} + seek help")


def reckoning(scene: Scene) -> Iterator[Finding]:
    """Whoever says that someone of a place will pay for it threatens the place: "will regret it"."""
    for token in scene.tree:
        if not _is_reckoning(scene, token):
            continue
        told = next((above for below, above in scene.tree.ancestors(token) if _is_told(scene, below, above)), None)
        if told is None:
            continue
        for agent, payer in product(agents(scene, told), agents(scene, token)):
            for spot in scene.spots_in(payer.who.span)[:1]:
                if payer.who.actor_id != agent.who.actor_id:
                    rule = f"{agent.rule} + will {token.lemma}"
                    yield finding(scene, told, agent, Relation.THREATEN, spot, rule=rule)


def _is_reckoning(scene: Scene, verb: Token) -> bool:
    """Say whether a verb tells of pain to come: "will bear the cost", "must pay dearly", "will rue it"."""
    if not verb.is_verb or not _is_to_come(scene, verb):
        return False
    has = scene.grammar.has
    dear = any(has("dearly", child.lemma) for child in scene.tree.children(verb, "advmod"))
    prices = any(has("prices", child.lemma) for child in scene.tree.children(verb, "dobj"))
    return has("rue_verbs", verb.lemma) or (has("paying_verbs", verb.lemma) and (dear or prices))


def _is_to_come(scene: Scene, verb: Token) -> bool:
    """Say whether a modal puts a verb, or the "have" of "have to", after now."""
    head = scene.tree.head(verb)
    above = [head] if head and verb.dep == "xcomp" else []
    modals = [child.text.lower() for each in (verb, *above) for child in scene.tree.children(each, "aux")]
    return any(scene.grammar.has("reckoning_modals", modal) for modal in modals)


def _is_told(scene: Scene, below: Token, above: Token) -> bool:
    return below.dep == "ccomp" and scene.grammar.has("speech_verbs", above.lemma)


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
