"""Find the gazetteer's names in a sentence: at every capitalised word, the names that start there.

Only some ninety of an article's five hundred words are capitalised, so looking at those alone is
what makes matching cheap; the folded words behind each are walked through the index of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from geomap.model import NamedPlace
from geomap.recognise.lexicon import lexicon
from geomap.words import Word, fold, is_acronym

__all__ = ["Gazetteer", "Match", "matches_at", "name_starts", "shared_name"]

# The longest names of the index that news uses have eight words.
MAX_WORDS = 8
_HYPHENS = frozenset("-\u2010\u2011")
_SILENT_INSIDE = _HYPHENS | {"'", "\u2019"}
# A full stop inside a name follows a short form: "St. Louis", "W. Va.", "Ft. Worth".
_DOTTED_MAX_LETTERS = 3


class Gazetteer(Protocol):
    """What recognition asks of a gazetteer; `geomap.gazetteer.store.Store` answers it."""

    def prefixes(self, phrase: str, /) -> list[str]:
        """Return the stored keys that `phrase` starts with, each ending at one of its words."""

    def lookup(self, key: str, /) -> tuple[NamedPlace, ...]:
        """Return the places stored under `key`, best known first."""

    def blocks(self, key: str, /) -> bool:
        """Say whether a person's own layer says that `key` is never a place here."""


class Match(NamedTuple):
    """The gazetteer knows `words[start:end]` under `key`."""

    start: int
    end: int
    key: str


def name_starts(words: Sequence[Word]) -> tuple[int, ...]:
    """Return where in a sentence a name may start: at a capital, or at an Arabic article before one."""
    articles = lexicon("articles")
    return tuple(
        i
        for i, word in enumerate(words)
        if word.text[0].isupper() or (word.text in articles and _leads_to_capital(words, i))
    )


def _leads_to_capital(words: Sequence[Word], i: int) -> bool:
    """Say whether a hyphen and a capital are joined to word `i`."""
    return (
        i + 2 < len(words)
        and words[i + 1].text in _HYPHENS
        and words[i + 1].start == words[i].end
        and words[i + 2].text[0].isupper()
    )


def matches_at(words: Sequence[Word], i: int, gazetteer: Gazetteer, *, shouted: bool = False) -> list[Match]:
    """Return the known names that start at word `i`, longest first.

    `shouted` says that the sentence is all capitals, where a capital is no sign of an acronym.
    """
    first = words[i].text
    found: dict[str, int] = {}
    if is_acronym(first):
        key = first.replace(".", "")
        if key in gazetteer.prefixes(key):
            found[key] = i + 1
    # A short word in capitals is an acronym: "IT" and "WHO" are no places called It and Who.
    alone = not is_acronym(first) or shouted or len(first) >= 4
    ends = _ends(words, i)
    phrase = " ".join(part for part, _ in ends)
    for key in gazetteer.prefixes(phrase):
        parts = key.count(" ") + 1
        if parts > 1 or alone:
            end = ends[parts - 1][1]
            if _cased(words, i, end):
                found.setdefault(key, end)
    return sorted((Match(i, end, key) for key, end in found.items()), key=lambda match: (-match.end, match.key))


def shared_name(words: Sequence[Word], i: int, gazetteer: Gazetteer) -> Match | None:
    """Return the name whose second half stands only once, behind another: "North" of "North and South Korea"."""
    outer = lexicon("outer")
    if i + 3 >= len(words) or words[i + 1].text not in {"and", "or"} or words[i].text.lower() not in outer:
        return None
    if words[i + 2].text.lower() not in outer or not words[i + 2].text[0].isupper():
        return None
    whole = next(iter(matches_at(words, i + 2, gazetteer)), None)
    if whole is None or whole.end < i + 4:
        return None
    key = f"{fold(words[i].text)} {whole.key.partition(' ')[2]}"
    return Match(i, i + 1, key) if gazetteer.lookup(key) else None


def _ends(words: Sequence[Word], i: int) -> list[tuple[str, int]]:
    """Return the folded words from `i` on, each with the index after it, up to where no name goes on."""
    parts: list[tuple[str, int]] = []
    j = i
    while j < len(words) and len(parts) < MAX_WORDS:
        text = words[j].text
        if text in _SILENT_INSIDE:
            # A dash between spaces divides; a hyphen inside a word joins.
            if words[j].start != words[j - 1].end:
                break
        elif text == ".":
            if len(words[j - 1].text) > _DOTTED_MAX_LETTERS or words[j].start != words[j - 1].end:
                break
        elif text[0].isalnum() or text in {",", "&"}:
            if parts and words[j].start - words[j - 1].end > 1 and not _one_break(words[j - 1], words[j]):
                break
            parts.append((fold(text), j + 1))
        else:
            break
        j += 1
    return parts


def _one_break(before: Word, after: Word) -> bool:
    """Allow a line break and its indent inside a name, but not an empty line."""
    return after.start - before.end <= 40


def _cased(words: Sequence[Word], start: int, end: int) -> bool:
    """Say whether every word of a name that should be written with a capital is."""
    return all(
        not word.text[0].islower() or fold(word.text) in lexicon("small")
        for word in words[start + 1 : end]
        if word.text[0].isalpha()
    )
