"""Break the figures down: by what the gold says of a name, and by the role that geomap gave it.

Gold groups have recall and no precision, since a wrong prediction has no gold to belong to; roles have precision
and no recall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from geomap.evaluate.gold import GoldToponym
from geomap.evaluate.matching import Judged, Pair
from geomap.evaluate.measures import ratio
from geomap.evaluate.predicted import Predicted

__all__ = ["GoldGroup", "RoleGroup", "by_label", "by_role"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GoldGroup:
    """Gold of one kind: how much of it was found, how often the found was placed right, and both."""

    gold: int
    recall: float | None
    acc: float | None
    e2e_r: float | None


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Predictions of one role: how many are gold, how often those are placed right, and both."""

    predicted: int
    precision: float | None
    acc: float | None
    e2e_p: float | None


def by_label(documents: Iterable[Judged], label: str, *, km: float) -> Mapping[str, GoldGroup]:
    """Return a group for each value of a label of the gold, the largest first; none where gold has no such label."""
    gold: dict[str, list[GoldToponym]] = {}
    pairs: dict[str, list[Pair]] = {}
    for judged in documents:
        _file(judged.gold, lambda toponym: toponym.labels.get(label, ""), gold)
        _file(judged.pairs, lambda pair: pair.gold.labels.get(label, ""), pairs)
    if set(gold) <= {""}:
        return {}
    groups = {}
    for value, toponyms in sorted(gold.items(), key=lambda item: (-len(item[1]), item[0])):
        found = pairs.get(value, [])
        right, judged_pairs = _right(found, km)
        placed = sum(toponym.placed for toponym in toponyms)
        groups[value or "(none)"] = GoldGroup(
            len(toponyms), ratio(len(found), len(toponyms)), ratio(right, judged_pairs), ratio(right, placed)
        )
    return groups


def by_role(documents: Iterable[Judged], *, km: float) -> Mapping[str, RoleGroup]:
    """Return a group for each role among the predictions, the largest first; none where they have no roles."""
    predicted: dict[str, list[Predicted]] = {}
    pairs: dict[str, list[Pair]] = {}
    for judged in documents:
        _file(judged.predicted, lambda one: one.role, predicted)
        _file(judged.pairs, lambda pair: pair.predicted.role, pairs)
    if set(predicted) <= {""}:
        return {}
    groups = {}
    for role, found in sorted(predicted.items(), key=lambda item: (-len(item[1]), item[0])):
        matched = pairs.get(role, [])
        right, judged_pairs = _right(matched, km)
        unjudged = sum(pair.predicted.placed for pair in matched if pair.km is None)
        placed = sum(one.placed for one in found) - unjudged
        groups[role or "(none)"] = RoleGroup(
            len(found), ratio(len(matched), len(found)), ratio(right, judged_pairs), ratio(right, placed)
        )
    return groups


def _file(values: Iterable[T], key: Callable[[T], str], into: dict[str, list[T]]) -> None:
    for value in values:
        into.setdefault(key(value), []).append(value)


def _right(pairs: Iterable[Pair], km: float) -> tuple[int, int]:
    """Return how many pairs are near enough, and how many could be judged."""
    errors = [pair.km for pair in pairs if pair.km is not None]
    return sum(error <= km for error in errors), len(errors)
