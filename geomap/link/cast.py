"""Hold the actors of one document: named, states, and those only described ("Rwandan-led rebels").

Every actor has one id however often and in whatever words it appears, so links of one actor can be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from geomap.link.actors import ActorTable
from geomap.link.grammar import Grammar
from geomap.model import Actor, ActorType, Label, Mention, Span
from geomap.words import fold, words

__all__ = ["UNNAMED", "Appearance", "Cast", "Described"]

# Ids of actors that no name of a person or an organisation made.
UNNAMED = ("nominal:", "state:")

_NOT_SLUG = re.compile(r"[^\w]+")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
# Table entries that "the group" can mean.
_GROUPS = frozenset({ActorType.ARMED_GROUP, ActorType.PARTY})


class Appearance(NamedTuple):
    """An actor at one spot of the text."""

    actor_id: str
    span: Span


class Described(NamedTuple):
    """What a common noun tells of an actor: `noun` its lemma, `code` the country its id carries."""

    name: str
    noun: str
    type: ActorType
    base: str
    code: str
    full: bool


class Cast:
    """The actors met so far, by id.  Fed in text order, so that "the group" means the last one."""

    def __init__(self, table: ActorTable, grammar: Grammar, names: Iterable[Mention]) -> None:
        self._table = table
        self._grammar = grammar
        self._actors: dict[str, Actor] = {}
        self._spans: dict[str, set[Span]] = {}
        self._by_noun: dict[str, str] = {}
        self._last_group = ""
        self._persons: dict[str, str] = {}
        self._names = {Span(name.start, name.end): self._named(name) for name in names}

    def named(self, mention: Mention) -> Appearance:
        """Return the actor that a person's or an organisation's name means."""
        actor_id = self._names[Span(mention.start, mention.end)]
        if self._actors[actor_id].type in _GROUPS:
            self._last_group = actor_id
        return Appearance(actor_id, Span(mention.start, mention.end))

    def state(self, iso2: str, span: Span) -> Appearance:
        """Return the state of a country as an actor."""
        actor = Actor(f"state:{iso2}", self._grammar.states.get(iso2, iso2), ActorType.STATE, iso2)
        return self._appear(actor, span)

    def described(self, what: Described, span: Span) -> Appearance:
        """Return the actor that a description means; a later description in the same words is the same actor."""
        name = " ".join(what.name.split())
        actor_id = f"nominal:{what.code}:{_slug(name)}"
        if what.full:
            self._by_noun[what.noun] = actor_id
        return self._appear(Actor(actor_id, name, what.type, what.base), span)

    def recall(self, noun: str, span: Span) -> Appearance | None:
        """Return the described actor last named by a noun: "those groups" after "Iran-backed groups"."""
        actor_id = self._by_noun.get(noun)
        return self._appear(self._actors[actor_id], span) if actor_id else None

    def recall_group(self, span: Span) -> Appearance | None:
        """Return the armed group or party last named: "the group"."""
        return self._appear(self._actors[self._last_group], span) if self._last_group else None

    def actor(self, actor_id: str) -> Actor:
        """Return what is known of an actor, without its spots in the text."""
        return self._actors[actor_id]

    def learn_base(self, actor_id: str, iso2: str) -> None:
        """Note the country of a named actor that no table knows: "Iraqi lawmaker X"."""
        actor = self._actors[actor_id]
        if not actor.base and actor_id not in self._table:
            self._actors[actor_id] = replace(actor, base=iso2)

    def is_known(self, actor_id: str) -> bool:
        """Say whether an actor stands in the table."""
        return actor_id in self._table

    def place_in_name(self, actor_id: str) -> str:
        """Return the place that a known actor's name holds, or ''."""
        return self._table.entry(actor_id).place if actor_id in self._table else ""

    def all(self) -> tuple[Actor, ...]:
        """Return the actors with their spots in the text, by id."""
        found = (replace(actor, mentions=tuple(sorted(self._spans[key]))) for key, actor in self._actors.items())
        return tuple(sorted(found, key=lambda actor: actor.id))

    def _appear(self, actor: Actor, span: Span) -> Appearance:
        self._actors.setdefault(actor.id, actor)
        self._spans.setdefault(actor.id, set()).add(span)
        return Appearance(actor.id, span)

    def _named(self, mention: Mention) -> str:
        span = Span(mention.start, mention.end)
        if mention.actor_id and mention.actor_id in self._table:
            entry = self._table.entry(mention.actor_id)
            return self._appear(Actor(entry.id, entry.name, entry.type, entry.base), span).actor_id
        name = _ARTICLE.sub("", _POSSESSIVE.sub("", " ".join(mention.text.split()))) or mention.text
        if mention.label is Label.PERSON:
            return self._appear(self._person(name), span).actor_id
        actor = Actor(f"org:{_slug(name)}", name, self._type_of(name))
        return self._appear(actor, span).actor_id

    def _person(self, name: str) -> Actor:
        """Return a person; one who was named in full before is meant by the last name alone."""
        last = fold(next((word.text for word in reversed(words(name))), name))
        actor = Actor(f"person:{_slug(name)}", name, ActorType.PERSON)
        known = self._persons.get(last)
        if " " not in name:
            return self._actors[known] if known else actor
        # Two of one family: the last name alone is neither of them.
        self._persons[last] = actor.id if known in {None, actor.id} else ""
        return actor

    def _type_of(self, name: str) -> ActorType:
        """Return the type that a word of an organisation's name tells: "Ministry", "Army", "Bank"."""
        for word in reversed(words(name)):
            noun = self._grammar.agents.get(fold(word.text))
            if noun and noun.type not in {ActorType.POPULATION, ActorType.PERSON}:
                return noun.type
        return ActorType.ORGANISATION


def _slug(name: str) -> str:
    """Return the part of an id that a name makes; one without letters is told by its characters' numbers."""
    plain = _NOT_SLUG.sub("-", fold(_POSSESSIVE.sub("", name))).strip("-")
    return plain or "-".join(f"{ord(char):x}" for char in name)
