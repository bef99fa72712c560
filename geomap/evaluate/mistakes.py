"""List every mistake with the words around it: what was missed, found for nothing, placed nowhere or wrongly.

A figure says how much is wrong; whoever wants to mend it needs to see what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from geomap.evaluate.gold import GoldDocument, GoldToponym
from geomap.evaluate.matching import Judged, Pair
from geomap.evaluate.predicted import Predicted

__all__ = ["COLUMNS", "Mistake", "mistakes"]

# So many characters on either side show the sentence, and keep a line a line.
_AROUND_CHARS = 40


class What(StrEnum):
    """The kinds of mistakes, in the order they are made."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    UNPLACED = "unplaced"
    MISPLACED = "misplaced"


class Mistake(NamedTuple):
    """One mistake; what does not apply is ''.  `type` is the gold's, `role` the gold's or that of the prediction."""

    document: str
    what: What
    text: str
    type: str
    role: str
    km: str
    confidence: str
    gold: str
    found: str
    around: str


COLUMNS = Mistake._fields


def mistakes(documents: Iterable[tuple[GoldDocument, Judged]], *, km: float) -> Iterator[Mistake]:
    """Yield the mistakes of each document in the order of its text."""
    for document, judged in documents:
        paired = {id(pair.gold) for pair in judged.pairs} | {id(pair.predicted) for pair in judged.pairs}
        found = [_missed(document, gold) for gold in judged.gold if id(gold) not in paired]
        found += [_spurious(document, one) for one in judged.predicted if id(one) not in paired]
        found += [_misplaced(document, pair) for pair in judged.pairs if pair.km is not None and pair.km > km]
        yield from (mistake for _, mistake in sorted(found, key=lambda row: row[0]))


def _missed(document: GoldDocument, gold: GoldToponym) -> tuple[int, Mistake]:
    return gold.start, Mistake(
        document=document.id,
        what=What.MISSED,
        text=gold.text,
        type=gold.labels.get("type", ""),
        role=gold.labels.get("role", ""),
        km="",
        confidence="",
        gold=gold.geonameid,
        found="",
        around=_around(document, gold.start, gold.end),
    )


def _spurious(document: GoldDocument, one: Predicted) -> tuple[int, Mistake]:
    return one.start, Mistake(
        document=document.id,
        what=What.SPURIOUS,
        text=_line(document.text[one.start : one.end]),
        type="",
        role=one.role,
        km="",
        confidence=_sure(one),
        gold="",
        found=_place(one),
        around=_around(document, one.start, one.end),
    )


def _misplaced(document: GoldDocument, pair: Pair) -> tuple[int, Mistake]:
    one, gold = pair.predicted, pair.gold
    return gold.start, Mistake(
        document=document.id,
        what=What.MISPLACED if one.placed else What.UNPLACED,
        text=gold.text,
        type=gold.labels.get("type", ""),
        role=gold.labels.get("role", "") or one.role,
        km=f"{pair.km:.0f}" if one.placed else "",
        confidence=_sure(one),
        gold=gold.geonameid,
        found=_place(one),
        around=_around(document, gold.start, gold.end),
    )


def _place(one: Predicted) -> str:
    """Return what the prediction says of its place."""
    return ", ".join(filter(None, (_line(one.name), one.country, one.geonameid)))


def _sure(one: Predicted) -> str:
    return "" if one.confidence is None else f"{one.confidence:.2f}"


def _around(document: GoldDocument, start: int, end: int) -> str:
    text = document.text
    before, after = text[max(0, start - _AROUND_CHARS) : start], text[end : end + _AROUND_CHARS]
    return _line(f"{before}[{text[start:end]}]{after}")


def _line(text: str) -> str:
    """Return a text as one cell of a table."""
    return " ".join(text.split())
