"""The words round one place name, as far as its sentence and its neighbours go.

Rules read them outwards from the name: `before[0]` is the word right before it, `after[0]` the one
right behind.  A neighbouring name ends the view, so no word is read for two names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from geomap.areas.lexicon import phrases, values, word_list
from geomap.model import Place

__all__ = ["DASHES", "Scene", "Token", "tokens_of", "worth_reading"]

# "about 40 kilometers (25 miles) north-west of the besieged northern border town of" fits in.
BEFORE_CHARS = 120
AFTER_CHARS = 60
_TOKEN = re.compile(
    r"\d+(?::\d+)+|(?<![\w.])\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"  # 12:30; .5; 1,200; 7.5
    r"|['\u2019]s(?!\w)"
    r"|[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*"  # south-west
    r"|\n\s*\n|\S"
)
_HYPHENS = re.compile(r"(?<=\w)[-\u2010\u2011]")
# They join two names.
DASHES = frozenset("-\u2010\u2011\u2013\u2014/")
# The view ends where the sentence, or a quotation in it, does.
_ENDS = frozenset('.!?;:\u2026"\u201c\u201d\u2022|')
# What stands right before a name, articles aside, where an area may be read, beside the words of the lists.
_LEADS = frozenset({"off", "between"})
# "'s long southern border" is the longest that is read behind a name.
_BEHIND = re.compile(r"(['\u2019]s)?((?:\s+[\w\u2010\u2011-]+){1,3})")
_JOINED = re.compile(r"\s?[-\u2010-\u2014/]\s?\w")
_ONWARD = re.compile(r"\s+to\s")


class Token(NamedTuple):
    """A word, number or mark at `[start, end)` of the text; `key` is lower case and without hyphens."""

    start: int
    end: int
    key: str
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One resolved name with the words before it (nearest first) and behind it.

    `after_name` says that the view begins right behind another name.  `gap` are the words up to the next
    resolved name, which ends at `partner_end`, and `beyond` those behind that one; `partner` is None where
    no such name follows closely.
    """

    place: Place
    start: int
    end: int
    before: Sequence[Token]
    after: Sequence[Token]
    after_name: bool = False
    partner: Place | None = None
    partner_end: int = 0
    gap: tuple[str, ...] = ()
    beyond: Sequence[Token] = ()

    def word(self, i: int) -> str:
        """Return the key of the word `i` places before the name, '' where the view ends."""
        return self.before[i].key if 0 <= i < len(self.before) else ""

    def behind(self, i: int) -> str:
        """Return the key of the word `i` places behind the name, '' where the view ends."""
        return self.after[i].key if 0 <= i < len(self.after) else ""

    def is_small(self, i: int) -> bool:
        """Say whether the word `i` places before the name is written small: part of no other name."""
        return 0 <= i < len(self.before) and not self.before[i].is_capital

    def from_word(self, i: int) -> int:
        """Return where a phrase begins whose first word is the one `i` places before the name."""
        return self.before[i].start


def tokens_of(text: str, start: int, end: int, *, back: bool) -> list[Token]:
    """Return the tokens of `text[start:end]` as far as the sentence goes, back from `end` or on from `start`."""
    if back:
        # Only to save work: where a sentence ends for certain, nothing before it is looked at.
        start = max(start, text.rfind(". ", start, end) + 1, text.rfind("\n\n", start, end) + 1)
    found = [Token(*match.span(), _key(match[0]), match[0][0].isupper()) for match in _TOKEN.finditer(text, start, end)]
    if back:
        found.reverse()
    stop = next((i for i, token in enumerate(found) if token.key[0] in _ENDS or "\n" in token.key), len(found))
    return found[:stop]


def _key(word: str) -> str:
    return word.lower() if word.isalpha() else _HYPHENS.sub("", word.lower().replace("\u2019", "'"))


def worth_reading(text: str, start: int, end: int) -> bool:
    """Say whether the words right beside a name can be those of an area: most names are told from that alone."""
    words = text[max(0, start - 40) : start].lower().replace(",", " ").split()
    if words and words[-1] in word_list("articles"):
        words.pop()
    lead = _HYPHENS.sub("", words[-1].strip("(\u201c\"'")) if words else ""
    if lead in _leads():
        return True
    if lead in _joints() and len(words) > 1:
        before = _HYPHENS.sub("", words[-2].strip(")"))
        if before in _leads_before() or (lead == "from" and _ONWARD.match(text, end)):
            return True
    return _JOINED.match(text, end) is not None or _trails(text, end)


def _trails(text: str, end: int) -> bool:
    """Say whether a side or an edge follows: "'s rebel-held east", "'s boundary with", "southern suburbs"."""
    match = _BEHIND.match(text, end)
    if match is None:
        return False
    words = [_HYPHENS.sub("", word) for word in match[2].lower().split()]
    if match[1]:
        return any(word in _sides() or word in _edges() for word in words)
    return next((word for word in words if word not in _sides()), "") in _edges()


@cache
def _leads() -> frozenset[str]:
    """Return the words right before a name that are enough to look closer."""
    near = {phrase[0] for phrase in phrases("near") if len(phrase) == 1}
    return _LEADS | near | _sides() | word_list("rim_adjectives") | word_list("linking") | word_list("classes")


@cache
def _sides() -> frozenset[str]:
    return word_list("centre_adjectives") | values("adjectives").keys() | values("directions").keys()


@cache
def _edges() -> frozenset[str]:
    return word_list("rims") | word_list("coasts") | word_list("borders")


@cache
def _joints() -> frozenset[str]:
    """Return the words right before a name that need another one before them."""
    return frozenset({"of", "from"} | {phrase[0] for phrase in phrases("near") if len(phrase) > 1})


@cache
def _leads_before() -> frozenset[str]:
    nouns = ("parts", "centre_nouns", "rims", "coasts", "borders", "classes")
    units = {unit.split()[-1] for unit in values("units")}
    near = {phrase[1] for phrase in phrases("near") if len(phrase) > 1}
    return frozenset(units | near | values("directions").keys() | word_list("ranges")).union(*map(word_list, nouns))
