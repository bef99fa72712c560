"""Show the tagger more than its sources hold: peoples, headlines, and names nobody has heard of.

No source marks demonyms, so a table of them does.  And some sentences are seen once more in another
form; which ones is settled by a checksum of their words, so that training can be repeated.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

from geomap.recognise.features import listed
from geomap.recognise.training_data import Sentence
from geomap.words import words

__all__ = [
    "FORMS",
    "Demonyms",
    "dateline",
    "examples",
    "flat",
    "read_demonyms",
    "shouted",
    "strangers",
    "titled",
    "with_demonyms",
]

Demonyms = frozenset[tuple[str, ...]]


def read_demonyms(path: Path) -> Demonyms:
    """Return the first column of a table of demonyms and their plain plurals, as words in lower case."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        names = {tuple(word.text.lower() for word in words(row[0])) for row in rows if row}
    plurals = {(*name[:-1], f"{name[-1]}s") for name in names if not name[-1].endswith(("s", "sh", "ch", "ese"))}
    return frozenset(names | plurals)


def with_demonyms(sentence: Sentence, demonyms: Demonyms) -> Sentence:
    """Tag as NORP the demonyms that the source left outside, longest first."""
    tags = list(sentence.tags)
    lower = tuple(word.lower() for word in sentence.words)
    for size in (3, 2, 1):
        for start in range(len(tags) - size + 1):
            span = slice(start, start + size)
            # "Americans" may have been tagged as people.
            people = size == 1 and tags[start] == "B-PER" and tags[start + 1 : start + 2] != ["I-PER"]
            outside = people or all(tag == "O" for tag in tags[span])
            if outside and sentence.words[start][0].isupper() and lower[span] in demonyms:
                tags[span] = ["B-NORP"] + ["I-NORP"] * (size - 1)
    return Sentence(sentence.words, tuple(tags))


_SMALL_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


def shouted(sentence: Sentence) -> Sentence:
    """Return the sentence in capitals, as some headlines are."""
    return _joined_possessives(Sentence(tuple(word.upper() for word in sentence.words), sentence.tags))


def titled(sentence: Sentence) -> Sentence:
    """Return the sentence with a capital on every word but the smallest."""
    return Sentence(tuple(w if w in _SMALL_WORDS else w[:1].upper() + w[1:] for w in sentence.words), sentence.tags)


def flat(sentence: Sentence) -> Sentence:
    """Return the sentence without capitals."""
    return Sentence(tuple(word.lower() for word in sentence.words), sentence.tags)


def dateline(sentence: Sentence) -> Sentence:
    """Return the sentence with its places in capitals, as datelines and tables print them."""
    made = (word.upper() if tag.endswith("LOC") else word for word, tag in zip(*sentence, strict=True))
    return Sentence(tuple(made), sentence.tags)


def strangers(sentence: Sentence) -> Sentence:
    """Return the sentence with made-up names for its own, so that only the words around tell what they are."""
    made = (word if tag == "O" or tag.endswith("NORP") else _made_up(word) for word, tag in zip(*sentence, strict=True))
    return Sentence(tuple(made), sentence.tags)


# The forms a sentence may be shown in once more, and for how many of a hundred sentences.
FORMS: tuple[tuple[Callable[[Sentence], Sentence], int], ...] = (
    (shouted, 5),
    (titled, 5),
    (flat, 3),
    (dateline, 3),
    (strangers, 20),
)
# Shorter lines teach nothing about headlines.
WORDS_MIN = 4


def examples(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence and, for a fixed share of all sentences, one of its other forms."""
    yield sentence
    lot = crc32(" ".join(sentence.words).encode()) % 100
    if len(sentence.words) < WORDS_MIN:
        return
    for form, percent in FORMS:
        if 0 <= lot < percent and (other := form(sentence)) != sentence:
            yield other
        lot -= percent


# Syllables of made-up names; any will do as long as they can be read.
_HEADS = ("b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch", "br", "tr", "st")
_TAILS = ("a", "e", "i", "o", "u", "ai", "ou", "an", "en", "or", "il")
# Words that say what kind of name they stand in keep doing so.
_TELLING_LISTS = ("organisation", "place", "particle", "preposition", "title", "calendar")
_MADE_UP_WORD_MIN_LETTERS = 3


def _made_up(word: str) -> str:
    telling = any(listed(word, name) for name in _TELLING_LISTS)
    if telling or len(word) < _MADE_UP_WORD_MIN_LETTERS or not word.istitle():
        return word
    lot = crc32(word.encode())
    name = ""
    for _ in range(2 + lot % 2):
        lot, head = divmod(lot, len(_HEADS))
        lot, tail = divmod(lot, len(_TAILS))
        name += _HEADS[head] + _TAILS[tail]
    return name.capitalize()


def _joined_possessives(sentence: Sentence) -> Sentence:
    """Join "IRAN" and "'S", as `geomap.words` leaves them in capitals."""
    kept: list[tuple[str, str]] = []
    for word, tag in zip(*sentence, strict=True):
        if kept and word in {"'S", "’S"}:
            kept[-1] = (kept[-1][0] + word, kept[-1][1])
        else:
            kept.append((word, tag))
    return Sentence(tuple(word for word, _ in kept), tuple(tag for _, tag in kept))
