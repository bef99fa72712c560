"""Say what kind of place a GeoNames feature code is, and whether news names places of that code."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from geomap.gazetteer.rows import own_rows
from geomap.model import Kind

__all__ = ["Feature", "feature"]

_ANY = "*"


class Feature(NamedTuple):
    """What a feature code means here."""

    kind: Kind
    in_news: bool


def feature(class_: str, code: str) -> Feature | None:
    """Return what a class and code mean, None for a class that GeoNames does not have."""
    table = _table()
    return table.get((class_, code)) or table.get((class_, _ANY))


@cache
def _table() -> dict[tuple[str, str], Feature]:
    return {
        (row["class"], row["code"]): Feature(Kind(row["kind"]), row["news"] == "yes")
        for row in own_rows("feature_kinds.tsv")
    }
