"""Cut words into the pieces the small transformer reads, and say how each word is written.

Pieces know no capitals, so the shape of a word goes beside them.  A word always gives the same
pieces, whatever stands around it, so each is cut once and remembered.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple

__all__ = ["CLOSE", "OPEN", "PAD", "PIECES_MAX", "UNKNOWN", "Cutter", "Pieces", "Shape", "shape_of", "windows"]

# The names under which the vocabulary lists what is no part of a word.
PAD, UNKNOWN, OPEN, CLOSE = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
GOES_ON = "##"
# A link or a run of letters must not fill a sentence: what follows tells nothing more of its kind.
WORD_MAX_LETTERS = 40
WORD_MAX_PIECES = 8
# The transformer's window, its two end marks left out.  Its cost grows faster than the length.
PIECES_MAX = 126
# Every remembered word costs about 200 bytes; news of a day holds about 30,000 different ones.
WORDS_MAX = 50_000


class Shape(IntEnum):
    """How a word is written; the numbers are rows of the transformer's table."""

    EDGE = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3  # two capitals or more
    CAPITAL = 4  # one letter: an initial, "A", "I"
    MIXED = 5  # McKenzie, iPhone
    INITIALS = 6  # U.S.
    NUMBER = 7
    WITH_DIGIT = 8  # A320, 5th
    MARK = 9
    UNCASED = 10  # scripts without capitals


class Pieces(NamedTuple):
    """The rows of one word's pieces in the vocabulary, and its shape."""

    rows: tuple[int, ...]
    shape: Shape


def shape_of(word: str) -> Shape:
    """Say how a word is written."""
    letters = [character for character in word if character.isalpha()]
    if any(character.isdigit() for character in word):
        return Shape.WITH_DIGIT if letters else Shape.NUMBER
    if not letters:
        return Shape.MARK
    if "." in word:
        return Shape.INITIALS
    return _cased(letters)


def _cased(letters: Sequence[str]) -> Shape:
    upper = [letter.isupper() for letter in letters]
    if not any(upper):
        return Shape.LOWER if any(letter.islower() for letter in letters) else Shape.UNCASED
    if all(upper):
        return Shape.UPPER if len(letters) > 1 else Shape.CAPITAL
    return Shape.TITLE if upper[0] and not any(upper[1:]) else Shape.MIXED


class Cutter:
    """Cuts words by a vocabulary.  What it remembers makes it faster and never changes an answer."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, Pieces] = {}

    def cut(self, words: Iterable[str]) -> list[Pieces]:
        """Return the pieces of each word; every word has at least one."""
        known = self._known
        if len(known) > WORDS_MAX:
            known.clear()
        found = []
        for word in words:
            pieces = known.get(word)
            if pieces is None:
                pieces = known[word] = Pieces(self._rows(word), shape_of(word))
            found.append(pieces)
        return found

    def _rows(self, word: str) -> tuple[int, ...]:
        rows = [row for part in _parts(word[:WORD_MAX_LETTERS]) for row in self._longest(part)]
        return tuple(rows[:WORD_MAX_PIECES]) or (self._vocabulary[UNKNOWN],)

    def _longest(self, part: str) -> list[int]:
        """Return the rows of the longest pieces from left to right, or that of the unknown."""
        rows: list[int] = []
        start = 0
        while start < len(part):
            mark = GOES_ON if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if mark + part[start:end] in self._vocabulary), None)
            if end is None:
                return [self._vocabulary[UNKNOWN]]
            rows.append(self._vocabulary[mark + part[start:end]])
            start = end
        return rows


def _parts(word: str) -> list[str]:
    """Return a word in lower case without accents, its marks apart, as the encoder was taught."""
    plain = unicodedata.normalize("NFD", word.lower())
    parts = [""]
    for character in plain:
        category = unicodedata.category(character)
        if category == "Mn" or category.startswith("C"):
            continue
        mark = category[0] == "P" or (category[0] == "S" and character.isascii())
        if mark or "\u4e00" <= character <= "\u9fff":
            parts += [character, ""]
        else:
            parts[-1] += character
    return [part for part in parts if part]


def windows(pieces: Sequence[Pieces], most: int = PIECES_MAX) -> list[tuple[int, int]]:
    """Return the bounds, in words, of the stretches that each fit the transformer's window.

    A cut is made behind a mark, where there is one in the second half of a window, since names seldom hold marks.
    """
    bounds = []
    start = 0
    ends = [0, *accumulate(len(word.rows) for word in pieces)]
    while ends[-1] - ends[start] > most:
        limit = bisect_right(ends, ends[start] + most) - 1
        middle = bisect_right(ends, ends[start] + most // 2)
        marks = (word for word in range(limit, middle, -1) if pieces[word - 1].shape is Shape.MARK)
        stop = next(marks, limit)
        bounds.append((start, stop))
        start = stop
    return [*bounds, (start, len(pieces))] if pieces else []
