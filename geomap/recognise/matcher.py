"""Find the gazetteer's names in a sentence: at every capitalised word, the names that start there.

Only some ninety of an article's five hundred words are capitalised, so looking at those alone is
what makes matching cheap; the folded words behind each are walked through the index of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from geomap.model import NamedPlace
from geomap.recognise.lexicon import lexicon
from geomap.words import Line, fold, is_acronym

__all__ = ["HYPHENS", "Gazetteer", "Match", "matches_at", "name_starts", "shared_name"]

# The longest names of the index that news uses have eight words.
MAX_WORDS = 8
HYPHENS = frozenset("-\u2010\u2011")
_SILENT_INSIDE = HYPHENS | {"'", "\u2019"}
# These are parts of a key like any word.
_MARKS = frozenset(",&")
# A full stop inside a name follows a short form: "St. Louis", "W. Va.", "Ft. Worth".
_DOTTED_MAX_LETTERS = 3
# A line break and its indent may stand inside a name, but not an empty line.
_GAP_MAX_CHARS = 40


class Gazetteer(Protocol):
    """What recognition asks of a gazetteer; `geomap.gazetteer.layered.Layered` answers it."""

    def reach(self, phrase: str, /) -> tuple[bool, bool]:
        """Say whether `phrase` is a stored key, and whether one has more words after it."""

    def first(self, key: str, /) -> NamedPlace | None:
        """Return the best known of the places stored under `key`."""

    def blocks(self, key: str, /) -> bool:
        """Say whether a person's own layer says that `key` is never a place here."""


class Match(NamedTuple):
    """The gazetteer knows `words[start:end]` under `key`."""

    start: int
    end: int
    key: str


def name_starts(line: Line) -> tuple[int, ...]:
    """Return where in a sentence a name may start: at a capital, or at an Arabic article before one."""
    articles = lexicon("articles")
    return tuple(
        i for i, text in enumerate(line.texts) if text[0].isupper() or (text in articles and _leads_to_capital(line, i))
    )


def _leads_to_capital(line: Line, i: int) -> bool:
    """Say whether a hyphen and a capital are joined to word `i`."""
    return (
        i + 2 < len(line.texts)
        and line.texts[i + 1] in HYPHENS
        and line.starts[i + 1] == line.ends[i]
        and line.texts[i + 2][0].isupper()
    )


def matches_at(line: Line, i: int, gazetteer: Gazetteer, *, shouted: bool = False) -> list[Match]:
    """Return the known names that start at word `i`, longest first.

    `shouted` says that the sentence is all capitals, where a capital is no sign of an acronym.
    """
    first = line.texts[i]
    acronym = is_acronym(first)
    found: dict[str, int] = {}
    if acronym:
        key = first.replace(".", "")
        if gazetteer.reach(key)[0]:
            found[key] = i + 1
    # A short word in capitals is an acronym: "IT" and "WHO" are no places called It and Who.
    alone = not acronym or shouted or len(first) >= 4
    for key, end in _keys_from(line, i, gazetteer):
        if alone if " " not in key else _cased(line, i, end):
            found.setdefault(key, end)
    return sorted((Match(i, end, key) for key, end in found.items()), key=lambda match: (-match.end, match.key))


def shared_name(line: Line, i: int, gazetteer: Gazetteer) -> Match | None:
    """Return the name whose second half stands only once, behind another: "North" of "North and South Korea"."""
    texts = line.texts
    if i + 3 >= len(texts) or texts[i + 1] not in {"and", "or"}:
        return None
    outer = lexicon("outer")
    if texts[i].lower() not in outer or texts[i + 2].lower() not in outer or not texts[i + 2][0].isupper():
        return None
    whole = next(iter(matches_at(line, i + 2, gazetteer)), None)
    if whole is None or whole.end < i + 4:
        return None
    key = f"{fold(texts[i])} {whole.key.partition(' ')[2]}"
    return Match(i, i + 1, key) if gazetteer.first(key) else None


def _keys_from(line: Line, i: int, gazetteer: Gazetteer) -> Iterator[tuple[str, int]]:
    """Yield the stored keys that the folded words from `i` on make, each with the index after its last word."""
    phrase = fold(line.texts[i]) if line.texts[i][0].isalnum() else ""
    end = i + 1
    for _ in range(MAX_WORDS):
        known, goes_on = gazetteer.reach(phrase)
        if known:
            yield phrase, end
        end = _next_word(line, end) if goes_on else 0
        if not end:
            return
        phrase = f"{phrase} {fold(line.texts[end - 1])}"


def _next_word(line: Line, j: int) -> int:
    """Return the index after the next word of a name that goes on at `j`, or 0 where none can."""
    texts, starts, ends = line.texts, line.starts, line.ends
    while j < len(texts):
        text = texts[j]
        joined = starts[j] == ends[j - 1]
        if text[0].isalnum() or text in _MARKS:
            return j + 1 if starts[j] - ends[j - 1] <= _GAP_MAX_CHARS else 0
        # A dash between spaces divides; a hyphen inside a word joins.
        if not joined or not (text in _SILENT_INSIDE or (text == "." and len(texts[j - 1]) <= _DOTTED_MAX_LETTERS)):
            return 0
        j += 1
    return 0


def _cased(line: Line, start: int, end: int) -> bool:
    """Say whether every word of a name that should be written with a capital is."""
    return all(
        not text[0].islower() or fold(text) in lexicon("small")
        for text in line.texts[start + 1 : end]
        if text[0].isalpha()
    )
