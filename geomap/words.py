"""Cut text into words and sentences, and fold a word to the form under which names are stored.

One folding serves the index and the text, so a name that was stored can always be found again.
Words carry offsets into the text as given; folding never touches the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, Self, overload

from geomap.model import Span

__all__ = ["SENTENCE_MAX_CHARS", "Line", "Word", "fold", "is_acronym", "name_key", "sentences", "words"]


class Word(NamedTuple):
    """One word or punctuation mark, at `[start, end)` of the text it came from."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Line(Sequence[Word]):
    """The words of a stretch of text, side by side: `texts`, and where each starts and ends.

    Every word of every text goes through here, and most are only read by their text; a `Word` is made
    when it is asked for.
    """

    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def cut(cls, text: str, start: int = 0, end: int | None = None) -> Self:
        """Return the words and punctuation marks of `text[start:end]`, in order."""
        # What stands between two words, a word, what stands between ...
        parts = _WORD.split(text[start:end])
        edges = list(accumulate(map(len, parts), initial=start))
        texts = parts[1::2]
        if _BREAKS.search(text, start, len(text) if end is None else end):
            texts = [_BREAKS.sub("", word) or word for word in texts]
        return cls(texts, edges[1:-1:2], edges[2::2])

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, i: int) -> Word: ...
    @overload
    def __getitem__(self, i: slice) -> list[Word]: ...
    def __getitem__(self, i: int | slice) -> Word | list[Word]:
        if isinstance(i, slice):
            return list(map(Word, self.starts[i], self.ends[i], self.texts[i]))
        return Word(self.starts[i], self.ends[i], self.texts[i])


# Python's \w leaves out combining marks, which would cut Devanagari, Thai and decomposed Latin
# words to pieces; these blocks are letters and their marks.
# Inside a word some marks only say where it may break: they are no letters, and do not end it.
_LETTERS = (
    r"(?:[^\W_]++|(?<=[^\W_])[\u00ad\u200b\u2060\ufeff]++(?=[^\W_])|[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
    r"\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f]++)++"
)
_BREAKS = re.compile("[\u00ad\u200b\u2060\ufeff]")
_APOSTROPHE = "['\u2018\u2019\u02bc\u02bb`]"
_WORD = re.compile(
    r"((?:[A-Z]\.){2,}[A-Z]?(?![a-z])"  # U.S., D.C.
    rf"|{_APOSTROPHE}[sS](?![^\W_])"  # the possessive is a word of its own
    rf"|{_LETTERS}(?:{_APOSTROPHE}(?![sS](?![^\W_])){_LETTERS})*+"  # Sana'a, O'Fallon
    r"|\S)"
)

# Letters that Unicode does not decompose but English newspapers do.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ħ": "h",
        "ŋ": "n",
        "ə": "a",
    }
)
# Arabic and Persian letters that are written one for the other, and marks that are mostly left out.
_PLAIN_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "\u0640": ""}
    | dict.fromkeys(map(chr, (*range(0x0591, 0x05C8), *range(0x064B, 0x0660), 0x0670)), "")
)
_MARKS_OF_LATIN = re.compile("[\u0300-\u036f]")
_DROP = re.compile(_APOSTROPHE + r"|[.\u02bf\u02be\u2032]")
# Longer capitals are words in a shouted headline, not acronyms.
ACRONYM_MAX_LETTERS = 5
# In a name these join or end words without meaning; every other mark is part of the key.
_SILENT = frozenset("-\u2013.'\u2019\u2018\u02bc\u2010\u2011`\"\u200c\u200d\u200e\u200f")


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words and punctuation marks of `text[start:end]`, in order."""
    return Line.cut(text, start, end)[:]


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return the stored form of one word: lower case, no accents, no apostrophes, no dots."""
    if word.isascii():
        lower = word.lower()
        return lower if lower.isalpha() else _DROP.sub("", lower)
    plain = _MARKS_OF_LATIN.sub("", unicodedata.normalize("NFKD", word))
    return _DROP.sub("", unicodedata.normalize("NFC", plain.casefold()).translate(_PLAIN).translate(_PLAIN_ARABIC))


def is_acronym(word: str) -> bool:
    """Say whether a word is written as an acronym: US, U.S., UAE."""
    if word[1:2].islower():
        return False
    letters = word.replace(".", "")
    return 1 < len(letters) <= ACRONYM_MAX_LETTERS and letters.isalpha() and letters.isupper()


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """Return the key under which a name is stored and looked up.

    A name of one acronym keeps its capitals ("U.S." and "US" are `US`), so that it can never be
    found in the word "us".  Commas stay, so that "Washington, D.C." is not "Washington DC".
    """
    parts = [text for text in Line.cut(name).texts if text not in _SILENT]
    if len(parts) == 1 and is_acronym(parts[0]):
        return parts[0].replace(".", "")
    return " ".join(folded for part in parts if (folded := fold(part)))


# Longer than this is a list or a table, whose cost must not grow with the square of its length.
SENTENCE_MAX_CHARS = 2_000
# A full stop after one of these does not end a sentence ...
_TITLES = (
    "Mr|Mrs|Ms|Dr|St|Ste|Mt|Ft|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Pres|Prof|Rev|Hon|Jr|Sr|vs|No|Nos|Co|Corp|Inc|Ltd"
)
_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Penn"
    "|Tenn|Tex|Vt|Va|Wash|Wis|Wyo|Ont|Que|Alta|Sask"
)
_ABBREVIATION = re.compile(rf"(?:\b(?:{_TITLES}|{_MONTHS}|{_STATES})|\b[A-Z])\.$")
# ... unless the next word is one that opens sentences and hardly ever follows an abbreviation.
_OPENER = re.compile(
    r"\s+(?:The|A|An|It|In|But|And|He|She|They|We|This|That|These|Those|There|On|At|If|As|When|However|Meanwhile)\b"
)
# A run of marks before white space, an empty line, or a line that begins an item of a list.  Possessive, and never
# from inside a run: a line of ten thousand dots is read once.  One set stands first, to be searched for quickly.
_MARK = r"[.!?\u2026]"
_STOP = re.compile(
    rf"[.!?\u2026\n](?:(?<={_MARK})(?<!{_MARK}{_MARK}){_MARK}*+[\"'\u201d\u2019)\]]*(?=\s)"
    r"|(?<=\n)(?:\s*\n|(?=\s*[-*\u2022])))"
)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the sentences of `text[start:end]`, without surrounding white space, in pieces of bounded length."""
    stop = len(text) if end is None else end
    begin = start
    for match in _STOP.finditer(text, start, stop):
        if match.group().startswith(".") and _goes_on(text, begin, match.start() + 1):
            continue
        yield from _pieces(text, begin, match.end())
        begin = match.end()
    yield from _pieces(text, begin, stop)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stretch as it is, or cut at white space where it is longer than any sentence."""
    while end - start > SENTENCE_MAX_CHARS:
        cut = start + SENTENCE_MAX_CHARS
        space = max(text.rfind(mark, start, cut) for mark in "\n, \t")
        cut = space + 1 if space > start else cut
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _goes_on(text: str, begin: int, stop: int) -> bool:
    """Say whether the full stop before `stop` belongs to an abbreviation inside a sentence."""
    if not _ABBREVIATION.search(text, max(begin, stop - 9), stop):
        return False
    return not _OPENER.match(text, stop)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
