"""Add documents up to figures: recognition, resolution of what was recognised, and both together over all gold.

Each document is counted once; a corpus, several together and every resample of the bootstrap are sums of the same
counts.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.evaluate.matching import Judged
from geomap.evaluate.measures import area_under, f1, log_error, median, ratio

__all__ = ["Count", "Figures", "count", "figures", "intervals"]

NEAR_KM = 20
# Any will do; the same one gives the same intervals.
_SEED = 7
# The figures that intervals are given for.
_RESAMPLED = ("rec_f1", "acc", "auc", "e2e_f1")


@dataclass(frozen=True, slots=True)
class Count:
    """What one document adds.

    `judged` predictions have a point, and no pair whose gold has none; `right` pairs lie near enough.
    """

    gold: int
    gold_placed: int
    predicted: int
    judged: int
    matched: int
    answered: int
    right: int
    ids: int
    ids_same: int
    errors_km: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of docs/evaluation.md; None is a figure of nothing.

    `rec_` is recognition, `e2e_` end to end; those between are over the `pairs` whose gold has a point.
    """

    documents: int
    gold: int
    gold_placed: int
    predicted: int
    matched: int
    pairs: int
    rec_p: float | None
    rec_r: float | None
    rec_f1: float | None
    acc: float | None
    acc20: float | None
    mean_km: float | None
    median_km: float | None
    auc: float | None
    answered: float | None
    id_acc: float | None
    e2e_p: float | None
    e2e_r: float | None
    e2e_f1: float | None


def count(judged: Judged, *, km: float) -> Count:
    """Return the counts of one document; `km` is how far a right place may be off."""
    pairs = [pair for pair in judged.pairs if pair.km is not None]
    errors = tuple(pair.km for pair in pairs if pair.km is not None)
    unjudged = sum(pair.predicted.placed for pair in judged.pairs if pair.km is None)
    both = [pair for pair in pairs if pair.gold.geonameid and pair.predicted.geonameid]
    return Count(
        gold=len(judged.gold),
        gold_placed=sum(toponym.placed for toponym in judged.gold),
        predicted=len(judged.predicted),
        judged=sum(one.placed for one in judged.predicted) - unjudged,
        matched=len(judged.pairs),
        answered=sum(pair.predicted.placed for pair in pairs),
        right=sum(error <= km for error in errors),
        ids=len(both),
        ids_same=sum(pair.gold.geonameid == pair.predicted.geonameid for pair in both),
        errors_km=errors,
    )


def figures(counts: Sequence[Count], *, partial: bool) -> Figures:
    """Return the figures of documents together; gold that is `partial` says nothing of what it does not mark."""
    errors = [error for c in counts for error in c.errors_km]
    return Figures(
        documents=len(counts),
        gold=sum(c.gold for c in counts),
        gold_placed=sum(c.gold_placed for c in counts),
        predicted=sum(c.predicted for c in counts),
        matched=sum(c.matched for c in counts),
        pairs=len(errors),
        **_shares(counts, partial=partial),
        acc20=ratio(sum(error <= NEAR_KM for error in errors), len(errors)),
        mean_km=ratio(sum(errors), len(errors)),
        median_km=median(errors),
        auc=area_under([log_error(error) for error in errors]),
        answered=ratio(sum(c.answered for c in counts), len(errors)),
        id_acc=ratio(sum(c.ids_same for c in counts), sum(c.ids for c in counts)),
    )


def _shares(counts: Sequence[Count], *, partial: bool) -> dict[str, float | None]:
    """Return the figures that need no list of errors."""
    matched, right = sum(c.matched for c in counts), sum(c.right for c in counts)
    rec_p = None if partial else ratio(matched, sum(c.predicted for c in counts))
    rec_r = ratio(matched, sum(c.gold for c in counts))
    e2e_p = None if partial else ratio(right, sum(c.judged for c in counts))
    e2e_r = ratio(right, sum(c.gold_placed for c in counts))
    return {
        "rec_p": rec_p,
        "rec_r": rec_r,
        "rec_f1": f1(rec_p, rec_r),
        "acc": ratio(right, sum(len(c.errors_km) for c in counts)),
        "e2e_p": e2e_p,
        "e2e_r": e2e_r,
        "e2e_f1": f1(e2e_p, e2e_r),
    }


def intervals(counts: Sequence[Count], *, partial: bool, resamples: int) -> dict[str, tuple[float, float]]:
    """Return intervals that hold 95 % of the figures when documents are drawn again, with replacement."""
    draw = random.Random(_SEED)  # noqa: S311 - a fixed sequence is wanted
    size = len(counts)
    log_errors = [[log_error(error) for error in c.errors_km] for c in counts]
    values: dict[str, list[float]] = {name: [] for name in _RESAMPLED}
    for _ in range(resamples):
        drawn = [draw.randrange(size) for _ in range(size)]
        sample = _shares([counts[number] for number in drawn], partial=partial)
        sample["auc"] = area_under([error for number in drawn for error in log_errors[number]])
        for name, kept in values.items():
            value = sample[name]
            if value is not None:
                kept.append(value)
    return {name: _middle(kept) for name, kept in values.items() if kept}


def _middle(values: Iterable[float]) -> tuple[float, float]:
    """Return the two values that 95 % lie between."""
    ranked = sorted(values)
    return ranked[int(0.025 * len(ranked))], ranked[min(len(ranked) - 1, int(0.975 * len(ranked)))]
