"""Give a line that is all in small letters its capitals back, where the gazetteer knows a name.

The tagger and the matcher look for capitals.  What is capitalised here is only offered to them: the
rules still decide, and spans point into the text as it was given.
"""

from __future__ import annotations

from geomap.gazetteer.english import is_english
from geomap.recognise.lexicon import lexicon
from geomap.recognise.matcher import Gazetteer, matches_at
from geomap.words import Line

__all__ = ["recased"]

# A lone small word, the label of a list say, is no headline.
MIN_WORDS = 3


def recased(line: Line, gazetteer: Gazetteer) -> Line:
    """Return the words of a line without any capital, those of known names with one; any other line as it is."""
    lettered = (text for text in line.texts if text[0].isalpha())
    if any(text != text.lower() for text in lettered) or sum(text[0].isalpha() for text in line.texts) < MIN_WORDS:
        return line
    capitals = Line([text[0].upper() + text[1:] for text in line.texts], line.starts, line.ends)
    small = lexicon("small")
    given = list(line.texts)
    i = 0
    while i < len(given):
        match = next(iter(matches_at(capitals, i, gazetteer) if given[i][0].isalpha() else ()), None)
        # "Reading" and "nice" stay small; "new york" has a word that is no other.
        if match is None or all(is_english(text) for text in line.texts[i : match.end] if text[0].isalpha()):
            i += 1
            continue
        for k in range(i, match.end):
            if k == i or given[k] not in small:
                given[k] = capitals.texts[k]
        i = match.end
    return Line(given, line.starts, line.ends)
