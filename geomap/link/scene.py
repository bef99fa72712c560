"""Lay the names and places of a document over the words of one sentence's tree.

Whatever asks what a word names, or which country its modifiers name ("US forces", "Iran-backed groups"),
asks here; who acts is decided in `people`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.link.cast import Cast
from geomap.link.grammar import Grammar
from geomap.link.tree import Token, Tree
from geomap.model import Kind, Mention, Place, Resolution, Role, Span

__all__ = ["MODIFIERS", "SIDES", "Patron", "Scene", "Spot"]

MODIFIERS = ("compound", "amod", "nmod", "poss", "npadvmod", "nummod")
# Before a demonym: "pro-Iranian groups" are not Iran's.
SIDES = frozenset({"pro", "anti", "non", "ex"})
# Modifiers of modifiers: "the Peruvian finance ministry's spokesman" is two deep.
_DEPTH = 2
CAPITAL = "PPLC"


class Spot(NamedTuple):
    """A place at one spot of the text."""

    place: Place
    span: Span
    role: Role

    @property
    def country(self) -> str:
        """Return the country's ISO code if the name stands for a country or its government."""
        if self.place.kind is Kind.COUNTRY:
            return self.place.country
        is_seat = self.place.feature == CAPITAL and self.role is Role.METONYM
        return self.place.country if is_seat else ""


class Patron(NamedTuple):
    """Who stands behind an actor: where the text names them, and the ISO code if it is a country."""

    span: Span
    country: str


class Scene:
    """One sentence: its tree, with the actors and places that stand on its words."""

    def __init__(
        self,
        text: str,
        tree: Tree,
        *,
        cast: Cast,
        grammar: Grammar,
        names: Sequence[Mention],
        places: Sequence[Resolution],
    ) -> None:
        self.text, self.tree, self.cast, self.grammar = text, tree, cast, grammar
        self._names: dict[int, Mention] = {}
        for name in names:
            self._names.update((token.i, name) for token in _covered(tree, name.start, name.end))
        self._spots: dict[int, Spot] = {}
        for resolution in places:
            mention = resolution.mention
            if resolution.place is None:
                continue
            spot = Spot(resolution.place, Span(mention.start, mention.end), mention.role)
            self._spots.update((token.i, spot) for token in _covered(tree, mention.start, mention.end))

    def spot(self, token: Token) -> Spot | None:
        """Return the place whose name a word is part of."""
        return self._spots.get(token.i)

    def name(self, token: Token) -> Mention | None:
        """Return the name of an actor that a word is part of."""
        return self._names.get(token.i)

    def spots_in(self, span: Span) -> list[Spot]:
        """Return the places named inside a span, in order."""
        found = {spot.span: spot for spot in self._spots.values() if span.start <= spot.span.start < span.end}
        return [found[key] for key in sorted(found)]

    def country_of(self, token: Token, depth: int = _DEPTH) -> Spot | None:
        """Return the country that a noun's modifiers name: "Iraqi officials", "Iraq's army", "US forces"."""
        for child in self.tree.children(token, *MODIFIERS):
            spot = self.spot(child)
            if spot and spot.country and not self.name(child) and not self.sided(child):
                return spot
            if depth and child.is_noun and not spot and (found := self.country_of(child, depth - 1)):
                return found
        return None

    def patron_of(self, token: Token) -> Patron | None:
        """Return who is behind "Iran-backed groups", "Hamas-led militants" or "pro-Iranian groups"."""
        for child in self.tree.children(token, *MODIFIERS):
            spot = self.spot(child)
            if spot and spot.country and self.sided(child) == "pro":
                return Patron(spot.span, spot.country)
            joined = self.joined(child) if self.grammar.has("patrons", child.lemma) else None
            if joined is None:
                continue
            spot, name = self.spot(joined), self.name(joined)
            if spot and spot.country:
                return Patron(spot.span, spot.country)
            if name:
                return Patron(Span(name.start, name.end), "")
        return None

    def hyphenated(self, token: Token) -> Spot | None:
        """Return the place joined to a word by a hyphen: "Iran-backed", "Baghdad-based"."""
        joined = self.joined(token)
        return self.spot(joined) if joined else None

    def joined(self, token: Token) -> Token | None:
        """Return the word joined to a word by a hyphen: "Hamas" in "Hamas-led"."""
        if token.i < 2 or self.tree.tokens[token.i - 1].text not in {"-", "\u2010", "\u2011"}:
            return None
        return self.tree.tokens[token.i - 2]

    def sided(self, token: Token) -> str:
        """Return "pro" or "anti" if it stands before a word."""
        before = [each.text.lower() for each in self.tree.tokens[max(0, token.i - 2) : token.i]]
        return next((text for text in before if text in SIDES), "")


def _covered(tree: Tree, start: int, end: int) -> list[Token]:
    return [token for token in tree if token.start < end and start < token.end]
