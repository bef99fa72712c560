"""Say whether a confidence means what it says: of the names placed at .8, eight of ten should be right.

Over names that were recognised, placed, and whose gold has a point: the confidence is that of the place, given the
name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.evaluate.matching import Judged
from geomap.evaluate.measures import ratio

__all__ = ["Calibration", "Step", "calibration"]

_STEPS = 10
# From here on a reader takes a pin for sure.
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Step:
    """The names whose confidence lies from `low` to the next step: how sure, and how often right."""

    low: float
    names: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`brier` is the mean squared, `expected_error` the mean absolute distance from the truth, step by step.

    `sure` is the share of right places among those of confidence .9 or more, `sure_names` how many they are.
    """

    names: int
    brier: float
    expected_error: float
    sure: float | None
    sure_names: int
    steps: tuple[Step, ...]


def calibration(documents: Iterable[Judged], *, km: float) -> Calibration | None:
    """Return how well confidence is calibrated, or None where nothing has a confidence."""
    names = [
        (pair.predicted.confidence, pair.km <= km)
        for judged in documents
        for pair in judged.pairs
        if pair.km is not None and pair.predicted.placed and pair.predicted.confidence is not None
    ]
    if not names:
        return None
    steps = tuple(_steps(names))
    sure = [right for confidence, right in names if confidence >= _SURE]
    return Calibration(
        names=len(names),
        brier=sum((confidence - right) ** 2 for confidence, right in names) / len(names),
        expected_error=sum(step.names * abs(step.confidence - step.right) for step in steps) / len(names),
        sure=ratio(sum(sure), len(sure)),
        sure_names=len(sure),
        steps=steps,
    )


def _steps(names: Sequence[tuple[float, bool]]) -> Iterable[Step]:
    by_step: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in names:
        by_step.setdefault(min(int(confidence * _STEPS), _STEPS - 1), []).append((confidence, right))
    for number, members in sorted(by_step.items()):
        said = sum(confidence for confidence, _ in members) / len(members)
        yield Step(number / _STEPS, len(members), said, sum(right for _, right in members) / len(members))
