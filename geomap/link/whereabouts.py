"""Read where actors are and where they belong: stationed, based, of a country, in office, by their name."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.link.agents import Agent
from geomap.link.clauses import trigger_of
from geomap.link.finding import Finding, finding, standing
from geomap.link.people import actors, sole
from geomap.link.places import located
from geomap.link.scene import Scene
from geomap.link.tree import Token
from geomap.model import ActorType, Label, Relation, Role, Span
from geomap.words import fold, words

__all__ = ["being", "belonging", "named_after", "office", "phrase", "seat", "stationed"]

_HOME_TYPES = frozenset(
    {
        ActorType.PARTY, ActorType.ALLIANCE, ActorType.ORGANISATION, ActorType.COMPANY, ActorType.NGO,
        ActorType.POPULATION,
    }
)  # fmt: skip
# "US forces" and "Cuban people" are of their country in every sentence: their base says it once.
_TELLING_TYPES = frozenset({ActorType.ARMED_GROUP, ActorType.PARTY, ActorType.ALLIANCE, ActorType.ORGANISATION})
# "the mayor of Mosul"; with "from", whoever it is, it says where they come from.
_OFFICE = frozenset({"of", "in", "for"})


def stationed(scene: Scene) -> Iterator[Finding]:
    """Someone is stationed, based or living somewhere."""
    for token in scene.tree:
        trigger = trigger_of(scene, token)
        if trigger is None or not trigger.patient:
            continue
        head = scene.tree.head(token)
        who = scene.tree.child(token, "nsubjpass", "nsubj") or (head if token.dep == "acl" else None)
        if who is None:
            continue
        for target in located(scene, token):
            for each in actors(scene, who) if token.dep != "acl" else sole(scene, who):
                is_person = scene.cast.actor(each.actor_id).type is ActorType.PERSON
                if is_person and scene.grammar.has("seat_verbs", token.lemma):
                    continue
                yield finding(
                    scene,
                    token,
                    Agent(each, "patient"),
                    trigger.relation,
                    target.spot,
                    rule=f"{trigger.id} {target.rule}",
                )


def being(scene: Scene) -> Iterator[Finding]:
    """Someone is in a place."""
    for token in scene.tree:
        who = scene.tree.child(token, "nsubj")
        if token.lemma == "be" and who:
            for target in located(scene, token):
                for each in actors(scene, who):
                    yield finding(
                        scene, token, Agent(each, "subject"), Relation.LOCATED_IN, target.spot, rule=f"be {target.rule}"
                    )


def phrase(scene: Scene) -> Iterator[Finding]:
    """Someone's phrase says where they are: "militants in Mosul", "the Swiss consulate in Lagos"."""
    for token in scene.tree:
        if not _heads_phrase(scene, token):
            continue
        for target in located(scene, token):
            for each in sole(scene, token):
                # "residents in Sharon" are nobody in particular.
                is_crowd = scene.cast.actor(each.actor_id).type is ActorType.POPULATION
                if not (is_crowd and each.actor_id.startswith("nominal::")):
                    yield standing(each, Relation.LOCATED_IN, target.spot, f"phrase + {target.rule}")


def seat(scene: Scene) -> Iterator[Finding]:
    """Someone is "Baghdad-based"."""
    for token in scene.tree:
        spot = scene.hyphenated(token) if scene.grammar.has("settled", token.lemma) else None
        noun = scene.tree.head(token)
        if spot and noun:
            named = [c for c in scene.tree.children(noun, "compound", "appos") if scene.name(c)]
            for each in sole(scene, named[0] if named else noun):
                yield standing(each, Relation.LOCATED_IN, spot, "based")


def named_after(scene: Scene) -> Iterator[Finding]:
    """A name says where: "Islamic Front in Niger", "Edmonton Police Service"."""
    for token in scene.tree:
        name = scene.name(token)
        if name is None or not _heads_phrase(scene, token) or name.label is not Label.ORGANISATION:
            continue
        who = scene.cast.named(name)
        wanted = scene.cast.place_in_name(who.actor_id)
        last = token.lemma
        for spot in scene.spots_in(Span(name.start, name.end)):
            inside = scene.text[name.start : spot.span.start].rstrip().endswith((" in", " of", " at"))
            known = wanted == spot.place.name
            first = spot.span.start == name.start and spot.role is Role.EMBEDDED and not name.actor_id
            first = (
                first and fold(words(scene.text[name.start : name.end])[0].text) not in scene.grammar.sets["no_seats"]
            )
            if known or inside or (first and not scene.grammar.has("missions", last)):
                yield standing(who, Relation.LOCATED_IN, spot, "place in name")


def belonging(scene: Scene) -> Iterator[Finding]:
    """Someone belongs to a country: "Malian senators", "Kenya's ruling party", "Lebanon's Hezbollah"."""
    for token in scene.tree:
        if not _heads_phrase(scene, token) or (scene.spot(token) and not scene.name(token)):
            continue
        spot = scene.country_of(token)
        if spot is None:
            continue
        owned = any(scene.spot(child) == spot for child in scene.tree.children(token, "poss"))
        for each in sole(scene, token):
            actor = scene.cast.actor(each.actor_id)
            scene.cast.learn_base(each.actor_id, spot.country)
            foreign = actor.base != spot.country if scene.cast.is_known(each.actor_id) else bool(actor.base)
            if actor.type is ActorType.STATE or (foreign and actor.base != spot.country):
                continue
            if each.actor_id.startswith("nominal:") and actor.type not in _TELLING_TYPES:
                continue
            home = owned and actor.type in _HOME_TYPES
            relation = Relation.LOCATED_IN if home else Relation.AFFILIATED
            yield standing(each, relation, spot, "possessor" if owned else "demonym")


def office(scene: Scene) -> Iterator[Finding]:
    """A person holds an office of a place: "X, the mayor of Mosul"."""
    for token in scene.tree:
        name = scene.name(token)
        if name is None or name.label is not Label.PERSON or not _heads_phrase(scene, token):
            continue
        for title in scene.tree.children(token, "appos"):
            phrases = scene.tree.prepositions(title)
            titled = title.lemma in scene.grammar.agents
            spots = [scene.spot(obj) for prep, obj in phrases if prep == "from" or (titled and prep in _OFFICE)]
            for spot in [*spots, scene.country_of(title)]:
                if spot and spot.role is not Role.EMBEDDED:
                    yield standing(scene.cast.named(name), Relation.AFFILIATED, spot, "office")


def _heads_phrase(scene: Scene, token: Token) -> bool:
    """Say whether a word is the head of its noun phrase, and of its name if it is in one."""
    if not token.is_noun:
        return False
    head = scene.tree.head(token)
    name = scene.name(token)
    if name and head is not None and scene.name(head) == name:
        return False
    return name is not None or token.dep not in {"compound", "nmod"}
