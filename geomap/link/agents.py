"""Say who does what a verb or a noun tells, and how the sentence says so.

Subjects are followed through control ("told the marines to land": the marines do), relative clauses,
participles and light verbs ("launch attacks"); nouns have possessors, demonyms, "by" and "between".
"""

from __future__ import annotations

from typing import NamedTuple

from geomap.link.cast import Appearance
from geomap.link.clauses import acts_as_verb, is_passive, lender, participants, subject
from geomap.link.people import actors, sole
from geomap.link.scene import MODIFIERS, Scene
from geomap.link.tree import Token
from geomap.model import Relation, Role

__all__ = ["Agent", "agents"]

# Verbs and nouns can hang below each other; deeper than this the reading is no longer sure.
_DEPTH = 6
# "the Iraq war" is a war in Iraq, "the Gaza invasion" one of Gaza; "US strikes" are by the US.
_PLACE_FIRST = frozenset({"fight", "control"})


class Agent(NamedTuple):
    """An actor that does what a trigger says; `rule` names how the sentence tells it."""

    who: Appearance
    rule: str


def agents(scene: Scene, token: Token, depth: int = _DEPTH) -> list[Agent]:
    """Return who does what a verb or an event noun tells."""
    if depth == 0:
        return []
    return _of_verb(scene, token, depth) if acts_as_verb(scene, token) else _of_noun(scene, token, depth)


def _of_verb(scene: Scene, verb: Token, depth: int) -> list[Agent]:
    if is_passive(scene, verb):
        return _of_passive(scene, verb, depth)
    own = subject(scene, verb)
    if own is not None:
        rule = "relative clause" if own.tag in {"WDT", "WP"} else "subject"
        return [Agent(who, rule) for who in _doers(scene, own, depth)]
    return _lent(scene, verb, depth)


def _of_passive(scene: Scene, verb: Token, depth: int) -> list[Agent]:
    """Return who is behind "by", or whose act it was: "killed in an Israeli airstrike"."""
    found: list[Agent] = []
    for prep, obj in scene.tree.prepositions(verb):
        if prep == "by":
            found += [Agent(who, "by agent") for who in _doers(scene, obj, depth)]
        elif prep in {"in", "during"} and _is_assault(scene, obj):
            found += [Agent(agent.who, f"{agent.rule} of {obj.lemma}") for agent in agents(scene, obj, depth - 1)]
    return found


def _is_assault(scene: Scene, token: Token) -> bool:
    trigger = scene.grammar.nouns.get(token.lemma)
    return bool(trigger and trigger.relation is Relation.ASSAULT)


def _lent(scene: Scene, verb: Token, depth: int) -> list[Agent]:
    """Return the agents of a verb that has no subject of its own."""
    head = scene.tree.head(verb)
    if head is None:
        return []
    if verb.dep == "pcomp":
        above = scene.tree.head(head)
        return _controlled(scene, verb, above, depth) if above else []
    if not head.is_verb:
        if verb.dep == "acl" and verb.tag == "VBG":
            return [Agent(who, "participle") for who in _doers(scene, head, depth)]
        return agents(scene, head, depth - 1) if verb.dep in {"acl", "advcl"} else []
    # A finite clause has its own subject, even if the parser did not see it.
    open_clause = verb.dep in {"conj", "xcomp", "advcl"} or (verb.dep == "ccomp" and verb.tag in {"VB", "VBG"})
    return _controlled(scene, verb, head, depth) if open_clause else []


def _controlled(scene: Scene, verb: Token, head: Token, depth: int) -> list[Agent]:
    """Return the agents that a governing word gives to the verb below it."""
    if not head.is_verb:
        return agents(scene, head, depth - 1)
    if verb.dep == "pcomp" and head.lemma == "be":
        # "X is worried about the plan to win by bombing Y": who bombs is not said.
        return []
    if scene.grammar.has("object_control", head.lemma) and verb.dep in {"xcomp", "ccomp", "pcomp"}:
        told = scene.tree.children(head, "dobj", "nsubjpass", "dative")
        told += [obj for prep, obj in scene.tree.prepositions(head) if prep == "on" and verb.dep == "xcomp"]
        if told:
            return [Agent(who, "object control") for who in _doers(scene, told[0], depth)]
    if is_passive(scene, head):
        patient = scene.tree.child(head, "nsubjpass")
        return [Agent(who, "subject") for who in _doers(scene, patient, depth)] if patient else []
    return agents(scene, head, depth - 1)


def _of_noun(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    for way in (_between, _by, _possessor, _led, _modifier, _light, _claimed, _blamed, _during):
        found = way(scene, noun, depth)
        if found or (way is _possessor and _has_owner(scene, noun)):
            return found
    first = scene.tree.first_conjunct(noun)
    return [] if first is noun else agents(scene, first, depth - 1)


def _doers(scene: Scene, token: Token, depth: int) -> list[Appearance]:
    """Return the actors of a phrase; an event acts for those who do it ("Israeli strikes killed")."""
    found = actors(scene, token)
    if found or token.lemma not in scene.grammar.nouns or not token.is_noun:
        return found
    return [agent.who for agent in agents(scene, token, depth - 1)]


def _between(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    del depth
    return [Agent(who, "between") for token in participants(scene, noun) for who in sole(scene, token)]


def _by(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    del depth
    return [
        Agent(who, "by") for prep, obj in scene.tree.prepositions(noun) if prep == "by" for who in actors(scene, obj)
    ]


def _possessor(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    owner = scene.tree.child(noun, "poss")
    if owner is None:
        return []
    found = [Agent(who, "possessor") for who in actors(scene, owner)]
    if found or owner.tag != "PRP$":
        return found
    # "its operations" are those of the clause's subject, whatever it is.
    for _, above in scene.tree.ancestors(noun):
        if above.is_verb:
            return agents(scene, above, depth - 1)
    return []


def _has_owner(scene: Scene, noun: Token) -> bool:
    """Say whether an act is somebody's, known or not: then nobody else did it."""
    owner = scene.tree.child(noun, "poss")
    return owner is not None and owner.is_noun and not scene.spot(owner)


def _led(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    """Read "a Kenya-led mission"."""
    del depth
    for child in scene.tree.children(noun, *MODIFIERS):
        spot = scene.hyphenated(child) if child.lemma == "lead" else None
        if spot and spot.country:
            return [Agent(scene.cast.state(spot.country, spot.span), "led")]
    return []


def _modifier(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    """Read "Israeli strikes", "US airstrikes" and "Hezbollah attacks"."""
    del depth
    found: list[Agent] = []
    trigger = scene.grammar.nouns.get(noun.lemma)
    for child in scene.tree.children(noun, "amod", "compound", "nmod"):
        for each in scene.tree.conjuncts(child):
            spot = scene.spot(each)
            if scene.name(each):
                found += [Agent(who, "modifier") for who in sole(scene, each)]
            elif spot and spot.country and spot.role is not Role.EMBEDDED:
                if spot.role is not Role.DEMONYM and trigger and trigger.id in _PLACE_FIRST:
                    continue
                found.append(Agent(scene.cast.state(spot.country, spot.span), "demonym"))
            elif each.lemma in scene.grammar.agents:
                found += [Agent(who, "modifier") for who in sole(scene, each)]
    return found


def _light(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    verb = lender(scene, noun)
    return (
        [Agent(agent.who, f"{agent.rule} of {verb.lemma}") for agent in agents(scene, verb, depth - 1)] if verb else []
    )


def _claimed(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    """Read "claimed responsibility for the attack"."""
    prep = scene.tree.head(noun)
    if prep is None or prep.lemma != "for":
        return []
    claim = scene.tree.head(prep)
    if claim is not None and claim.is_verb:
        claim = next((c for c in scene.tree.children(claim, "dobj", "nsubjpass")), None)
    if claim is None or not scene.grammar.has("claim_nouns", claim.lemma):
        return []
    verb = scene.tree.head(claim)
    return [Agent(agent.who, "claim") for agent in agents(scene, verb, depth - 1)] if verb else []


def _blamed(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    """Read "blamed the militia for the attack"."""
    del depth
    prep = scene.tree.head(noun)
    verb = scene.tree.head(prep) if prep and prep.lemma in {"for", "of"} else None
    if verb is None or scene.grammar.verbs.get(verb.lemma) is not scene.grammar.triggers["accuse"]:
        return []
    told = scene.tree.child(verb, "dobj", "nsubjpass")
    return [Agent(who, "blamed") for who in actors(scene, told)] if told else []


def _during(scene: Scene, noun: Token, depth: int) -> list[Agent]:
    """Read "killed ten in an attack on": whoever kills, attacks."""
    prep = scene.tree.head(noun)
    verb = scene.tree.head(prep) if prep and prep.lemma in {"in", "during"} and _is_assault(scene, noun) else None
    if verb is None or is_passive(scene, verb):
        return []
    trigger = scene.grammar.verbs.get(verb.lemma)
    if trigger is None or trigger.relation is not Relation.ASSAULT:
        return []
    return [Agent(agent.who, f"{agent.rule} of {verb.lemma}") for agent in agents(scene, verb, depth - 1)]
