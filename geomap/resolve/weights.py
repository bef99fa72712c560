"""What each feature is worth: a short table a person can read, learned by `geomap.resolve.fit`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geomap.resolve.features import CONTEXT, STANDING

__all__ = ["Weights", "shipped_weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a feature, in the order of STANDING and CONTEXT.

    `elsewhere` is the score of "none of these": a place that the gazetteer does not have under the
    name.  It stands beside the candidates' scores, so that a weak lone candidate is not taken for sure.
    `own` is what it is worth that a person's own layer gives the name this place: it is not learned, for
    no corpus has such a layer, and decides wherever the text does not say otherwise ("Paris, France").
    """

    standing: tuple[float, ...]
    context: tuple[float, ...]
    elsewhere: float
    own: float

    @classmethod
    def of(cls, table: Mapping[str, float], *, elsewhere: float, own: float) -> Weights:
        """Build from a table by feature name; every feature must be there."""
        return cls(
            tuple(table[feature.__name__] for feature in STANDING),
            tuple(table[feature.__name__] for feature in CONTEXT),
            elsewhere,
            own,
        )


@cache
def shipped_weights() -> Weights:
    """Return the weights in the wheel."""
    data = tomllib.loads(files("geomap.resolve").joinpath("data", "weights.toml").read_text(encoding="utf-8"))
    return Weights.of(data["weights"], elsewhere=data["elsewhere"], own=data["own"])
