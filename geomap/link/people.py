"""Say who a phrase means: a name, a state, or someone described by a noun and a country.

A country acts as a state and a capital for its state; "French troops", "Chad-backed rebels" and "Kenya's ruling
party" are actors of their own; pronouns and "the group" mean somebody only where that is sure.
"""

from __future__ import annotations

from geomap.link.cast import Appearance, Described
from geomap.link.grammar import AgentNoun
from geomap.link.scene import MODIFIERS, SIDES, Patron, Scene, Spot
from geomap.link.tree import Token
from geomap.model import ActorType, Label, Role, Span

__all__ = ["actors", "sole"]

# What these do is done by whose they are.
_ARMS = frozenset({ActorType.MILITARY, ActorType.GOVERNMENT_BODY})
_POINTING = frozenset({"the", "those", "these", "this", "that"})
_PERSONAL = frozenset({"he", "she", "his", "her"})
_IMPERSONAL = frozenset({"it", "its", "they", "their"})
_GROUP_NOUNS = frozenset({"group", "movement", "militia", "organization", "organisation"})


def actors(scene: Scene, token: Token) -> list[Appearance]:
    """Return the actors that a noun phrase means, coordinated ones included."""
    found: dict[str, Appearance] = {}
    for each in scene.tree.conjuncts(token):
        for appearance in sole(scene, each):
            found.setdefault(appearance.actor_id, appearance)
    return list(found.values())


def sole(scene: Scene, token: Token) -> list[Appearance]:
    """Return the actors that one noun phrase means, without what is coordinated with it."""
    name = scene.name(token)
    if name:
        return [scene.cast.named(name)]
    spot = scene.spot(token)
    if spot:
        return _from_place(scene, token, spot)
    if token.tag in {"WDT", "WP"}:
        return _antecedent(scene, token)
    if token.tag in {"PRP", "PRP$"}:
        return _pronoun(scene, token)
    return _part(scene, token) or _apposed(scene, token) or _noun(scene, token)


def _from_place(scene: Scene, token: Token, spot: Spot) -> list[Appearance]:
    if spot.role is Role.DEMONYM:
        if token.is_noun and spot.country:
            what = Described(token.text, token.lemma, ActorType.POPULATION, spot.country, spot.country, full=True)
            return [scene.cast.described(what, spot.span)]
        return []
    return [scene.cast.state(spot.country, spot.span)] if spot.country else []


def _antecedent(scene: Scene, token: Token) -> list[Appearance]:
    """Return what a relative pronoun stands for."""
    for below, above in scene.tree.ancestors(token):
        if below.dep == "relcl":
            return sole(scene, above) if above.tag not in {"WDT", "WP"} else []
    return []


def _pronoun(scene: Scene, token: Token) -> list[Appearance]:
    """Return the speaker for a pronoun in what they say: "Oxfam said it had left", "Iran says its forces".

    Only here is it sure enough; across sentences a pronoun is nobody.
    """
    person = token.text.lower() in _PERSONAL
    if not person and token.text.lower() not in _IMPERSONAL:
        return []
    for below, above in scene.tree.ancestors(token):
        if below.dep != "ccomp" or not scene.grammar.has("speech_verbs", above.lemma):
            continue
        speaker = scene.tree.child(above, "nsubj")
        if speaker is None or not speaker.is_noun:
            return []
        return [
            who for who in actors(scene, speaker) if person == (scene.cast.actor(who.actor_id).type is ActorType.PERSON)
        ]
    return []


def _part(scene: Scene, token: Token) -> list[Appearance]:
    """Read through "thousands of", "a spokesman for"."""
    if not scene.grammar.has("parts", token.lemma):
        return []
    for prep, obj in scene.tree.prepositions(token):
        if prep in {"of", "for"} and (found := actors(scene, obj)):
            return found
    return []


def _apposed(scene: Scene, token: Token) -> list[Appearance]:
    """Read "adviser Abdul Karim" and "the group, Boko Haram," as the name."""
    if token.lemma not in scene.grammar.agents:
        return []
    for child in scene.tree.children(token, "appos"):
        if name := scene.name(child):
            return [scene.cast.named(name)]
    return []


def _noun(scene: Scene, token: Token) -> list[Appearance]:
    noun = scene.grammar.agents.get(token.lemma)
    if noun is None or not token.is_noun:
        return []
    named = _named_modifiers(scene, token)
    if named:
        return named
    owner = scene.tree.child(token, "poss")
    if owner is not None and owner.tag == "PRP$":
        # "its forces": they act for it.
        return _pronoun(scene, owner) if noun.type in _ARMS else []
    spot, patron = scene.country_of(token), scene.patron_of(token)
    if spot is None and patron is None:
        spot = _of_country(scene, token)
    span = _phrase(scene, token, spot, patron)
    type_ = _type(scene, token, noun, patron)
    base = spot.country if spot else ""
    code = base or (patron.country if patron else "")
    plain = spot is None and patron is None and type_ == noun.type
    if plain:
        return _pointed(scene, token, noun, span)
    what = Described(scene.text[span.start : span.end], token.lemma, type_, base, code, full=True)
    return [scene.cast.described(what, span)]


def _named_modifiers(scene: Scene, token: Token) -> list[Appearance]:
    """Read "the M23 and Red Tabara militias" as the two names."""
    found: list[Appearance] = []
    for child in scene.tree.children(token, "compound", "nmod", "amod"):
        for each in scene.tree.conjuncts(child):
            name = scene.name(each)
            if name and name.label is Label.ORGANISATION:
                found.append(scene.cast.named(name))
    return found


def _pointed(scene: Scene, token: Token, noun: AgentNoun, span: Span) -> list[Appearance]:
    """Read "those groups" as the last such actor; else a bare noun acts only if its kind does."""
    determiner = scene.tree.child(token, "det")
    if determiner and determiner.text.lower() in _POINTING:
        if token.is_plural and (earlier := scene.cast.recall(token.lemma, span)):
            return [earlier]
        if not token.is_plural and token.lemma in _GROUP_NOUNS and (group := scene.cast.recall_group(span)):
            return [group]
    if not noun.alone:
        return []
    what = Described(scene.text[span.start : span.end], token.lemma, noun.type, "", "", full=False)
    return [scene.cast.described(what, span)]


def _of_country(scene: Scene, token: Token) -> Spot | None:
    """Return the country in "the cabinet of Peru"."""
    for prep, obj in scene.tree.prepositions(token):
        spot = scene.spot(obj)
        if prep == "of" and spot and spot.country and spot.role is not Role.DEMONYM:
            return spot
    return None


def _type(scene: Scene, token: Token, noun: AgentNoun, patron: Patron | None) -> ActorType:
    lemmas = {child.lemma for child in scene.tree.children(token, *MODIFIERS)}
    armed = bool(lemmas & scene.grammar.sets["armed"]) or (patron is not None and noun.type is ActorType.ORGANISATION)
    return ActorType.ARMED_GROUP if armed else noun.type


def _phrase(scene: Scene, token: Token, spot: Spot | None, patron: Patron | None) -> Span:
    """Return the words that name a described actor: from what tells whose it is to the noun."""
    start = token.start
    for child in scene.tree.children(token, *MODIFIERS):
        telling = child.is_noun or child.text[0].isupper() or scene.grammar.has("armed", child.lemma)
        if child.dep != "poss" and child.i < token.i and telling and child.text.lower() not in SIDES:
            start = min(start, child.start)
    for named in (spot, patron):
        if named and named.span.start < token.start:
            start = min(start, named.span.start)
    # A span that was given may begin on a blank; the words of a phrase do not.
    first = next((each for each in scene.tree if start < each.end), token)
    before = scene.tree.tokens[max(0, first.i - 2) : first.i]
    sides = [each.start for each in before if each.text.lower() in SIDES]
    return Span(min([max(start, first.start), *sides]), token.end)
