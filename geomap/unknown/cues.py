"""Guess what kind of place an unknown name is, from the words beside it: "the village of ...", "... airbase".

What the text says of a name outweighs what the name itself sounds like.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geomap.gazetteer.rows import own_rows
from geomap.model import Span

__all__ = ["Cue", "cue_beside", "cue_inside"]

# Farther back a list of villages is another sentence's.
LIST_MAX_CHARS = 200
LIST_NAME_MAX_WORDS = 4
# "a small farming village"
_ADJECTIVES = r"(?:(?!of\b|in\b|near\b|from\b|for\b|to\b)[\w-]+\s+){0,3}?"
# What may follow a noun that ends "NAME, a village ...": "NAME, the village doctor" is a person.
_LINKS = r"of|in|on|at|near|that|where|which|with|along|between|outside|some|about|\d"
_NOUN_ENDS = rf"(?=\s*(?:$|[.,;:)\u2013\u2014])|\s+(?:{_LINKS}))"
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


class Cue(NamedTuple):
    """A word beside a name, and the kind of place it speaks of."""

    word: str
    kind: str


@cache
def _kinds(*stands: str) -> dict[str, str]:
    """Return the kind of each cue that stands so."""
    rows = own_rows(Path(__file__).parent / "cues.tsv")
    return {row["cue"]: row["kind"] for row in rows if row["stands"] in stands}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what stands right before a name, right behind it, and behind a comma."""
    of, after = _either(_kinds("of", "both")), _either(_kinds("after", "both"))
    return (
        re.compile(rf"(?i)\b(?P<cue>{of})\s+of\s+(?P<list>[^.;:()]*)$"),
        re.compile(rf"(?i)\s+(?P<cue>{after})\b(?!-)"),
        re.compile(rf"(?i),\s+(?:an?|the)\s+{_ADJECTIVES}(?P<cue>{of})\b{_NOUN_ENDS}"),
    )


def _either(cues: Collection[str]) -> str:
    longest_first = sorted(cues, key=lambda cue: (-len(cue), cue))
    return "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in longest_first)


def cue_beside(text: str, sentence: Span, name: Span) -> Cue | None:
    """Return the cue that stands beside a name in its sentence, or None."""
    before, behind, apposed = _patterns()
    ahead = text[max(sentence.start, name.start - LIST_MAX_CHARS) : name.start]
    rest = text[name.end : sentence.end]
    if (match := before.search(ahead)) and _is_list(match["list"]):
        return _cue(match["cue"])
    match = behind.match(rest) or apposed.match(rest)
    return _cue(match["cue"]) if match else None


def cue_inside(name: str) -> Cue | None:
    """Return the cue that is itself the last or first word of a name: "Zahra Camp", "Wadi Zahra"."""
    words, kinds = name.split(), _kinds("part")
    ends = (words[-1], words[0]) if len(words) > 1 else ()
    return next((Cue(word, kinds[word]) for word in ends if word in kinds), None)


def _is_list(text: str) -> bool:
    """Say whether what stands between "villages of" and a name are other names: "Zahra, Rima and "."""
    *names, last = _BETWEEN.split(re.sub(r"^the\s+", "", text))
    return not last and all(n[:1].isupper() and len(n.split()) <= LIST_NAME_MAX_WORDS for n in names)


def _cue(word: str) -> Cue:
    word = " ".join(word.lower().split())
    return Cue(word, _kinds("of", "after", "both")[word])
