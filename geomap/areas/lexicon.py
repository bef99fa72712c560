"""The words from which areas are read, kept as data in `data/words.toml`: directions, units, numbers, lists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["phrases", "values", "word_list"]


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(files("geomap.areas").joinpath("data", "words.toml").read_text(encoding="utf-8"))


@cache
def values(table: str) -> Mapping[str, float]:
    """Return a table of words and their numbers: bearings in degrees, units in kilometres, numerals."""
    return {word: float(number) for word, number in _tables()[table].items()}


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the list of that name; its words are lower case and without hyphens."""
    return frozenset(_tables()["lists"][name].split())


@cache
def phrases(name: str) -> frozenset[tuple[str, ...]]:
    """Return the phrases of that name, each as its words, the last first: so they are met going back from a name."""
    found = (phrase.split() for phrase in _tables()["lists"][name].split("|"))
    return frozenset(tuple(reversed(phrase)) for phrase in found)
