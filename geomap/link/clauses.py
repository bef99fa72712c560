"""Say what a word is in its clause: verb or noun, active or passive, trigger of a link, lent a subject.

These are the small questions about grammar that finding agents and finding places share.
"""

from __future__ import annotations

from geomap.link.grammar import Trigger
from geomap.link.scene import Scene
from geomap.link.tree import Token
from geomap.model import Label

__all__ = ["acts_as_verb", "is_passive", "lender", "lends", "participants", "subject", "trigger_of"]

# Verbs that take their meaning from their object: word sets of verbs and of objects, and the trigger.
_WITH_OBJECT = (("weapon_verbs", "weapons", "fire"), ("supply_verbs", "supplies", "aid"))


def trigger_of(scene: Scene, token: Token) -> Trigger | None:
    """Return what the grammar says of a word here."""
    if acts_as_verb(scene, token):
        return _by_object(scene, token) or scene.grammar.verbs.get(token.lemma)
    return scene.grammar.nouns.get(token.lemma) if token.is_noun and not scene.name(token) else None


def _by_object(scene: Scene, verb: Token) -> Trigger | None:
    """Return what a verb means with its object: launch missiles, send food, capture a leader."""
    objects = scene.tree.children(verb, "dobj", "nsubjpass")
    for verbs, things, trigger in _WITH_OBJECT:
        if scene.grammar.has(verbs, verb.lemma) and any(scene.grammar.has(things, each.lemma) for each in objects):
            return scene.grammar.triggers[trigger]
    taken = scene.grammar.verbs.get(verb.lemma) is scene.grammar.triggers["control"]
    if taken and any(_is_someone(scene, each) for each in objects):
        return scene.grammar.triggers["coerce"]
    return None


def _is_someone(scene: Scene, token: Token) -> bool:
    name = scene.name(token)
    return name.label is Label.PERSON if name else token.lemma in scene.grammar.agents


def acts_as_verb(scene: Scene, token: Token) -> bool:
    """Say whether a word is a verb, or a noun that must be one: "while rebels shell".

    Plurals hardly ever modify nouns in English: a plural right before it is its subject.
    """
    if token.is_verb:
        return True
    if not token.is_noun or token.dep not in {"advcl", "ROOT", "ccomp"} or token.lemma not in scene.grammar.verbs:
        return False
    return any(child.is_plural and child.i == token.i - 1 for child in scene.tree.children(token, "compound"))


def is_passive(scene: Scene, verb: Token) -> bool:
    """Say whether a verb is passive, as a clause or as a participle behind its noun."""
    if scene.tree.children(verb, "nsubjpass", "auxpass"):
        return True
    if scene.tree.children(verb, "agent") and not scene.tree.children(verb, "dobj"):
        # "an attack claimed by X killed ten": the parser takes the participle for the main verb.
        return True
    return verb.tag == "VBN" and verb.dep == "acl"


def subject(scene: Scene, verb: Token) -> Token | None:
    """Return the word of a verb's own subject."""
    if not verb.is_verb:
        return scene.tree.child(verb, "compound")
    return scene.tree.child(verb, "nsubj")


def lender(scene: Scene, noun: Token) -> Token | None:
    """Return the light verb that lends its subject to a noun: "launch" for "launch attacks"."""
    first = _whole(scene, scene.tree.first_conjunct(noun))
    head = scene.tree.head(first)
    governed = first.dep in {"dobj", "nsubjpass"} or (first.dep == "nsubj" and head and is_passive(scene, head))
    if head and governed and lends(scene, head, noun):
        return head
    for clause in scene.tree.children(noun, "acl"):
        if clause.tag == "VBN" and lends(scene, clause, noun):
            return clause
    return None


def lends(scene: Scene, verb: Token, noun: Token) -> bool:
    """Say whether a verb's subject does what the noun tells: "launch attacks", "get a warm welcome".

    Who receives anything else, a threat or help, does not do it.
    """
    has = scene.grammar.has
    return has("light_verbs", verb.lemma) or (has("guest_verbs", verb.lemma) and has("guest_nouns", noun.lemma))


def _whole(scene: Scene, noun: Token) -> Token:
    """Return "dozens" for "attacks" in "dozens of attacks": that is what the verb governs."""
    prep = scene.tree.head(noun)
    part = scene.tree.head(prep) if prep and prep.lemma == "of" and noun.dep == "pobj" else None
    return part if part and scene.grammar.has("parts", part.lemma) else noun


def participants(scene: Scene, noun: Token) -> list[Token]:
    """Return the words of those in "attacks between X and Y"."""
    return [
        each
        for prep, obj in scene.tree.prepositions(noun)
        if prep in {"between", "among"}
        for each in scene.tree.conjuncts(obj)
    ]
