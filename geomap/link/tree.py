"""The dependency tree of one sentence, as plain frozen values, and the steps one takes in it.

The rest of the linker sees only this tree, never the parser's own objects, so any parser that labels
like spaCy's English models will do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geomap.model import Span

__all__ = ["Token", "Tree"]

# A chain of words in one sentence is never longer; stops a walk on a broken tree.
MAX_STEPS = 40


@dataclass(frozen=True, slots=True)
class Token:
    """One word.  `i` and `head` count words of the tree; a root is its own head; offsets are the document's."""

    i: int
    head: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dep: str

    @property
    def is_verb(self) -> bool:
        """Say whether the word is a verb, auxiliaries other than modals included."""
        return self.tag.startswith("VB")

    @property
    def is_noun(self) -> bool:
        """Say whether the word is a common or proper noun."""
        return self.tag.startswith("NN")

    @property
    def is_plural(self) -> bool:
        """Say whether the word is a plural noun."""
        return self.tag in {"NNS", "NNPS"}


class Tree:
    """The words of one sentence with their heads."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self._children: list[list[Token]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                self._children[token.head].append(token)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def head(self, token: Token) -> Token | None:
        """Return the word that a word depends on, or None for a root."""
        return None if token.head == token.i else self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the words that depend on a word, in order, all or those of the given kinds."""
        kids = self._children[token.i]
        return [kid for kid in kids if kid.dep in deps] if deps else list(kids)

    def child(self, token: Token, *deps: str) -> Token | None:
        """Return the first child of the given kinds."""
        return next((kid for kid in self._children[token.i] if kid.dep in deps), None)

    def ancestors(self, token: Token) -> Iterator[tuple[Token, Token]]:
        """Yield (word, its head) from a word up to the root."""
        for _ in range(MAX_STEPS):
            head = self.head(token)
            if head is None:
                return
            yield token, head
            token = head

    def conjuncts(self, token: Token) -> list[Token]:
        """Return a word and everything that is coordinated with it: "Gaza, Lebanon and Syria"."""
        found = [token]
        for each in found:
            found += [kid for kid in self.children(each, "conj") if kid.is_verb == token.is_verb]
        return found

    def first_conjunct(self, token: Token) -> Token:
        """Return the word that carries the arguments which a coordinated word shares."""
        for _ in range(MAX_STEPS):
            head = self.head(token)
            if head is None or token.dep != "conj" or head.is_verb != token.is_verb:
                break
            token = head
        return token

    def prepositions(self, token: Token) -> list[tuple[str, Token]]:
        """Return (preposition, object) for each phrase on a word: "out of" counts as "of" does."""
        found: list[tuple[str, Token]] = []
        preps = self.children(token, "prep", "agent", "dative")
        for prep in preps:
            found += self._objects(prep)
            # "in Chad and in Niger"
            preps += [kid for kid in self.children(prep, "conj") if self.children(kid, "pobj")]
        return found

    def _objects(self, prep: Token) -> list[tuple[str, Token]]:
        name = prep.lemma
        found = [(name, obj) for obj in self.children(prep, "pobj")]
        for inner in self.children(prep, "prep"):
            compound = f"{name} {inner.lemma}"
            found += [(compound, obj) for obj in self.children(inner, "pobj")]
        return found

    def subtree(self, token: Token, *, without: frozenset[str] = frozenset()) -> Span:
        """Return the characters from a phrase's first word to its last, leaving out children of some kinds."""
        start, end = token.start, token.end
        todo = [token]
        for each in todo:
            start, end = min(start, each.start), max(end, each.end)
            todo += [kid for kid in self.children(each) if kid.dep not in without]
        return Span(start, end)
