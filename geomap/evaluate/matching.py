"""Pair the predictions of a document with its gold, one to one, and measure how far each pair is apart.

Strict pairs have the same span; overlapping pairs share characters, the most first.  Gold that a filter leaves
out is neither missed nor does it make a prediction wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from geomap.evaluate.gold import GoldToponym
from geomap.evaluate.measures import FARTHEST_KM, error_km
from geomap.evaluate.predicted import Predicted

__all__ = ["Judged", "Keep", "Match", "Pair", "SameCountry", "judge"]

Keep = Callable[[GoldToponym], bool]
SameCountry = Callable[[Predicted, GoldToponym], bool]


class Match(StrEnum):
    """When a prediction and a gold toponym are one mention."""

    STRICT = "strict"
    OVERLAP = "overlap"


class Pair(NamedTuple):
    """A prediction and its gold; `km` is None where the gold has no point."""

    predicted: Predicted
    gold: GoldToponym
    km: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: the gold that counts, the predictions that count, and which of them are pairs."""

    gold: tuple[GoldToponym, ...]
    predicted: tuple[Predicted, ...]
    pairs: tuple[Pair, ...]


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def judge(
    gold: Sequence[GoldToponym],
    predicted: Sequence[Predicted],
    *,
    match: Match,
    keep: Keep,
    same_country: SameCountry | None = None,
) -> Judged:
    """Return the pairs of one document; with `same_country`, two points of one country are no distance apart."""
    kept = [toponym for toponym in gold if keep(toponym)]
    left_out = [toponym for toponym in gold if not keep(toponym)]
    found = dict(_same(predicted, kept) if match is Match.STRICT else _overlapping(predicted, kept))
    pairs = tuple(Pair(predicted[i], kept[j], _apart(predicted[i], kept[j], same_country)) for i, j in found.items())
    touched = {i for i, _ in _touching(predicted, left_out)}
    counted = tuple(one for i, one in enumerate(predicted) if i in found or i not in touched)
    return Judged(tuple(kept), counted, pairs)


def _same(predicted: Sequence[Predicted], gold: Sequence[GoldToponym]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of predictions and gold with the same span."""
    at: dict[tuple[int, int], list[int]] = {}
    for j, toponym in enumerate(gold):
        at.setdefault((toponym.start, toponym.end), []).append(j)
    for i, one in enumerate(predicted):
        numbers = at.get((one.start, one.end))
        if numbers:
            yield i, numbers.pop(0)


def _overlapping(predicted: Sequence[Predicted], gold: Sequence[GoldToponym]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of predictions and gold that share characters, the most first, each at most once."""
    ranked = sorted(
        (-_shared(predicted[i], gold[j]), _moved(predicted[i], gold[j]), i, j) for i, j in _touching(predicted, gold)
    )
    taken: set[int] = set()
    used: set[int] = set()
    for _, _, i, j in ranked:
        if i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            yield i, j


def _touching(some: Sequence[_Spanned], others: Sequence[_Spanned]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of every two spans that share characters.

    None but the few that begin near enough are compared, so the cost grows with the text.
    """
    order = sorted(range(len(others)), key=lambda j: others[j].start)
    starts = [others[j].start for j in order]
    longest = max((other.end - other.start for other in others), default=0)
    for i, one in enumerate(some):
        first, last = bisect_right(starts, one.start - longest), bisect_left(starts, one.end)
        yield from ((i, j) for j in order[first:last] if _shared(one, others[j]) > 0)


def _shared(one: _Spanned, other: _Spanned) -> int:
    """Return how many characters two spans share; less than one when they do not touch."""
    return min(one.end, other.end) - max(one.start, other.start)


def _moved(one: _Spanned, other: _Spanned) -> int:
    """Return how far the ends of two spans are apart, together."""
    return abs(one.start - other.start) + abs(one.end - other.end)


def _apart(one: Predicted, gold: GoldToponym, same_country: SameCountry | None) -> float | None:
    if gold.lat is None or gold.lon is None:
        return None
    if one.lat is None or one.lon is None:
        return FARTHEST_KM
    km = error_km(a_lat=one.lat, a_lon=one.lon, b_lat=gold.lat, b_lon=gold.lon)
    return 0.0 if km > 0 and same_country and same_country(one, gold) else km
