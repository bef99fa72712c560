"""Small tables that explain what people write: countries and plain words for kinds.

Written by hand and read as they are; the index build does not touch them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from geomap.gazetteer.rows import own_rows
from geomap.model import Kind
from geomap.words import name_key

__all__ = ["countries", "country_names", "kinds", "name_words"]


@cache
def countries() -> Mapping[str, str]:
    """Return the name of each country by its code of two letters."""
    return {row["code"]: row["name"] for row in own_rows("countries.tsv")}


@cache
def country_names() -> Mapping[str, str]:
    """Return codes of two letters by what else people write: codes of three letters and names, as `name_key` folds."""
    found: dict[str, str] = {}
    for row in own_rows("countries.tsv"):
        for name in (row["code3"], row["name"], *filter(None, row["other"].split("|"))):
            found.setdefault(name_key(name).lower(), row["code"])
    return found


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kind that each plain word stands for; the kinds are words too."""
    return {kind.value: kind for kind in Kind} | {row["word"]: Kind(row["kind"]) for row in own_rows("kinds.tsv")}


@cache
def name_words(use: str) -> tuple[str, ...]:
    """Return the words of one use around names, "type" or "outer", longer ones first."""
    return tuple(
        sorted((row["words"] for row in own_rows("name_words.tsv") if row["use"] == use), key=len, reverse=True)
    )
