"""Give a line that is all in small letters its capitals back, where the gazetteer knows a name.

The tagger and the matcher look for capitals.  What is capitalised here is only offered to them: the
rules still decide, and spans point into the text as it was given.
"""

from __future__ import annotations

from collections.abc import Sequence

from geomap.gazetteer.english import is_english
from geomap.recognise.lexicon import lexicon
from geomap.recognise.matcher import Gazetteer, matches_at
from geomap.words import Word

__all__ = ["recased"]

# A lone small word, the label of a list say, is no headline.
MIN_WORDS = 3


def recased(line: Sequence[Word], gazetteer: Gazetteer) -> Sequence[Word]:
    """Return the words of a line without any capital, those of known names with one; any other line as it is."""
    lettered = [word for word in line if word.text[0].isalpha()]
    if len(lettered) < MIN_WORDS or any(word.text != word.text.lower() for word in lettered):
        return line
    capitals = [word._replace(text=word.text[0].upper() + word.text[1:]) for word in line]
    small = lexicon("small")
    given = list(line)
    i = 0
    while i < len(line):
        match = next(iter(matches_at(capitals, i, gazetteer) if line[i].text[0].isalpha() else ()), None)
        # "Reading" and "nice" stay small; "new york" has a word that is no other.
        if match is None or all(is_english(word.text) for word in line[i : match.end] if word.text[0].isalpha()):
            i += 1
            continue
        for k in range(i, match.end):
            given[k] = line[k] if line[k].text in small and k > i else capitals[k]
        i = match.end
    return given
