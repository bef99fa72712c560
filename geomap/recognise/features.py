"""Describe the words of a sentence to the name tagger.

Every feature is made from one word alone, or from the keys of two or three words side by side,
so the features of a word are made once and serve every sentence it stands in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from geomap.words import ACRONYM_MAX_LETTERS, fold, is_acronym

__all__ = [
    "COMBINATIONS",
    "EDGE",
    "KEYS",
    "OFFSETS",
    "VERSION",
    "Case",
    "WordFeatures",
    "case_of",
    "listed",
    "sentence_features",
    "word_features",
]

# Goes up with every change that makes old weights wrong.
VERSION = 1
# The words a feature may look at, seen from the word it describes.
OFFSETS = (-2, -1, 0, 1, 2)
# Longer words differ in their ends, not in their shape.
AFFIX_MAX_LETTERS = 4
NEAR_END_LETTERS = 3
SHAPE_MAX_RUNS = 5
# A link or a run of digits must not fill the cache with endless keys.
WORD_MAX_LETTERS = 40
# Shorter lines are too short to tell a shouted headline from one acronym.
CASED_WORDS_MIN = 3
# Headlines leave their small words in lower case.
SMALL_WORD_MAX_LETTERS = 3
_SHOUTED_POSSESSIVES = ("'S", "’S")
_ASCII_KINDS = str.maketrans(ascii_lowercase + ascii_uppercase, "x" * 26 + "X" * 26)
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1+", re.DOTALL)


class Case(StrEnum):
    """How a sentence uses capitals: only in PROSE does a capital say that a word is a name."""

    PROSE = "p"
    SHOUTED = "s"  # ALL IN CAPITALS
    TITLED = "t"  # Every Word Begins With One
    FLAT = "f"  # none at all


class WordFeatures(NamedTuple):
    """What one word says about itself (`own`), and its two keys."""

    own: tuple[str, ...]
    lower: str
    kind: str

    def at(self, offset: int) -> tuple[str, ...]:
        """Return what the word says of the one it stands at `offset` from: less, the farther they are apart."""
        if not offset:
            return self.own
        heard = tuple(feature for feature in self.own if feature.startswith(_HEARD_FAR))
        if abs(offset) > 1:
            return heard
        end = len("e=") + NEAR_END_LETTERS
        return (*heard, *(feature for feature in self.own if feature.startswith("e=") and len(feature) == end))


# What a word says of others: its text, its shape and its lists; the edge, that it is one.
_HEARD_FAR = ("w=", "s=", "l=", "^")
# What stands beyond the ends of a sentence.
EDGE = WordFeatures(("^",), "^", "^")

# The parts of a word that combinations are made of.
KEYS = ("lower", "kind")
# Parts that count together: (offset, which key) of each part.
COMBINATIONS: tuple[tuple[tuple[int, str], ...], ...] = (
    ((-1, "lower"), (0, "lower")),
    ((0, "lower"), (1, "lower")),
    ((-1, "lower"), (0, "kind")),
    ((0, "kind"), (1, "lower")),
    ((-1, "kind"), (0, "kind")),
    ((0, "kind"), (1, "kind")),
    ((-1, "lower"), (1, "lower")),
    ((-1, "kind"), (0, "kind"), (1, "kind")),
    ((-2, "kind"), (-1, "kind"), (0, "kind")),
    ((0, "kind"), (1, "kind"), (2, "kind")),
)


def case_of(sentence: Sequence[str]) -> Case:
    """Say how a sentence uses capitals."""
    # Nearly every sentence has both, and is read no farther.
    capital_word = next((word for word in sentence if word[:1].isupper() and word[0].isalpha()), "")
    long = (word for word in sentence if len(word) > SMALL_WORD_MAX_LETTERS and word[0].islower() and word[0].isalpha())
    if capital_word and next(long, ""):
        return Case.PROSE
    cased = [word for word in sentence if word[:1].isalpha()]
    if len(cased) < CASED_WORDS_MIN:
        return Case.PROSE
    capital = [word for word in cased if word[0].isupper()]
    if not capital:
        return Case.FLAT
    if all(word.isupper() for word in cased if len(word) > 1):
        return Case.SHOUTED
    small = sum(len(word) <= SMALL_WORD_MAX_LETTERS and word[0].islower() for word in cased)
    return Case.TITLED if len(capital) + small == len(cased) and len(capital) > CASED_WORDS_MIN else Case.PROSE


def word_features(word: str, case: Case) -> WordFeatures:
    """Return what `word` says in a sentence of this case."""
    word = word[:WORD_MAX_LETTERS]
    acronym = case is Case.PROSE and is_acronym(word)
    lower = word.replace(".", "") if acronym else _lower(word)
    shape = _shape(word) if case is Case.PROSE else case.value + _shape(lower)
    own = ["bias", "w=" + lower, "x=" + word, "s=" + shape, "c=" + case.value]
    for size in range(1, min(AFFIX_MAX_LETTERS, len(lower) - 1) + 1):
        own += ("p=" + lower[:size], "e=" + lower[-size:])
    lists = _lists().get(lower)
    if not lists:
        return WordFeatures(tuple(own), lower, shape)
    own += ["l=" + name for name in lists]
    return WordFeatures(tuple(own), lower, shape + lists[0][0] + lists[0][-1])


# Training reads every word of its texts over and over.
_remembered_features = lru_cache(maxsize=65_536)(word_features)


def sentence_features(sentence: Sequence[str]) -> list[list[str]]:
    """Return the features of every word of a sentence, as the trainer takes them."""
    case = case_of(sentence)
    row = [EDGE, EDGE, *(_remembered_features(word, case) for word in sentence), EDGE, EDGE]
    return [_features_at(row, middle) for middle in range(2, len(row) - 2)]


def listed(word: str, name: str) -> bool:
    """Say whether a word stands in one of the lists of hints."""
    return name in _lists().get(word.replace(".", "") if is_acronym(word) else fold(word), ())


def _features_at(row: Sequence[WordFeatures], middle: int) -> list[str]:
    # Read again by weights._parts.
    features = [f"{offset}\t{feature}" for offset in OFFSETS for feature in row[middle + offset].at(offset)]
    for number, parts in enumerate(COMBINATIONS):
        features.append("\t".join((f"+{number}", *(getattr(row[middle + offset], key) for offset, key in parts))))
    return features


def _lower(word: str) -> str:
    """Lower case without accents; digits alike; the possessive of a shouted word cut off."""
    folded = fold(word) or word[:1]
    if word.endswith(_SHOUTED_POSSESSIVES):
        folded = folded[:-1]
    return folded if folded.isalpha() else _DIGIT.sub("0", folded)


def _shape(word: str) -> str:
    """Return the runs of a word's kinds of letter: `Xx` for Paris, `X.` for U.S., `XxXx` for McCain."""
    if word.isascii():
        runs = _runs(word.translate(_ASCII_KINDS))
    else:
        runs = _runs("".join("X" if letter.isupper() else "x" if letter.isalpha() else letter for letter in word))
    # Acronyms differ by length: US and UN from UNHCR.
    return f"{runs}{len(word)}" if 1 < len(word) <= ACRONYM_MAX_LETTERS and word.isupper() else runs


# Words are many, but most are one capital and some small letters.
@lru_cache(maxsize=4096)
def _runs(kinds: str) -> str:
    return _RUN.sub(r"\1", _DIGIT.sub("0", kinds))[:SHAPE_MAX_RUNS]


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    """Return the word lists each listed word stands in."""
    table = tomllib.loads(files(__package__).joinpath("data/lists.toml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for name, listed in table.items():
        for word in dict.fromkeys(listed.split()):
            # Acronyms keep their capitals, so that "us" is no country.
            found.setdefault(word if word.isupper() else fold(word), []).append(name)
    return {word: tuple(names) for word, names in found.items()}
