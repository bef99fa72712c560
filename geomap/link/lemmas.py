"""Find the dictionary form of a word from a model's own tables, once per word and tag.

spaCy's lemmatizer wants its attribute ruler to run first, and the two take as long as the parse; the
grammar asks only for nouns, verbs and adjectives, whose tags tell all that the tables need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["KINDS", "Lemmas"]

KINDS = ("noun", "verb", "adj")
_KIND_OF_TAG = {"NNS": "noun", "VBD": "verb", "VBG": "verb", "VBN": "verb", "VBZ": "verb", "JJR": "adj", "JJS": "adj"}

# No ending tells these, and every clause has one.
_BY_HEART = {"are": "be", "am": "be", "'re": "be", "'m": "be", "'s": "be", "'ve": "have"}


@dataclass(frozen=True)
class Lemmas:
    """Tables by kind of word: ending rules (old, new), exceptions, and the words there are."""

    rules: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    exceptions: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    index: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _memo: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, text: str, tag: str) -> str:
        """Return the dictionary form of a word with a Penn tag, in lower case."""
        key = text, tag
        if key not in self._memo:
            word = text.lower()
            plain = _BY_HEART.get(word) if tag.startswith("VB") else None
            self._memo[key] = plain or self._find(word, _KIND_OF_TAG.get(tag, ""))
        return self._memo[key]

    def _find(self, word: str, kind: str) -> str:
        """Return an exception's form, else the first form that is a word, else the first that a rule makes."""
        if exceptions := self.exceptions.get(kind, {}).get(word):
            return exceptions[-1]
        forms = [word[: -len(old)] + new for old, new in self.rules.get(kind, ()) if word.endswith(old) and word != old]
        known = [form for form in forms if form in self.index.get(kind, ())]
        return next(iter(known or forms), word)
