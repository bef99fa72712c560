"""Write headlines the way sentences are written, for the parser alone.

Parsers learn from sentences: in "Bomber Kills 12 In Kabul" they take every word for a name.  Words that are
part of no name we know are put in small letters; nothing changes its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from geomap.model import Span
from geomap.words import Word, words

__all__ = ["calmed"]

# Fewer words tell nothing: "President Biden said" has two capitals out of three.
_MIN_WORDS = 3
_MIN_SHARE = 0.8
# Short words are small in most title styles.
_MIN_LETTERS = 4


def calmed(text: str, sentence: Span, names: Sequence[Span]) -> str:
    """Return a sentence of the text; one in title case or capitals is written small, except for its names."""
    free = [word for word in words(text, *sentence) if not any(n.start <= word.start < n.end for n in names)]
    telling = [word for word in free if len(word.text) >= _MIN_LETTERS and word.text.isalpha()]
    capitals = sum(word.text[0].isupper() for word in telling)
    if len(telling) < _MIN_WORDS or capitals < _MIN_SHARE * len(telling):
        return text[sentence.start : sentence.end]
    return _small(text, sentence, free)


def _small(text: str, sentence: Span, free: Sequence[Word]) -> str:
    parts: list[str] = []
    last = sentence.start
    for word in free:
        small = word.text.lower()
        # A few letters change their length in small script; offsets must not.
        parts += [text[last : word.start], small if len(small) == len(word.text) else word.text]
        last = word.end
    return "".join(parts) + text[last : sentence.end]
