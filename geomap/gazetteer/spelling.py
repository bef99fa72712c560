"""Bring together the spellings that one name gets when it is written in Latin letters.

"Dayr az-Zawr", "Deir Ezzor" and "Deir al-Zour" are one Arabic name.  `RULES` rewrites each of them, step by
step, to one key that no reader sees.  The key joins more than it should: it is asked for only where the name
itself is unknown, and only for places of `TRANSLITERATED` countries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from geomap.gazetteer.rows import own_rows
from geomap.words import name_key

__all__ = ["RULES", "TRANSLITERATED", "spelling_key", "without_clitics"]

# Countries whose names reach English texts from another script by no one rule.
TRANSLITERATED = frozenset(
    [
        "AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS",
        "QA", "SA", "SD", "SO", "SY", "TD", "TN", "YE",  # Arabic, Hebrew
        "AF", "IR", "PK", "TJ",  # Persian, Pashto, Urdu
        "ET",  # Amharic, Tigrinya
        "AM", "AZ", "BG", "BY", "GE", "KG", "KZ", "MK", "RU", "TM", "UA", "UZ",  # Cyrillic, now or long
    ]
)  # fmt: skip

# A key with fewer letters, or with one consonant, is no longer a name.
MIN_LETTERS = 3
MIN_CONSONANTS = 2

Rule: TypeAlias = Callable[[str], str]


@cache
def _usual_words() -> Mapping[str, str]:
    """Return the word for each spelling of those that many names of places begin with."""
    return {spelling: row["word"] for row in own_rows("usual_words.tsv") for spelling in row["spellings"].split()}


_ARTICLE = re.compile(r"\b(?:al|el|ul|il|l|[ae](?:d|dh|n|r|s|sh|t|th|z)) (?=\S)")
# With its own last letter like the next one, or -l before any other consonant.  "Assad" keeps its name longer
# than "Ezzor": before an a, more letters must be left.
_GLUED = re.compile(
    r"\b(?:e(d|n|r|s|t|z)(?=\1\w{2})|a(d|n|r|s|t|z)(?=\2\w{3})|[ae](sh|th|dh)(?=\3\w{2})"
    r"|[ae]l(?=[^\W\daeiouyl]\w{3}))"
)
_LINK = re.compile(r"(?<=\w) (?:e|i|ye|yi|o) (?=\w)")
_DIN = re.compile(r"(?<=\w)(?: (?:ad|ed|al|el) ?|[aeiou]d)?dine?\b")
_CONSONANTS = (
    ("dzh", "j"), ("dj", "j"), ("shch", "sh"), ("tch", "sh"), ("ch", "sh"), ("ph", "f"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("tz", "ts"), ("ck", "k"), ("q", "k"),
)  # fmt: skip
_GLIDE = re.compile(r"(?:ou|[ou]w|u)(?=[aeiy])")
_ENDINGS = tuple(
    (re.compile(pattern), ending)
    for pattern, ending in (
        (r"(?<=in)e\b", ""),
        (r"(?:iyy?|y|i)(?:ah?|eh?)\b", "ya"),
        (r"(?:ah|(?<!e)eh?)\b", "a"),
        (r"(?<![ae])(?:[iy]+|ee)\b", "y"),
    )
)
# Each group is named after what is written for it.
_VOWEL = re.compile(
    r"(?P<u>[aeo][uw]++(?![aeiouy])|[ou]+)"
    r"|(?P<ay>[ae][iy]++(?![aou]))"
    r"|(?P<y>[iy]++(?=[aou])|y\b)"
    r"|(?P<a>[aeiy])"
)
_DOUBLED = re.compile(r"(zh|sh|kh|[a-z])\1+")


def without_article(name: str) -> str:
    """Drop the Arabic article before a word, also where it takes on the next letter: al-, ez-, ash-."""
    return _ARTICLE.sub("", name)


def without_glued_article(name: str) -> str:
    """Drop the article where it is written as one with its word: "Ezzor", "Annabatiyah", "Alhol"."""
    return _GLUED.sub("", name)


def usual_words(name: str) -> str:
    """Write words that many names begin with in one way: "Jebel", "Djebel", "Gebel" as "Jabal"."""
    usual = _usual_words()
    return " ".join([usual.get(word, word) for word in name.split(" ")])


def without_link(name: str) -> str:
    """Drop the Persian link between two words: "Mazar-e Sharif", "Mazar-i-Sharif"."""
    return _LINK.sub(" ", name)


def joined_din(name: str) -> str:
    """Write "Nur ad-Din", "Nureddin" and "Nuruddine" alike."""
    return _DIN.sub("din", name)


def one_consonant(name: str) -> str:
    """Write one sound with one letter: q and k, dj and j, gh and g, dh and d, th and t, ch and sh."""
    for letters, letter in _CONSONANTS:
        name = name.replace(letters, letter)
    return name


def one_glide(name: str) -> str:
    """Write w before a vowel in one way: "Soueida", "Sweida" and "Suwayda", "Zaouia" and "Zawiya"."""
    return _GLIDE.sub("w", name)


def one_ending(name: str) -> str:
    """Write endings in one way: -a, -ah, -e, -eh; -ia, -iya, -iyyah, -ieh; -i, -y, -iy; -in, -ine."""
    for pattern, ending in _ENDINGS:
        name = pattern.sub(ending, name)
    return name


def one_vowel(name: str) -> str:
    """Leave a for a, e, i; u for o, u, aw; ay for ai, ei, ey; and y before another vowel."""
    return _VOWEL.sub(lambda match: match.lastgroup or "", name)


def one_labial(name: str) -> str:
    """Write v and w alike: "Ahvaz" and "Ahwaz"."""
    return name.replace("v", "w")


def one_word(name: str) -> str:
    """Join the words."""
    return name.replace(" ", "")


def single_letters(name: str) -> str:
    """Write doubled letters once."""
    return _DOUBLED.sub(r"\1", name)


RULES: tuple[Rule, ...] = (
    without_article,
    without_glued_article,
    usual_words,
    without_link,
    joined_din,
    one_consonant,
    one_glide,
    one_ending,
    one_vowel,
    one_labial,
    one_word,
    single_letters,
)

_LATIN = re.compile("[a-z0-9 ]+")
_CONSONANT = re.compile("[b-df-hj-np-tv-z]")


def spelling_key(name: str) -> str:
    """Return the key that all transliterations of a name share, '' where too little is left to tell names apart."""
    key = name_key(name)
    # An acronym keeps its capitals, a name in another script its letters: neither is a transliteration.
    if not _LATIN.fullmatch(key):
        return ""
    for rule in RULES:
        key = rule(key)
    return key if len(key) >= MIN_LETTERS and len(_CONSONANT.findall(key)) >= MIN_CONSONANTS else ""


# --- words joined to names in other scripts ------------------------------------------------------

# A shorter rest is no name but a part of one.
_MIN_REST = 3
_MIN_FIRST_WORD = 2
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_AND = "\u0648\u0641"  # wa-, fa-
_IN = "\u0628\u0643\u0644"  # bi-, ka-, li-
_THE = "\u0627\u0644"  # al-
_TO_THE = "\u0644\u0644"  # li- and al- become one
# and, that, as, in, to, from, the: in this order before a Hebrew word, at most one of a sort
_HEBREW_CLITICS = re.compile("(\u05d5?)(\u05db?\u05e9)?([\u05d1\u05dc\u05de\u05db]?)(\u05d4?)")


def without_clitics(key: str) -> tuple[str, ...]:
    """Return what may be the name in a key of Arabic or Hebrew script, the longest first.

    "And in Baghdad" is one Arabic word; the key itself is not among the answers.
    """
    if _ARABIC.match(key):
        found = _without_arabic(key)
    elif _HEBREW.match(key):
        found = _without_hebrew(key)
    else:
        return ()
    return tuple(dict.fromkeys(rest for rest in found if rest != key and _is_long_enough(rest)))


def _without_arabic(key: str) -> list[str]:
    rests = [key]
    for letters in (_AND, _IN):
        if rests[-1][:1] in letters:
            rests.append(rests[-1][1:])
    to_the = [_THE + rest[2:] for rest in rests if rest.startswith(_TO_THE)]
    whole = [*rests, *to_the]
    return sorted([*whole, *(rest[2:] for rest in whole if rest.startswith(_THE))], key=len, reverse=True)


def _without_hebrew(key: str) -> list[str]:
    match = _HEBREW_CLITICS.match(key)
    ends = [] if match is None else sorted({match.end(group) for group in range(1, 5)})
    return [key[end:] for end in ends if end > 0]


def _is_long_enough(rest: str) -> bool:
    first, _, more = rest.partition(" ")
    return len(first) >= (_MIN_FIRST_WORD if more else _MIN_REST)
